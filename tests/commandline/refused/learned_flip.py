"""What learned-flip refuses."""

from tests.commandline.wrong import Wrong

FRAMES = ("frames", "learned-flip", "-o", "out.json")
WRONG = [
    Wrong((*FRAMES, "--rate", "0.9"), ("--rate: ", "goes too far", "above 0, up to 0.5"), "0.9"),
    Wrong((*FRAMES, "--rate", "-1"), ("--rate: ", "greater than 0", "up to 0.5"), "-1"),
    Wrong((*FRAMES, "--rate", "nan"), ("--rate: ", "finite number"), "nan"),
    Wrong((*FRAMES, "--rate", "fast"), ("--rate: ", "a number"), "fast"),
    Wrong((*FRAMES, "--steps", "50"), ("--steps: after 50 steps", "steps or more"), "50"),
    Wrong((*FRAMES, "--steps", "99.5"), ("--steps: ", "a whole number"), "99.5"),
    Wrong((*FRAMES, "--kernel", "[]"), ("--kernel: a number is missing",), "[]", 1),
    Wrong((*FRAMES, "--kernel", "1,nan"), ("--kernel: unknown name 'nan'",), "1,nan", 2),
    Wrong((*FRAMES, "--kernel", "-1"), ("--kernel: a kernel of 1 tap", "2 to 6"), "-1"),
    Wrong((*FRAMES, "--signal", "-1,-1,-1,-1,-1,-1,-1"), ("--signal: ", "does not determine")),
    Wrong((*FRAMES, "--start", "1,2"), ("--start: ", "2 numbers", "4 numbers"), "1,2"),
    Wrong((*FRAMES, "--length", "5"), ("--length: 5 samples", "at least 7"), "5"),
    Wrong((*FRAMES, "--noise", "-1"), ("--noise: ", "0 to 10")),
    Wrong((*FRAMES, "--seed", "-1"), ("--seed: ", "from 0"), "-1"),
]
