"""What stride refuses."""

from tests.commandline.wrong import Wrong

FRAMES = ("frames", "stride", "-o", "out.json")
FILES = {"stride.toml": f"stride = {10**30}"}
WRONG = [
    Wrong((*FRAMES, "--input", "cross -3"), ("--input: there is no such pattern",), "cross -3"),
    Wrong((*FRAMES, "--kernel", "1,2;3"), ("--kernel: the rows have different lengths",)),
    Wrong((*FRAMES, "--kernel", "0"), ("--kernel: all weights are zero",), "0"),
    Wrong((*FRAMES, "--input", "1,2;3,4"), ("--kernel: a kernel of 3 × 3 is larger", "2 × 2")),
    Wrong((*FRAMES, "--input", "7", "--kernel", "1"), ("--input: the kernel has one position",)),
    Wrong((*FRAMES, "--stride", "1"), ("--stride: with stride 1 nothing is skipped", "from 2")),
    Wrong((*FRAMES, "--stride", "0"), ("--stride: a stride of 0 is too small",)),
    Wrong((*FRAMES, "--stride", "-3"), ("--stride: a stride of -3 is too small",)),
    Wrong((*FRAMES, "--stride", "two"), ("--stride: ", "a whole number"), "two"),
    Wrong((*FRAMES, "--padding", "same"), ("--padding: padding 'same' keeps the size",)),
    Wrong((*FRAMES, "--padding", "-2"), ("--padding: a padding of -2 is too small",)),
    Wrong((*FRAMES, "--padding", "1,1"), ("--padding: this is no padding",), "1,1"),
    Wrong((*FRAMES, "--stride", "1000000000000"), ("--stride: this is more than 100",)),
    Wrong((*FRAMES, "--params", "stride.toml"), ("--stride: this is more than 100",)),
]
