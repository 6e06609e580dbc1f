"""What ball-drop refuses."""

from tests.commandline.wrong import Wrong

FRAMES = ("frames", "ball-drop", "-o", "out.json")
NINE = ",".join(["1/9"] * 9)
WRONG = [
    Wrong((*FRAMES, "--f", ""), ("--f: an expression is missing",)),
    Wrong((*FRAMES, "--f", "0.5,0.4"), ("--f: these", "add up to 0.9", "--normalise"), "0.5,0.4"),
    Wrong((*FRAMES, "--g", "0.5,0.4"), ("--g: these", "add up to 0.9", "--normalise"), "0.5,0.4"),
    Wrong((*FRAMES, "--g", "0.5,-0.5,1"), ("--g: a probability cannot be negative, and -0.5 is",)),
    Wrong((*FRAMES, "--f", "-1,2", "--normalise"), ("--f: a probability cannot be negative",)),
    Wrong((*FRAMES, "--f", "0,0", "--normalise"), ("--f: these probabilities add up to 0",)),
    Wrong((*FRAMES, "--f", "0.5,nan"), ("--f: unknown name 'nan'",), "0.5,nan", 4),
    Wrong((*FRAMES, "--f", "1/0,1"), ("--f: ",), "1/0,1"),
    Wrong((*FRAMES, "--f", "binomal(3, 1/2)"), ("--f: ", "did you mean 'binomial'?")),
    Wrong((*FRAMES, "--f", "1"), ("--f: 1 outcome cannot", "2 to 8 outcomes"), "1"),
    Wrong((*FRAMES, "--g", NINE), ("--g: 9 outcomes cannot", "2 to 8 outcomes"), NINE),
    Wrong((*FRAMES, "--g", "0.5,0.5 @ -1"), ("--g: the outcomes go from -1 to 0", "0 to 8")),
    Wrong((*FRAMES, "--f", "uniform(5, 9)"), ("--f: the outcomes go from 5 to 9", "0 to 8")),
    Wrong((*FRAMES, "--c", "7"), ("--c: the total 7 has the probability 0", "from 0 to 6"), "7"),
    Wrong((*FRAMES, "--c", "1", "--preset", "dice"), ("--c: the total 1", "from 2 to 12"), "1"),
    Wrong((*FRAMES, "--c", "2.5"), ("--c: ",)),
    Wrong((*FRAMES, "--preset", "cards"), ("--preset: there is no 'cards'", "dice")),
    Wrong((*FRAMES, "--preset", "dice", "--f", "1/2"), ("--f: these", "add up to 0.5"), "1/2"),
    Wrong((*FRAMES, "--f", "Poisson(n)"), ("--f: these have to be numbers", "poisson(rate")),
    Wrong((*FRAMES, "--f", "Uniform(1,6 @ 2)"), ("--f: these have to", "uniform(first, last)")),
]
