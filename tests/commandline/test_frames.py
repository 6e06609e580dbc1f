"""Frames as files: the numbers, and how parameters reach them."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from convmath.arrays import FloatArray
from tests.commandline.run import run_well

ROUNDING = 1e-12  # what the default example promises


def closed_form(t: FloatArray) -> FloatArray:
    """2 e^(−t/2) u(t), convolved with 1 on [0, 2) and 1/2 on [2, 4); by hand."""

    def risen(delay: float) -> FloatArray:
        return np.asarray(np.where(t > delay, -np.expm1(-(np.maximum(t - delay, 0)) / 2), 0.0))

    return 4 * (risen(0) - risen(2) / 2 - risen(4) / 2)


def frames_of(*words: str, cwd: Path) -> dict[str, Any]:
    run_well("frames", *words, "-o", "frames.json", "--quiet", cwd=cwd)
    document: dict[str, Any] = json.loads((cwd / "frames.json").read_text("utf-8"))
    return document


def test_json_holds_the_closed_form(tmp_path: Path) -> None:
    document = frames_of("flip-and-shift", cwd=tmp_path)
    assert document["slug"] == "flip-and-shift"
    assert document["parameters"]["h"] == "2*exp(-t/2)*u(t)"
    t, y = (np.array(document["arrays"][name]) for name in ("t", "output"))
    assert (t[0], t[-1]) == (-2, 15)
    assert len(t) > 1000
    np.testing.assert_allclose(y, closed_form(t), rtol=0, atol=ROUNDING)


def test_npz_goes_to_media_unless_told_otherwise(tmp_path: Path) -> None:
    done = run_well("frames", "flip-and-shift", cwd=tmp_path)
    assert "media/flip-and-shift.npz" in done.stderr
    with np.load(tmp_path / "media" / "flip-and-shift.npz") as frames:
        np.testing.assert_allclose(frames["output"], closed_form(frames["t"]), atol=ROUNDING)
        assert json.loads(frames["frames"].item())["slug"] == "flip-and-shift"
    assert [path.name for path in (tmp_path / "media").iterdir()] == ["flip-and-shift.npz"]


def test_csv_in_a_new_folder_holds_the_sum(tmp_path: Path) -> None:
    words = ("discrete-flip-and-shift", "--h", "3,2,1", "--x", "1,1,0.5", "-o", "a/b/sum.csv")
    run_well("frames", *words, cwd=tmp_path)
    with (tmp_path / "a" / "b" / "sum.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    read = {int(row["n"]): float(row["output"]) for row in rows if row["n"]}
    expected = dict(enumerate([3, 5, 4.5, 2, 0.5]))
    assert read == {n: expected.get(n, 0.0) for n in range(-1, 6)}


@pytest.mark.parametrize("words", [("--x=-tri(t)",), ("--x", "-tri(t)"), ("--x", " -tri(t)")])
def test_a_signal_may_start_with_a_minus(words: tuple[str, ...], tmp_path: Path) -> None:
    # tri * −rect at t = 0: −∫ tri over (−1/2, 1/2) = −3/4
    document = frames_of(
        "flip-and-shift", "--h", "rect(t)", *words, "--t-range", "-1", "1", cwd=tmp_path
    )
    t, y = document["arrays"]["t"], document["arrays"]["output"]
    assert (t[0], t[-1]) == (-1, 1)
    assert y[int(np.argmin(np.abs(t)))] == pytest.approx(-0.75, abs=1e-5)


def test_a_sequence_may_start_with_a_minus(tmp_path: Path) -> None:
    words = ("--h", "-1,2", "--x=-3", "--n-range", "-1", "2")
    document = frames_of("discrete-flip-and-shift", *words, cwd=tmp_path)
    assert document["arrays"]["n"] == [-1, 0, 1, 2]
    assert document["arrays"]["output"] == [0, 3, -6, 0]


def test_the_command_line_wins_over_a_file_of_parameters(tmp_path: Path) -> None:
    (tmp_path / "lesson.toml").write_text('h = "tri(t)"\nx = "rect(t/4)"\nt-range = [-3, 3]\n')
    words = ("flip-and-shift", "--params", "lesson.toml")
    assert frames_of(*words, cwd=tmp_path)["parameters"] == {
        "h": "tri(t)",
        "x": "rect(t/4)",
        "t_range": [-3, 3],
    }
    document = frames_of(*words, "--x", "rect(t)", "--t-range", "-1", "1", cwd=tmp_path)
    assert document["parameters"] == {"h": "tri(t)", "x": "rect(t)", "t_range": [-1, 1]}
    assert document["arrays"]["t"][0] == -1


def test_signals_come_from_files(tmp_path: Path) -> None:
    (tmp_path / "box.csv").write_text("t,value\n0,2\n1,2\n")
    document = frames_of("flip-and-shift", "--h", "box.csv", "--x", "box.csv", cwd=tmp_path)
    arrays = document["arrays"]
    t, y = np.array(arrays["t"]), np.array(arrays["output"])
    np.testing.assert_allclose(y, 4 * np.maximum(1 - np.abs(t - 1), 0), atol=ROUNDING)


def test_quiet_says_nothing(tmp_path: Path) -> None:
    done = run_well("frames", "flip-and-shift", "--quiet", cwd=tmp_path)
    assert (done.stdout, done.stderr) == ("", "")


def test_lists_of_a_file_are_lists_and_its_data_files_are_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "week3"
    folder.mkdir()
    (folder / "taps.csv").write_text("3\n2\n1\n")
    (folder / "own.toml").write_text('h = "taps.csv"\nx = [1, 0.5, -2]\nn-range = [0, 4]\n')
    words = ("discrete-flip-and-shift", "--params", "week3/own.toml")
    parameters = frames_of(*words, cwd=tmp_path)["parameters"]
    assert parameters == {"h": "week3/taps.csv", "x": "1, 0.5, -2", "n_range": [0, 4]}
    (folder / "grid.toml").write_text("input = [[1, 2], [3, 4]]\nkernel = [[1, 0.5]]\n")
    parameters = frames_of("grid-2d", "--params", "week3/grid.toml", cwd=tmp_path)["parameters"]
    assert (parameters["input"], parameters["kernel"]) == ("1, 2; 3, 4", "1, 0.5")
