"""What commute refuses."""

from tests.commandline.wrong import Wrong

FRAMES = ("frames", "commute", "-o", "out.json")
WRONG = [
    Wrong((*FRAMES, "--h", "exp(-t*u(t)"), ("--h: ')' is missing",), "exp(-t*u(t)", 3),
    Wrong((*FRAMES, "--x", "2*foo(t)"), ("--x: unknown name 'foo'", "rect"), "2*foo(t)", 2),
    Wrong((*FRAMES, "--h", "0"), ("--h: this signal is zero everywhere",), "0"),
    Wrong((*FRAMES, "--x", "u(t) - u(t)"), ("--x: this signal is zero everywhere",)),
    Wrong((*FRAMES, "--h", "delta(t)", "--x", "delta(t)"), ("--x: ", "no curve"), "delta(t)"),
    Wrong((*FRAMES, "--h", "u(t)", "--x", "u(-t)"), ("--h and --x: ", "diverges", "decay")),
    Wrong((*FRAMES, "--t-range", "6", "-1"), ("--t-range: ", "the smaller one first"), "6 -1"),
    Wrong((*FRAMES, "--t-range", "nan", "1"), ("--t-range: ", "finite number"), "nan"),
    Wrong(("show", "commute", "--h", "u(t)", "--x", "u(-t)"), ("--h and --x: ", "diverges")),
]
