"""Hashes of the code that draws a clip: up to some frame, or file by file.

`Code` is for what is kept, `files_of` for who is to draw: whether another machine has the same
files. Two conventions of scenes with beats let a hash leave out what cannot have been drawn yet:

- ``Beat(…)`` calls say what the beats are. Their values come into a segment's key by themselves,
  so these calls are left out, and a caption, which no picture shows, is in no key at all.
- ``beat_<name>`` draws the beat of that name. Of a beat that is later than a segment it is left
  out, unless the rest of the code speaks of it.

Comments and docstrings are left out too. `files_of` leaves out nothing.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path

__all__ = ["Code", "drawing_code", "files_of", "library_versions"]

_BEAT = "Beat"
_DRAWS = "beat_"
_LIBRARIES = (
    "manim",
    "numpy",
    "scipy",
    "av",
    "typst",
    "pycairo",
    "svgelements",
    "fontpkg-fira-sans",
    "pillow",
)


@cache
def library_versions() -> dict[str, str]:
    """Of the libraries that have a say in pixels and packets."""
    found = {}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return found


@cache
def drawing_code() -> str:
    """A hash of every file of `rendering`."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return _hash(b"".join(path.read_bytes() for path in files))


def files_of(modules: Collection[str]) -> dict[str, str]:
    """A hash of every file of `rendering`, of these modules and of what they import, by module.

    Imports are followed as in `Code`. A file counts as it was when this process first looked at it,
    for that is the code that it runs.
    """
    drawing = {f"rendering.{path.stem}": path for path in Path(__file__).parent.glob("*.py")}
    return {name: _first_seen(path) for name, path in (*drawing.items(), *_closure(modules))}


@cache
def _first_seen(path: Path) -> str:
    return _hash(path.read_bytes())


class Code:
    """The modules of one clip: those named, and those of their packages that they import.

    Parameters
    ----------
    modules
        Names of modules; every file of `rendering` is added.
    """

    def __init__(self, modules: Collection[str]) -> None:
        self.parts = [("", drawing_code())]
        for name, path in sorted(_closure(modules)):
            self.parts += _parts(path.read_bytes(), name)

    @cache  # noqa: B019 - as short-lived as the few hashes that are asked for
    def hash(self, later: frozenset[str] = frozenset()) -> str:
        """Of all that can have drawn a frame before the beats named ``later`` begin."""
        left_out = {_DRAWS + beat.replace("-", "_") for beat in later}
        while True:
            whole = "\n".join(code for name, code in self.parts if name not in left_out)
            spoken_of = {name for name in left_out if name in whole}
            if not spoken_of:
                return _hash(whole.encode())
            left_out -= spoken_of


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@cache
def _parts(source: bytes, module: str) -> Sequence[tuple[str, str]]:
    """``(name, code)`` of each method that draws a beat, and ``("", code)`` of all the rest."""
    tree = _Strip().visit(ast.parse(source))
    parts = []
    for owner in [node for node in tree.body if isinstance(node, ast.ClassDef)]:
        for method in [m for m in owner.body if isinstance(m, ast.FunctionDef)]:
            if method.name.startswith(_DRAWS):
                owner.body.remove(method)
                parts.append((method.name, f"{module} {owner.name} {ast.dump(method)}"))
    return [("", f"{module} {ast.dump(tree)}"), *parts]


class _Strip(ast.NodeTransformer):
    """Leaves out docstrings, and what `Beat` is called with."""

    def visit_Call(self, node: ast.Call) -> ast.AST:
        """See `ast.NodeTransformer`."""
        if isinstance(node.func, ast.Name) and node.func.id == _BEAT:
            return node.func
        return self.generic_visit(node)

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        """See `ast.NodeTransformer`."""
        if isinstance(node.value, ast.Constant):
            return ast.Pass()
        return self.generic_visit(node)


def _closure(modules: Collection[str]) -> Iterator[tuple[str, Path]]:
    """Names and files of modules and of what they import from the same packages."""
    roots = {name.partition(".")[0] for name in modules}
    seen: set[str] = set()
    waiting = list(modules)
    while waiting:
        name = waiting.pop()
        if name in seen or name.partition(".")[0] not in roots:
            continue
        seen.add(name)
        path = _file_of(name)
        if path is not None:
            waiting += _imported(path.read_bytes())
            yield name, path
        if "." in name:
            waiting.append(name.rpartition(".")[0])


@cache
def _imported(source: bytes) -> Sequence[str]:
    names = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names += [each.name for each in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names += [node.module, *(f"{node.module}.{each.name}" for each in node.names)]
    return names


def _file_of(module: str) -> Path | None:
    """Of a module that was named or imported; None if that name is not a module."""
    root, *rest = module.split(".")
    spec = find_spec(root)
    if spec is None:
        return None
    if not spec.submodule_search_locations:
        return Path(spec.origin) if spec.origin and not rest else None
    for location in spec.submodule_search_locations:
        path = Path(location, *rest)
        for file in (path.with_suffix(".py"), path / "__init__.py"):
            if file.is_file():
                return file
    return None
