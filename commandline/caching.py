"""``cache``: what is kept of clips that were rendered before, and of type that was set."""

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
    """Show or clear what is kept of rendered clips, and of the type in them."""
    from rendering.cache import Cache
    from scenes.kit.typecase import TypeCase

    kept, case = Cache(), TypeCase()
    if clear:
        kept.clear()
        case.clear()
    if info or not clear:
        found = kept.info()
        megabytes, limit = found.bytes / 1e6, found.limit / 1e6
        say(f"{found.folder}  {found.segments} segments, {megabytes:.1f} of {limit:.0f} MB")
        lines, size = case.info()
        say(f"{case.folder}  {lines} lines of type, {size / 1e6:.1f} of {case.limit / 1e6:.0f} MB")
    return 0
