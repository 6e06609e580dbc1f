"""A Jupyter notebook whose cell shows the clip; it is there before anything is run."""

from __future__ import annotations

from pathlib import Path

from lectures.material import Material
from lectures.notebook import shown
from lectures.pages import source
from lectures.production import Production
from lectures.target import Options, Target
from rendering.quality import PRESETS

__all__ = ["TARGET"]


def make(production: Production, folder: Path, options: Options) -> str:  # noqa: ARG001
    """See `Target`."""
    import nbformat
    from nbformat import v4

    material, name = production.material, f"{production.material.slug}.ipynb"
    seen = shown(production)
    data = {"text/html": seen.html, "text/plain": repr(seen)}
    output = v4.new_output("execute_result", data, execution_count=1)
    call = v4.new_code_cell(_call(material), execution_count=1, outputs=[output])
    words = v4.new_markdown_cell(source("notebook.md.jinja", material=material))
    for cell, its_id in ((words, "words"), (call, "clip")):
        cell["id"] = its_id  # the same file again for the same clip
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = v4.new_notebook(cells=[words, call], metadata={"kernelspec": kernel})
    nbformat.write(notebook, folder / name)
    return name


def _call(material: Material) -> str:
    """The cell that makes this clip anew."""
    chosen = material.plan.parameters.model_dump(mode="json", exclude_defaults=True)
    if material.theme_name != "dark":
        chosen["theme"] = material.theme_name
    if material.quality.name in PRESETS:
        chosen["quality"] = material.quality.name
    words = [repr(material.slug), *(f"{name}={value!r}" for name, value in chosen.items())]
    return f"from lectures import show\n\nshow({', '.join(words)})"


TARGET = Target(
    name="notebook",
    summary="a Jupyter notebook with the clip in it, and the call that makes it",
    make=make,
)
