"""What kernel-rotation refuses."""

from tests.commandline.wrong import Wrong

FRAMES = ("frames", "kernel-rotation", "-o", "out.json")
EVEN = "1,1,1; 1,1,1; 1,1,1"
WRONG = [
    Wrong((*FRAMES, "--kernel", ""), ("--kernel: an expression is missing",)),
    Wrong((*FRAMES, "--kernel", "1,2;3"), ("--kernel: the rows have different lengths",), "1,2;3"),
    Wrong((*FRAMES, "--kernel", "1,2,3;4,5,6"), ("--kernel: a kernel of 2 by 3", "not square")),
    Wrong((*FRAMES, "--kernel", "1,2;nan,4"), ("--kernel: unknown name 'nan'",), "1,2;nan,4", 4),
    Wrong((*FRAMES, "--kernel", "1,2;3,1/0"), ("--kernel: ",), "1,2;3,1/0"),
    Wrong((*FRAMES, "--kernel", "1,2;3,1e9"), ("--kernel: 1e+09 cannot be read", "0.01 to 999")),
    Wrong((*FRAMES, "--kernel", "7"), ("--kernel: a kernel of 1 by 1 numbers is too small",), "7"),
    Wrong((*FRAMES, "--kernel", "0,0;0,0"), ("--kernel: all weights are zero",), "0,0;0,0"),
    Wrong((*FRAMES, "--kernel", "1,2;2,1"), ("--kernel: this kernel equals its own half turn",)),
    Wrong((*FRAMES, "--symmetric", "1,2;3,1"), ("--symmetric: ", "not its own half turn", "2")),
    Wrong((*FRAMES, "--symmetric", "1,2"), ("--symmetric: a kernel of 1 by 2", "not square")),
    Wrong((*FRAMES, "--input", EVEN), ("--kernel: a 3 by 3 kernel has no room",)),
    Wrong((*FRAMES, "--input", EVEN, "--kernel", "1,2;3,4"), ("--input: ", "agree everywhere")),
    Wrong((*FRAMES, "--input", "1,2,3,4,5,6,7"), ("--input: 1 by 7 numbers are too many",)),
    Wrong((*FRAMES, "--position", "3,0"), ("--position: ", "a row from 0 to 2"), "3,0"),
    Wrong((*FRAMES, "--position", "1"), ("--position: a position is a row and a column",), "1"),
    Wrong((*FRAMES, "--at", "0,0"), ("no option '--at'",)),
]
