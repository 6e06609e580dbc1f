"""A Manim camera that draws again only what has changed; its pixels are those of the stock one.

A picture has two layers, as in Manim: what stands still during a play, and on it what may move.
Each layer remembers what was drawn on it: of every mobject its points, colours and widths as bytes.
Where the next list of mobjects differs from that, and where the layer below has changed, its
pixels are restored, and everything that reaches there is drawn again: as a whole, for clipped
outlines do not have the very same pixels.

Images are laid where they belong (`rendering.rasters`). Other mobjects that are not flat vector
ones (point clouds, textures, other cameras' pictures) are left to Manim: then the layer is drawn
as a whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise, takewhile
from math import ceil, floor
from operator import attrgetter, is_
from typing import Any, Self, TypeAlias

import cairo
import numpy as np
from manim import ImageMobject, LineJointType, Mobject, VMobject
from manim.camera.camera import Camera
from manim.mobject.types.image_mobject import AbstractImageMobject
from manim.mobject.types.point_cloud_mobject import PMobject
from manim.utils.color import color_to_int_rgba

from rendering.boxes import Box, Stale, joined, whole
from rendering.rasters import Raster
from rendering.sinks import RGBA

__all__ = ["IncrementalCamera"]

_Drawn: TypeAlias = VMobject | ImageMobject
_State: TypeAlias = tuple[Any, ...]
_Context: TypeAlias = "cairo.Context[Any]"

_MITER_LIMIT = 10.0
"""Cairo's default: a corner reaches at most so many half widths from its line."""
_SQUARE_CAP = 2**0.5
"""So many half widths reach a line's ends, whatever the cap."""
_MARGIN = 2
"""Pixels: antialiasing and cairo's fixed point reach less than one beyond the outline."""
_FAR = 1e6
"""Pixels: cairo's coordinates overflow at 8e6; nothing is assumed of what lies so far out."""
_NOWHERE = Box(0, 0, 0, 0)


class _Shape:
    """Points as cairo sees them, 1/256 pixel apart, and the path through them."""

    __slots__ = ("hull", "key", "path", "times")

    def __init__(self, key: bytes, hull: tuple[float, float, float, float] | None) -> None:
        self.key = key
        self.hull = hull
        """Left, top, right, bottom in pixels; None if nothing is known of it."""
        self.path: cairo.Path | None = None
        self.times = 0


class _Drawing:
    """A mobject as it was drawn: everything the camera reads of it, and the pixels it may touch."""

    __slots__ = ("box", "shape", "state")

    def __init__(self, state: _State, shape: _Shape | Raster, box: Box) -> None:
        self.state = state
        self.shape = shape
        self.box = box


class _Layer:
    """Pixels, and what is drawn on them; ``drawn`` is None if that is not known."""

    def __init__(self, height: int, width: int) -> None:
        self.pixels: RGBA = np.empty((height, width, 4), np.uint8)
        self.drawn: list[_Drawing] | None = None
        self.by_mobject: dict[Mobject, _Drawing] = {}

    def forget(self) -> None:
        """Nothing is known of the pixels any longer."""
        self.drawn = None
        self.by_mobject = {}


class IncrementalCamera(Camera):
    """Draws pictures by `lay_ground` and `picture`; all that Manim's camera does still works.

    Whatever else draws on the camera's pixels makes it forget them, so the next picture is drawn
    as a whole.
    """

    _top: _Layer | None = None
    _ground: _Layer | None = None
    _ground_stale: Stale = None
    _laid_on: Any = None

    def lay_ground(self, mobjects: Iterable[Mobject]) -> None:
        """Draw what stands still in the pictures to come."""
        self._keep_layers()
        assert self._ground is not None
        if self.background is not self._laid_on:
            self._laid_on = self.background
            self._ground.forget()
        under = np.asarray(self.background, np.uint8)
        stale = self._redraw(self._ground, mobjects, under, ())
        self._ground_stale = _both(self._ground_stale, stale)

    def picture(self, mobjects: Iterable[Mobject]) -> Stale:
        """Draw these on the ground, into ``pixel_array``; returns what may have changed there."""
        assert self._top is not None
        assert self._ground is not None
        stale = self._redraw(self._top, mobjects, self._ground.pixels, self._ground_stale)
        self._ground_stale = ()
        return stale

    def init_background(self) -> None:
        """As Manim's camera does, which takes ten times as long to fill a picture."""
        if self.background_image is not None:
            super().init_background()
            return
        colour = color_to_int_rgba(self.background_color, self.background_opacity)
        (pixel,) = np.asarray(colour, dtype=np.uint8).view(np.uint32)
        ground = np.full((self.pixel_height, self.pixel_width, 1), pixel)
        self.background = ground.view(np.uint8)

    def set_pixel_array(self, pixel_array: Any, convert_from_floats: bool = False) -> None:
        """As Manim's camera does, which knows nothing of layers."""
        super().set_pixel_array(pixel_array, convert_from_floats)
        if self._top is not None:
            self._top.forget()

    def capture_mobjects(self, mobjects: Iterable[Mobject], **kwargs: Any) -> None:
        """As Manim's camera does, which knows nothing of layers."""
        if self._top is not None:
            self._top.forget()
        super().capture_mobjects(mobjects, **kwargs)

    def _keep_layers(self) -> None:
        """Layers of the picture's size, the upper one on ``pixel_array`` itself."""
        pixels = np.asarray(self.pixel_array, np.uint8)
        if self._top is None or self._top.pixels is not pixels:
            self._top = _Layer(*pixels.shape[:2])
            self._top.pixels = pixels
            self._ground = _Layer(*pixels.shape[:2])
            self._ground_stale = None

    def _redraw(
        self, layer: _Layer, mobjects: Iterable[Mobject], under: RGBA, under_stale: Stale
    ) -> Stale:
        """Make a layer show these mobjects on the pixels ``under`` it."""
        displayed = _family(mobjects, sort=self.use_z_index)
        if not all(map(_is_known, displayed)):
            self._redraw_all(layer, displayed, under)
            return None
        drawn = [each for each in displayed if isinstance(each, (VMobject, ImageMobject))]
        drawings = self._drawings(layer, drawn)
        stale: Stale = None
        if layer.drawn is not None and under_stale is not None:
            frame = whole(*layer.pixels.shape[:2])
            changed = [*under_stale, *_changed(layer.drawn, drawings)]
            stale = joined(box.within(frame) for box in changed)
        layer.drawn = None  # until it is known again: an exception may come in between
        self._paint(layer, drawn, drawings, under, stale)
        layer.drawn = drawings
        layer.by_mobject = dict(zip(drawn, drawings, strict=True))
        return stale

    def _redraw_all(self, layer: _Layer, displayed: Sequence[Mobject], under: RGBA) -> None:
        """The stock way."""
        pixels: Any = layer.pixels
        layer.forget()
        np.copyto(layer.pixels, under)
        for group_type, group in groupby(displayed, self.type_or_raise):
            self.display_funcs[group_type](list(group), pixels)

    def _drawings(self, layer: _Layer, drawn: Sequence[_Drawn]) -> list[_Drawing]:
        """What is to be drawn: the same objects as last time for all that has not changed."""
        by_state: dict[_State, _Drawing] | None = None
        drawings = []
        for mobject in drawn:
            state = _state(mobject) if isinstance(mobject, VMobject) else _image_state(mobject)
            drawing = layer.by_mobject.get(mobject)
            if drawing is None or drawing.state != state:
                if by_state is None:
                    by_state = {known.state: known for known in layer.drawn or ()}
                drawing = by_state.get(state) or self._drawing(layer, mobject, state, drawing)
            drawings.append(drawing)
        return drawings

    def _drawing(
        self, layer: _Layer, mobject: _Drawn, state: _State, before: _Drawing | None
    ) -> _Drawing:
        """A changed mobject; its path is kept if it has only changed in colour."""
        if isinstance(mobject, VMobject):
            known = before.shape if before and isinstance(before.shape, _Shape) else None
            return self._vector_drawing(layer, mobject, state, known)
        raster = Raster(self, mobject)
        return _Drawing(state, raster, raster.box)

    def _vector_drawing(
        self, layer: _Layer, vmobject: VMobject, state: _State, known: _Shape | None
    ) -> _Drawing:
        shape = self._shape(layer, vmobject, known)
        reach = _reach(vmobject, self._pixels_per_width)
        if shape.hull is None:
            return _Drawing(state, shape, whole(*layer.pixels.shape[:2]))
        if reach is None:
            return _Drawing(state, shape, _NOWHERE)
        left, top, right, bottom = shape.hull
        pad = reach + _MARGIN
        box = floor(left - pad), floor(top - pad), ceil(right + pad), ceil(bottom + pad)
        return _Drawing(state, shape, Box(*box))

    def _shape(self, layer: _Layer, vmobject: VMobject, before: _Shape | None) -> _Shape:
        matrix = self._context(layer).get_matrix()
        x = vmobject.points[:, 0] * matrix.xx + matrix.x0
        y = vmobject.points[:, 1] * matrix.yy + matrix.y0
        hull = float(x.min()), float(y.min()), float(x.max()), float(y.max())
        if not all(-_FAR < edge < _FAR for edge in hull):  # nor if a point is not finite
            return _Shape(b"", None)
        key = np.rint(np.concatenate((x, y)) * 256).astype(np.int32).tobytes()
        if before is not None and before.key == key:
            return before
        return _Shape(key, hull)

    def _context(self, layer: _Layer) -> _Context:
        pixels: Any = layer.pixels  # bytes, whatever Manim's annotation says
        return self.get_cairo_context(pixels)

    @property
    def _pixels_per_width(self) -> float:
        """Pixels of a line's width of 1."""
        scale = max(self.pixel_width / self.frame_width, self.pixel_height / self.frame_height)
        return float(scale * self.cairo_line_width_multiple)

    def _paint(
        self,
        layer: _Layer,
        drawn: Sequence[_Drawn],
        drawings: Sequence[_Drawing],
        under: RGBA,
        stale: Stale,
    ) -> None:
        """Restore the stale pixels, and draw there."""
        frame = whole(*layer.pixels.shape[:2])
        region = (frame,) if stale is None else _closed(stale, drawings)
        for box in region:
            seen = box.within(frame)
            if seen.area:
                layer.pixels[seen.pixels] = under[seen.pixels]
        context = self._context(layer)
        for mobject, drawing in zip(drawn, drawings, strict=True):
            if stale is not None and not _meets(drawing.box, region):
                continue
            if isinstance(drawing.shape, Raster):
                self._lay(drawing.shape, layer, context)
            elif isinstance(mobject, VMobject):
                self._draw(mobject, drawing.shape, context)

    def _lay(self, raster: Raster, layer: _Layer, context: _Context) -> None:
        """An image, between what cairo draws before and after it."""
        surface = context.get_target()
        surface.flush()
        raster.paint(layer.pixels)
        surface.mark_dirty()

    def display_image_mobject(self, image_mobject: AbstractImageMobject, pixel_array: Any) -> None:
        """As Manim's camera does, which fails with Pillow 13."""
        if isinstance(image_mobject, ImageMobject):
            Raster(self, image_mobject).paint(pixel_array)
        else:
            super().display_image_mobject(image_mobject, pixel_array)

    def set_cairo_context_path(self, ctx: _Context, vmobject: VMobject) -> Self:
        """As Manim's camera does, which asks NumPy for every number."""
        points = self.transform_points_pre_display(vmobject, vmobject.points)
        if len(points) == 0 or len(points) % 4:
            super().set_cairo_context_path(ctx, vmobject)
            return self
        flat = points[:, :2].ravel().tolist()
        ctx.new_path()
        for start, stop in pairwise([0, *_breaks(vmobject, points, flat), len(points)]):
            ctx.new_sub_path()
            ctx.move_to(flat[2 * start], flat[2 * start + 1])
            for k in range(2 * start, 2 * stop, 8):
                ctx.curve_to(*flat[k + 2 : k + 8])
            if vmobject.consider_points_equals_2d(points[start], points[stop - 1]):
                ctx.close_path()
        return self

    def apply_fill(self, ctx: _Context, vmobject: VMobject) -> Self:
        """As Manim's camera does, where there is something to be seen."""
        if self.get_fill_rgbas(vmobject)[:, 3].any():
            super().apply_fill(ctx, vmobject)
        return self

    def _draw(self, vmobject: VMobject, shape: _Shape, context: _Context) -> None:
        """`Camera.display_vectorized`, with the path kept from the second time on."""
        if shape.path is None:
            self.set_cairo_context_path(context, vmobject)
            if shape.times and shape.hull is not None:
                shape.path = context.copy_path()
        else:
            context.new_path()
            context.append_path(shape.path)
        shape.times += 1
        self.apply_stroke(context, vmobject, background=True)
        self.apply_fill(context, vmobject)
        self.apply_stroke(context, vmobject)


def _breaks(vmobject: VMobject, points: Any, flat: Sequence[float]) -> list[int]:
    """Where a curve does not begin at the end of the one before: the indices of its point."""
    return [
        k // 2
        for k in range(8, len(flat), 8)
        if (flat[k - 2] != flat[k] or flat[k - 1] != flat[k + 1])
        and not vmobject.consider_points_equals_2d(points[k // 2 - 1], points[k // 2])
    ]


def _family(mobjects: Iterable[Mobject], *, sort: bool) -> list[Mobject]:
    """`extract_mobject_family_members` with points, in one walk.

    Of a mobject that is there more than once the last place counts, so the walk is from the end.
    """
    seen: set[Mobject] = set()
    found: list[Mobject] = []

    def visit(mobject: Mobject) -> None:
        if mobject in seen:
            return
        seen.add(mobject)
        for submobject in reversed(mobject.submobjects):
            visit(submobject)
        if len(mobject.points):
            found.append(mobject)

    for mobject in reversed(list(mobjects)):
        visit(mobject)
    found.reverse()
    return sorted(found, key=attrgetter("z_index")) if sort else found


def _is_known(mobject: Mobject) -> bool:
    """Whether it is a flat vector mobject, an image, or draws nothing (a ValueTracker)."""
    if isinstance(mobject, VMobject):
        return not mobject.get_background_image() and not mobject.shade_in_3d
    if isinstance(mobject, AbstractImageMobject):
        return isinstance(mobject, ImageMobject)
    return not isinstance(mobject, PMobject)


def _image_state(image: ImageMobject) -> _State:
    """All that the camera reads of an image."""
    pixels = image.get_pixel_array()
    return (
        pixels.shape,
        np.asarray(pixels, np.uint8).tobytes(),
        image.points.tobytes(),
        image.resampling_algorithm,
    )


def _state(vmobject: VMobject) -> _State:
    """All that the camera reads of a mobject."""
    fill, stroke = vmobject.get_fill_rgbas(), vmobject.get_stroke_rgbas()
    behind = vmobject.get_stroke_rgbas(background=True)
    gradient = None
    if max(len(fill), len(stroke), len(behind)) > 1:
        gradient = np.concatenate(vmobject.get_gradient_start_and_end_points()).tobytes()
    return (
        vmobject.points.tobytes(),
        fill.tobytes(),
        stroke.tobytes(),
        behind.tobytes(),
        vmobject.get_stroke_width(),
        vmobject.get_stroke_width(background=True),
        vmobject.joint_type,
        vmobject.cap_style,
        vmobject.tolerance_for_point_equality,
        vmobject.points.dtype.char,
        gradient,
    )


def _reach(vmobject: VMobject, pixels_per_width: float) -> float | None:
    """How many pixels it reaches beyond its points; None if it cannot be seen at all."""
    widths = [
        vmobject.get_stroke_width(background)
        for background in (False, True)
        if vmobject.get_stroke_rgbas(background)[:, 3].any()
    ]
    width = max(widths, default=0.0)
    if not (width or vmobject.get_fill_rgbas()[:, 3].any()):
        return None
    has_miters = vmobject.joint_type in (LineJointType.AUTO, LineJointType.MITER)
    return width / 2 * pixels_per_width * (_MITER_LIMIT if has_miters else _SQUARE_CAP)


def _changed(before: Sequence[_Drawing], after: Sequence[_Drawing]) -> list[Box]:
    """Boxes outside of which two lists draw the same in the same order."""
    head = _common(before, after)
    before, after = before[head:], after[head:]
    tail = _common(before[::-1], after[::-1])
    before, after = before[: len(before) - tail], after[: len(after) - tail]
    one, other = set(before), set(after)
    kept: set[_Drawing] = set()
    if list(filter(other.__contains__, before)) == list(filter(one.__contains__, after)):
        kept = one & other
    return [drawing.box for drawing in (*before, *after) if drawing not in kept]


def _common(one: Sequence[_Drawing], other: Sequence[_Drawing]) -> int:
    """The length of the beginning that two lists share."""
    return sum(1 for _ in takewhile(bool, map(is_, one, other)))


def _both(one: Stale, other: Stale) -> Stale:
    return None if one is None or other is None else joined(one + other)


def _closed(boxes: Iterable[Box], drawings: Iterable[_Drawing]) -> tuple[Box, ...]:
    """Boxes with these pixels, into which every drawing falls as a whole or not at all.

    So nothing needs to be clipped; cairo rounds differently wherever it clips an outline.
    """
    region = joined(boxes)
    outside = [drawing.box for drawing in drawings if drawing.box.area]
    while met := [box for box in outside if _meets(box, region)]:
        outside = [box for box in outside if not _meets(box, region)]
        region = joined((*region, *met))
    return region


def _meets(box: Box, region: Iterable[Box]) -> bool:
    """Whether they have pixels in common."""
    left, top, right, bottom = box
    for other in region:  # any() of a generator takes twice as long
        if other[0] < right and left < other[2] and other[1] < bottom and top < other[3]:
            return True
    return False
