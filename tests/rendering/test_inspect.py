import struct
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from rendering.encode import open_encoder
from rendering.formats import FORMATS, Format
from rendering.inspect import examine, file_checks, is_faststart, top_level_atoms
from tests.rendering.toys import TINY

MP4 = FORMATS["mp4"]


def written(path: Path, made: Format, frames: int = 20) -> Path:
    ramp = np.broadcast_to(np.arange(160, dtype=np.uint8)[:, None], (90, 160, 4)).copy()
    ramp[..., 3] = 255
    encoder = open_encoder(path, TINY, made)
    encoder.frame(ramp, 0, frames)
    encoder.close()
    return path


def failed(path: Path, made: Format, frames: int) -> set[str]:
    checks = file_checks(path, made, TINY, pictures=frames, frames=frames)
    return {check.name for check in checks if not check.passed}


@pytest.mark.parametrize("fmt", list(FORMATS))
def test_a_good_file_passes(fmt: str, tmp_path: Path) -> None:
    path = written(tmp_path / f"a.{fmt}", FORMATS[fmt])
    pictures = 1 if fmt == "gif" else 20
    assert all(
        c.passed for c in file_checks(path, FORMATS[fmt], TINY, pictures=pictures, frames=20)
    )


@pytest.mark.parametrize("frames", [479, 480, 481])
def test_webm_counts_whole_milliseconds(frames: int, tmp_path: Path) -> None:
    path, quality = tmp_path / "a.webm", TINY.at_fps(60)
    encoder = open_encoder(path, quality, FORMATS["webm"])
    ramp = np.broadcast_to(np.arange(160, dtype=np.uint8)[:, None], (90, 160, 4)).copy()
    encoder.frame(ramp, 0, frames)
    encoder.close()
    checks = file_checks(path, FORMATS["webm"], quality, pictures=frames, frames=frames)
    assert all(check.passed for check in checks)


def test_a_missing_frame_is_noticed(tmp_path: Path) -> None:
    path = written(tmp_path / "a.mp4", MP4, frames=19)
    assert failed(path, MP4, 20) == {"pictures in the file", "duration of the file"}


def test_a_cut_file_is_noticed(tmp_path: Path) -> None:
    path = written(tmp_path / "a.webm", FORMATS["webm"])
    path.write_bytes(path.read_bytes()[:-200])
    assert "pictures in the file" in failed(path, FORMATS["webm"], 20)


def test_no_decoder_begins_between_key_frames(tmp_path: Path) -> None:
    path = written(tmp_path / "a.mp4", MP4)
    assert examine(path, TINY.fps, [0, 15]).frames == 20
    with pytest.raises(ValueError, match="frame 7 of a"):
        examine(path, TINY.fps, [0, 7])


def test_an_index_at_the_end_is_noticed(tmp_path: Path) -> None:
    path = written(tmp_path / "a.mp4", replace(MP4, container_options={}))
    assert failed(path, MP4, 20) == {"index before pictures"}


def test_another_pixel_format_is_noticed(tmp_path: Path) -> None:
    path = written(tmp_path / "a.mp4", replace(MP4, pix_fmt="yuv444p"))
    assert failed(path, MP4, 20) == {"pixel format"}


def test_atoms_of_every_kind_of_length(tmp_path: Path) -> None:
    path = tmp_path / "atoms"
    long = struct.pack(">I4sQ", 1, b"mdat", 20) + bytes(4)
    path.write_bytes(struct.pack(">I4s", 8, b"ftyp") + long + struct.pack(">I4s", 0, b"moov"))
    assert list(top_level_atoms(path)) == ["ftyp", "mdat", "moov"]
    assert not is_faststart(path)
