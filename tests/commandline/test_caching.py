"""``cache``: what is kept, and how to be rid of it."""

from pathlib import Path

import numpy as np
import pytest

from scenes.kit.typecase import Glyph, Line, TypeCase
from tests.commandline.run import run_well


def test_cache_tells_what_is_kept_and_clears_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FALTUNG_CACHE", str(tmp_path / "kept"))
    ink = (0.0, 0.0, 0.0, 1.0)
    glyph = Glyph(np.zeros((40_000, 3)), ink, ink, 0.0, plain=True)
    TypeCase().put("key", Line((glyph,), 1.0, 0.0))
    told = run_well("cache", cwd=tmp_path).stderr.splitlines()
    assert [line.split("  ")[0] for line in told] == [
        str(tmp_path / "kept" / "segments"),
        str(tmp_path / "kept" / "type"),
    ]
    assert told[1].endswith("1 lines of type, 1.0 of 100 MB")
    run_well("cache", "--clear", cwd=tmp_path)
    assert TypeCase().info() == (0, 0)
