"""Manim's Cairo renderer, counting frames and handing the drawn ones to a sink.

Everything that leans on Manim's inside is in this file; tests/rendering/test_recorder.py holds it
to the pixels of stock Manim 0.22.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any, TypeAlias

import numpy as np
from manim import Mobject, RendererType, Scene, config, tempconfig
from manim.animation.animation import Animation
from manim.camera.camera import Camera
from manim.mobject.mobject import _AnimationBuilder
from manim.renderer.cairo_renderer import CairoRenderer
from manim.scene.scene_file_writer import SceneFileWriter
from manim.utils.exceptions import EndSceneEarlyException
from manim.utils.iterables import list_update

from rendering.boxes import Stale
from rendering.camera import IncrementalCamera
from rendering.clock import frames_in_play, frames_in_wait
from rendering.quality import Quality
from rendering.scratch import own_folder
from rendering.sinks import RGBA, Sink
from rendering.skipping import is_fades, skip_fades

__all__ = ["MakeScene", "Recorder", "Wanted", "manim_settings", "record"]

MakeScene: TypeAlias = Callable[[CairoRenderer], Scene]
Wanted: TypeAlias = Container[int] | Callable[[int], bool] | None
"""Frame indices to draw, as a range, a set or a predicate; None is all of them."""


class _NoFiles(SceneFileWriter):
    """Manim asks this to write; nothing is written."""

    def begin_animation(self, *args: Any, **kwargs: Any) -> None:
        pass

    def end_animation(self, *args: Any, **kwargs: Any) -> None:
        pass

    def write_frame(self, *args: Any, **kwargs: Any) -> None:
        pass

    def save_image(self, *args: Any, **kwargs: Any) -> None:
        pass

    def finish(self) -> None:
        pass

    def add_sound(self, *args: Any, **kwargs: Any) -> None:
        raise NotImplementedError("clips have no sound yet; this scene calls add_sound")


class Recorder(CairoRenderer):
    """Draws the frames that are wanted, in order, into a sink.

    Frames are counted alike whether they are drawn or not. A play without a wanted frame is
    skipped: one update at the time of its last frame, nothing drawn. Within a play, updates jump
    from one wanted frame to the next (with one update just before, for updaters that read each
    other a frame late), so a picture must be a function of its time, not of the frames before it.

    Parameters
    ----------
    sink
        Takes the wanted frames.
    wanted
        Which frame indices to draw.
    stop_after
        End the scene as soon as this frame has been played; None plays it all.
    camera_class
        As Manim's renderer takes it. A scene that brings a camera of its own gets that one.
    """

    def __init__(
        self,
        sink: Sink,
        wanted: Wanted = None,
        *,
        stop_after: int | None = None,
        camera_class: type[Camera] | None = None,
    ) -> None:
        super().__init__(file_writer_class=_NoFiles, camera_class=camera_class or IncrementalCamera)
        self.sink = sink
        self.stop_after = stop_after
        self.frame_count = 0
        self._wants = _predicate(wanted)

    def init_scene(self, scene: Scene, *args: Any, **kwargs: Any) -> None:
        """Manim's seam: called by every scene that is made with this renderer."""
        super().init_scene(scene, *args, **kwargs)
        if scene.camera_class is not Camera:
            self.camera = scene.camera_class()

    @property
    def fps(self) -> float:
        """Frames a second."""
        return self.camera.frame_rate

    @property
    def pixels(self) -> RGBA:
        """The camera's own buffer (bytes, though Manim's annotation says otherwise); no copy."""
        return np.asarray(self.camera.pixel_array, dtype=np.uint8)

    def play(
        self,
        scene: Scene,
        *args: Animation | Mobject | _AnimationBuilder,
        **kwargs: Any,
    ) -> None:
        """Play one set of animations: Manim's entry point, called by `Scene.play`."""
        if self.stop_after is not None and self.frame_count > self.stop_after:
            raise EndSceneEarlyException
        scene.compile_animation_data(*args, **kwargs)
        if not self._skips(scene):
            self._play(scene)
        self.static_image = None
        self.num_plays += 1

    def _skips(self, scene: Scene) -> bool:
        """Whether the play is over at once: no frame of it is wanted, and it does nothing else."""
        stop = self.frame_count + frames_in_play(scene.duration, self.fps)
        if not is_fades(scene) or any(map(self._wants, range(self.frame_count, stop))):
            return False
        skip_fades(scene)
        self._advance_to(stop)
        return True

    def _play(self, scene: Scene) -> None:
        self._begin_animations(scene)
        if scene.is_current_animation_frozen_frame():
            self._hold(scene, frames_in_wait(scene.duration, self.fps))
        else:
            assert scene.animations is not None
            # Manim asks again after begin(), which may change a run time.
            scene.duration = scene.get_run_time(scene.animations)
            self._run(scene, frames_in_play(scene.duration, self.fps))

    def scene_finished(self, scene: Scene) -> None:
        """A scene that plays nothing is one frame."""
        if not self.num_plays:
            self._hold(scene, 1)

    def _begin_animations(self, scene: Scene) -> None:
        """`Scene.begin_animations`, but for the sorting, which is done if a frame is drawn."""
        for animation in scene.animations or ():
            animation._setup_scene(scene)
            animation.begin()

    def _hold(self, scene: Scene, frames: int) -> None:
        """One picture that stays for ``frames`` frames."""
        indices = range(self.frame_count, self.frame_count + frames)
        if self._begin_drawing(scene, indices):
            stale = self._draw(scene)
            for start, repeat in _runs(indices, self._wants):
                self.sink.frame(self.pixels, start, repeat, stale)
                stale = ()
        self._advance_to(indices.stop)

    def _run(self, scene: Scene, frames: int) -> None:
        """An animation (or a wait with updaters), frame by frame; then its end state."""
        start = self.frame_count
        self._begin_drawing(scene, range(start, start + frames))
        seconds_per_frame = 1 / self.fps
        for k in range(frames):
            index = start + k
            last = k == frames - 1
            if last or scene.stop_condition or self._wants(index) or self._wants(index + 1):
                scene.update_to_time(k * seconds_per_frame)
            if self._wants(index):
                stale = self._draw(scene)
                self.sink.frame(self.pixels, index, 1, stale)
            self._advance_to(index + 1)
            if scene.stop_condition is not None and scene.stop_condition():
                break
        for animation in scene.animations or ():
            animation.finish()
            animation.clean_up_from_scene(scene)
        scene.update_mobjects(0)

    def _begin_drawing(self, scene: Scene, indices: range) -> bool:
        """Whether a frame of ``indices`` is wanted; if so what does not move is painted once."""
        self.skip_animations = not any(map(self._wants, indices))
        if self.skip_animations:
            return False
        if scene.animations is not None:
            moving, static = scene.get_moving_and_static_mobjects(scene.animations)
            scene.moving_mobjects, scene.static_mobjects = moving, static
        if isinstance(self.camera, IncrementalCamera):
            self.camera.lay_ground(scene.static_mobjects)
        else:
            self.save_static_frame_data(scene, scene.static_mobjects)
        return True

    def _draw(self, scene: Scene) -> Stale:
        """Draw what may move on what does not; returns where the pixels may have changed."""
        if not isinstance(self.camera, IncrementalCamera):
            self.update_frame(scene, scene.moving_mobjects)
            return None
        every = list_update(scene.mobjects, scene.foreground_mobjects)
        return self.camera.picture(scene.moving_mobjects or every)

    def _advance_to(self, index: int) -> None:
        self.frame_count = index
        self.time = index / self.fps


def _predicate(wanted: Wanted) -> Callable[[int], bool]:
    if wanted is None:
        return lambda _: True
    if isinstance(wanted, Container):
        return wanted.__contains__
    return wanted


def _runs(indices: range, wants: Callable[[int], bool]) -> Iterator[tuple[int, int]]:
    """``(first, length)`` of each stretch of wanted indices."""
    for is_wanted, stretch in groupby(indices, wants):
        if is_wanted:
            members = list(stretch)
            yield members[0], len(members)


@contextmanager
def manim_settings(
    quality: Quality, *, background: str = "#000000", transparent: bool = False
) -> Iterator[None]:
    """Manim's global configuration while a scene is made and recorded.

    Nothing is written into the current folder: what Manim caches (the SVGs that Typst sets) goes
    to the user's cache folder.
    """
    settings: dict[str, Any] = {
        "pixel_width": quality.width,
        "pixel_height": quality.height,
        "frame_rate": quality.fps,
        "frame_height": 8.0,
        "frame_width": 8.0 * quality.width / quality.height,
        # Cairo's colours are premultiplied, so nothing but black is fully transparent.
        "background_color": "#000000" if transparent else background,
        "background_opacity": 0.0 if transparent else 1.0,
        "seed": 0,
        "dry_run": True,
        "log_to_file": False,
        "progress_bar": "none",
        "verbosity": "ERROR",  # it warns of every play that is shorter than a frame
    }
    if config.renderer != RendererType.CAIRO:  # asking again for the same takes Manim 9 ms
        settings["renderer"] = RendererType.CAIRO
    with own_folder() as folder, tempconfig({**settings, "media_dir": str(folder)}):
        yield


def record(
    make_scene: MakeScene,
    quality: Quality,
    sink: Sink,
    *,
    wanted: Wanted = None,
    stop_after: int | None = None,
    background: str = "#000000",
    transparent: bool = False,
) -> tuple[Scene, int]:
    """Make a scene and play it into ``sink``; the scene, and how many frames it has played."""
    with manim_settings(quality, background=background, transparent=transparent):
        recorder = Recorder(sink, wanted, stop_after=stop_after)
        scene = make_scene(recorder)
        scene.render()
        return scene, recorder.frame_count
