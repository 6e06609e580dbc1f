"""Options: an explainer's own, derived from its parameters, and those that commands share."""

from __future__ import annotations

import inspect
import re
import typing
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

from cyclopts import CoercionError, Parameter, Token, convert
from pydantic import ValidationError
from pydantic.fields import FieldInfo

from convmath import InputError
from lectures.toml_file import read_toml
from scenes.parameters import Parameters, first_error
from scenes.plan import AnyPlan

__all__ = [
    "BurnCaptions",
    "Fps",
    "Json",
    "NoCache",
    "Output",
    "ParamsFile",
    "QualityName",
    "Quiet",
    "Scheduler",
    "ThemeOption",
    "WorkerCount",
    "explainer_command",
    "own_option",
]


def _whole(kind: Any, tokens: Sequence[Token]) -> Any:
    """Whole numbers as typed, where cyclopts would round 29.97."""
    for token in tokens:
        if not re.fullmatch(r"[+-]?[0-9]{1,18}", token.value):
            raise CoercionError(token=token, target_type=int)
    return convert(kind, [token.value for token in tokens])


QualityName: TypeAlias = Annotated[
    Literal["draft", "low", "medium", "high", "4k"],
    Parameter(help="640x360 at 15 fps, 960x540 and 1280x720 at 30, or 1920x1080 and 2160p at 60"),
]
ThemeOption: TypeAlias = Annotated[
    Literal["dark", "light"], Parameter(help="Colour of the background.")
]
Fps: TypeAlias = Annotated[
    int | None,
    Parameter(converter=_whole, help="Frames a second, 1 to 240, instead of the quality's own."),
]
Output: TypeAlias = Annotated[
    Path | None, Parameter(name=["--output", "-o"], help="File to write, instead of media/...")
]
Quiet: TypeAlias = Annotated[bool, Parameter(negative="", help="No progress and no report.")]
Json: TypeAlias = Annotated[bool, Parameter(negative="", help="Print JSON.")]
ParamsFile: TypeAlias = Annotated[
    Path | None,
    Parameter(
        name="--params", help="A TOML file of parameters; options on the command line win over it."
    ),
]


WorkerCount: TypeAlias = Annotated[
    int | None,
    Parameter(help="Number of worker processes [default: up to one a core]."),
]
Scheduler: TypeAlias = Annotated[
    str | None,
    Parameter(help="Draw on a Dask cluster: tcp://HOST:8786, or local to start one here."),
]
BurnCaptions: TypeAlias = Annotated[
    bool, Parameter(negative="", help="Captions stand in the picture.")
]
NoCache: TypeAlias = Annotated[
    bool, Parameter(negative="", help="Draw everything anew, and keep none of it.")
]


def explainer_command(plan: type[AnyPlan], command: Callable[..., int]) -> Callable[..., int]:
    """A command on one explainer, with an option for each of its parameters.

    ``command(plan, …)`` gets the plan made from them, and its own keyword-only options. Where one
    of these has the name of a parameter, the parameter keeps it: see `own_option`.
    """
    model = plan.Parameters
    own = list(inspect.signature(command).parameters.values())[1:]
    names = {_own_name(model, command.__name__, p.name): p.name for p in own}

    def run(**given: Any) -> int:
        chosen = {name: given.pop(name, None) for name in model.model_fields}
        typed = {name: value for name, value in chosen.items() if value is not None}
        params = given.pop("params", None)
        made = _made(plan, {**_from_file(params, model), **typed})
        return command(made, **{names[name]: value for name, value in given.items()})

    run.__doc__ = command.__doc__
    hints = typing.get_type_hints(command, include_extras=True)
    run.__signature__ = inspect.Signature(  # type: ignore[attr-defined]
        [
            *(_option(name, field) for name, field in model.model_fields.items()),
            _keyword("params", ParamsFile),
            *(_keyword(n, hints[p.name], p.default) for n, p in zip(names, own, strict=True)),
        ]
    )
    return run


def own_option(plan: type[AnyPlan], command: str, name: str) -> str:
    """How a command's option is typed: ``--at``, or ``--still-at`` beside a parameter ``at``."""
    return "--" + _own_name(plan.Parameters, command, name).replace("_", "-")


def _own_name(model: type[Parameters], command: str, name: str) -> str:
    return f"{command}_{name}" if name in model.model_fields else name


def _keyword(name: str, annotation: Any, default: Any = None) -> inspect.Parameter:
    return inspect.Parameter(
        name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation, default=default
    )


def _option(name: str, field: FieldInfo) -> inspect.Parameter:
    """A field as an option that is None unless it is typed."""
    default = "" if field.default is None else f" [default: {field.default}]"
    help_text = f"{field.description or ''}{default}"
    plain = _plain(field.annotation)
    parameter = Parameter(
        converter=_whole if int in (plain, *typing.get_args(plain)) else None,
        help=help_text,
        group="Parameters of the explainer",
        allow_leading_hyphen=plain is str,
        negative="",
        show_default=False,
    )
    return _keyword(name, Annotated[plain | None, parameter])


def _plain(annotation: Any) -> Any:
    """A type without Pydantic's validators, which Pydantic applies itself."""
    if typing.get_origin(annotation) is Annotated:
        return _plain(typing.get_args(annotation)[0])
    arguments = typing.get_args(annotation)
    if not arguments or typing.get_origin(annotation) is Literal:
        return annotation
    plain = tuple(_plain(argument) for argument in arguments)
    if typing.get_origin(annotation) is tuple:
        return tuple[plain]  # type: ignore[valid-type]
    if typing.get_origin(annotation) is list:
        return list[plain[0]]  # type: ignore[valid-type]
    kept = [argument for argument in plain if argument is not type(None)]
    return kept[0] if len(kept) == 1 else typing.Union[tuple(kept)]  # noqa: UP007


def _made(plan: type[AnyPlan], values: dict[str, Any]) -> AnyPlan:
    try:
        made = plan(plan.Parameters(**values))
    except ValidationError as error:
        raise first_error(error, plan.Parameters) from None
    _ = made.frames  # whatever else is wrong with the input comes to light here
    return made


def _from_file(path: Path | None, model: type[Parameters]) -> dict[str, Any]:
    """Parameters from a file; data files that it names are beside it."""
    if path is None:
        return {}
    try:
        file = read_toml(path)
        fields = file.fields(model, file.values)
    except InputError as error:
        error.option = f"--params {error.option}"
        raise
    return {field: file.beside(file.values[key]) for field, key in fields.items()}
