"""What three-drops refuses."""

from tests.commandline.wrong import Wrong

FRAMES = ("frames", "three-drops", "-o", "out.json")
SUM = ("--f: these probabilities add up to 0.9, not to 1", "--normalise")
WRONG = [
    Wrong((*FRAMES, "--f", ""), ("--f: an expression is missing",)),
    Wrong((*FRAMES, "--f", "0.5,0.4"), SUM),
    Wrong((*FRAMES, "--g", "0.5,0.6,-0.1"), ("--g: a probability cannot be negative", "-0.1")),
    Wrong((*FRAMES, "--h", "-0.5,1.5", "--normalise"), ("--h: a probability cannot be negative",)),
    Wrong((*FRAMES, "--h", "0,0", "--normalise"), ("--h: these probabilities add up to 0",)),
    Wrong((*FRAMES, "--h", "nan,1"), ("--h: unknown name 'nan'",), "nan,1", 0),
    Wrong((*FRAMES, "--g", "binomal(2, 1/2)"), ("--g: ", "did you mean 'binomial'?")),
    Wrong((*FRAMES, "--f", "uniform(1, 6)"), ("--f: 6 outcomes are too many", "at most 4")),
    Wrong((*FRAMES, "--g", "poisson(2)"), ("--g: 7 outcomes are too many", "at most 4")),
    Wrong((*FRAMES, "--h", "1/2,1/2 @ 9"), ("--h: the outcomes 9 to 10 lie too far out",)),
    Wrong((*FRAMES, "--d", "7"), ("--d: there is no way to land on 7", "1, 2, 3, 4, 5"), "7"),
    Wrong((*FRAMES, "--d", "0"), ("--d: there is one way to land on 0", "at least two"), "0"),
    Wrong((*FRAMES, "--d", "2.5"), ("--d",)),
    Wrong((*FRAMES, "--f", "1", "--g", "1", "--h", "1/2,1/2"), ("one way only",)),
    Wrong((*FRAMES, "--g", "Poisson(n)"), ("--g: these have to be numbers", "poisson(rate")),
    Wrong((*FRAMES, "--g", "Uniform(1,6 @ 2)"), ("--g: these have to", "uniform(first, last)")),
]
