"""WebM without a ground: alpha is a second VP9 stream beside the first, for browsers to decode."""

from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from manim import LEFT, UP, Circle, Scene, Square

from rendering.clip import make_clip, make_clips, make_pictures
from rendering.film import ClipSpec
from rendering.manifest import Description
from rendering.quality import Quality
from rendering.segments import SceneSpec
from rendering.sinks import RGBA
from tests.rendering.stories import STARTS, TINY, story
from tests.rendering.toys import PATCH

TOY = Description(slug="toy")
ALPHA_MODE = bytes.fromhex("53C0 81 01")  # the element of the track's header, of one byte, 1
SMALL = Quality("small", 320, 180, 10)


class Glass(Scene):
    """Half opaque on the left; a round line on the right."""

    def construct(self) -> None:
        pane = Square(8, fill_opacity=0.5, stroke_width=0).set_fill("#C83C28")
        ring = Circle(2, color="#C83C28", stroke_width=20).shift(-4 * LEFT)
        self.add(pane.move_to(4 * LEFT), ring)
        self.wait(0.5)
        self.play(ring.animate.shift(UP), run_time=2)


def decoded(path: Path, start: int = 0) -> list[RGBA]:
    """The pictures from frame ``start`` on, by libvpx, which decodes alpha."""
    assert ALPHA_MODE in path.read_bytes()[:2000]
    pictures = []
    decoder = av.CodecContext.create("libvpx-vp9", "r")
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        container.seek(round(start / float(stream.average_rate * stream.time_base)), stream=stream)
        for packet in container.demux(stream):
            pictures += decoder.decode(packet if packet.size else None)  # type: ignore[attr-defined]
    assert {picture.format.name for picture in pictures} == {"yuva420p"}
    return [picture.to_ndarray(format="rgba") for picture in pictures]


def test_alpha_is_that_of_the_pictures(tmp_path: Path) -> None:
    path = tmp_path / "a.webm"
    make_clip(Glass, path, SMALL, "webm", describe=TOY, transparent=True)
    drawn = make_pictures(Glass, SMALL, range(25), transparent=True)
    seen = decoded(path)
    assert len(seen) == 25
    for rgba, expected in zip(seen, drawn, strict=True):
        error = np.abs(rgba[..., 3].astype(int) - expected[..., 3])
        assert error.mean() < 1  # the encoder loses a little, most at edges
        assert error.max() < 64
    np.testing.assert_allclose(seen[3][90, 40].astype(int), [*PATCH, 127.5], atol=3)
    assert seen[3][5, 315, 3] == 0


def test_colour_is_not_lost_where_it_borders_on_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.webm"
    make_clip(Glass, path, SMALL, "webm", describe=TOY, transparent=True)
    picture = decoded(path)[3].astype(int)
    ring = picture[:, 165:][picture[:, 165:, 3] > 200]
    assert len(ring) > 100
    saturation = ring[:, 0] - ring[:, 2]
    assert np.percentile(saturation, [1, 50]) == pytest.approx(PATCH[0] - PATCH[2], abs=12)


def test_segments_keep_their_alpha_and_are_found(tmp_path: Path) -> None:
    spec, timeline = story()
    specs = [
        ClipSpec(
            spec, tmp_path / str(workers) / "a.webm", TINY, TOY, "webm", transparent=True,
            timeline=timeline,
        )
        for workers in (1, 2)
    ]  # fmt: skip
    for workers, each in enumerate(specs, 1):
        (outcome,) = make_clips([each], workers=workers)
        assert outcome.error is None
    one, two = (decoded(each.output) for each in specs)
    np.testing.assert_array_equal(one, two)
    assert len(one) == timeline.frames
    for start in STARTS:
        from_there = decoded(specs[0].output, start)
        np.testing.assert_array_equal(from_there, one[start:])


def test_other_formats_have_a_ground(tmp_path: Path) -> None:
    spec: Any = SceneSpec("tests.rendering.stories:make")
    for fmt in ("mp4", "gif"):
        with pytest.raises(ValueError, match=f"{fmt} cannot be transparent"):
            make_clip(spec, tmp_path / "a", TINY, fmt, describe=TOY, transparent=True)
