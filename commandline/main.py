"""From the words of the command line to a command, and from what goes wrong to an exit code."""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable, Sequence

from cyclopts import App, CycloptsError

from commandline import embedding, listing, making, teaching
from commandline.caching import cache
from commandline.doctor import doctor
from commandline.messages import say_error, suggestion
from commandline.options import explainer_command, own_option
from commandline.refusals import refusal
from convmath import InputError
from rendering.manifest import own_version
from scenes.catalogue import SLUGS, plan_class

__all__ = ["main"]

_HELP = """Animated, verified, captioned explainer videos of convolution.

Render one with the slug of an explainer: python render.py flip-and-shift
Signals are parameters: python render.py flip-and-shift --h "exp(-t)*u(t)" --x "rect(t-0.5)"

Help on a command: python render.py help flip-and-shift
Exit codes: 0 done, 1 a check failed or a clip was not made, 2 bad input.
"""

# Commands that take an explainer: name → what they do with its plan.
_ON_EXPLAINERS: dict[str, Callable[..., int]] = {
    "show": listing.show,
    "still": making.still,
    "frames": making.frames,
    "storyboard": making.storyboard,
    "embed": embedding.embed,
}
_ALONE: dict[str, Callable[..., int]] = {
    "list": listing.list_explainers,
    "all": making.all_explainers,
    "lesson": teaching.lesson,
    "cache": cache,
    "doctor": doctor,
}
_HELP_FLAGS = ("--help", "-h")


def main(typed: Sequence[str]) -> int:
    """Run one command; returns the exit code."""
    words = list(typed)
    if words[:1] == ["help"]:
        words = [*words[1:], "--help"]
    try:
        if words[:1] == ["--version"]:
            print(f"faltung {own_version()}")
            return 0
        _know(words)
        result = _app(words)(
            words, exit_on_error=False, print_error=False, result_action="return_value"
        )
        return result if isinstance(result, int) else 0
    except InputError as error:
        return say_error(str(error))
    except CycloptsError as error:
        return say_error(str(_refused(error, words)), hint=_help_for(words))
    except BrokenPipeError:
        sys.stderr.close()
        return 0
    except OSError as error:
        return say_error(f"{error.filename or 'output'}: {error.strerror or error}")
    except KeyboardInterrupt:
        say_error("stopped; nothing unfinished was written")
        return 130


def _know(words: Sequence[str]) -> None:
    """Refuse a command or an explainer that does not exist."""
    known = (*SLUGS, *_ON_EXPLAINERS, *_ALONE)
    if not words or words[0] in _HELP_FLAGS:
        return
    if words[0] not in known:
        raise InputError(
            f"there is no explainer or command '{words[0][:72]}'{suggestion(words[0], known)}",
            accepted=", ".join(known),
        )
    if words[0] not in _ON_EXPLAINERS or set(words[1:2]) & set(_HELP_FLAGS):
        return
    if len(words) == 1 or words[1].startswith("-"):
        raise InputError(f"'{words[0]}' needs an explainer first", accepted=", ".join(SLUGS))
    plan_class(words[1])


def _refused(error: CycloptsError, words: Sequence[str]) -> InputError:
    """The error for a person; where a parameter has a name that the command gave up, it says so."""
    found = refusal(error)
    command = _ON_EXPLAINERS.get(words[0])
    name = (found.option or "").removeprefix("--").replace("-", "_")
    if command is not None and name in inspect.signature(command).parameters:
        own = own_option(plan_class(words[1]), words[0], name)
        if own != found.option:
            found.accepted = f"{found.accepted}; the {found.option} of '{words[0]}' is {own} here"
    return found


def _help_for(words: Sequence[str]) -> str:
    """What to type to learn about the command in ``words``."""
    first, *rest = [*words, ""]
    known = [first, *(word for word in rest[:1] if first in _ON_EXPLAINERS and word in SLUGS)]
    return " ".join(["python render.py", *known, "--help"])


def _app(words: Sequence[str]) -> App:
    """The application, with the explainers that these words may be about."""
    app = App(
        name="render.py",
        help=_HELP,
        help_format="plaintext",
        help_flags=_HELP_FLAGS,
        version_flags=(),
        suppress_keyboard_interrupt=False,
    )
    slugs = [slug for slug in SLUGS if slug in words[:2]] or SLUGS
    for slug in slugs:
        plan = plan_class(slug)
        app.command(
            explainer_command(plan, making.clip), name=slug, help=plan.question, group="Explainers"
        )
    for name, command in _ON_EXPLAINERS.items():
        group = App(name=name, help=command.__doc__)
        for slug in slugs:
            plan = plan_class(slug)
            made = explainer_command(plan, command)
            group.command(made, name=slug, help=plan.question)
        app.command(group)
    for name, command in _ALONE.items():
        app.command(command, name=name)
    return app
