"""What a viewer could not read well: nothing, when the last picture of any beat stands."""

from typing import Any

import pytest

from rendering.clip import survey
from scenes.plan import Plan
from tests.scenes.takes import DRAFT, notes_problems, plan_of, scene_of

OTHER_SIGNALS = {
    "flip-and-shift": [
        ("sin(2pi t)*rect((t-1)/2)", "-tri(t-1)*2"),
        ("gauss(t)", "piecewise(0<=t<1: t^2, 1<=t<2: 1, 2<=t<5: (5-t)/3*cos(3t))"),
        ("u(t)", "1000*rect(t/200)"),
    ],
    "commute": [
        ("sin(2pi t)*rect((t-1)/2)", "-tri(t-1)*2"),
        ("gauss(t)", "piecewise(0<=t<1: t^2, 1<=t<2: 1, 2<=t<5: (5-t)/3*cos(3t))"),
        ("u(t)", "1000*rect(t/200)"),
        ("delta(t)-0.5delta(t-1)+rect(t-2.5)", "exp(-t)*u(t)"),
    ],
    "discrete-flip-and-shift": [
        ("3,2,1", "1,1,0.5"),
        ("(0.9)^n*u(n)", "cos(n)*rect(n/20)"),
    ],
}


OTHER_PARAMETERS: dict[str, list[dict[str, Any]]] = {
    "channels-1d": [
        {"channels": "1,2,3"},
        {"channels": "1,0.5,0.25; -1,-0.5,2", "h": "1,-1"},
        {"channels": "5; 7; -9", "h": "2", "kernels": "1; -1; 1"},
        {
            "channels": "120,-340,12,5,999,3,2,1,0,7; 1,2,3,4,5,6,7,8,9,10; 0,0,0,0,0,0,0,0,0,1/3",
            "h": "1/3,-0.25,2,10",
        },
    ],
    "flip-or-not": [
        {"kind": "discrete"},
        {"f": "3,2,1", "g": "1,-2", "lanes": "g*f, g@f, g@g", "symmetric": "1,2,1 @ -1"},
        {
            "f": "exp(-t)*u(t)",
            "g": "-2*tri(t - 2)",
            "lanes": "f@g, g@f, f@f",
            "symmetric": "gauss(t)",
            "signal": "0,5,5,5,1,2,1",
            "pattern": "1,2,1",
            "outcomes": "1,0,2,-1|3,1,2,-4:1/3; 0,1,1,-1|0,2,-2,1.5:1/6; 2,1,1,-1|0,2,-2,1.5:1/2",
        },
        {
            "f": "1000*rect(t/200)",
            "g": "t*rect(t/100)",
            "symmetric": "u(50 - abs(t))",
            "lanes": "g@g, f*g, g@f",
            "signal": "sin(n)*rect(n/40)",
            "pattern": "-1.5, 0.25, 3.125, -4",
            "outcomes": "-9|-9; 1.25|-7; 0|0; 2|3; 4|5; -6|7.5",
        },
    ],
    "learned-flip": [
        {"kernel": "1,2,1", "noise": 0},
        {"kernel": "-3,12.5", "length": 4},
        {"kernel": "50,-40,30,20,-10,45", "noise": 10, "length": 60, "seed": 3},
        {"kernel": "1,0,0", "start": "0,0,1", "noise": 0, "signal": "1,2,0,-1,1,3,-2,0.5"},
        {"rate": 0.57, "steps": 2000},
    ],
    "conv-matrix": [
        {"mode": "full", "flip": True},
        {"weights": "1", "x": "1,2", "activation": "none"},
        {"weights": "1,0,-1,2,3", "x": "1,2,3,4,5,6,7,8,9,10", "activation": "sigmoid"},
        {
            "weights": "0.5,-0.25,1/3",
            "x": "1/3,2,-12.345,0.0125,4,-999,500",
            "mode": "full",
            "bias": 0.5,
            "activation": "tanh",
        },
    ],
    "weight-copies": [
        {"g": "rect(x/2)", "at": 1.5, "f": "2, 1, -0.5"},
        {"g": "-exp(-x)*u(x)", "centers": "0, 1.5, 4, 7", "at": 5.0, "f": "1, -1, 2, 0.25"},
        {
            "g": "x^3 - 2x",
            "centers": "1,2,3,4,5,6,7,8",
            "at": 4.5,
            "f": "1,-2,3,-4,5,-6,7,-8",
        },
        {"g": "1000000x^2", "centers": "1, 2.125", "f": "20, -30.5"},
        {"g": "x", "centers": "1000, 1002.5", "at": 999.0, "f": "1, 1"},
        {"g": "piecewise(0<=x<1: x^2, 1<=x<2: 1, 2<=x<5: (5-x)/3*cos(3x))", "f": "1, 2, -1"},
        {"centers": "3", "f": "7"},
    ],
    "kernel-centering": [
        {"kernel": "0,1,3", "f": "5,0,0"},
        {"kernel": "1,2,5,0,3", "at": 3},
        {"kernel": "0.5,-0.25,1/3", "f": "0.5,2,-12.5,1/3,4,1,1,2,3", "symmetric": "-0.5,1,-0.5"},
        {"kernel": "-99,98,-97,96.5,-95", "f": "-99,98,-97,96,95,-94,93", "at": 2},
    ],
    "aggregation-rules": [
        {"rule": "1,-2,1 @ -1", "window": 2, "scale": 0.5},
        {"f": "1,0,2", "rule": "1", "window": 0, "t": 0},
        {
            "f": "999,-0.01,-500,12.5,1/3,0,0,7,-999,3,-2.25,1,8,640,-77 @ -7",
            "rule": "10000*exp(-abs(d - 2))",
            "window": 14,
            "scale": 100,
            "t": 7,
        },
        {"f": "1,-1,1,-1", "rule": "sign(d)/3", "t": 3},
    ],
    "spread-and-gather": [
        {"f": "1", "g": "3,-2"},
        {"f": "0,2,-1,3", "g": "-1"},
        {"f": "12.5,-7,0,3.25,-0.5,100", "g": "-2,0.25,1,3,-1"},
        {"f": "-900,900,1/3,-0.1,5,1", "g": "9.5,-1,1/3,2,0.1"},
    ],
    "expected-value": [
        {"p": "uniform(1, 6)", "density": "exp(-t)*u(t)"},
        {"p": "binomial(11, 1/2)", "x": "-6,-5,-4,-3,-2,-1,0,1,2,3,4,5.5", "draws": 100},
        {"p": "poisson(2)", "density": "exp(-t^2/2)/sqrt(2*pi)", "draws": 10_000, "seed": 1},
        {"p": "1/3,2/3", "x": "9999,-1000", "density": "rect(t - 1000)"},
        {"p": "999,1,0", "x": "-12.5,0.25,3", "density": "t^2*rect(t/2)*exp(t)", "normalise": True},
        {"p": "0.0005,0.9995", "density": "100*rect(100*t)"},
    ],
    "image-kernel": [
        {"size": 31, "sigma": 0.5, "flip": True, "position": "0,0"},
        {"kernel": "box", "size": 3},
        {"kernel": "gaussian", "sigma": 8.0, "position": "239,359"},
        {"kernel": "emboss", "flip": True},
        {"kernel": "laplacian", "position": "171,222"},
        {"kernel": "99,-98.5,1/3; 12,-99,99"},
        {"kernel": "1,2,0,-1,-2; 2,4,0,-4,-2; 0,0,0,0,0; 2,1,0,-1,-2; 1,2,0,-2,-1"},
        {"kernel": "-1"},
    ],
    "grid-2d": [
        {"input": "checker 64", "padding": "same", "flip": True},
        {"padding": "1", "stride": 2, "fill": "reflect"},
        {"input": "1,2,3;4,5,6;7,8,10", "kernel": "-12.5,1/3;999,0", "padding": "full"},
        {"input": "5", "kernel": "-2", "fill": "edge"},
        {"input": "gradient 5x30", "kernel": "1,0,-1", "dilation": 3, "stride": 4},
        {"input": "cross 9", "kernel": "1,2,3,4,5;0,0,0,0,1;5,4,3,2,1;0,1,0,1,0;9,9,-9,9,9"},
        {"input": "1;2;3;4;500;-600;7;8", "kernel": "1;-2", "fill": "circular", "padding": "1"},
        {"kernel": "1,2,3,4,5,6,7;" * 6 + "7,6,5,4,3,2,1", "padding": "3", "flip": True},
    ],
    "padding": [
        {"padding": "full"},
        {"padding": "1", "kernel": "1,2,3,4,5;0,0,0,0,1;5,4,3,2,1;0,1,0,1,0;9,9,-9,9,9"},
        {"input": "checker 64", "kernel": "1,2,3"},
        {"input": "1.25,-300;2,1/3;7,8", "kernel": "0.5;-1;999", "padding": "1"},
        {"input": "1,2,3,4,5", "kernel": "1,0,-2"},
    ],
    "stride": [
        {"stride": 3, "padding": "1"},
        {"stride": 100, "input": "1,2;3,4", "kernel": "-1"},
        {"stride": 2, "input": "gradient 40", "kernel": "1,0,-1", "padding": "full"},
        {"stride": 4, "input": "1,-200,3,0.25,5,1/3,7,8,9,10,11,12", "kernel": "0.5,999"},
        {"stride": 2, "input": "1;2;3;4;5;6;7", "kernel": "1;-1;2"},
    ],
    "channels-2d": [
        {"padding": "1"},
        {
            "input": "spot",
            "filters": "1,0,-1;1,0,-1;1,0,-1|0,1,0;1,-4,1;0,1,0|0,0,0;0,9,0;0,0,0||"
            "1,1,1;1,1,1;1,1,1|-1,0,0;0,0,0;0,0,1|9,-9,9;0,0,0;0,0,0",
            "padding": "same",
        },
        {"input": "1,2,0;3,-4,1"},
        {"input": "stripes", "stride": 2, "bias": "0,-7"},
        {
            "input": "99,-8,7;1,2,3;9,9,9|11,12,13;99,5,6;0,0,-9",
            "filters": "9|1||-1|0||1|-1",
            "bias": "10,0,-1",
        },
        {
            "input": "1,2,3,4,5,6,7;" * 6
            + "90,1,90,1,90,1,98|"
            + "9,8,7,6,5,4,3;" * 6
            + "90,1,90,1,90,1,90|"
            + "0,0,0,0,0,0,1;" * 6
            + "90,1,90,1,90,1,90",
            "filters": "2|-1|3",
            "bias": "-9",
        },
        {
            "input": "1,2,3,4,5;" * 4 + "5,4,3,2,1|" + "0,0,1,0,0;" * 4 + "0,0,1,0,0",
            "filters": "1,2,3;0,0,1;-9,0,0|1,1,1;0,0,0;0,0,9||" * 2
            + "1,0,0;0,1,0;0,0,1|9,0,0;0,9,0;0,0,9",
        },
        {"input": "7|2|-3", "filters": "1|1|1"},
    ],
    "dilation": [
        {"dilation": 3, "kernel": "1,-2;0.5,1/3"},
        {"input": "checker 64", "dilation": 10, "kernel": "1,2,3,4,5,6,7;" * 6 + "7,6,5,4,3,2,1"},
        {"input": "gradient 3x40", "kernel": "1,2,-3", "dilation": 9},
        {"input": "1;2;-300;4;500;-6.25;7;8;9", "kernel": "1;-2;999", "dilation": 4},
        {"input": "1,2,3;4,5,6;7,8,9", "kernel": "1,2;3,4"},
    ],
    "transposed": [
        {"input": "1,2,3,4,5,6,7,8", "kernel": "1,-2,3", "padding": 0},
        {"input": "5", "kernel": "1,2;3,4", "padding": 0, "output_padding": 0},
        {"input": "1;-2.5;1/3;999", "kernel": "-12.5;999;0.25;7", "stride": 4, "output_padding": 3},
        {"input": "edge", "kernel": "1,2,3;4,5,6", "padding": 0},
        {"kernel": "1,0;0,2", "stride": 3, "padding": 0, "output_padding": 2},
        {"kernel": "1,2;3,4", "stride": 2, "dilation": 3, "padding": 2},
        {"kernel": "1,2;3,4", "stride": 2, "dilation": 2, "padding": 0},
        {"kernel": "0,0,0;0,1,0;0,0,0", "stride": 1, "output_padding": 0},
        {"input": "1,2;3,4", "kernel": "1,2,3,4,5,6,7;" * 6 + "7,6,5,4,3,2,1", "padding": 3},
    ],
    "volume-3d": [
        {"padding": "1"},
        {"kernel": "1", "flip": True},
        {"volume": "6,-9,1;2,3,4", "kernel": "1,-9"},
        {
            "volume": "ball 5",
            "kernel": "9,-9,9;9,9,9;9,9,9|9,-9,9;9,9,9;9,9,9|1,2,3;4,5,6;-7,8,9",
            "stride": 2,
        },
        {"volume": "3", "kernel": "2"},
        {"volume": "gradient 6", "kernel": "1|-1", "turn": 30},
        {"volume": "spot 6x2x3", "kernel": "1,1|2,3|-1,0", "turn": 0},
    ],
    "kernel-rotation": [
        {"kernel": "0,1,2;0,3,1;4,0,0", "position": "2,3"},
        {
            "kernel": "1,2;3,-999",
            "input": "0.33,0,0.5,0,0,0.25; 0,-0.75,0,-0.12,0,0.1; 0,0,0,0,0,0; 1,0,-0.45,0,0,0;"
            "0,0,0,0,0,0; 0,0,0,0,0,1",
            "symmetric": "1,-12.5;-12.5,1",
        },
        {
            "kernel": "1,0,-1,2,3; 0,1,-0.5,-2,0; 1,1,0.5,0,0; -9,0,0,1,2; 0.25,0,950,0,-1",
            "input": "1,0,0,0,1,0; 0,1,0,1,0,0; 1,0,0,0,1,0; 0,1,0,1,0,1; 0,1,0,1,0,0",
        },
        {
            "kernel": "1/3,2,3,4;0,-5,0,0;0,0,0,0;-12.5,0,0,0",
            "input": "1,2,3,4,5,6; 9,8,7,6,5,4; -1,-2,-3,9,9,9; 0,1,0,1,0,1; 8,1,9,2,1,8;"
            "9,9,1,1,2,2",
            "symmetric": "1,2;2,1",
        },
    ],
    "ball-drop": [
        {"preset": "dice"},
        {"preset": "dice", "f": "binomial(3, 1/4)", "c": 7},
        {"f": "1/2,1/2", "g": "0,0,0,0,0,0,0,1", "c": 8},
        {"f": "uniform(1, 8)", "g": "0.123,0.077,0.2,0.1,0.25,0.05,0.15,0.05 @ 1", "c": 9},
        {"f": "poisson(2)", "g": "geometric(1/2)"},
        {"f": "3,0,5", "g": "1,0,1e-7", "normalise": True},
    ],
    "three-drops": [
        {"f": "1/2,1/2", "g": "0.9,0.1", "h": "0.3,0.7", "d": 1},
        {"f": "0.4,0.3,0.2,0.1", "g": "0.25,0.25,0.5 @ -1", "h": "poisson(2, 3)"},
        {
            "f": "0.125,0.375,0.375,0.125 @ -9",
            "g": "0.015,0.235,0.005,0.745 @ -9",
            "h": "0.333,0.332,0.3,0.035 @ -9",
        },
        {"f": "uniform(6, 9)", "g": "1,0,0,2 @ 6", "h": "3,1 @ 8", "normalise": True},
        {"f": "1", "g": "0.5,0.5", "h": "geometric(1/3, 4)", "d": 3},
    ],
    "ball-drop-2d": [
        {"f": "0.1,0.2;0.4,0.3", "g": "0.5,0,0.5", "c": "1,1"},
        {"f": "1,0;0,1", "g": "2,0;0,1", "normalise": True, "c": "1,1"},
        {"f": "1,2,3;4,5,6;7,8,9", "g": "1,1,1;1,1,1", "normalise": True, "c": "2,1"},
        {
            "f": "1,2,3,4;5,6,7,8;9,9,9,9;1,2,3,4",
            "g": "3,1,4,1;5,9,2,6;5,3,5,8;9,7,9,3",
            "normalise": True,
            "c": "1,5",
        },
        {"f": "0.9,0.1", "g": "0.25;0.25;0.25;0.25"},
    ],
}


def assert_reads_well(plan: Plan[Any, Any]) -> None:
    """No beat ends with a problem of its text, and every beat was looked at."""
    found: dict[str, list[str]] = {}
    survey(scene_of(plan, after_beat=notes_problems(found)), DRAFT)
    assert found == {beat.name: [] for beat in plan.beats}


@pytest.mark.parametrize(
    ("slug", "h", "x"), [(slug, *pair) for slug, pairs in OTHER_SIGNALS.items() for pair in pairs]
)
def test_other_signals_read_well(slug: str, h: str, x: str):
    assert_reads_well(plan_of(slug, h=h, x=x))


@pytest.mark.parametrize(
    ("slug", "parameters"),
    [(slug, one) for slug, sets in OTHER_PARAMETERS.items() for one in sets],
    ids=str,
)
def test_other_parameters_read_well(slug: str, parameters: dict[str, Any]):
    assert_reads_well(plan_of(slug, **parameters))
