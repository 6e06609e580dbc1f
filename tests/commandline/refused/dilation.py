"""What dilation refuses."""

from tests.commandline.wrong import Wrong

FRAMES = ("frames", "dilation", "-o", "out.json")
FILES = {"dilation.toml": f"dilation = {10**30}"}
WRONG = [
    Wrong((*FRAMES, "--input", "1,2;3"), ("--input: the rows have different lengths",), "1,2;3"),
    Wrong((*FRAMES, "--input", "checkers"), ("--input: there is no such pattern", "checker")),
    Wrong(
        (*FRAMES, "--input", "1,2,3;4,5,6"),
        ("--kernel: a kernel of 3 × 3 (dilated to 5 × 5)", "input of 2 × 3", "a larger input"),
    ),
    Wrong((*FRAMES, "--kernel", "0,0;0,0"), ("--kernel: all weights are zero",), "0,0;0,0"),
    Wrong((*FRAMES, "--kernel", "2"), ("--kernel: a kernel of one weight has no gaps",), "2"),
    Wrong((*FRAMES, "--kernel", "1," * 7 + "1"), ("--kernel: a kernel of 1 × 8", "at most 7")),
    Wrong((*FRAMES, "--dilation", "0"), ("--dilation: a dilation of 0 is too small",)),
    Wrong((*FRAMES, "--dilation", "-3"), ("--dilation: a dilation of -3 is too small",)),
    Wrong((*FRAMES, "--dilation", "1"), ("--dilation: with a dilation of 1", "2 or more"), "1"),
    Wrong(
        (*FRAMES, "--dilation", "4"),
        ("--kernel: a kernel of 3 × 3 (dilated to 9 × 9)", "input of 7 × 8", "less dilation"),
    ),
    Wrong((*FRAMES, "--dilation", "99"), ("--kernel: ", "less dilation")),
    Wrong((*FRAMES, "--dilation", "1.5"), ("--dilation: ", "whole number"), "1.5"),
    Wrong((*FRAMES, "--padding", "1"), ("no option '--padding'",)),
    Wrong((*FRAMES, "--dilation", "1000000000000"), ("--dilation: this is more than 100",)),
    Wrong((*FRAMES, "--params", "dilation.toml"), ("--dilation: this is more than 100",)),
]
