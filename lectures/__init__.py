"""Clip → lecture: what a lecturer embeds, all of it derived from the beats (docs/lectures.md)."""

from lectures.notebook import show

__all__ = ["show"]
