import numpy as np

from rendering.digest import FrameDigest
from rendering.recorder import record
from tests.rendering.toys import TINY, Darker, Squares


def sha256_of(*frames: tuple[np.ndarray, int]) -> str:
    digest = FrameDigest()
    for index, (picture, repeat) in enumerate(frames):
        digest.frame(picture, index, repeat)
    return digest.hexdigest()


BLACK = np.zeros((4, 6, 4), np.uint8)
WHITE = BLACK + 255


def test_same_frames_same_hash_however_they_are_repeated() -> None:
    assert sha256_of((BLACK, 1), (BLACK, 2), (WHITE, 1)) == sha256_of((BLACK, 3), (WHITE, 1))


def test_other_frames_other_hash() -> None:
    dot = BLACK.copy()
    dot[1, 2, 0] = 1
    hashes = {
        sha256_of((BLACK, 2), (WHITE, 1)),
        sha256_of((BLACK, 1), (WHITE, 2)),
        sha256_of((WHITE, 1), (BLACK, 2)),
        sha256_of((BLACK, 2)),
        sha256_of((dot, 2)),
        sha256_of((BLACK.reshape(6, 4, 4), 2)),
        sha256_of(),
    }
    assert len(hashes) == 7


def test_a_second_render_is_the_same_and_another_scene_is_not() -> None:
    hashes = []
    for scene_class in (Squares, Squares, Darker):
        digest = FrameDigest()
        record(scene_class, TINY, digest)
        hashes.append(digest.hexdigest())
    assert hashes[0] == hashes[1] != hashes[2]
