"""Parameters of an explainer: one Pydantic model from which options, lessons and help are made."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
)
from pydantic_core import ErrorDetails

from convmath import InputError, parse_row, parse_rows, parse_sequence, parse_signal
from convmath.pmf import parse_pmf
from convmath.stacks import parse_filters

__all__ = [
    "FiltersText",
    "GridText",
    "Parameters",
    "Place",
    "PmfText",
    "Range",
    "RowText",
    "RowsText",
    "SequenceText",
    "SignalText",
    "Spacing",
    "VolumeText",
    "WholeRange",
    "first_error",
    "misfit",
    "option_names",
]


N = TypeVar("N", int, float)


class Parameters(BaseModel):
    """What a user may choose of one explainer. Every field has a default and a description."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _signal(text: str) -> str:
    parse_signal(text)
    return text


def _sequence(text: str) -> str:
    parse_sequence(text)
    return text


def _row(text: str) -> str:
    parse_row(text)
    return text


def _rows(text: str) -> str:
    parse_rows(text)
    return text


def _pmf(text: str) -> str:
    parse_pmf(text, normalise=True)
    return text


def _filters(text: str) -> str:
    parse_filters(text)
    return text


def _typed_out(value: Any) -> Any:
    """A list of numbers as a person types it, ``3, 2, 1``, and one of lists: ``1, 2; 3, 4``."""
    if not isinstance(value, list) or not value:
        return value
    if all(isinstance(each, list) and _are_numbers(each) for each in value):
        return "; ".join(map(_typed_out, value))
    return ", ".join(map(str, value)) if _are_numbers(value) else value


def _are_numbers(values: list[Any]) -> bool:
    return bool(values) and all(type(each) in (int, float) for each in values)


def _increasing(limits: tuple[N, N]) -> tuple[N, N]:
    low, high = limits
    if not low < high:
        raise InputError(
            f"the range from {low:g} to {high:g} is empty",
            typed=f"{low:g} {high:g}",
            accepted="two numbers, the smaller one first",
        )
    return limits


SignalText: TypeAlias = Annotated[
    str, AfterValidator(_signal), Field(json_schema_extra={"format": "signal"})
]
"""A continuous signal as a person types it, such as ``2*exp(-t/2)*u(t)``, or a file's name."""

SequenceText: TypeAlias = Annotated[
    str,
    BeforeValidator(_typed_out),
    AfterValidator(_sequence),
    Field(json_schema_extra={"format": "sequence"}),
]
"""A sequence as a person types it: ``3,2,1``, an expression of n, or a file's name."""

RowText: TypeAlias = Annotated[
    str,
    BeforeValidator(_typed_out),
    AfterValidator(_row),
    Field(json_schema_extra={"format": "row"}),
]
"""A finite list of numbers from index 0 on, such as ``3,2,1``."""

RowsText: TypeAlias = Annotated[
    str,
    BeforeValidator(_typed_out),
    AfterValidator(_rows),
    Field(json_schema_extra={"format": "rows"}),
]
"""Lists of one length, with semicolons between them: ``1,2,3; 0,1,1``."""

PmfText: TypeAlias = Annotated[
    str,
    BeforeValidator(_typed_out),
    AfterValidator(_pmf),
    Field(json_schema_extra={"format": "pmf"}),
]
"""Probabilities as a person types them: ``0.2,0.3,0.5`` or ``binomial(4, 1/2)``."""

GridText: TypeAlias = Annotated[
    str, BeforeValidator(_typed_out), Field(json_schema_extra={"format": "grid"})
]
"""A grid of numbers: rows, the name of a pattern, or a picture's file; its plan reads it."""

FiltersText: TypeAlias = Annotated[
    str, AfterValidator(_filters), Field(json_schema_extra={"format": "filters"})
]
"""Filters with ``||`` between them, their kernels with ``|``: ``1,0; 2,1 | 0,1; 1,0``."""

VolumeText: TypeAlias = Annotated[str, Field(json_schema_extra={"format": "volume"})]
"""Slices of numbers, ``1,2; 3,4 | 5,6; 7,8``, or a volume's name; its plan reads it."""

Place: TypeAlias = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=-1e6, le=1e6)]
"""One finite number, a place on an axis."""

Spacing: TypeAlias = Annotated[int, Field(strict=True, le=100)]
"""Cells: a stride, a dilation, a padding. The least that makes sense is for the numbers to say."""

Range: TypeAlias = Annotated[tuple[Place, Place], AfterValidator(_increasing)]
"""Two finite numbers, the smaller one first."""


_Index: TypeAlias = Annotated[int, Field(strict=True, ge=-10_000, le=10_000)]

WholeRange: TypeAlias = Annotated[tuple[_Index, _Index], AfterValidator(_increasing)]
"""Two whole numbers, the smaller one first."""


def option_names(model: type[Parameters]) -> list[str]:
    """The parameters as they are typed: ``t-range``."""
    return [name.replace("_", "-") for name in model.model_fields]


def first_error(error: ValidationError, model: type[Parameters]) -> InputError:
    """The first thing that Pydantic found wrong, as one message that names the option."""
    detail = error.errors()[0]
    name = str(detail["loc"][0]) if detail["loc"] else ""
    found = misfit(detail)
    if name not in model.model_fields:
        found.accepted = ", ".join(option_names(model))
    elif not isinstance(_cause(detail), InputError):
        shape = f"{found.accepted}; " if found.accepted else ""
        found.accepted = f"{shape}{model.model_fields[name].description}"
    return found.named("--" + name.replace("_", "-"))


# The types of Pydantic's errors, by what would have been right.
_SHAPES = {
    "string_type": "text in quotes",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_parsing_size": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a finite number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list in brackets",
    "list_type": "a list in brackets",
    "dict_type": "a table of keys and values",
    "model_type": "a table of keys and values",
}
_BOUNDS = {  # what is wrong, what is accepted, and what Pydantic calls the bound
    "greater_than": ("is not more than", "above", "gt"),
    "greater_than_equal": ("is less than", "at least", "ge"),
    "less_than": ("is not less than", "below", "lt"),
    "less_than_equal": ("is more than", "at most", "le"),
}


def misfit(detail: ErrorDetails) -> InputError:
    """What Pydantic has found, as an error for a person."""
    kind, cause = detail["type"], _cause(detail)
    if isinstance(cause, InputError):
        return cause
    typed = None if isinstance(detail["input"], dict) else str(detail["input"])
    if kind in _SHAPES:
        return InputError(f"this is not {_SHAPES[kind]}", typed=typed, accepted=_SHAPES[kind])
    if kind in _BOUNDS:
        wrong, right, name = _BOUNDS[kind]
        bound = f"{detail['ctx'][name]:.12g}"
        return InputError(f"this {wrong} {bound}", typed=typed, accepted=f"{right} {bound}")
    if kind in ("missing", "too_long"):
        few = kind == "missing"
        return InputError(f"there are too {'few' if few else 'many'} values here", typed=typed)
    return InputError(detail["msg"][:1].lower() + detail["msg"][1:], typed=typed)


def _cause(detail: ErrorDetails) -> Any:
    """What one of our own validators has raised, if it was one."""
    return detail.get("ctx", {}).get("error")
