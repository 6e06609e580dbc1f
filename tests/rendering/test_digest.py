import numpy as np
import pytest

from rendering.boxes import Box, Stale
from rendering.digest import FrameDigest, combined
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


@pytest.mark.parametrize(
    "changed",
    [
        (),
        (Box(0, 0, 1, 1),),
        (Box(63, 35, 65, 37),),
        (Box(64, 72, 128, 144), Box(299, 199, 300, 200)),
    ],
)
def test_only_what_changed_is_hashed_and_the_hash_is_that_of_the_pixels(
    changed: tuple[Box, ...],
) -> None:
    noise = np.random.default_rng(0)
    picture = noise.integers(0, 256, (200, 300, 4), np.uint8)
    digest = FrameDigest()
    digest.frame(picture, 0, 1)
    for box in changed:
        picture[box.pixels] ^= 1
    digest.frame(picture, 1, 1, changed)
    assert digest.runs[-1:] == runs_of((picture, 2 if not changed else 1))


def test_a_sink_gets_only_the_tiles_that_have_changed() -> None:
    got = []

    class Told:
        def frame(self, rgba: np.ndarray, index: int, repeat: int, stale: Stale = None) -> None:
            got.append((rgba.copy(), index, repeat, stale))

    picture = np.zeros((200, 300, 4), np.uint8)
    digest = FrameDigest(Told())
    digest.frame(picture, 0, 1)
    picture[70:75, 120:140] = 9
    digest.frame(picture, 1, 2, (Box(0, 0, 300, 200),))  # all of it drawn, two tiles differ
    digest.frame(picture, 3, 1, (Box(5, 5, 6, 6),))
    canvas = np.full_like(picture, 255)
    for rgba, _, _, stale in got:
        for box in stale or ():
            canvas[box.pixels] = rgba[box.pixels]
    np.testing.assert_array_equal(canvas, picture)
    assert [(index, repeat) for _, index, repeat, _ in got] == [(0, 1), (1, 2), (3, 1)]
    assert [stale for *_, stale in got][1:] == [
        (Box(0, 36, 256, 72), Box(0, 72, 256, 108)),
        (),
    ]


def runs_of(*frames: tuple[np.ndarray, int]) -> list[tuple[bytes, int]]:
    digest = FrameDigest()
    for index, (picture, repeat) in enumerate(frames):
        digest.frame(picture, index, repeat)
    return digest.runs


def test_ranges_hashed_apart_are_combined() -> None:
    frames = [(BLACK, 3), (WHITE, 2), (WHITE, 1), (BLACK, 1)]
    for cut in range(len(frames) + 1):
        parts = [runs_of(*frames[:cut]), [], runs_of(*frames[cut:])]
        assert combined(parts) == sha256_of(*frames)
