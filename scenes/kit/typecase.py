"""Type that was set before, kept between runs: outlines of glyphs among the user's caches.

An entry appears whole, by a rename, and is never changed; what is read is held against its
checksum, and what is torn is set again. So any number of processes may use a case at once, without
locks. It is named by the hash of everything that has a say in the outlines (`compositor`).
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate, pairwise
from pathlib import Path
from tempfile import NamedTemporaryFile

import numpy as np
import platformdirs

from convmath.arrays import FloatArray

__all__ = ["LIMIT", "Glyph", "Line", "TypeCase", "default_folder"]

LIMIT = 100_000_000
"""Bytes that are kept."""

_VARIABLE = "FALTUNG_CACHE"
_DIGEST_SIZE = hashlib.sha256().digest_size
_DAY = 86_400.0  # seconds; how exactly it is known when an entry was last used


@dataclass(frozen=True, slots=True)
class Glyph:
    """One outline, drawn in one ink.

    Attributes
    ----------
    points
        Cubic curves, (4 n, 3), in scene units.
    fill, stroke
        Red, green, blue and opacity in [0, 1].
    weight
        Width of the stroke by the larger side of the outline, for a picture of one pixel a unit.
    plain
        In the ink of its line, not in one of its own.
    """

    points: FloatArray
    fill: tuple[float, ...]
    stroke: tuple[float, ...]
    weight: float
    plain: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line of type, centred on the origin.

    Attributes
    ----------
    glyphs
        In the order in which they are drawn.
    initial_height
        Before it was scaled to its size, in the units of Manim's SVG.
    rise
        How far the baseline lies above the lowest ink, as a fraction of the height.
    """

    glyphs: tuple[Glyph, ...]
    initial_height: float
    rise: float


def default_folder() -> Path:
    """``$FALTUNG_CACHE``, or a folder among the user's caches."""
    chosen = os.environ.get(_VARIABLE)
    return Path(chosen or platformdirs.user_cache_dir("faltung")) / "type"


class TypeCase:
    """A folder of lines, each a file named by its key.

    When it grows over its limit, what was not used for longest goes.

    Parameters
    ----------
    folder
        Made when something is first kept.
    limit
        Bytes.
    """

    def __init__(self, folder: Path | None = None, limit: int = LIMIT) -> None:
        self.folder = folder or default_folder()
        self.limit = limit
        self._trimmed = False

    def get(self, key: str) -> Line | None:
        """A line that is kept, and whole."""
        entry = self.folder / key
        try:
            content = entry.read_bytes()
        except OSError:
            return None
        body = content[_DIGEST_SIZE:]
        if hashlib.sha256(body).digest() != content[:_DIGEST_SIZE]:
            return None
        with suppress(OSError):
            if time.time() - entry.stat().st_mtime > _DAY:
                os.utime(entry)
        return _unpacked(body)

    def put(self, key: str, line: Line) -> None:
        """Keep a line, if that can be done."""
        if not self._trimmed:
            self._trimmed = True
            self.trim()
        body = _packed(line)
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            with NamedTemporaryFile(dir=self.folder, prefix=".draft-", delete=False) as draft:
                try:
                    draft.write(hashlib.sha256(body).digest() + body)
                    draft.close()
                    Path(draft.name).replace(self.folder / key)
                except BaseException:
                    Path(draft.name).unlink(missing_ok=True)
                    raise

    def trim(self) -> None:
        """Remove what was not used for longest, until the rest is within the limit."""
        entries = sorted(self._entries())
        excess = sum(size for _, size, _ in entries) - self.limit
        for _, size, entry in entries:
            if excess <= 0:
                break
            _remove(entry)
            excess -= size

    def info(self) -> tuple[int, int]:
        """How many lines there are, and their bytes."""
        sizes = [size for _, size, _ in self._entries()]
        return len(sizes), sum(sizes)

    def clear(self) -> None:
        """Remove everything."""
        for _, _, entry in list(self._entries()):
            _remove(entry)

    def _entries(self) -> Iterator[tuple[float, int, Path]]:
        """When each file was last used, its bytes, and the file; none that goes meanwhile."""
        with suppress(OSError):
            for entry in self.folder.iterdir():
                with suppress(OSError):
                    about = entry.stat()
                    yield about.st_mtime, about.st_size, entry


def _remove(entry: Path) -> None:
    with suppress(OSError):
        entry.unlink()


def _packed(line: Line) -> bytes:
    """One line of JSON, then the points of all glyphs."""
    glyphs = [[len(g.points), g.fill, g.stroke, g.weight, g.plain] for g in line.glyphs]
    about = json.dumps([line.initial_height, line.rise, glyphs])
    points = np.concatenate([np.empty((0, 3)), *(glyph.points for glyph in line.glyphs)])
    return about.encode() + b"\n" + points.astype("<f8").tobytes()


def _unpacked(body: bytes) -> Line:
    about, _, numbers = body.partition(b"\n")
    initial_height, rise, glyphs = json.loads(about)
    points = np.frombuffer(numbers, "<f8").reshape(-1, 3)
    edges = accumulate((length for length, *_ in glyphs), initial=0)
    parts = [
        Glyph(points[start:stop], tuple(fill), tuple(stroke), weight, plain)
        for (start, stop), (_, fill, stroke, weight, plain) in zip(
            pairwise(edges), glyphs, strict=True
        )
    ]
    return Line(tuple(parts), initial_height, rise)
