"""What spread-and-gather refuses."""

from tests.commandline.wrong import Wrong

FRAMES = ("frames", "spread-and-gather", "-o", "out.json")
WRONG = [
    Wrong((*FRAMES, "--f", ""), ("--f: ", "is missing")),
    Wrong((*FRAMES, "--g", "[]"), ("--g: a number is missing", "3, 2, 1"), "[]", 1),
    Wrong((*FRAMES, "--f", "1,nan,2"), ("--f: unknown name 'nan'",), "1,nan,2", 2),
    Wrong((*FRAMES, "--g", "4,inf"), ("--g: unknown name 'inf'",), "4,inf", 2),
    Wrong((*FRAMES, "--f", "0,0"), ("--f: these numbers are all zero", "4, 2, 1"), "0,0"),
    Wrong((*FRAMES, "--g", "0"), ("--g: these numbers are all zero",), "0"),
    Wrong((*FRAMES, "--f", "1,2,3,4,5,6,7"), ("--f: 7 numbers", "at most 6"), "1,2,3,4,5,6,7"),
    Wrong((*FRAMES, "--g", "1,2,3,4,5,6"), ("--g: 6 numbers", "at most 5"), "1,2,3,4,5,6"),
    Wrong((*FRAMES, "--f", "1,2 @ 1"), ("--f: ", "starts at index 0"), "1,2 @ 1"),
    Wrong((*FRAMES, "--g", "u(n)"), ("--g: ", "a list of numbers", "3, 2, 1"), "u(n)"),
    Wrong((*FRAMES, "--f", "1,2e6"), ("--f: 2e+06 cannot be read", "0.01 to 9999"), "1,2e6"),
    Wrong((*FRAMES, "--g", "4,0.001"), ("--g: 0.001 cannot be read",), "4,0.001"),
    Wrong((*FRAMES, "--f", "900", "--g", "900"), ("--f and --g: ", "8.1e+05", "0.01 to 9999")),
    Wrong((*FRAMES, "--f", "0.05", "--g", "0.05"), ("--f and --g: ", "0.0025")),
    Wrong((*FRAMES, "--h", "1,2"), ("no option '--h'",)),
]
