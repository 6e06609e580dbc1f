"""Signals and sequences from ``.csv`` and ``.npy`` files.

One column is a sequence from n = 0 on. Two columns are n (consecutive whole numbers) and value, or
for a continuous signal t (increasing; twice the same t is a jump) and value, with straight lines
between the points and zero outside. A ``.csv`` may begin with one line of names; ``#`` begins a
comment; columns are separated by commas, semicolons or tabs.
"""

from __future__ import annotations

import stat
from itertools import pairwise
from pathlib import Path
from typing import NoReturn

import numpy as np

from convmath.arrays import AnyArray, FloatArray
from convmath.errors import InputError
from convmath.sequence import LONGEST, Sequence
from convmath.signal import Piece, Signal
from convmath.syntax import LARGEST

__all__ = ["is_file_name", "read_sequence", "read_signal"]

LARGEST_FILE = 10_000_000  # bytes
MOST_POINTS = 2_000  # of a continuous signal: each is a breakpoint, which keeps quadrature quick
MOST_INDEX = 10**9
CSV = "rows of numbers: value, or n, value, or t, value; at most one line of names before them"


def is_file_name(text: str) -> bool:
    """Whether a text names a file rather than being an expression."""
    return text[-8:].strip().lower().endswith((".csv", ".npy"))


def read_sequence(name: str) -> Sequence:
    """A sequence from one column of values or two of n and value, at most 10,000 rows."""
    table = _Table(name)
    table.limit(LONGEST)
    if table.rows.shape[1] == 1:
        return Sequence(table.rows[:, 0], 0, name.strip())
    n = table.rows[:, 0]
    for k, index in enumerate(n):
        if index != round(index) or abs(index) > MOST_INDEX:
            table.fail(f"n is {index:g}, which is not a whole number up to {MOST_INDEX:g}", k)
        if k and index != n[k - 1] + 1:
            table.fail(f"n goes from {n[k - 1]:g} to {index:g}", k, "consecutive whole numbers n")
    return Sequence(table.rows[:, 1], int(n[0]), name.strip())


def read_signal(name: str) -> Signal:
    """A continuous signal: straight lines between at most 2,000 points (t, value)."""
    table = _Table(name)
    table.limit(MOST_POINTS)
    if table.rows.shape[1] == 1:
        table.fail("a continuous signal needs two columns, t and value", 0, "rows of t, value")
    t = table.rows[:, 0]
    for k in range(1, len(t)):
        if t[k] < t[k - 1]:
            table.fail(f"t goes back from {t[k - 1]:g} to {t[k]:g}", k, "increasing t")
        if k > 1 and t[k] == t[k - 2]:
            table.fail(f"t = {t[k]:g} stands here for the third time", k, "twice, for a jump")
    if len(t) < 2 or t[0] == t[-1]:
        table.fail("a continuous signal needs points at two different t", 0, "rows of t, value")
    return Signal(
        tuple(
            Piece(float(a), float(b), _Line(float(a), float(b), float(va), float(vb)))
            for (a, va), (b, vb) in pairwise(table.rows)
            if a < b and (va != 0 or vb != 0)
        ),
        text=name.strip(),
        formula=lambda variable: f'upright("data")({variable})',
    )


class _Line:
    """The straight line from (a, at_a) to (b, at_b)."""

    def __init__(self, a: float, b: float, at_a: float, at_b: float) -> None:
        self.ends = a, b, at_a, at_b

    def __call__(self, t: FloatArray) -> FloatArray:
        a, b, at_a, at_b = self.ends
        part = (t - a) / (b - a)
        return at_a * (1 - part) + at_b * part


class _Table:
    """The numbers of a file, shape (n_rows, 1 or 2), and the line of the file each came from."""

    def __init__(self, name: str) -> None:
        self.name = name.strip()
        self.lines: list[int] = []
        path = self.checked_path()
        try:
            read = self.from_npy if path.suffix.lower() == ".npy" else self.from_csv
            self.rows = read(path)
        except OSError as error:
            self.fail(f"this file cannot be read: {error.strerror or error}")
        self.check_numbers()

    def fail(self, problem: str, row: int | None = None, accepted: str | None = CSV) -> NoReturn:
        """Refuse the file, because of its k-th row of numbers where ``row`` is given."""
        if row is not None:
            line = f"line {self.lines[row]}" if self.lines else f"row {row + 1}"
            problem = f"{line}: {problem}"
        raise InputError(problem, typed=self.name[:200], accepted=accepted) from None

    def checked_path(self) -> Path:
        path = Path(self.name)
        try:
            mode, size = path.stat()[0], path.stat().st_size
        except FileNotFoundError:
            self.fail("there is no such file", None, "a .csv or .npy file, or an expression")
        except (OSError, ValueError):  # too long, a zero byte, no permission
            self.fail("this file cannot be reached", None, "a .csv or .npy file")
        if not stat.S_ISREG(mode):
            kind = "a folder" if stat.S_ISDIR(mode) else "something else"
            self.fail(f"this is {kind}, not a file", None, "a .csv or .npy file")
        if size > LARGEST_FILE:
            self.fail("this file is too large", None, f"at most {LARGEST_FILE / 1e6:g} MB")
        return path

    def limit(self, most: int) -> None:
        if len(self.rows) > most:
            self.fail(f"this file has {len(self.rows)} rows", None, f"at most {most} rows")

    def from_npy(self, path: Path) -> FloatArray:
        try:
            # Mapped, because a forged header could otherwise ask for any amount of memory.
            found: AnyArray = np.lib.format.open_memmap(path, mode="r")
        except (ValueError, EOFError, SyntaxError, TypeError, OverflowError, MemoryError):
            self.fail("this is not a .npy file of numbers", None, "an array saved by numpy.save")
        if found.dtype.kind not in "iufb":
            self.fail("this does not hold real numbers", None, "an array of int or float")
        if found.ndim == 1:
            found = found[:, np.newaxis]
        if found.ndim != 2 or found.shape[1] not in (1, 2) or not len(found):
            self.fail(f"its shape is {found.shape}", None, "shape (m,) or (m, 2)")
        return np.array(found, dtype=np.float64)

    def from_csv(self, path: Path) -> FloatArray:
        try:
            text = path.read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError:
            self.fail("this is not a text file")
        rows: list[list[float]] = []
        may_be_names = True
        for line, words in enumerate(text.splitlines(), start=1):
            fields = self.fields(words.partition("#")[0])
            numbers = [_number(field) for field in fields]
            if not fields or (may_be_names and all(n is None for n in numbers)):
                may_be_names = may_be_names and not fields
                continue
            may_be_names = False
            if None in numbers:
                wrong = fields[numbers.index(None)][:30]
                self.fail(f"line {line}: '{wrong}' is not a number")
            if len(fields) > 2 or (rows and len(fields) != len(rows[0])):
                self.fail(f"line {line}: {len(fields)} columns here")
            rows.append([n for n in numbers if n is not None])
            self.lines.append(line)
        if not rows:
            self.fail("there are no numbers in this file")
        return np.array(rows)

    @staticmethod
    def fields(line: str) -> list[str]:
        separator = next((s for s in ",;\t" if s in line), ",")
        return [field.strip() for field in line.split(separator)] if line.strip() else []

    def check_numbers(self) -> None:
        for k, row in enumerate(self.rows):
            if not np.isfinite(row).all() or np.max(np.abs(row)) > LARGEST:
                shown = next(v for v in row if not abs(v) <= LARGEST)
                self.fail(f"{shown:g} is not a number up to {LARGEST:g}", k)


def _number(field: str) -> float | None:
    """A field as a number, nan and inf included; None for words."""
    try:
        return float(field) if field.isascii() and "_" not in field else None
    except ValueError:
        return None
