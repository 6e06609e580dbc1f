"""The slide as a Manim user would write it: ax.plot, get_area, always_redraw, DecimalNumber.

The picture is that of `bench.peers.slide`. LaTeX is replaced by Typst, so that it runs where ours
does. Digits are changed by DecimalNumber, not set anew (`always_redraw` of a formula would take
another 50 ms a frame), and curves are sampled no finer than the eye asks.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from manim import (
    DOWN,
    LEFT,
    RIGHT,
    UL,
    UP,
    Axes,
    DashedLine,
    DecimalNumber,
    Dot,
    MathTypst,
    Scene,
    Text,
    Triangle,
    ValueTracker,
    VGroup,
    VMobject,
    always_redraw,
    config,
    linear,
)

from bench.peers.signals import FIRST, LAST, SECONDS, h, x, y

__all__ = ["Idiomatic"]

config.background_color = "#10141B"
FIXED, MOVING, PRODUCT, OUTPUT = "#6CBDF2", "#FFA94D", "#3DD6A3", "#F6E15B"
FINE, COARSE = 0.02, 0.05
"""Steps of a curve with jumps (a jump is 3 pixels wide) and of one without."""


def chart(top: float, variable: str) -> tuple[Axes, VGroup]:
    """Axes with numbers and the letter at their end."""
    axes = Axes(
        x_range=[-7.33, 15.33, 2],
        y_range=[0, 2.7, 1],
        x_length=9.05,
        y_length=1.9,
        tips=False,
        axis_config={"color": "#8D98A8", "stroke_width": 2},
    ).move_to((-1.5, top, 0.0), aligned_edge=UP)
    numbers = [
        MathTypst(str(n), font_size=27, color="#A9B3C1").next_to(axes.c2p(n, 0), DOWN)
        for n in range(-6, 16, 2)
    ]
    letter = MathTypst(variable, font_size=34).next_to(axes.c2p(15.33, 0), RIGHT)
    return axes, VGroup(*numbers, letter)


def flipped(t: float, axes: Axes) -> Any:
    """The plot of τ ↦ x(t − τ)."""
    return axes.plot(
        lambda tau: x(t - tau), x_range=[t - 4.01, t, FINE], color=MOVING, use_smoothing=False
    )


class Idiomatic(Scene):
    """x slides over h; the area of the product is the output."""

    def construct(self) -> None:
        """Axes once, everything that moves redrawn at each frame."""
        upper, upper_numbers = chart(2.45, "tau")
        lower, lower_numbers = chart(-1.2, "t")
        t = ValueTracker(FIRST)
        heading = Text("x moves over h", font_size=36).to_corner(UL)
        legend = MathTypst("h(tau) quad x(t - tau) quad h(tau) thin x(t - tau)", font_size=34)
        legend.next_to(upper, UP, aligned_edge=LEFT)
        curve = upper.plot(h, x_range=[0, 15.33, COARSE], color=FIXED, use_smoothing=False)
        self.add(heading, legend, upper, lower, upper_numbers, lower_numbers, curve)
        self.add(*self.moving(t, upper, lower), self.readout(t))
        self.play(t.animate.set_value(LAST), run_time=SECONDS, rate_func=linear)

    def moving(self, t: ValueTracker, upper: Axes, lower: Axes) -> list[Any]:
        """Product, x, handle, and the output so far."""

        def now() -> float:
            return float(t.get_value())

        def area() -> VMobject:
            low, high = max(0.0, now() - 4), now()
            if high <= low:
                return VMobject()
            product = upper.plot(
                lambda tau: h(tau) * x(now() - tau), x_range=[low, high, FINE], use_smoothing=False
            )
            return upper.get_area(product, x_range=(low, high), color=PRODUCT, opacity=0.45)

        return [
            always_redraw(area),
            always_redraw(lambda: flipped(now(), upper)),
            always_redraw(
                lambda: (
                    Triangle(color=MOVING, fill_opacity=1)
                    .scale(0.12)
                    .next_to(upper.c2p(now(), 0), DOWN, buff=0.4)
                )
            ),
            always_redraw(
                lambda: lower.plot(
                    y, x_range=[FIRST, now() + 0.01, COARSE], color=OUTPUT, use_smoothing=False
                )
            ),
            always_redraw(
                lambda: DashedLine(upper.c2p(now(), 0), lower.c2p(now(), y(now())), color="#8D98A8")
            ),
            always_redraw(lambda: Dot(lower.c2p(now(), y(now())), color=OUTPUT)),
        ]

    def readout(self, t: ValueTracker) -> VGroup:
        """The live numbers: t, both limits, and y."""
        rows = VGroup()
        digits: Any = MathTypst  # where Manim expects a class of LaTeX
        values: dict[str, Callable[[], float]] = {
            "t": lambda: t.get_value(),
            "max(0, t - 4)": lambda: max(0.0, t.get_value() - 4),
            "min(oo, t)": lambda: t.get_value(),
            "y(t)": lambda: y(t.get_value()),
        }
        for row, (label, value) in enumerate(values.items()):
            name = MathTypst(label, font_size=32).move_to((3.85, 2.2 - 0.55 * row, 0.0), LEFT)
            number: Any = DecimalNumber(float(value()), mob_class=digits, font_size=32)
            number.move_to((6.75, 2.2 - 0.55 * row, 0.0), RIGHT)
            number.add_updater(lambda m, value=value: m.set_value(float(value())))
            rows.add(name, number)
        return rows
