"""A Chromium that is installed, driven by Playwright."""

from __future__ import annotations

import io
import os
import shutil
from pathlib import Path
from typing import Any

import numpy as np
from axe_playwright_python.sync_playwright import Axe
from numpy.typing import NDArray
from PIL import Image

__all__ = ["chromium", "screenshot", "states", "violations"]

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ON_MACOS = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")


def chromium() -> str | None:
    """Where it is: as ``$CHROMIUM`` says, or on the path."""
    found = [os.environ.get("CHROMIUM"), *map(shutil.which, _NAMES)]
    return next(filter(None, found), str(_ON_MACOS) if _ON_MACOS.exists() else None)


def screenshot(page: Any) -> NDArray[np.int16]:
    """What is seen, ``(height, width, 3)``."""
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    return np.asarray(picture).astype(np.int16)


def states(page: Any) -> list[dict[str, Any]]:
    """Of every video of a page."""
    found: list[dict[str, Any]] = page.evaluate(
        """() => [...document.querySelectorAll("video")].map((video) => ({
          time: video.currentTime, paused: video.paused, ended: video.ended,
          ready: video.readyState, duration: video.duration, source: video.currentSrc,
          width: video.videoWidth, error: video.error && video.error.message,
        }))"""
    )
    return found


def violations(page: Any) -> str:
    """What axe-core finds, as a report; empty if nothing."""
    results = Axe().run(page)
    return "" if results.violations_count == 0 else str(results.generate_report())
