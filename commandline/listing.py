"""``list`` and ``show``: what there is."""

from __future__ import annotations

import json
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from commandline.options import Json
from scenes.beat import schedule
from scenes.catalogue import SLUGS, plan_class
from scenes.plan import AnyPlan

__all__ = ["list_explainers", "show"]


def list_explainers(*, json: Json = False) -> int:
    """Name every explainer, the question it answers, and how long it takes."""
    rows = [_summary(plan_class(slug)()) for slug in SLUGS]
    if json:
        return _print_json(rows)
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("slug", "title", "question", "seconds"):
        table.add_column(column, justify="right" if column == "seconds" else "left")
    for row in rows:
        table.add_row(row["slug"], row["title"], row["question"], f"{row['duration']:.0f}")
    _console().print(table)
    return 0


def show(plan: AnyPlan, *, json: Json = False) -> int:
    """Tell an explainer's parameters, beats and sources."""
    if json:
        return _print_json(_described(plan))
    console = _console()
    console.print(Text.assemble((plan.title, "bold"), f"  {plan.duration:.0f} s"))
    console.print(f"{plan.question}\n")
    console.print(_parameter_table(plan))
    console.print()
    console.print(_beat_table(plan))
    console.print("\nsources", style="bold")
    for source in plan.sources:
        console.print(f"  {source}")
    return 0


def _console() -> Console:
    # A caption may have brackets, as in x[n], which are not markup.
    return Console(highlight=False, markup=False)


def _summary(plan: AnyPlan) -> dict[str, Any]:
    return {
        "slug": plan.slug,
        "title": plan.title,
        "question": plan.question,
        "duration": plan.duration,
    }


def _described(plan: AnyPlan) -> dict[str, Any]:
    schema = plan.Parameters.model_json_schema()
    parameters = [
        {
            "name": name,
            "option": "--" + name.replace("_", "-"),
            "type": _type_name(schema["properties"][name]),
            "default": field.default,
            "help": field.description,
        }
        for name, field in plan.Parameters.model_fields.items()
    ]
    beats = [
        {
            "name": beat.name,
            "heading": beat.heading,
            "caption": beat.caption,
            "start": start,
            "end": end,
        }
        for beat, start, end in schedule(plan.beats)
    ]
    return {
        **_summary(plan),
        "sources": list(plan.sources),
        "parameters": parameters,
        "beats": beats,
        "schema": schema,
    }


def _type_name(field: dict[str, Any]) -> str:
    """A field's type in a word or two, from its JSON schema."""
    kinds = [kind for kind in field.get("anyOf", [field]) if kind.get("type") != "null"]
    kind = kinds[0]
    if "prefixItems" in kind:
        return " ".join(_type_name(item) for item in kind["prefixItems"])
    return str(kind.get("format") or kind.get("type", "value"))


def _parameter_table(plan: AnyPlan) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("parameter", "type", "default", ""):
        table.add_column(column)
    for row in _described(plan)["parameters"]:
        default = "" if row["default"] is None else str(row["default"])
        table.add_row(row["option"], row["type"], default, row["help"])
    return table


def _beat_table(plan: AnyPlan) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("beat")
    table.add_column("starts at", justify="right")
    table.add_column("lasts", justify="right")
    table.add_column("caption")
    for beat, start, _ in schedule(plan.beats):
        table.add_row(beat.name, f"{start:.1f} s", f"{beat.seconds:.1f} s", beat.caption)
    return table


def _print_json(data: Any) -> int:
    print(json.dumps(data, ensure_ascii=False, indent=2))
    return 0
