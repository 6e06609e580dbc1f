"""Frame arrays on disk: .npz, .json and .csv, each exact and each written whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import re
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

import numpy as np

from convmath.arrays import AnyArray
from convmath.errors import InputError

__all__ = ["SUFFIXES", "Content", "read", "write"]

SUFFIXES = (".npz", ".json", ".csv")
_META = "frames"  # name of the .npz member that holds kind, slug and parameters as JSON text
_MOST_COLUMNS = 20_000
_COLUMN = re.compile(r"(?P<name>\w+)(?P<open>[\[(])?(?P<numbers>[\d,]*)[\])]?")


@dataclass(frozen=True)
class Content:
    """What one file holds: the kind of frames, their arrays, and what they were made from."""

    kind: str
    arrays: dict[str, AnyArray]
    step_names: tuple[str, ...]
    slug: str | None
    parameters: dict[str, Any]


Known = Mapping[str, tuple[str, ...]]
"""Names of the fields of every kind of frames."""


def write(path: Path, content: Content) -> Path:
    """Write beside ``path`` and move into place."""
    pack = {".npz": _to_npz, ".json": _to_json, ".csv": _to_csv}.get(path.suffix.lower())
    if pack is None:
        raise InputError(
            f"frames cannot be written as '{path.suffix}'",
            typed=str(path),
            accepted=", ".join(SUFFIXES),
        )
    data = pack(content)
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror or error}") from error
    finally:
        beside.unlink(missing_ok=True)
    return path


def read(path: Path, known: Known) -> tuple[str, dict[str, AnyArray]]:
    """The kind and the arrays of a file that `write` made."""
    unpack: Callable[[bytes], tuple[str | None, dict[str, AnyArray]]] | None = {
        ".npz": _from_npz,
        ".json": _from_json,
        ".csv": _from_csv,
    }.get(path.suffix.lower())
    if unpack is None:
        raise InputError(
            f"frames cannot be read from '{path.suffix}'",
            typed=str(path),
            accepted=", ".join(SUFFIXES),
        )
    try:
        kind, arrays = unpack(path.read_bytes())
        return kind or _kind_of(set(arrays), known), arrays
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error
    except Exception as error:  # a damaged file can fail anywhere in zipfile, zlib, json or csv
        raise InputError(f"{path} holds no frames: {error}") from error


def _to_npz(content: Content) -> bytes:
    meta = {"kind": content.kind, "slug": content.slug, "parameters": content.parameters}
    buffer = io.BytesIO()
    members: dict[str, Any] = {_META: np.array(json.dumps(meta)), **content.arrays}
    np.savez_compressed(buffer, **members)
    return buffer.getvalue()


def _from_npz(data: bytes) -> tuple[str | None, dict[str, AnyArray]]:
    with np.load(io.BytesIO(data), allow_pickle=False) as members:
        arrays = {name: np.array(members[name]) for name in members.files}
    kind: str = json.loads(arrays.pop(_META).item())["kind"]
    for array in arrays.values():
        _plain_dtype(str(array.dtype))
    return kind, arrays


def _to_json(content: Content) -> bytes:
    document = {
        "slug": content.slug,
        "parameters": content.parameters,
        "kind": content.kind,
        "dtypes": {name: str(a.dtype) for name, a in content.arrays.items()},
        "shapes": {name: a.shape for name, a in content.arrays.items()},
        "arrays": {name: _nested(a) for name, a in content.arrays.items()},
    }
    return json.dumps(document, allow_nan=False, ensure_ascii=False).encode()


def _nested(array: AnyArray) -> Any:
    """Nested lists; NaN becomes null, infinities "inf" and "-inf" (JSON has none of them)."""
    if array.dtype.kind != "f":
        return array.tolist()
    boxed = array.astype(object)
    boxed[np.isnan(array)] = None
    boxed[np.isposinf(array)] = "inf"
    boxed[np.isneginf(array)] = "-inf"
    return boxed.tolist()


def _from_json(data: bytes) -> tuple[str | None, dict[str, AnyArray]]:
    document = json.loads(data)
    dtypes, shapes = document["dtypes"], document["shapes"]
    arrays = {}
    for name, nested in document["arrays"].items():
        dtype = _plain_dtype(dtypes[name])
        flat = _flattened(nested)
        if dtype.kind == "f":
            flat = [float("nan") if v is None else float(v) for v in flat]
        arrays[name] = np.array(flat, dtype=dtype).reshape(shapes[name])
    return document["kind"], arrays


def _plain_dtype(name: str) -> np.dtype[Any]:
    dtype = np.dtype(name)
    if dtype.kind not in "fib":
        raise ValueError(f"arrays of {name} are not frames")
    return dtype


def _flattened(nested: Any) -> list[Any]:
    if not isinstance(nested, list):
        return [nested]
    if not any(isinstance(item, list) for item in nested):
        return nested
    return [leaf for item in nested for leaf in _flattened(item)]


def _to_csv(content: Content) -> bytes:
    """One column per series: ``t, output, limits[0], limits[1], tau[0,0], …``.

    Rows are axis 0. A column shorter than the longest ends in empty cells; a plain number is a
    column ``name()`` of one cell; an array that is empty beyond axis 0 is a column ``name(7,0)``
    that only states its shape.
    """
    _refuse_wide(content)
    first = content.step_names[0]
    order = sorted(content.arrays, key=lambda name: (name != first, name != "output"))
    columns = [c for name in order for c in _columns(name, content.arrays[name])]
    buffer = io.StringIO(newline="")
    table = csv.writer(buffer)
    table.writerow([header for header, _ in columns])
    table.writerows(zip_longest(*(cells for _, cells in columns), fillvalue=""))
    return buffer.getvalue().encode()


def _refuse_wide(content: Content) -> None:
    """A picture is no table: each of its pixels beyond the first row would be a column."""
    count = sum(int(np.prod(array.shape[1:])) for array in content.arrays.values())
    if count > _MOST_COLUMNS:
        raise InputError(
            f"these frames would be a table of {count:,} columns",
            typed=".csv",
            accepted=f".npz or .json (.csv for up to {_MOST_COLUMNS:,} columns)",
        )


def _columns(name: str, array: AnyArray) -> list[tuple[str, list[str]]]:
    if array.ndim == 0:
        return [(f"{name}()", [repr(array.item())])]
    if array.ndim == 1:
        return [(name, [repr(v) for v in array.tolist()])]
    places = list(np.ndindex(array.shape[1:]))
    if not places:
        return [(f"{name}({','.join(map(str, array.shape))})", [])]
    rows = array.reshape(len(array), len(places)).T.tolist()
    return [
        (f"{name}[{','.join(map(str, place))}]", [repr(v) for v in row])
        for place, row in zip(places, rows, strict=True)
    ]


def _from_csv(data: bytes) -> tuple[str | None, dict[str, AnyArray]]:
    header, *rows = csv.reader(io.StringIO(data.decode(), newline=""))
    if any(len(row) != len(header) for row in rows):
        raise ValueError("a row is longer or shorter than the header")
    if len(set(header)) != len(header):
        raise ValueError("a column stands twice")
    columns: dict[str, dict[tuple[int, ...], list[str]]] = {}
    arrays: dict[str, AnyArray] = {}
    cells_of = list(zip(*rows, strict=True)) if rows else [()] * len(header)
    for title, cells in zip(header, cells_of, strict=True):
        match = _COLUMN.fullmatch(title)
        if match is None:
            raise ValueError(f"'{title[:40]}' is no column of frames")
        name, filled = match["name"], [c for c in cells if c != ""]
        numbers = tuple(int(n) for n in match["numbers"].split(",") if n)
        if match["open"] == "(":
            arrays[name] = _announced(numbers) if numbers else _numbers(filled).reshape(())
        else:
            columns.setdefault(name, {})[numbers] = filled
    arrays |= {name: _assembled(series) for name, series in columns.items()}
    return None, arrays


def _announced(shape: tuple[int, ...]) -> AnyArray:
    if 0 not in shape:
        raise ValueError("a column that only states a shape must be empty")
    return np.zeros(shape)


def _numbers(cells: list[str]) -> AnyArray:
    """int64 where every cell is whole, bool where all are True or False, else float64."""
    if cells and set(cells) <= {"True", "False"}:
        return np.array([c == "True" for c in cells])
    if cells and all(c.lstrip("-").isdecimal() for c in cells):
        return np.array([int(c) for c in cells], dtype=np.int64)
    return np.array([float(c) for c in cells], dtype=np.float64)


def _assembled(series: dict[tuple[int, ...], list[str]]) -> AnyArray:
    """The array whose columns are ``series``, by their places behind axis 0."""
    shape = tuple(1 + np.max(list(series), axis=0)) if () not in series else ()
    length = len(next(iter(series.values())))
    if len(series) != int(np.prod(shape)) or any(len(c) != length for c in series.values()):
        raise ValueError("a series has gaps")
    flat = _numbers([cell for place in sorted(series) for cell in series[place]])
    return np.moveaxis(flat.reshape((*shape, length)), -1, 0)


def _kind_of(names: set[str], known: Known) -> str:
    for kind, expected in known.items():
        if names == set(expected):
            return kind
    raise ValueError("its columns belong to no known frames")
