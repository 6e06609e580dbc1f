import json
from contextlib import suppress
from dataclasses import FrozenInstanceError, dataclass

import numpy as np
import pytest

from convmath import (
    Frames,
    InputError,
    RiemannSums,
    Sequence,
    SlidingProduct,
    SlidingSum,
    convolve_continuous,
    convolve_discrete,
    riemann,
)
from tests.convmath.pairs import COMB, RECT, STAIRS, STEP, decay, gauss

H = decay(0.5, 2.0)
KINDS = {
    "product": convolve_continuous(H, STAIRS, np.linspace(-2, 15, 23)),
    "impulses": convolve_continuous(COMB, STAIRS + COMB, np.linspace(-2, 5, 11)),
    "infinite": convolve_continuous(gauss(1.0), STEP, [0.0, 1.0]),
    "integers": convolve_discrete(Sequence([3, -2, 1]), Sequence([1, 2], start=-1), (-3, 4)),
    "floats": convolve_discrete(Sequence([0.1, 0.2]), Sequence([1 / 3]), (0, 0)),
    "bars": riemann(H, STAIRS, 2.0, (1.0, 0.3)),
}
SUFFIXES = ["npz", "json", "csv"]


def same(one, other):
    assert type(one) is type(other)
    a, b = one.arrays(), other.arrays()
    for name in a:
        assert a[name].dtype == b[name].dtype, name
        assert a[name].shape == b[name].shape, name
        # Bit by bit, so that −0.0 and 0.0 differ; NaNs are all alike.
        assert np.array_equal(a[name], b[name], equal_nan=a[name].dtype.kind == "f"), name
        assert np.array_equal(np.signbit(a[name]), np.signbit(b[name])) or np.isnan(a[name]).any()
    return True


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("kind", KINDS)
def test_comes_back_exactly(kind, suffix, tmp_path):
    frames = KINDS[kind]
    path = tmp_path / f"frames.{suffix}"
    assert frames.save(path, slug="flip-and-shift", parameters={"h": "u(t)", "n": [1, 2]}) == path
    assert same(Frames.load(path), frames)
    assert same(type(frames).load(str(path)), frames)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_json_is_plain(tmp_path):
    path = KINDS["integers"].save(tmp_path / "a.json", slug="s", parameters={"h": "3,-2,1"})
    document = json.loads(path.read_text())
    assert (document["slug"], document["parameters"]) == ("s", {"h": "3,-2,1"})
    assert document["kind"] == "SlidingSum"
    assert document["arrays"]["output"] == [0, 0, 3, 4, -3, 2, 0, 0]
    assert document["arrays"]["limits"][0] == [None, None]
    assert "NaN" not in path.read_text()
    KINDS["infinite"].save(path)
    assert json.loads(path.read_text())["arrays"]["limits"][0] == ["-inf", 0.0]


def test_csv_reads_like_a_table(tmp_path):
    text = KINDS["integers"].save(tmp_path / "a.csv").read_text()
    header, first, *_ = text.splitlines()
    assert header.startswith("n,output,limits[0],limits[1],k,")
    assert first.startswith("-3,0,nan,nan,")
    header = KINDS["product"].save(tmp_path / "b.csv").read_text().splitlines()[0]
    assert header.startswith('t,output,limits[0],limits[1],"tau[0,0]"')


def test_arrays_are_copies_and_read_only():
    t = np.array([0.0, 1.0])
    frames = convolve_continuous(RECT, RECT, t)
    t[0] = 9
    assert frames.t.tolist() == [0, 1]
    for array in frames.arrays().values():
        assert not array.flags.writeable or array.ndim == 0
    with pytest.raises(FrozenInstanceError):
        frames.t = t


def test_steps():
    frames = KINDS["product"]
    assert len(frames) == 23
    step = frames.at(-1)
    assert (type(step.t), step.t) == (float, 15.0)
    assert type(step.output) is float
    assert step.tau.shape == frames.tau.shape[1:]
    assert type(KINDS["integers"].at(0).n) is int
    for outside in (23, -24):
        with pytest.raises(IndexError, match="there are 23"):
            frames.at(outside)


def test_steps_must_agree_in_number():
    @dataclass(frozen=True, eq=False)
    class Step:
        t: float
        output: float

    @dataclass(frozen=True, eq=False)
    class Uneven(Frames[Step]):
        step = Step
        t: np.ndarray
        output: np.ndarray

    try:
        with pytest.raises(ValueError, match="do not agree"):
            Uneven(np.zeros(2), np.zeros(3))
    finally:
        del Frames.kinds["Uneven"]


@pytest.mark.parametrize("name", ["a.txt", "a", "a.npz.gz"])
def test_unknown_suffix_names_the_known(name, tmp_path):
    with pytest.raises(InputError, match=r"accepted: \.npz, \.json, \.csv"):
        KINDS["bars"].save(tmp_path / name)
    with pytest.raises(InputError, match=r"accepted: \.npz, \.json, \.csv"):
        Frames.load(tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_failed_save_leaves_the_old_file(tmp_path):
    path = KINDS["bars"].save(tmp_path / "a.json")
    before = path.read_bytes()
    with pytest.raises(TypeError):
        KINDS["bars"].save(path, parameters={"h": object()})
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(InputError, match="cannot write"):
        KINDS["bars"].save(tmp_path / "missing" / "a.json")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_other_frames(suffix, tmp_path):
    path = KINDS["bars"].save(tmp_path / f"a.{suffix}")
    assert isinstance(RiemannSums.load(path), RiemannSums)
    for kind in (SlidingProduct, SlidingSum):
        with pytest.raises(InputError):
            kind.load(path)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_damaged_files(suffix, tmp_path):
    path = KINDS["bars"].save(tmp_path / f"a.{suffix}")
    data = path.read_bytes()
    rng = np.random.default_rng(1)
    spoilt = [b"", b"hello", b"\xff\xfe\x00", data[: len(data) // 2], b"[" * 100_000, b"{}", b"[]"]
    for content in spoilt:
        path.write_bytes(content)
        with pytest.raises(InputError):
            Frames.load(path)
    for _ in range(60):
        noisy = bytearray(data)
        noisy[rng.integers(len(data))] ^= 1 << int(rng.integers(8))
        path.write_bytes(noisy)
        with suppress(InputError):  # a flipped bit may still be a number
            Frames.load(path)
    with pytest.raises(InputError, match="cannot read"):
        Frames.load(tmp_path / f"missing.{suffix}")


def test_no_pickles(tmp_path):
    path = tmp_path / "a.npz"
    np.savez(path, frames=np.array([{"kind": "RiemannSums"}], dtype=object))
    with pytest.raises(InputError):
        Frames.load(path)
