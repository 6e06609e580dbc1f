"""What padding refuses."""

from tests.commandline.wrong import Wrong

FRAMES = ("frames", "padding", "-o", "out.json")
WRONG = [
    Wrong((*FRAMES, "--input", "1,2;3"), ("--input: the rows have different lengths",), "1,2;3"),
    Wrong((*FRAMES, "--input", "edge 99"), ("--input: a picture of 99 × 99", "1 to 64")),
    Wrong((*FRAMES, "--kernel", "1,2;3,4"), ("--kernel: a kernel of 2 × 2 has no middle", "odd")),
    Wrong((*FRAMES, "--kernel", "5"), ("--kernel: a kernel of 1 × 1 has no middle", "odd")),
    Wrong((*FRAMES, "--kernel", "0,0,0"), ("--kernel: all weights are zero",)),
    Wrong(
        (*FRAMES, "--input", "1,2;3,4"),
        ("--kernel: a kernel of 3 × 3 is larger than the input of 2 × 2", "without padding"),
    ),
    Wrong((*FRAMES, "--padding", "0"), ("--padding: without padding there is nothing", "same")),
    Wrong((*FRAMES, "--padding", "valid"), ("--padding: without padding",), "valid"),
    Wrong((*FRAMES, "--padding", "-1"), ("--padding: a padding of -1 is too small",)),
    Wrong((*FRAMES, "--padding", "x"), ("--padding: this is no padding", "full"), "x"),
    Wrong((*FRAMES, "--padding", "5"), ("--padding: 5 cells of padding", "accepted: at most 4")),
    Wrong((*FRAMES, "--padding", "50"), ("--padding: the padded input has 105 × 106", "80")),
    Wrong((*FRAMES, "--fill", "edge"), ("no option '--fill'",)),
    Wrong((*FRAMES, "--stride", "2"), ("no option '--stride'",)),
]
