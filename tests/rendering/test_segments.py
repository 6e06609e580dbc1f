from contextlib import suppress
from pathlib import Path

import pytest

from rendering.beats import BeatSpan
from rendering.segments import SHORTEST, SceneSpec, Timeline, cut, new_folder


def timeline(*seconds: float, fps: int = 10) -> Timeline:
    ends = [sum(seconds[: k + 1]) for k in range(len(seconds))]
    beats = [
        BeatSpan(name=str(k), caption="", start=end - own, end=end)
        for k, (own, end) in enumerate(zip(seconds, ends, strict=True))
    ]
    return Timeline(frames=round(ends[-1] * fps), beats=tuple(beats))


def test_ranges_begin_where_beats_do_and_long_beats_are_divided() -> None:
    assert cut(timeline(3, 9, 2), 10) == [
        range(30), range(30, 60), range(60, 90), range(90, 120), range(120, 140)
    ]  # fmt: skip


@pytest.mark.parametrize("seconds", [(0.5, 0.5, 7, 0.3), (1,), (2, 1.9), (4.1,), (30, 0.1, 12.3)])
def test_ranges_cover_the_clip_and_are_not_short(seconds: tuple[float, ...]) -> None:
    told = timeline(*seconds)
    ranges = cut(told, 10)
    assert [frame for each in ranges for frame in each] == list(range(told.frames))
    assert len(ranges) == 1 or min(map(len, ranges)) >= SHORTEST * 10


def test_another_end_leaves_the_ranges_before_it() -> None:
    before, after = cut(timeline(3, 9, 5), 10), cut(timeline(3, 9, 7.5), 10)
    assert before[:4] == after[:4]


def test_a_spec_makes_its_scene() -> None:
    spec = SceneSpec("builtins:dict", {"a": 1})
    assert spec([("b", 2)]) == {"b": 2, "a": 1}  # type: ignore[arg-type]


def test_a_folder_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    with suppress(ZeroDivisionError), new_folder(tmp_path / "a") as draft:
        (draft / "file").write_text("half")
        raise ZeroDivisionError
    assert list(tmp_path.iterdir()) == []
    for content in ("first", "second"):
        with new_folder(tmp_path / "a") as draft:
            (draft / "file").write_text(content)
            assert not (tmp_path / "a").exists() or content == "second"
    assert [p.name for p in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a" / "file").read_text() == "first"
