"""What conv-matrix refuses."""

from tests.commandline.wrong import Wrong

FRAMES = ("frames", "conv-matrix", "-o", "out.json")
WRONG = [
    Wrong((*FRAMES, "--weights", ""), ("--weights: an expression is missing",)),
    Wrong((*FRAMES, "--x", "[]"), ("--x: a number is missing", "3, 2, 1"), "[]", 1),
    Wrong((*FRAMES, "--x", "1,nan,2"), ("--x: unknown name 'nan'",), "1,nan,2", 2),
    Wrong((*FRAMES, "--weights", "0,0"), ("--weights: all weights are zero", "1, 2, -1"), "0,0"),
    Wrong(
        (*FRAMES, "--weights", "1,2,3", "--x", "4,5"), ("--weights: 3 weights", "fewer"), "1,2,3"
    ),
    Wrong((*FRAMES, "--weights", "1,2,3,4,5,6"), ("--weights: 6 numbers", "1 to 5"), "1,2,3,4,5,6"),
    Wrong((*FRAMES, "--x", "u(n)"), ("--x: this sequence never ends", "a list"), "u(n)"),
    Wrong((*FRAMES, "--x", "1,2,3e6"), ("--x: 3e+06 cannot be read", "0.01 to 999"), "1,2,3e6"),
    Wrong((*FRAMES, "--bias", "nan"), ("--bias: ", "finite"), "nan"),
    Wrong((*FRAMES, "--bias", "1e9"), ("--bias: ", "999"), "1000000000.0"),
    Wrong((*FRAMES, "--bias", "one"), ("--bias: ", "a number"), "one"),
    Wrong((*FRAMES, "--activation", "rleu"), ("--activation: ", "did you mean 'relu'?", "tanh")),
    Wrong((*FRAMES, "--mode", "same"), ("--mode: there is no 'same'", "valid, full")),
    Wrong((*FRAMES, "--mode", "full", "--weights", "1,2,3,4"), ("--x: 10 neurons", "at most 9")),
    Wrong((*FRAMES, "--flip", "yes"), ("'yes' is not expected",)),
    Wrong((*FRAMES, "--h", "1,2"), ("no option '--h'",)),
]
