"""Whatever is typed wrongly: exit code 2, a message that helps, and nothing written."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.commandline.run import run, tree

FLIP, STEPS = "flip-and-shift", "discrete-flip-and-shift"
CLIP = (FLIP, "--quality", "draft")
FRAMES = ("frames", FLIP, "-o", "out.json")
BOTH = ("frames", "commute", "-o", "out.json")
SUMS = ("frames", STEPS, "-o", "out.json")
ROWS = ("frames", "channels-1d", "-o", "out.json")
MEET = ("frames", "flip-or-not", "-o", "out.json")
LEARN = ("frames", "learned-flip", "-o", "out.json")
LAYER = ("frames", "conv-matrix", "-o", "out.json")

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
    "words.csv": "0,1\n1,one\n",
    "nan.csv": "1\nnan\n",
    "zero.npy": "not an array",
    "plain": "a file",
}


@dataclass(frozen=True)
class Wrong:
    """Words that are refused, and what the message has to say.

    Where ``caret`` is given, what was typed is shown as ``typed`` with a caret at this column.
    """

    words: tuple[str, ...]
    says: tuple[str, ...]
    typed: str = ""
    caret: int | None = None


COMMANDS = [
    Wrong(("dance",), ("no explainer or command 'dance'", "accepted: flip-and-shift", "doctor")),
    Wrong(("flip-and-shif",), ("did you mean 'flip-and-shift'?",)),
    Wrong(("",), ("no explainer or command ''",)),
    Wrong(("--bogus",), ("no explainer or command '--bogus'",)),
    Wrong(("show",), ("'show' needs an explainer", "accepted: flip-and-shift")),
    Wrong(("still", "-o", "a.png"), ("'still' needs an explainer",)),
    Wrong(("frames", "flip-and-shit"), ("did you mean 'flip-and-shift'?",)),
    Wrong(("show", FLIP, STEPS), (f"'{STEPS}' is not expected",)),
    Wrong(("list", "all"), ("'all' is not expected", "list --help")),
    Wrong(("all", FLIP), (f"'{FLIP}' is not expected",)),
    Wrong(("doctor", "--json"), ("no option '--json'",)),
]
OPTIONS = [
    Wrong((*CLIP, "--qualty", "draft"), ("'--qualty': did you mean '--quality'?",)),
    Wrong(("list", "--jsn"), ("'--jsn': did you mean '--json'?",)),
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
    Wrong(("still", FLIP, "-o", "still.jpg"), ("--output: ", "accepted: .png"), "still.jpg"),
    Wrong(("frames", FLIP, "-o", "f.txt"), ("--output: ", ".npz, .json, .csv"), "f.txt"),
    Wrong(("storyboard", FLIP, "-o", "s.gif"), ("--output: ", "accepted: .png"), "s.gif"),
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
    Wrong((*FRAMES, "--t-range", "-1e9", "1e9"), ("--t-range: ", "1000000")),
    Wrong((*FRAMES, "--t-range", "0", "1", "2"), ("'2' is not expected",)),
    Wrong((*SUMS, "--n-range", "0", "500"), ("--n-range: 501 steps", "at most 60"), "0 500"),
    Wrong((*SUMS, "--n-range", "5", "0"), ("--n-range: ", "the smaller one first"), "5 0"),
    Wrong((*SUMS, "--n-range", "0", "1.5"), ("--n-range: ", "a whole number"), "1.5"),
    Wrong((*SUMS, "--n-range", "-100000", "0"), ("--n-range: ", "-10000"), "-100000"),
]
PARAMS = [
    Wrong((*FRAMES, "--params", "missing.toml"), ("--params: ", "cannot be read"), "missing.toml"),
    Wrong((*FRAMES, "--params", "."), ("--params: ", "cannot be read"), "."),
    Wrong((*FRAMES, "--params", "half.toml"), ("--params: ", "not TOML"), "half.toml"),
    Wrong((*FRAMES, "--params", "latin.toml"), ("--params: ", "not TOML"), "latin.toml"),
    Wrong((*FRAMES, "--params", "unknown.toml"), ("'hh'", "did you mean 'h'?", "h, x, t_range")),
    Wrong((*FRAMES, "--params", "number.toml"), ("--h: ", "string"), "3"),
    Wrong((*FRAMES, "--params", "table.toml"), ("--h: ", "string")),
    Wrong((*FRAMES, "--params", "wrong.toml"), ("--h: ')' is missing",), "exp(-t*u(t)", 3),
    Wrong((*FRAMES, "--params", "reversed.toml"), ("--t-range: ", "smaller"), "6 -1"),
    Wrong((*SUMS, "--params", "fraction.toml"), ("--n-range: ", "integer"), "1.5"),
    Wrong((*FRAMES, "--params", "huge.toml"), ("--h: ", "too long: 1000001", "at most 500")),
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
    Wrong((*FRAMES, "--h", "missing.csv"), ("--h: there is no such file",), "missing.csv"),
    Wrong((*FRAMES, "--x", "words.csv"), ("--x: line 2: 'one' is not a number",), "words.csv"),
    Wrong((*FRAMES, "--x", "zero.npy"), ("--x: ", "numpy.save"), "zero.npy"),
    Wrong((*CLIP, "--h", "2*foo(t)"), ("--h: unknown name 'foo'",), "2*foo(t)", 2),
    Wrong(("still", FLIP, "--x", "rect(t"), ("--x: ')' is missing",), "rect(t", 4),
    Wrong(("storyboard", FLIP, "--x", "rect(t"), ("--x: ')' is missing",), "rect(t", 4),
    Wrong(("show", FLIP, "--x", "rect(t"), ("--x: ')' is missing",), "rect(t", 4),
]
ORDERS = [
    Wrong((*BOTH, "--h", "exp(-t*u(t)"), ("--h: ')' is missing",), "exp(-t*u(t)", 3),
    Wrong((*BOTH, "--x", "2*foo(t)"), ("--x: unknown name 'foo'", "rect"), "2*foo(t)", 2),
    Wrong((*BOTH, "--h", "0"), ("--h: this signal is zero everywhere",), "0"),
    Wrong((*BOTH, "--x", "u(t) - u(t)"), ("--x: this signal is zero everywhere",)),
    Wrong((*BOTH, "--h", "delta(t)", "--x", "delta(t)"), ("--x: ", "no curve"), "delta(t)"),
    Wrong((*BOTH, "--h", "u(t)", "--x", "u(-t)"), ("--h and --x: ", "diverges", "decay")),
    Wrong((*BOTH, "--t-range", "6", "-1"), ("--t-range: ", "the smaller one first"), "6 -1"),
    Wrong((*BOTH, "--t-range", "nan", "1"), ("--t-range: ", "finite number"), "nan"),
    Wrong(("show", "commute", "--h", "u(t)", "--x", "u(-t)"), ("--h and --x: ", "diverges")),
]
SEQUENCES = [
    Wrong((*SUMS, "--h", "[]"), ("--h: a number is missing", "3, 2, 1"), "[]", 1),
    Wrong((*SUMS, "--h", "1,,2"), ("--h: a number is missing",), "1,,2", 2),
    Wrong((*SUMS, "--h", "1,nan,2"), ("--h: unknown name 'nan'",), "1,nan,2", 2),
    Wrong((*SUMS, "--x", "one, two"), ("--x: unknown name 'one'",), "one, two", 0),
    Wrong((*SUMS, "--h", ",".join(["1"] * 11_000)), ("--h: ", "too long", "at most 500")),
    Wrong((*SUMS, "--h", "rect(n/1e6)"), ("--h: ", "samples", "at most 10000")),
    Wrong((*SUMS, "--x", "0, 0"), ("--x: this signal is zero everywhere",), "0, 0"),
    Wrong((*SUMS, "--h", "1,2 @ 0.5"), ("--h: ", "a whole number"), "1,2 @ 0.5", 6),
    Wrong((*SUMS, "--h", "1 + 0n", "--x", "u(-n) + u(n)"), ("--h and --x: ", "infinitely many")),
    Wrong((*SUMS, "--h", "nan.csv"), ("--h: line 2: nan is not a number",), "nan.csv"),
]
CHANNELS = [
    Wrong((*ROWS, "--channels", "1,2;1,nan"), ("--channels: unknown name 'nan'",), "1,2;1,nan", 6),
    Wrong((*ROWS, "--channels", "1,2;"), ("--channels: ", "is missing"), "1,2;", 4),
    Wrong((*ROWS, "--channels", ""), ("--channels: ", "is missing")),
    Wrong((*ROWS, "--channels", "1,2;3"), ("--channels: ", "2 and 1 numbers", "accepted: ")),
    Wrong((*ROWS, "--channels", "1;2;3;4"), ("--channels: 4 channels", "1 to 3"), "1;2;3;4"),
    Wrong((*ROWS, "--channels", ";".join(["1"] * 9000)), ("--channels: ", "at most 100 rows")),
    Wrong((*ROWS, "--channels", ",".join(["1"] * 12)), ("--channels: 12 numbers", "at most 10")),
    Wrong((*ROWS, "--channels", "1", "--channels", "2"), ("--channels: this is given more",)),
    Wrong((*ROWS, "--h", "u(n)"), ("--h: ", "a list of numbers", "3, 2, 1"), "u(n)"),
    Wrong((*ROWS, "--h", "1e9"), ("--channels and --h: ", "50,000")),
    Wrong(
        (*ROWS, "--kernels", "-1,0;1,2"),
        ("--channels and --kernels: 3 channels, but 2 kernels", "one kernel for each"),
        "-1,0;1,2",
    ),
    Wrong((*ROWS, "--channels", "1,2", "--kernels", "1,2,3"), ("--kernels: ", "do not fit")),
]
LANES = [
    Wrong((*MEET, "--f", "2*foo(t)"), ("--f: unknown name 'foo'",), "2*foo(t)", 2),
    Wrong((*MEET, "--f", "3,2", "--kind", "continuous"), ("--f: a comma cannot",), "3,2", 1),
    Wrong((*MEET, "--g", "0"), ("--g: this signal is zero everywhere",), "0"),
    Wrong((*MEET, "--kind", "discret"), ("--kind: ", "did you mean 'discrete'?", "continuous")),
    Wrong((*MEET, "--lanes", "f*g, f@h, f@f"), ("--lanes: ", "f*g, g*f"), "f*g, f@h, f@f", 5),
    Wrong((*MEET, "--lanes", "f*g"), ("--lanes: there are three lanes, not 1",), "f*g"),
    Wrong((*MEET, "--lanes", "f*f,f@f,f@g"), ("--lanes: f * f is not one of the six",)),
    Wrong((*MEET, "--symmetric", "u(t)"), ("--symmetric: ", "not symmetric", "tri(t)"), "u(t)"),
    Wrong((*MEET, "--f", "u(t)"), ("--f and --g: ", "the integral diverges")),
    Wrong((*MEET, "--pattern", "1,2,3", "--signal", "1,2"), ("--pattern: ", "3 values"), "1,2,3"),
    Wrong((*MEET, "--signal", "u(n)"), ("--signal: this sequence has no end",), "u(n)"),
    Wrong((*MEET, "--outcomes", "1|2;3"), ("--outcomes: ", "one | between"), "1|2;3", 4),
    Wrong((*MEET, "--outcomes", "1|2:0.5"), ("--outcomes: ", "add up to 0.5, not 1"), "1|2:0.5"),
]
TRAINING = [
    Wrong((*LEARN, "--rate", "0.9"), ("--rate: ", "goes too far", "above 0, up to 0.5"), "0.9"),
    Wrong((*LEARN, "--rate", "-1"), ("--rate: ", "greater than 0", "up to 0.5"), "-1"),
    Wrong((*LEARN, "--rate", "nan"), ("--rate: ", "finite number"), "nan"),
    Wrong((*LEARN, "--rate", "fast"), ("--rate: ", "a number"), "fast"),
    Wrong((*LEARN, "--steps", "50"), ("--steps: after 50 steps", "steps or more"), "50"),
    Wrong((*LEARN, "--steps", "99.5"), ("--steps: ", "a whole number"), "99.5"),
    Wrong((*LEARN, "--kernel", "[]"), ("--kernel: a number is missing",), "[]", 1),
    Wrong((*LEARN, "--kernel", "1,nan"), ("--kernel: unknown name 'nan'",), "1,nan", 2),
    Wrong((*LEARN, "--kernel", "-1"), ("--kernel: a kernel of 1 tap", "2 to 6"), "-1"),
    Wrong((*LEARN, "--signal", "-1,-1,-1,-1,-1,-1,-1"), ("--signal: ", "does not determine")),
    Wrong((*LEARN, "--start", "1,2"), ("--start: ", "2 numbers", "4 numbers"), "1,2"),
    Wrong((*LEARN, "--length", "5"), ("--length: 5 samples", "at least 7"), "5"),
    Wrong((*LEARN, "--noise", "-1"), ("--noise: ", "0 to 10")),
    Wrong((*LEARN, "--seed", "-1"), ("--seed: ", "from 0"), "-1"),
]
LAYERS = [
    Wrong((*LAYER, "--weights", ""), ("--weights: an expression is missing",)),
    Wrong((*LAYER, "--x", "[]"), ("--x: a number is missing", "3, 2, 1"), "[]", 1),
    Wrong((*LAYER, "--x", "1,nan,2"), ("--x: unknown name 'nan'",), "1,nan,2", 2),
    Wrong((*LAYER, "--weights", "0,0"), ("--weights: all weights are zero", "1, 2, -1"), "0,0"),
    Wrong((*LAYER, "--weights", "1,2,3", "--x", "4,5"), ("--weights: 3 weights", "fewer"), "1,2,3"),
    Wrong((*LAYER, "--weights", "1,2,3,4,5,6"), ("--weights: 6 numbers", "1 to 5"), "1,2,3,4,5,6"),
    Wrong((*LAYER, "--x", "u(n)"), ("--x: this sequence never ends", "a list"), "u(n)"),
    Wrong((*LAYER, "--x", "1,2,3e6"), ("--x: 3e+06 cannot be read", "0.01 to 999"), "1,2,3e6"),
    Wrong((*LAYER, "--bias", "nan"), ("--bias: ", "finite"), "nan"),
    Wrong((*LAYER, "--bias", "1e9"), ("--bias: ", "999"), "1000000000.0"),
    Wrong((*LAYER, "--bias", "one"), ("--bias: ", "a number"), "one"),
    Wrong((*LAYER, "--activation", "rleu"), ("--activation: ", "did you mean 'relu'?", "tanh")),
    Wrong((*LAYER, "--mode", "same"), ("--mode: there is no 'same'", "valid, full")),
    Wrong((*LAYER, "--mode", "full", "--weights", "1,2,3,4"), ("--x: 10 neurons", "at most 9")),
    Wrong((*LAYER, "--flip", "yes"), ("'yes' is not expected",)),
    Wrong((*LAYER, "--h", "1,2"), ("no option '--h'",)),
]
ALL = [
    *(*COMMANDS, *OPTIONS, *TARGETS, *TIMES, *RANGES, *PARAMS),
    *(*SIGNALS, *ORDERS, *SEQUENCES, *CHANNELS, *LANES, *TRAINING, *LAYERS),
]


@pytest.mark.parametrize("wrong", ALL, ids=lambda wrong: " ".join(wrong.words)[:60] or "empty")
def test_it_is_refused_with_a_message_and_nothing_is_written(wrong: Wrong, tmp_path: Path) -> None:
    for name, content in FILES.items():
        text = content if isinstance(content, bytes) else content.encode()
        (tmp_path / name).write_bytes(text)
    (tmp_path / "folder.mp4").mkdir()
    before = tree(tmp_path)

    done = run(*wrong.words, cwd=tmp_path, timeout=60)

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
