"""``cache``: what is kept of clips that were rendered before."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from commandline.messages import say

__all__ = ["cache"]


def cache(
    *,
    info: Annotated[bool, Parameter(negative="", help="Say where and how much [default].")] = False,
    clear: Annotated[bool, Parameter(negative="", help="Remove all of it.")] = False,
) -> int:
    """Show or clear what is kept of rendered clips."""
    from rendering.cache import Cache

    kept = Cache()
    if clear:
        kept.clear()
    if info or not clear:
        found = kept.info()
        megabytes, limit = found.bytes / 1e6, found.limit / 1e6
        say(f"{found.folder}  {found.segments} segments, {megabytes:.1f} of {limit:.0f} MB")
    return 0
