"""Makes the files of a lecture's material: clips, pictures, posters; each only once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

from PIL import Image

from lectures.material import Material, Step
from lectures.specs import description_of, scene_of
from rendering.cache import Cache
from rendering.film import ClipSpec
from rendering.formats import FormatName
from rendering.progress import Report
from rendering.segments import link_or_copy
from rendering.sinks import RGBA
from rendering.workers import Processes, Workers, workers_for

__all__ = ["Production", "Watch", "unwatched"]

Watch: TypeAlias = Callable[[str], AbstractContextManager[Report | None]]
"""Called with what is being made; its context gives what is told of (frames done, total)."""


def unwatched(_: str) -> AbstractContextManager[Report | None]:
    """Tell nobody."""
    return nullcontext()


@dataclass
class Production:
    """Makes what targets ask for, in a temporary folder.

    What was made once is not made again, so several targets may share a production. The files
    stay where they are made: `deliver` puts them where a target wants them.

    Attributes
    ----------
    workers
        Who draws; None is for as many processes as help.
    cache
        Where segments are kept between runs.
    """

    material: Material
    workers: Workers | None = None
    cache: Cache | None = None
    watch: Watch = unwatched
    _pictures: dict[int, RGBA] = field(default_factory=dict)
    _folder: TemporaryDirectory[str] = field(
        default_factory=lambda: TemporaryDirectory(prefix="faltung-")
    )

    @property
    def scratch(self) -> Path:
        """Where files are made."""
        return Path(self._folder.name)

    def other(self, **changes: Any) -> Production:
        """The same material in another ``quality`` or ``theme_name``, in a folder of its own."""
        material = replace(self.material, **changes)
        return Production(material, self.workers, self.cache, self.watch)

    def clips(self, *formats: FormatName) -> list[Path]:
        """The whole clip in each of these formats. Raises `rendering.clip.CheckFailed`."""
        paths = [self.scratch / made / f"{self.material.slug}.{made}" for made in formats]
        specs = [self._spec(path, made) for path, made in zip(paths, formats, strict=True)]
        self._make(specs, "clip")
        return paths

    def step_clips(self, made: FormatName = "mp4") -> list[Path]:
        """A clip for each step; it begins with the picture that the one before ended with.

        The two frames are the same packet of the file, so they decode alike to the last bit.
        """
        folder = self.scratch / f"{made}-steps"
        paths = [folder / f"{self.step_name(step)}.{made}" for step in self.material.steps]
        pairs = zip(paths, self.material.steps, strict=True)
        self._make([self._spec(path, made, step.clip) for path, step in pairs], "steps")
        return paths

    def step_name(self, step: Step) -> str:
        """The beginning of the names of a step's files: ``flip-and-shift-03-flip``."""
        return f"{self.material.slug}-{step.number:02}-{step.name}"

    def pictures(self, frames: Iterable[int]) -> list[RGBA]:
        """These frames of the whole clip, as they were drawn, without an encoder's losses."""
        asked = list(frames)
        missing = sorted(set(asked) - set(self._pictures))
        if missing:
            self._pictures |= dict(zip(missing, self._drawn(missing), strict=True))
        return [self._pictures[frame] for frame in asked]

    def _drawn(self, frames: Sequence[int]) -> list[RGBA]:
        from rendering.pictures import make_pictures

        material, strip = self.material, self.material.strip
        size, ground = material.quality, material.theme.ground
        pictures = make_pictures(
            scene_of(material.plan, material.theme_name),
            strip.inside(size) if strip else size,
            frames,
            background=ground,
        )
        if strip is None:
            return pictures
        from rendering.strip import captioned

        return [
            captioned(each, strip, size, ground, k)
            for each, k in zip(pictures, frames, strict=True)
        ]

    def poster(self, suffix: str = ".png") -> Path:
        """The picture that stands for the clip, as .png, .jpg or .webp."""
        path = self.scratch / f"{self.material.slug}-poster{suffix}"
        (picture,) = self.pictures([self.material.poster.last_frame])
        return _saved(picture, path)

    def step_pictures(self, suffix: str = ".png") -> list[Path]:
        """The picture that each step ends with."""
        steps = self.material.steps
        pictures = self.pictures(step.last_frame for step in steps)
        names = [f"{self.step_name(step)}{suffix}" for step in steps]
        return [
            _saved(picture, self.scratch / name)
            for picture, name in zip(pictures, names, strict=True)
        ]

    def first_pictures(self, suffix: str = ".png") -> list[Path]:
        """The picture that each step's own clip begins with."""
        steps = self.material.steps
        pictures = self.pictures(step.first_frame for step in steps)
        names = [f"{self.step_name(step)}-first{suffix}" for step in steps]
        return [
            _saved(picture, self.scratch / name)
            for picture, name in zip(pictures, names, strict=True)
        ]

    def deliver(self, paths: Sequence[Path], folder: Path) -> list[str]:
        """Put files into a folder, under their own names; these names."""
        folder.mkdir(parents=True, exist_ok=True)
        for path in paths:
            link_or_copy(path, folder / path.name)
        return [path.name for path in paths]

    def _spec(self, path: Path, made: FormatName, frames: range | None = None) -> ClipSpec:
        material = self.material
        return ClipSpec(
            scene_of(material.plan, material.theme_name),
            path,
            material.quality,
            description_of(material.plan, material.theme_name),
            made,
            material.theme.ground,
            timeline=material.timeline,
            frames=frames,
            captions_in=material.theme.text.colour if material.burn_captions else "",
        )

    def _make(self, specs: Sequence[ClipSpec], what: str) -> None:
        from rendering.clip import make_clips

        waiting = [spec for spec in specs if not spec.output.exists()]
        if not waiting:
            return
        drawing = self.workers or Processes(workers_for(self.material.timeline.frames))
        with self.watch(f"{self.material.slug}: {what}") as progress:
            outcomes = make_clips(waiting, workers=drawing, cache=self.cache, progress=progress)
        for outcome in outcomes:
            if outcome.error is not None:
                raise outcome.error


def _saved(picture: RGBA, path: Path) -> Path:
    if not path.exists():
        Image.fromarray(picture).convert("RGB").save(path, quality=90)
    return path
