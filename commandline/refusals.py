"""What the parser of the command line refuses, said as every other error of input is said."""

from __future__ import annotations

import typing
from pathlib import Path
from typing import Any

from cyclopts import CoercionError, CycloptsError, MissingArgumentError, UnknownOptionError
from cyclopts.exceptions import RepeatArgumentError, UnusedCliTokensError

from commandline.messages import suggestion
from convmath import InputError

__all__ = ["refusal"]

_KINDS = {
    int: "a whole number",
    float: "a number",
    bool: "yes or no",
    Path: "the name of a file or folder",
}


def refusal(error: CycloptsError) -> InputError:
    """The same error: which option, what was typed, what would be accepted."""
    match error:
        case UnknownOptionError():
            return _unknown_option(error)
        case CoercionError(token=token) if token is not None:
            return _wrong_value(error, token.keyword or "", token.value)
        case MissingArgumentError():
            return _missing_value(error)
        case RepeatArgumentError(token=token):
            return InputError("this is given more than once", option=token.keyword)
        case UnusedCliTokensError(unused_tokens=[first, *_]):
            return InputError(f"'{first[:72]}' is not expected here")
        case _:
            return InputError(str(error))


def _unknown_option(error: UnknownOptionError) -> InputError:
    typed = (error.token.keyword or error.token.value).partition("=")[0][:72]
    known = [name for argument in error.argument_collection for name in argument.names]
    return InputError(
        f"there is no option '{typed}'{suggestion(typed, known)}",
        accepted=", ".join(known) or "no options",
    )


def _wrong_value(error: CoercionError, option: str, typed: str) -> InputError:
    accepted = _accepted(error.target_type)
    if typing.get_origin(error.target_type) is typing.Literal:
        choices = typing.get_args(error.target_type)
        return InputError(
            f"there is no '{typed[:72]}'{suggestion(typed, choices)}",
            option=option,
            accepted=accepted,
        )
    return InputError(f"this is not {accepted}", typed=typed, option=option, accepted=accepted)


def _missing_value(error: MissingArgumentError) -> InputError:
    assert error.argument is not None
    count, _ = error.argument.token_count()
    missing = "a value is" if count - len(error.tokens_so_far) == 1 else f"{count} values are"
    option = error.keyword or error.argument.name
    return InputError(
        f"{missing} missing",
        option=option.partition("=")[0],
        accepted=_accepted(error.argument.hint),
    )


def _accepted(kind: Any) -> str:
    """What a value of this type looks like."""
    arguments = [k for k in typing.get_args(kind) if k is not type(None)]
    if typing.get_origin(kind) is typing.Literal:
        return ", ".join(arguments)
    if typing.get_origin(kind) is tuple:
        return f"{len(arguments)} values, each {_accepted(arguments[0])}"
    return _accepted(arguments[0]) if arguments else _KINDS.get(kind, "a value")
