"""What transposed refuses."""

from tests.commandline.wrong import Wrong

FRAMES = ("frames", "transposed", "-o", "out.json")
FILES = {"transposed.toml": f"stride = {10**30}"}
WRONG = [
    Wrong((*FRAMES, "--input", "1,2;3"), ("--input: the rows have different lengths",), "1,2;3"),
    Wrong((*FRAMES, "--input", "checkers"), ("--input: there is no such pattern", "checker")),
    Wrong((*FRAMES, "--input", "edge 9"), ("--input: an input of 9 × 9 has too many", "at most 8")),
    Wrong((*FRAMES, "--kernel", "0,0;0,0"), ("--kernel: all weights are zero",), "0,0;0,0"),
    Wrong((*FRAMES, "--kernel", "2"), ("--kernel: a kernel of one weight", "2 or more"), "2"),
    Wrong((*FRAMES, "--kernel", "1," * 7 + "1"), ("--kernel: a kernel of 1 × 8", "at most 7")),
    Wrong((*FRAMES, "--stride", "0"), ("--stride: a stride of 0 is too small", "from 1 on")),
    Wrong((*FRAMES, "--stride", "1.5"), ("--stride: ", "whole number"), "1.5"),
    Wrong(
        (*FRAMES, "--stride", "9"),
        ("--stride: 3 × 3 stamps need 21 × 21 cells", "20 × 20", "a smaller stride"),
        "9",
    ),
    Wrong((*FRAMES, "--dilation", "0"), ("--dilation: a dilation of 0 is too small",)),
    Wrong(
        (*FRAMES, "--dilation", "9"),
        ("--dilation: 3 × 3 stamps need 23 × 23 cells", "a smaller dilation"),
        "9",
    ),
    Wrong((*FRAMES, "--padding", "-1"), ("--padding: a padding of -1 is too small", "from 0 on")),
    Wrong((*FRAMES, "--padding", "same"), ("--padding: ", "whole number"), "same"),
    Wrong(
        (*FRAMES, "--padding", "4"),
        ("--padding: a padding of 4 on each side leaves nothing of 8 × 8 cells", "at most 3"),
        "4",
    ),
    Wrong(
        (*FRAMES, "--output-padding", "2"),
        ("--output-padding: an output padding of 2 with stride 2", "at most 1"),
    ),
    Wrong(
        (*FRAMES, "--output-padding", "2", "--dilation", "3"),
        (
            "--output-padding: an output padding of 2 with stride 2",
            "would make one more",
            "at most 1",
        ),
    ),
    Wrong((*FRAMES, "--output-padding", "-1"), ("--output-padding: ", "too small", "from 0 on")),
    Wrong((*FRAMES, "--fill", "zeros"), ("no option '--fill'",)),
    Wrong((*FRAMES, "--stride", "1000000000000"), ("--stride: this is more than 100",)),
    Wrong((*FRAMES, "--params", "transposed.toml"), ("--stride: this is more than 100",)),
]
