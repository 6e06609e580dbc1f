"""Parameters of an explainer: one Pydantic model from which options, lessons and help are made."""

from __future__ import annotations

from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from convmath import InputError, parse_row, parse_rows, parse_sequence, parse_signal
from convmath.pmf import parse_pmf

__all__ = [
    "Parameters",
    "Place",
    "PmfText",
    "Range",
    "RowText",
    "RowsText",
    "SequenceText",
    "SignalText",
    "WholeRange",
    "first_error",
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
    str, AfterValidator(_sequence), Field(json_schema_extra={"format": "sequence"})
]
"""A sequence as a person types it: ``3,2,1``, an expression of n, or a file's name."""

RowText: TypeAlias = Annotated[
    str, AfterValidator(_row), Field(json_schema_extra={"format": "row"})
]
"""A finite list of numbers from index 0 on, such as ``3,2,1``."""

RowsText: TypeAlias = Annotated[
    str, AfterValidator(_rows), Field(json_schema_extra={"format": "rows"})
]
"""Lists of one length, with semicolons between them: ``1,2,3; 0,1,1``."""

PmfText: TypeAlias = Annotated[
    str, AfterValidator(_pmf), Field(json_schema_extra={"format": "pmf"})
]
"""Probabilities as a person types them: ``0.2,0.3,0.5`` or ``binomial(4, 1/2)``."""

Place: TypeAlias = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=-1e6, le=1e6)]
"""One finite number, a place on an axis."""

Range: TypeAlias = Annotated[tuple[Place, Place], AfterValidator(_increasing)]
"""Two finite numbers, the smaller one first."""


_Index: TypeAlias = Annotated[int, Field(strict=True, ge=-10_000, le=10_000)]

WholeRange: TypeAlias = Annotated[tuple[_Index, _Index], AfterValidator(_increasing)]
"""Two whole numbers, the smaller one first."""


def first_error(error: ValidationError, model: type[Parameters]) -> InputError:
    """The first thing that Pydantic found wrong, as one message that names the option."""
    detail = error.errors()[0]
    name = str(detail["loc"][0]) if detail["loc"] else ""
    option = "--" + name.replace("_", "-")
    cause: Any = detail.get("ctx", {}).get("error")
    if isinstance(cause, InputError):
        return cause.named(option)
    message = detail["msg"][:1].lower() + detail["msg"][1:]
    field = model.model_fields.get(name)
    accepted = field.description if field is not None else ", ".join(model.model_fields)
    return InputError(message, typed=str(detail["input"]), option=option, accepted=accepted)
