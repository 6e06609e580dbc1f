"""Lines of type that are kept: exact, whole or not at all, and not too many."""

import multiprocessing
import os
from pathlib import Path

import numpy as np
import pytest

from scenes.kit.typecase import Glyph, Line, TypeCase

ODD = [0.1, -0.0, 5e-324, 1 / 3, -1e300, np.nextafter(1.0, 2.0)]


def line(glyphs: int = 3, curves: int = 4, shift: float = 0.0) -> Line:
    rng = np.random.default_rng(7)
    outlines = [rng.normal(size=(4 * curves, 3)) + shift for _ in range(glyphs)]
    for outline in outlines:
        outline[:2] = np.reshape(ODD, (2, 3))
    ink = (0.1, 1 / 3, 0.7, 1.0)
    parts = [Glyph(o, ink, ink, 0.1 * k, plain=k % 2 == 0) for k, o in enumerate(outlines)]
    return Line(tuple(parts), 1 / 7, -1 / 9)


def same(one: Line, other: Line) -> bool:
    bits = [[glyph.points.tobytes() for glyph in each.glyphs] for each in (one, other)]
    rest = [
        [(g.points.shape, g.fill, g.stroke, g.weight, g.plain) for g in each.glyphs]
        for each in (one, other)
    ]
    numbers = [(each.initial_height, each.rise) for each in (one, other)]
    return all(pair[0] == pair[1] for pair in (bits, rest, numbers))


@pytest.mark.parametrize("glyphs", [0, 1, 5])
def test_what_is_read_is_what_was_kept_bit_by_bit(glyphs: int, tmp_path: Path) -> None:
    kept = line(glyphs)
    TypeCase(tmp_path).put("key", kept)
    read = TypeCase(tmp_path).get("key")
    assert read is not None
    assert same(read, kept)
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_what_is_torn_or_changed_is_not_there_until_it_is_kept_again(tmp_path: Path) -> None:
    case = TypeCase(tmp_path)
    case.put("key", line())
    whole = (tmp_path / "key").read_bytes()
    for length in (0, 1, 31, 32, 33, len(whole) // 2, len(whole) - 1):
        (tmp_path / "key").write_bytes(whole[:length])
        assert case.get("key") is None
    for at in (0, 40, len(whole) - 1):
        changed = bytearray(whole)
        changed[at] ^= 1
        (tmp_path / "key").write_bytes(changed)
        assert case.get("key") is None
    case.put("key", line())
    assert (tmp_path / "key").read_bytes() == whole


def test_no_folder_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    for folder in (tmp_path / "none", tmp_path / "file", tmp_path / "file" / "below"):
        case = TypeCase(folder)
        assert case.get("key") is None
        case.trim()
        case.clear()
        assert case.info() == (0, 0)
    TypeCase(tmp_path / "file").put("key", line())
    assert (tmp_path / "file").read_text() == "in the way"


def test_what_was_not_used_for_longest_goes(tmp_path: Path) -> None:
    case = TypeCase(tmp_path)
    for age, key in enumerate("abcd"):
        case.put(key, line())
        os.utime(tmp_path / key, (0, 1000 - age))
    assert case.get("d") is not None  # the oldest, used again
    count, size = case.info()
    assert count == 4
    TypeCase(tmp_path, limit=size // 2).trim()
    assert {path.name for path in tmp_path.iterdir()} == {"a", "d"}
    TypeCase(tmp_path, limit=0).put("e", line())  # makes room first
    assert {path.name for path in tmp_path.iterdir()} == {"e"}


def test_it_is_cleared(tmp_path: Path) -> None:
    case = TypeCase(tmp_path)
    case.put("key", line())
    case.clear()
    assert case.get("key") is None
    assert case.info() == (0, 0)


def _use(folder: Path, seed: int) -> None:
    rng = np.random.default_rng(seed)
    case = TypeCase(folder, limit=60_000)
    for _ in range(300):
        k = int(rng.integers(5))
        case.put(f"key{k}", line(40, 20, shift=k))
        read = case.get(f"key{k}")
        assert read is None or same(read, line(40, 20, shift=k))
        if rng.random() < 0.1:
            case.trim()


def test_processes_may_use_it_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("fork")
    processes = [context.Process(target=_use, args=(tmp_path, seed)) for seed in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(120)
    assert [process.exitcode for process in processes] == [0, 0, 0, 0]
    assert not list(tmp_path.glob(".draft-*"))
