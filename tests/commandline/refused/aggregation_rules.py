"""What aggregation-rules refuses."""

from tests.commandline.wrong import Wrong

FRAMES = ("frames", "aggregation-rules", "-o", "out.json")
WRONG = [
    Wrong((*FRAMES, "--f", ""), ("--f: an expression is missing",)),
    Wrong((*FRAMES, "--f", "1,nan,2"), ("--f: unknown name 'nan'",), "1,nan,2", 2),
    Wrong((*FRAMES, "--f", "1,2"), ("--f: 2 inputs are too few", "3 to 15"), "1,2"),
    Wrong((*FRAMES, "--f", ",".join(["1"] * 16)), ("--f: 16 inputs are too many", "3 to 15")),
    Wrong((*FRAMES, "--f", "0,0,0"), ("--f: all inputs are 0", "numbers that differ"), "0,0,0"),
    Wrong((*FRAMES, "--f", "u(n)"), ("--f: this sequence never ends", "a list"), "u(n)"),
    Wrong((*FRAMES, "--f", "1,2,3e6"), ("--f: ", "3e+06 cannot be read", "999"), "1,2,3e6"),
    Wrong((*FRAMES, "--rule", "1/d"), ("--rule: this is infinite at d = 0",), "1/d", 2),
    Wrong((*FRAMES, "--rule", "1/(d-3)"), ("--rule: this is infinite at d = 3",), "1/(d-3)", 3),
    Wrong((*FRAMES, "--rule", "0*d"), ("--rule: this weighs nothing", "2^(-d)*u(d)"), "0*d"),
    Wrong((*FRAMES, "--rule", "2^x"), ("--rule: unknown name 'x'", "the variable here is 'd'")),
    Wrong((*FRAMES, "--rule", "1e9"), ("--rule: a weight of 1e+09", "0.001 to 10,000"), "1e9"),
    Wrong((*FRAMES, "--rule", ""), ("--rule: an expression is missing",)),
    Wrong((*FRAMES, "--t", "12"), ("--t: there is no input at this place", "0 to 11"), "12"),
    Wrong((*FRAMES, "--t", "1.5"), ("--t: ", "whole number"), "1.5"),
    Wrong((*FRAMES, "--window", "-1"), ("--window: ", "0 to 14"), "-1"),
    Wrong((*FRAMES, "--window", "99"), ("--window: ", "0 to 14"), "99"),
    Wrong((*FRAMES, "--scale", "0"), ("--scale: ", "0.1 to 100"), "0.0"),
    Wrong((*FRAMES, "--scale", "nan"), ("--scale: ", "0.1 to 100"), "nan"),
    Wrong((*FRAMES, "--at", "3"), ("no option '--at'",)),
]
