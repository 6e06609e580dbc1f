"""How those who wait are told how far something has come."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

__all__ = ["Report"]

Report: TypeAlias = Callable[[int, "int | None"], None]
"""Called with the frames that are done, and how many there are if that is known."""
