"""What ball-drop-2d refuses."""

from tests.commandline.wrong import Wrong

FRAMES = ("frames", "ball-drop-2d", "-o", "out.json")
SUM = ("--f: these probabilities add up to 0.9, not to 1", "--normalise")
WRONG = [
    Wrong((*FRAMES, "--f", "0.5,0.2;0.1,0.1"), SUM, "0.5,0.2;0.1,0.1"),
    Wrong((*FRAMES, "--g", "0.5,0.7"), ("--g: these probabilities add up to 1.2", "--normalise")),
    Wrong((*FRAMES, "--f", "1.5,-0.5"), ("--f: a probability cannot be negative, and -0.5 is",)),
    Wrong((*FRAMES, "--f", "0,0", "--normalise"), ("--f: these probabilities add up to 0",)),
    Wrong((*FRAMES, "--f", "0.5;0.2,0.3"), ("--f: the rows have different lengths",)),
    Wrong((*FRAMES, "--f", "0.5,nan"), ("--f: unknown name 'nan'",), "0.5,nan", 4),
    Wrong((*FRAMES, "--g", "0.5,1/0"), ("--g: ",), "0.5,1/0"),
    Wrong((*FRAMES, "--g", ""), ("--g: an expression is missing",)),
    Wrong((*FRAMES, "--g", "1"), ("--g: a map of 1 by 1 numbers is too small",), "1"),
    Wrong((*FRAMES, "--g", "1;0;0;0;0"), ("--g: a map of 5 by 1 numbers is too large",)),
    Wrong((*FRAMES, "--f", "0.999,0.001"), ("--f: a probability of 0.001 cannot be read",)),
    Wrong((*FRAMES, "--c", "9,9"), ("--c: two moves never lead there", "x from 0 to 3"), "9,9"),
    Wrong((*FRAMES, "--c", "1"), ("--c: a landing point has two coordinates",), "1"),
    Wrong((*FRAMES, "--at", "1,1"), ("no option '--at'",)),
]
