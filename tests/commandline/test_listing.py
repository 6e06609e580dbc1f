"""What there is: list, show, help; and that asking costs no Manim."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path
from subprocess import run as start

import pytest

from commandline import doctor
from scenes.beat import schedule
from scenes.catalogue import SLUGS, plan_class
from tests.commandline.run import ROOT, run_here, run_well

COMMANDS = ("list", "show", "still", "frames", "storyboard", "all", "doctor")
ANSWERED = {  # and with which exit code
    "list": 0,
    "list --json": 0,
    "show flip-and-shift": 0,
    "show discrete-flip-and-shift --json": 0,
    "frames flip-and-shift -o f.npz": 0,
    "frames flip-and-shift -o f.json": 0,
    "frames discrete-flip-and-shift -o f.csv": 0,
    "--help": 0,
    "flip-and-shift --help": 0,
    "still --help": 0,
    "flip-and-shift --h 1 --x 1": 2,
    "flip-and-shift --quality ultra": 2,
    "flip-and-shift -o clip.txt": 2,
    "still flip-and-shift --at nowhere": 2,
    "storyboard flip-and-shift -o a.txt": 2,
    "nothing": 2,
}
HEAVY = ("manim", "av", "scipy", "PIL", "matplotlib")


def test_list_names_every_explainer(tmp_path: Path) -> None:
    rows = json.loads(run_well("list", "--json", cwd=tmp_path).stdout)
    assert [row["slug"] for row in rows] == list(SLUGS)
    for row in rows:
        plan = plan_class(row["slug"])()
        assert row["title"] == plan.title
        assert row["question"] == plan.question
        assert row["duration"] == pytest.approx(plan.duration, abs=1e-9)
    listed = run_well("list", cwd=tmp_path).stdout
    assert all(slug in listed for slug in SLUGS)


TYPES = {
    "signal",
    "sequence",
    "row",
    "rows",
    "pmf",
    "grid",
    "filters",
    "volume",
    "lanes",
    "outcomes",
    "string",
    "boolean",
    "integer",
    "number",
    "number number",
    "integer integer",
}


@pytest.mark.parametrize("slug", SLUGS)
def test_show_agrees_with_the_plan(slug: str, tmp_path: Path) -> None:
    plan = plan_class(slug)()
    told = json.loads(run_well("show", slug, "--json", cwd=tmp_path).stdout)
    assert told["slug"] == slug
    assert told["sources"] == list(plan.sources)
    assert [(b["name"], b["start"], b["end"]) for b in told["beats"]] == [
        (beat.name, start, end) for beat, start, end in schedule(plan.beats)
    ]
    fields = plan.Parameters.model_fields
    assert [row["name"] for row in told["parameters"]] == list(fields)
    for row in told["parameters"]:
        field = fields[row["name"]]
        assert row["option"] == "--" + row["name"].replace("_", "-")
        assert (row["default"], row["help"]) == (field.default, field.description)
        assert row["type"] in TYPES
    assert told["schema"]["type"] == "object"
    assert set(told["schema"]["properties"]) == set(fields)
    assert told["schema"]["additionalProperties"] is False


@pytest.mark.parametrize("slug", SLUGS)
def test_show_tells_captions_as_they_are_brackets_included(slug: str, tmp_path: Path) -> None:
    told = "".join(run_well("show", slug, cwd=tmp_path).stdout.split())
    plan = plan_class(slug)()
    said = [
        *(plan.sources),
        plan.question,
        *(f"--{name[0]}" for name in plan.Parameters.model_fields),
    ]
    assert all("".join(text.split()) in told for text in said)
    # A long caption shares its lines with other columns; its words are there all the same.
    assert all(word in told for beat in plan.beats for word in beat.caption.split())


def test_show_tells_when_a_beat_starts_and_how_long_it_lasts(tmp_path: Path) -> None:
    told = run_here("show", "flip-and-shift", cwd=tmp_path).stdout
    rows = [line.split() for line in told.splitlines()]
    head = next(row for row in rows if row[:1] == ["beat"])
    assert head == ["beat", "starts", "at", "lasts", "caption"]
    for beat, begins, _ in schedule(plan_class("flip-and-shift")().beats):
        assert any(
            row[:5] == [beat.name, f"{begins:.1f}", "s", f"{beat.seconds:.1f}", "s"] for row in rows
        )


def test_show_takes_parameters(tmp_path: Path) -> None:
    words = ("show", "discrete-flip-and-shift", "--h", "1", "--x", "5", "--json")
    told = json.loads(run_well(*words, cwd=tmp_path).stdout)
    assert any("y[0] = 5" in beat["caption"] for beat in told["beats"])


def test_help_names_every_command_and_option(tmp_path: Path) -> None:
    told = run_well("--help", cwd=tmp_path).stdout
    assert all(name in told for name in (*COMMANDS, *SLUGS))
    assert run_well(cwd=tmp_path).stdout == run_well("help", cwd=tmp_path).stdout == told
    told = run_well("flip-and-shift", "--help", cwd=tmp_path).stdout
    options = ("h", "x", "t-range", "params", "quality", "fps", "theme", "format", "output")
    assert all(f"--{option} " in told for option in options)
    assert run_well("help", "flip-and-shift", cwd=tmp_path).stdout == told


def test_the_version_is_that_of_the_package(tmp_path: Path) -> None:
    written = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert run_well("--version", cwd=tmp_path).stdout == f"faltung {written}\n"


def test_no_answer_waits_for_manim(tmp_path: Path) -> None:
    program = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r})\n"
        "from commandline.main import main\n"
        f"for words in {ANSWERED!r}:\n"
        f"    print(main(words.split()), [m for m in {HEAVY!r} if m in sys.modules], words)\n"
    )
    done = start(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    lines = done.stdout.splitlines()
    for words, code in ANSWERED.items():
        assert f"{code} [] {words}" in lines, words


def test_doctor_wants_the_manim_that_is_pinned(monkeypatch: pytest.MonkeyPatch) -> None:
    found = doctor._manim()
    pinned = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    assert f"manim[typst]=={found}" in pinned
    monkeypatch.setattr(doctor, "version", lambda _: "0.19.1")
    with pytest.raises(RuntimeError, match=r"this is 0\.19\.1"):
        doctor._manim()


def test_doctor_finds_all_that_is_needed(tmp_path: Path) -> None:
    told = run_well("doctor", cwd=tmp_path).stdout
    assert all(what in told for what in ("Manim", "Typst", "Fira Sans", "H.264", "media/"))
    assert "missing" not in told
    assert list(tmp_path.iterdir()) == []
