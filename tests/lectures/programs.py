"""Programs that tests of targets drive, where they are installed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

__all__ = ["needed", "run", "to_pdf", "to_pictures"]


def needed(program: str, package: str, what: str) -> str:
    """Where a program is; skips the test, saying what was not done, where it is missing."""
    found = shutil.which(program)
    if found is None:
        pytest.skip(f"no {program}: {what} (apt install {package})")
    return found


def run(*words: str | Path, cwd: Path) -> str:
    """What a program says; fails the test with it, if the program does."""
    done = subprocess.run(
        [str(word) for word in words], cwd=cwd, capture_output=True, text=True, errors="replace"
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    return done.stdout + done.stderr


def to_pdf(document: Path, folder: Path) -> Path:
    """A document of an office, as LibreOffice shows it; it has no settings but its own."""
    soffice = needed(
        "soffice", "libreoffice-impress", "the PowerPoint file was not opened in an office"
    )
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run(soffice, "--headless", profile, "--convert-to", "pdf", "--outdir", folder, document,
        cwd=folder)  # fmt: skip
    return folder / f"{document.stem}.pdf"


def to_pictures(pdf: Path, folder: Path, width: int) -> list[Path]:
    """The pages as PNG files, ``width`` pixels wide."""
    pdftoppm = needed("pdftoppm", "poppler-utils", "the pages of a PDF were not looked at")
    run(pdftoppm, "-png", "-scale-to-x", str(width), "-scale-to-y", "-1", pdf, folder / "page",
        cwd=folder)  # fmt: skip
    return sorted(folder.glob("page*.png"))
