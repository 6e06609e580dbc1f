"""What kernel-centering refuses."""

from tests.commandline.wrong import Wrong

FRAMES = ("frames", "kernel-centering", "-o", "out.json")
WRONG = [
    Wrong((*FRAMES, "--kernel", ""), ("--kernel: an expression is missing",)),
    Wrong((*FRAMES, "--kernel", "1,2"), ("--kernel: 2 weights", "the centre", "3 or 5"), "1,2"),
    Wrong((*FRAMES, "--kernel", "1,2,3,4"), ("--kernel: 4 weights", "the centre"), "1,2,3,4"),
    Wrong((*FRAMES, "--kernel", "7"), ("--kernel: 1 weight is too few", "3 or 5"), "7"),
    Wrong((*FRAMES, "--kernel", "1,2,3,4,5,6,7"), ("--kernel: 7 weights", "too many")),
    Wrong((*FRAMES, "--kernel", "1,2,1"), ("--kernel: this is symmetric", "1, 2, 5"), "1,2,1"),
    Wrong((*FRAMES, "--kernel", "0,0,0"), ("--kernel: this is symmetric",), "0,0,0"),
    Wrong((*FRAMES, "--kernel", "1,nan,2"), ("--kernel: unknown name 'nan'",), "1,nan,2", 2),
    Wrong((*FRAMES, "--kernel", "1,inf,2"), ("--kernel: ",), "1,inf,2", 2),
    Wrong((*FRAMES, "--kernel", "1,2,1e5"), ("--kernel: 100000 cannot be read", "0.1 to 99")),
    Wrong((*FRAMES, "--kernel", "u(n)"), ("--kernel: a row is a list",), "u(n)"),
    Wrong((*FRAMES, "--kernel", "1,2,5 @ -1"), ("--kernel: a row is", "index 0"), "1,2,5 @ -1"),
    Wrong((*FRAMES, "--symmetric", "1,2,3"), ("--symmetric: this is not", "1, 2, 1"), "1,2,3"),
    Wrong((*FRAMES, "--symmetric", "1,2,2,1"), ("--symmetric: 4 weights", "the centre")),
    Wrong((*FRAMES, "--symmetric", "1,4,6,4,1"), ("--symmetric: 5 weights, but --kernel has 3",)),
    Wrong((*FRAMES, "--symmetric", "1,,1"), ("--symmetric: ",), "1,,1", 2),
    Wrong((*FRAMES, "--f", "1,2"), ("--f: 2 numbers are too few", "3 to 9"), "1,2"),
    Wrong((*FRAMES, "--f", "1,2,3,4,5,6,7,8,9,8"), ("--f: 10 numbers are too many", "3 to 9")),
    Wrong((*FRAMES, "--f", "0,0,0,0"), ("--f: inside this input", "same outputs"), "0,0,0,0"),
    Wrong((*FRAMES, "--f", "1,2,0.001"), ("--f: 0.001 cannot be read", "0.1 to 99")),
    Wrong((*FRAMES, "--at", "0"), ("--at: at n = 0 the kernel does not fit", "1, 2, 3, 4 or 5")),
    Wrong((*FRAMES, "--at", "99"), ("--at: at n = 99 the kernel does not fit inside f",)),
    Wrong((*FRAMES, "--at", "2", "--f", "2,3,1,3,4"), ("--at: at n = 2 both", "1 or 3")),
    Wrong((*FRAMES, "--at", "2.5"), ("--at: ",), "2.5"),
    Wrong((*FRAMES, "--at", "three"), ("--at: ",), "three"),
    Wrong((*FRAMES, "--g", "1,2"), ("no option '--g'",)),
]
