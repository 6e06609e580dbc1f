"""Whatever is typed wrongly: exit code 2, a message that helps, and nothing written."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path

import pytest

from scenes.catalogue import SLUGS
from tests.commandline.run import run, run_here, tree
from tests.commandline.wrong import Wrong

FLIP, STEPS = "flip-and-shift", "discrete-flip-and-shift"
CLIP = (FLIP, "--quality", "draft")
FRAMES = ("frames", FLIP, "-o", "out.json")
SUMS = ("frames", STEPS, "-o", "out.json")

FILES: dict[str, str | bytes] = {
    "half.toml": "h = ",
    "latin.toml": b"h = \xff\xfe",
    "unknown.toml": 'hh = "u(t)"',
    "number.toml": "h = 3",
    "table.toml": "[h]\na = 1",
    "wrong.toml": 'h = "exp(-t*u(t)"',
    "reversed.toml": "t-range = [6, -1]",
    "fraction.toml": "n_range = [0, 1.5]",
    "huge.toml": f'h = "{"t+" * 500_000}t"',
    "long.toml": f'h = "{"t+" * 10_000}t"',
    "deep.toml": f"h = {'[' * 5000}",
    "keys.toml": f"h{'.a' * 5000} = 1",
    "digits.toml": f"h = {'9' * 5000}",
    "wide.toml": f"t-range = [0, {'9' * 400}]",
    "one.toml": "t-range = [-1]",
    "three.toml": "t-range = [-1, 0, 1]",
    "list.toml": "h = [3, 2, 1]",
    "twice.toml": "t-range = [0, 1]\nt_range = [0, 1]",
    "typo.toml": "x = 'u(t)'\nn-rnage = [0, 1]",
    "words.csv": "0,1\n1,one\n",
    "nan.csv": "1\nnan\n",
    "column.csv": "1\n2\n",
    "zero.npy": "not an array",
    "plain": "a file",
    "half-lesson.toml": 'title = "Week 3\n',
    "slug.toml": f'title = "Week 3"\n\n[[explainer]]\nslug = "{FLIP[:-1]}"\n',
    "signal.toml": f'title = "A"\n[[explainer]]\nslug = "{FLIP}"\nparameters.h = "2*rec(t)"\n',
    "sound.toml": f'title = "A"\n[[explainer]]\nslug = "{FLIP}"\n',
}


COMMANDS = [
    Wrong(("dance",), ("no explainer or command 'dance'", "accepted: flip-and-shift", "doctor")),
    Wrong(("flip-and-shif",), ("did you mean 'flip-and-shift'?",)),
    Wrong(("",), ("no explainer or command ''",)),
    Wrong(("--bogus",), ("no explainer or command '--bogus'",)),
    Wrong(("flip",), ("command 'flip': did you mean 'flip-and-shift', 'flip-or-not'",)),
    Wrong(("show", "flip"), ("no explainer 'flip': did you mean 'flip-and-shift', 'flip-or-not'",)),
    Wrong(("show", "dance"), ("no explainer 'dance'\n",)),
    Wrong(("help", "dance"), ("no explainer or command 'dance'",)),
    Wrong(("show",), ("'show' needs an explainer", "accepted: flip-and-shift")),
    Wrong(("still", "-o", "a.png"), ("'still' needs an explainer",)),
    Wrong(("frames", "flip-and-shit"), ("did you mean 'flip-and-shift'?",)),
    Wrong(("show", FLIP, STEPS), (f"'{STEPS}' is not expected",)),
    Wrong(("list", "all"), ("'all' is not expected", "list --help")),
    Wrong(("all", FLIP), (f"'{FLIP}' is not expected",)),
    Wrong(("doctor", "--json"), ("no option '--json'",)),
    Wrong(("embed",), ("'embed' needs an explainer", "accepted: flip-and-shift")),
    Wrong(("embed", FLIP, "--to", "reveal"), ("--to: ", "did you mean 'revealjs'?", "html")),
    Wrong(("embed", FLIP, "--to", "powerpoint"), ("--to: ", "did you mean 'pptx'?")),
    Wrong(
        ("embed", FLIP, "--to", "revealjs", "--loop"),
        ("--loop: not available with --to revealjs; it takes --one-file",),
    ),
    Wrong(("embed", FLIP, "--to", "pdf", "--loop"), ("--loop: not available", "; leave it out")),
    Wrong(
        ("embed", FLIP, "-o", "plain"), ("--output: this is a file", "name of a folder"), "plain"
    ),
    Wrong(("embed", FLIP, "-o", "/"), ("--output: this is the root", "folder of yours"), "/"),
    Wrong(("embed", FLIP, "-o", "plain/deck"), ("--output: this cannot be written",)),
    Wrong(("embed", FLIP, "--h", "2*rec(t)"), ("--h: unknown name 'rec'",), "2*rec(t)", 2),
]
LESSONS = [
    Wrong(("lesson",), ("FILE: a value is missing", "a file", "lesson --help")),
    Wrong(("lesson", "slu.toml"), ("slu.toml: there is no such file: did you mean 'slug.toml'?",)),
    Wrong(("lesson", "half-lesson.toml"), ("half-lesson.toml:1: ",), 'title = "Week 3', 15),
    Wrong(("lesson", "slug.toml"), ("slug.toml:4 slug: ", "did you mean 'flip-and-shift'?")),
    Wrong(("lesson", "signal.toml"), ("signal.toml:4 parameters.h: ",), "2*rec(t)", 2),
    Wrong(("lesson", "unknown.toml"), ("unknown.toml:1 hh: there is no key 'hh' here",)),
    Wrong(("lesson", "sound.toml", "-o", "plain"), ("--output: this is a file",), "plain"),
    Wrong(("lesson", "sound.toml", "--workers", "0"), ("--workers: 0 workers", "1 or more")),
]
OPTIONS = [
    Wrong((*CLIP, "--qualty", "draft"), ("'--qualty': did you mean '--quality'?",)),
    Wrong(("list", "--jsn"), ("'--jsn': did you mean '--json'?",)),
    Wrong((*FRAMES, "--H", "u(t)"), ("'--H': did you mean '--h'?",)),
    Wrong((STEPS, "--t-range", "0", "1"), ("'--t-range': did you mean '--n-range'?",)),
    Wrong(("still", FLIP, "--fps", "30"), ("no option '--fps'", "accepted: --h, --x, --t-range")),
    Wrong((FLIP, "--quality", "hgh"), ("--quality: ", "did you mean 'high'?", "draft, low")),
    Wrong((FLIP, "--quality"), ("--quality: a value is missing", "draft, low")),
    Wrong(("all", "--quality", "best"), ("--quality: there is no 'best'", "4k")),
    Wrong((*CLIP, "--fps", "0"), ("--fps: 0 frames", "1 to 240")),
    Wrong((*CLIP, "--fps", "1000"), ("--fps: 1000 frames", "1 to 240")),
    Wrong((*CLIP, "--fps", "29.97"), ("--fps: ", "a whole number"), "29.97"),
    Wrong((*CLIP, "--fps", "fast"), ("--fps: ", "a whole number"), "fast"),
    Wrong((*CLIP, "--fps", "9" * 5000), ("--fps: ", "a whole number")),
    Wrong(("all", "--fps", "0"), ("--fps: 0 frames",)),
    Wrong((*CLIP, "--format", "avi"), ("--format: there is no 'avi'", "mp4, webm, gif, mov")),
    Wrong((*CLIP, "--theme", "blue"), ("--theme: there is no 'blue'", "dark, light")),
    Wrong(("storyboard", FLIP, "--theme", "x"), ("--theme: there is no 'x'", "dark, light")),
    Wrong(
        (*CLIP, "--transparent", "--format", "mov", "--burn-captions"),
        ("--burn-captions: captions stand on a ground",),
    ),
    Wrong((*CLIP, "--transparent"), ("--transparent: ", "mp4", "--format mov")),
    Wrong((*FRAMES, "--h", "u(t)", "--h", "tri(t)"), ("--h: this is given more than once",)),
]
TARGETS = [
    Wrong((*CLIP, "-o", "clip.txt"), ("--output: ", ".mp4, .webm, .mov, .gif"), "clip.txt"),
    Wrong((*CLIP, "-o", ""), ("--output: ", ".mp4")),
    Wrong((*CLIP, "-o"), ("-o: a value is missing",)),
    Wrong((*CLIP, "-o", "folder.mp4"), ("--output: this is a folder",), "folder.mp4"),
    Wrong((*CLIP, "-o", "plain/clip.mp4"), ("--output: this cannot be written",), "plain/clip.mp4"),
    Wrong((*CLIP, "-o", f"{os.devnull}/clip.mp4"), ("--output: this cannot be written",)),
    Wrong((*CLIP, "-o", "a" * 300 + ".mp4"), ("--output: this cannot be written",)),
    Wrong((*CLIP, "-o", "clip.mp4", "--format", "gif"), ("--format gif", "ends in .gif")),
    Wrong(("still", FLIP, "-o", "still.jpg"), ("--output: ", "must end in .png"), "still.jpg"),
    Wrong(("frames", FLIP, "-o", "f.txt"), ("--output: ", ".npz, .json or .csv"), "f.txt"),
    Wrong(("storyboard", FLIP, "-o", "s.gif"), ("--output: ", "must end in .png"), "s.gif"),
]
TIMES = [
    Wrong(("still", FLIP, "--at", "flop"), ("--at: ", "'flop'", "signals, rename, flip")),
    Wrong(("still", FLIP, "--at", ""), ("--at: ", "''", "signals")),
    *(
        Wrong(("still", FLIP, "--at", time), ("--at: ", f"'{time}'", "seconds from 0 to below"))
        for time in ("-1", "1e6", "nan")
    ),
]
RANGES = [
    Wrong((*FRAMES, "--t-range", "6", "-1"), ("--t-range: ", "the smaller one first"), "6 -1"),
    Wrong((*FRAMES, "--t-range", "1"), ("--t-range: a value is missing", "2 values")),
    Wrong((*FRAMES, "--t-range", "a", "b"), ("--t-range: ", "a number"), "a"),
    Wrong((*FRAMES, "--t-range", "nan", "1"), ("--t-range: ", "finite number"), "nan"),
    Wrong((*FRAMES, "--t-range", "0", "inf"), ("--t-range: ", "finite number"), "inf"),
    Wrong((*FRAMES, "--t-range", "-1e9", "1e9"), ("--t-range: this is less than -1000000",)),
    Wrong(
        (*FRAMES, "--t-range", "0", "1e9"),
        ("--t-range: this is more than 1000000",),
        "1000000000.0",
    ),
    Wrong((*FRAMES, "--t-range", "0", "1", "2"), ("'2' is not expected",)),
    Wrong((*SUMS, "--n-range", "0", "500"), ("--n-range: 501 steps", "at most 60"), "0 500"),
    Wrong((*SUMS, "--n-range", "5", "0"), ("--n-range: ", "the smaller one first"), "5 0"),
    Wrong((*SUMS, "--n-range", "0", "1.5"), ("--n-range: ", "a whole number"), "1.5"),
    Wrong((*SUMS, "--n-range", "-100000", "0"), ("--n-range: ", "-10000"), "-100000"),
]
PARAMS = [
    Wrong((*FRAMES, "--params", "typ.toml"), ("--params typ.toml: ", "did you mean 'typo.toml'?")),
    Wrong((*FRAMES, "--params", "."), ("--params .: this is a folder",)),
    Wrong((*FRAMES, "--params", "a" * 300), ("--params aa", "this file cannot be read")),
    Wrong((*FRAMES, "--params", "half.toml"), ("--params half.toml:1: ", "not TOML"), "h = ", 4),
    Wrong((*FRAMES, "--params", "latin.toml"), ("--params latin.toml:1: ", "not UTF-8")),
    Wrong((*FRAMES, "--params", "deep.toml"), ("deep.toml: this is nested too deeply", "20")),
    Wrong((*FRAMES, "--params", "keys.toml"), ("keys.toml: this is nested too deeply", "20")),
    Wrong((*FRAMES, "--params", "digits.toml"), ("digits.toml: ", "too many digits")),
    Wrong((*FRAMES, "--params", "unknown.toml"), ("'hh'", "did you mean 'h'?", "h, x, t-range")),
    Wrong((*SUMS, "--params", "typo.toml"), ("typo.toml:2 n-rnage: ", "did you mean 'n-range'?")),
    Wrong((*FRAMES, "--params", "twice.toml"), ("twice.toml:2 t_range: ", "'t-range' once more")),
    Wrong((*FRAMES, "--params", "number.toml"), ("--h: this is not text in quotes",), "3"),
    Wrong((*FRAMES, "--params", "list.toml"), ("--h: this is not text in quotes",), "[3, 2, 1]"),
    Wrong((*FRAMES, "--params", "table.toml"), ("--h: this is not text in quotes",)),
    Wrong((*FRAMES, "--params", "wide.toml"), ("--t-range: this is not a number",)),
    Wrong((*FRAMES, "--params", "one.toml"), ("--t-range: there are too few values",), "[-1]"),
    Wrong((*FRAMES, "--params", "three.toml"), ("--t-range: there are too many values",)),
    Wrong((*FRAMES, "--params", "wrong.toml"), ("--h: ')' is missing",), "exp(-t*u(t)", 3),
    Wrong((*FRAMES, "--params", "reversed.toml"), ("--t-range: ", "smaller"), "6 -1"),
    Wrong((*SUMS, "--params", "fraction.toml"), ("--n-range: this is not a whole number",), "1.5"),
    Wrong((*FRAMES, "--params", "long.toml"), ("--h: ", "too long: 20001", "at most 500")),
    Wrong((*FRAMES, "--params", "huge.toml"), ("huge.toml: this file is too long", "100000 bytes")),
]
SIGNALS = [
    Wrong((*FRAMES, "--h", ""), ("--h: an expression is missing", "rect")),
    Wrong((*FRAMES, "--h"), ("--h: a value is missing",)),
    Wrong((*FRAMES, "--h", "exp(-t*u(t)"), ("--h: ')' is missing",), "exp(-t*u(t)", 3),
    Wrong((*FRAMES, "--x", "2*foo(t)"), ("--x: unknown name 'foo'", "rect"), "2*foo(t)", 2),
    Wrong((*FRAMES, "--h", "1", "--x", "1"), ("--h and --x: ", "the integral diverges")),
    Wrong((*FRAMES, "--h", "0"), ("--h: this signal is zero everywhere",), "0"),
    Wrong((*FRAMES, "--x", "u(t) - u(t)"), ("--x: this signal is zero everywhere",)),
    Wrong((*FRAMES, "--h", "1/t"), ("--h: ", "divides by zero"), "1/t", 2),
    Wrong((*FRAMES, "--h", "9**9**9**9"), ("--h: ", "exponents from"), "9**9**9**9", 6),
    Wrong((*FRAMES, "--h", "t+" * 50_000), ("--h: ", "too long: 100000", "at most 500")),
    Wrong(
        (*FRAMES, "--h", "__import__('os').mkdir('gotcha')"),
        ("--h: ", "no meaning"),
        "__import__('os').mkdir('gotcha')",
        11,
    ),
    Wrong((*FRAMES, "--h", "column.csv"), ("needs two columns", "accepted: rows of t, value\n")),
    Wrong((*FRAMES, "--h", "missing.csv"), ("--h: there is no such file",), "missing.csv"),
    Wrong((*FRAMES, "--x", "words.csv"), ("--x: line 2: 'one' is not a number",), "words.csv"),
    Wrong((*FRAMES, "--x", "zero.npy"), ("--x: ", "numpy.save"), "zero.npy"),
    Wrong((*CLIP, "--h", "2*foo(t)"), ("--h: unknown name 'foo'",), "2*foo(t)", 2),
    Wrong(("still", FLIP, "--x", "rect(t"), ("--x: ')' is missing",), "rect(t", 4),
    Wrong(("storyboard", FLIP, "--x", "rect(t"), ("--x: ')' is missing",), "rect(t", 4),
    Wrong(("show", FLIP, "--x", "rect(t"), ("--x: ')' is missing",), "rect(t", 4),
]
SEQUENCES = [
    Wrong((*SUMS, "--h", "[]"), ("--h: a number is missing", "3, 2, 1"), "[]", 1),
    Wrong((*SUMS, "--h", "1,,2"), ("--h: a number is missing",), "1,,2", 2),
    Wrong((*SUMS, "--h", "3 2 1"), ("--h: an operator is missing", "3, 2 in a list"), "3 2 1", 2),
    Wrong((*SUMS, "--h", "y"), ("the variable here is 'n'", "piecewise(0<=n<2: 1"), "y", 0),
    Wrong((*SUMS, "--h", "1,nan,2"), ("--h: unknown name 'nan'",), "1,nan,2", 2),
    Wrong((*SUMS, "--x", "one, two"), ("--x: unknown name 'one'",), "one, two", 0),
    Wrong((*SUMS, "--h", ",".join(["1"] * 11_000)), ("--h: ", "too long", "at most 500")),
    Wrong((*SUMS, "--h", "rect(n/1e6)"), ("--h: ", "samples", "at most 10000")),
    Wrong((*SUMS, "--x", "0, 0"), ("--x: this signal is zero everywhere",), "0, 0"),
    Wrong((*SUMS, "--h", "1,2 @ 0.5"), ("--h: ", "a whole number"), "1,2 @ 0.5", 6),
    Wrong((*SUMS, "--h", "1 + 0n", "--x", "u(-n) + u(n)"), ("--h and --x: ", "infinitely many")),
    Wrong((*SUMS, "--h", "nan.csv"), ("--h: line 2: nan is not a number",), "nan.csv"),
]


def refused_by(slug: str) -> list[Wrong]:
    """What an explainer's own file in ``refused`` lists; the files it needs join `FILES`."""
    name = slug.replace("-", "_")
    if not (Path(__file__).parent / "refused" / f"{name}.py").exists():
        return []
    module = import_module(f"tests.commandline.refused.{name}")
    FILES.update(getattr(module, "FILES", {}))
    wrong: list[Wrong] = module.WRONG
    return wrong


ALL = [
    *(*COMMANDS, *LESSONS, *OPTIONS, *TARGETS, *TIMES, *RANGES, *PARAMS, *SIGNALS, *SEQUENCES),
    *(wrong for slug in SLUGS for wrong in refused_by(slug)),
]


PROCESSES = [*COMMANDS, *(refused[0] for slug in SLUGS if (refused := refused_by(slug)))]
"""Run as a person does, each in a process of its own; the others only need `main`."""


@pytest.mark.parametrize("wrong", ALL, ids=lambda wrong: " ".join(wrong.words)[:60] or "empty")
def test_it_is_refused_with_a_message_and_nothing_is_written(wrong: Wrong, tmp_path: Path) -> None:
    for name, content in FILES.items():
        text = content if isinstance(content, bytes) else content.encode()
        (tmp_path / name).write_bytes(text)
    (tmp_path / "folder.mp4").mkdir()
    before = tree(tmp_path)

    as_process = any(wrong is other for other in PROCESSES)
    done = (run if as_process else run_here)(*wrong.words, cwd=tmp_path)

    assert done.returncode == 2, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout == ""
    assert done.stderr.startswith("error: ")
    assert all(said in done.stderr for said in wrong.says), done.stderr
    lines = done.stderr.splitlines()
    assert max(map(len, lines)) < 250
    if wrong.typed:
        shown = lines.index(f"  {wrong.typed}")
        if wrong.caret is not None:
            assert lines[shown + 1] == "  " + " " * wrong.caret + "^"
    assert tree(tmp_path) == before
