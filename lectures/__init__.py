"""Clip → lecture: what a lecturer embeds, all of it derived from the beats (docs/lectures.md)."""
