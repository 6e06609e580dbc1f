"""What volume-3d refuses."""

from tests.commandline.wrong import Wrong

FRAMES = ("frames", "volume-3d", "-o", "out.json")
FILES = {"volume_3d.toml": f"stride = {10**30}"}
WRONG = [
    Wrong((*FRAMES, "--volume", ""), ("--volume: an expression is missing",)),
    Wrong((*FRAMES, "--volume", "1,2;3"), ("--volume: the rows have different lengths",), "1,2;3"),
    Wrong(
        (*FRAMES, "--volume", "1,2;3,4|5,6"),
        ("--volume: the slices have different sizes: 2 × 2 and 1 × 2", "as many rows"),
        "1,2;3,4|5,6",
    ),
    Wrong((*FRAMES, "--volume", "1,2|3,x"), ("--volume: ",), "1,2|3,x", 6),
    Wrong((*FRAMES, "--volume", "1,2|3,12"), ("--volume: 12 cannot be read", "−9 to 9")),
    Wrong((*FRAMES, "--volume", "1,0.5"), ("--volume: 0.5 cannot be read", "whole numbers")),
    Wrong((*FRAMES, "--volume", "1,2;" * 6 + "1,2"), ("--volume: 1 × 7 × 2 numbers", "1 to 6")),
    Wrong((*FRAMES, "--volume", "balls"), ("--volume: there is no such volume", "ball 3x4x4")),
    Wrong((*FRAMES, "--volume", "ball 7"), ("--volume: a volume of 7 × 7 × 7", "1 to 6")),
    Wrong((*FRAMES, "--volume", "spot 0x2x2"), ("--volume: a volume of 0 × 2 × 2", "1 to 6")),
    Wrong((*FRAMES, "--seed", "-1"), ("--seed: ", "0 or more"), "-1"),
    Wrong((*FRAMES, "--seed", "x"), ("--seed: ",), "x"),
    Wrong((*FRAMES, "--kernel", "1,2;3"), ("--kernel: the rows have different lengths",), "1,2;3"),
    Wrong((*FRAMES, "--kernel", "0,0|0,0"), ("--kernel: all weights are zero",), "0,0|0,0"),
    Wrong((*FRAMES, "--kernel", "1|2|3|4"), ("--kernel: 4 × 1 × 1 numbers", "1 to 3")),
    Wrong(
        (*FRAMES, "--volume", "1,2;3,4"),
        ("--kernel: a kernel of 2 × 2 × 2 is larger than the input of 1 × 2 × 2",),
    ),
    Wrong((*FRAMES, "--padding", "-1"), ("--padding: a padding of -1 is too small", "from 0 on")),
    Wrong((*FRAMES, "--padding", "2"), ("--padding: the padded volume has 8 × 8 × 8", "at most 6")),
    Wrong((*FRAMES, "--padding", "some"), ("--padding: this is no padding", "valid, same, full")),
    Wrong((*FRAMES, "--stride", "0"), ("--stride: a stride of 0 is too small", "from 1 on")),
    Wrong((*FRAMES, "--stride", "1.5"), ("--stride: ", "a whole number"), "1.5"),
    Wrong((*FRAMES, "--turn", "31"), ("--turn: ", "0 to 30"), "31"),
    Wrong((*FRAMES, "--turn", "-1"), ("--turn: ", "0 to 30"), "-1"),
    Wrong((*FRAMES, "--dilation", "2"), ("no option '--dilation'",)),
    Wrong((*FRAMES, "--stride", "1000000000000"), ("--stride: this is more than 100",)),
    Wrong((*FRAMES, "--params", "volume_3d.toml"), ("--stride: this is more than 100",)),
]
