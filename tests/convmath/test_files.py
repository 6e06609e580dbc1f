import math
import os
from pathlib import Path

import numpy as np
import pytest

from convmath.errors import InputError
from convmath.expression import parse_sequence, parse_signal
from convmath.sequence import Sequence


@pytest.fixture
def written(tmp_path):
    def write(content, name="data.csv"):
        path = tmp_path / name
        if isinstance(content, np.ndarray):
            np.save(path, content)
        else:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return str(path)

    return write


@pytest.mark.parametrize(
    ("content", "values", "start"),
    [
        ("3\n2\n1\n", [3, 2, 1], 0),
        ("\ufeffvalue\r\n3\r\n0.5\r\n", [3, 0.5], 0),
        ("n,x\n-1,3\n0,2\n1,1", [3, 2, 1], -1),
        ("# measured\n5; 1\n6; 2 # late\n\n", [1, 2], 5),
        ("0\t1\n1\t-1e3", [1, -1000], 0),
        (np.array([3, 2, 1]), [3, 2, 1], 0),
        (np.array([[-2.0, 5.0], [-1.0, 6.0]]), [5, 6], -2),
        (np.array([[4.0], [5.0]]), [4, 5], 0),
        (np.array([True, False]), [1, 0], 0),
    ],
)
def test_sequences(written, content, values, start):
    name = written(content, "x.npy" if isinstance(content, np.ndarray) else "x.csv")
    assert parse_sequence(name) == Sequence(values, start)
    shouted = Path(name).rename(Path(name).with_suffix(Path(name).suffix.upper()))
    assert parse_sequence(str(shouted)) == Sequence(values, start)


def test_a_signal_is_straight_between_its_points(written):
    signal = parse_signal(written("t,x\n0,0\n1,2\n1,1\n3,1\n4,0\n6,0\n"))
    assert signal.breakpoints.tolist() == [0, 1, 3, 4]
    assert signal([-1, 0.5, 1, 2, 3.5, 5, 7]).tolist() == [0, 1, 1, 1, 0.5, 0, 0]
    assert float(signal.limit(1, "left")) == 2
    assert signal.polyline(0, 1).tolist() == [[0, 0], [1, 2]]
    assert signal.formula("tau") == 'upright("data")(tau)'
    assert signal.text.endswith("data.csv")


@pytest.mark.parametrize(
    ("content", "phrase"),
    [
        ("", "no numbers"),
        ("a\n", "no numbers"),
        ("a\nb\n1", "line 2: 'b' is not a number"),
        ("1\n2\nx\n", "line 3: 'x' is not a number"),
        ("1,2\n3\n", "line 2: 1 columns"),
        ("1,2,3\n", "line 1: 3 columns"),
        ("1,\n", "line 1: '' is not a number"),
        ("1\nnan\n", "line 2: nan"),
        ("# x\n1\ninf\n", "line 3: inf"),
        ("1e13\n", "line 1: 1e+13"),
        ("1_0\n", "no numbers"),
        ("0,1\n2,1\n", "line 2: n goes from 0 to 2"),
        ("0,1\n0,1\n", "line 2: n goes from 0 to 0"),
        ("0.5,1\n", "line 1: n is 0.5"),
        ("1e11,1\n", "line 1: n is 1e+11"),
        ("1\n" * 10_001, "10001 rows"),
        (b"\xff\xfe\x00\x01", "not a text file"),
        (b"0" * 10_000_001, "too large"),
    ],
)
def test_bad_csv(written, content, phrase):
    with pytest.raises(InputError, match=r".*") as caught:
        parse_sequence(written(content))
    assert phrase in caught.value.problem


@pytest.mark.parametrize(
    ("content", "phrase"),
    [
        ("1\n2\n", "two columns"),
        ("0,1\n", "two different t"),
        ("0,1\n0,2\n", "two different t"),
        ("0,1\n1,1\n0.5,2\n", "line 3: t goes back"),
        ("t,x\n0,1\n1,1\n1,2\n1,3\n", "line 5: t = 1 stands here for the third time"),
        ("\n".join(f"{k},1" for k in range(2001)), "2001 rows"),
    ],
)
def test_bad_signal_files(written, content, phrase):
    with pytest.raises(InputError) as caught:
        parse_signal(written(content), "--h")
    assert phrase in caught.value.problem
    assert caught.value.option == "--h"


def forged(shape):
    """A .npy header that promises more than the file holds."""
    header = f"{{'descr': '<f8', 'fortran_order': False, 'shape': {shape}, }}".ljust(117) + "\n"
    return b"\x93NUMPY\x01\x00" + len(header).to_bytes(2, "little") + header.encode()


@pytest.mark.parametrize(
    ("content", "phrase"),
    [
        (b"", "not a .npy"),
        (b"garbage", "not a .npy"),
        (b"PK\x03\x04garbage", "not a .npy"),
        (forged("(1000000000000,)"), "not a .npy"),
        (forged("(-5,)"), "not a .npy"),
        (forged("(__import__('os'),)"), "not a .npy"),
        (np.array([1 + 2j]), "real numbers"),
        (np.array(["a"]), "real numbers"),
        (np.array([{}], dtype=object), "not a .npy"),
        (np.ones((2, 3)), "shape is (2, 3)"),
        (np.ones((0, 2)), "shape is (0, 2)"),
        (np.float64(3), "shape is ()"),
        (np.array([1, math.nan]), "row 2: nan"),
    ],
)
def test_bad_npy(written, content, phrase):
    if isinstance(content, (np.ndarray, np.generic)):
        content = np.asarray(content)
    with pytest.raises(InputError) as caught:
        parse_sequence(written(content, "data.npy"))
    assert phrase in caught.value.problem


def test_what_is_not_there(tmp_path):
    (tmp_path / "folder.npy").mkdir()
    for parse in (parse_signal, parse_sequence):
        with pytest.raises(InputError, match="no such file"):
            parse(str(tmp_path / "none.csv"))
        with pytest.raises(InputError, match="a folder"):
            parse(str(tmp_path / "folder.npy"))
        with pytest.raises(InputError, match="cannot be reached"):
            parse("x" * 100_000 + ".csv")
        with pytest.raises(InputError, match="no meaning"):
            parse(str(tmp_path / "data.txt"))


def test_a_pipe_is_not_read(tmp_path):
    os.mkfifo(tmp_path / "pipe.csv")
    with pytest.raises(InputError, match="something else"):
        parse_sequence(str(tmp_path / "pipe.csv"))
