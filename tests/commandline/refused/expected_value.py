"""What expected-value refuses."""

from tests.commandline.wrong import Wrong

FRAMES = ("frames", "expected-value", "-o", "out.json")
WRONG = [
    Wrong(
        (*FRAMES, "--p", "0.5,0.4"), ("--p: ", "add up to 0.9, not to 1", "--normalise"), "0.5,0.4"
    ),
    Wrong((*FRAMES, "--p", "0.5,0.5000001"), ("--p: ", "add up to 1.0000001", "--normalise")),
    Wrong((*FRAMES, "--p=-0.5,1.5"), ("--p: a probability cannot be negative, and -0.5 is",)),
    Wrong((*FRAMES, "--p=-1,3", "--normalise"), ("--p: a probability cannot be negative",)),
    Wrong((*FRAMES, "--p", "0,0", "--normalise"), ("--p: ", "add up to 0")),
    Wrong((*FRAMES, "--p", "0.5,nan"), ("--p: unknown name 'nan'",), "0.5,nan", 4),
    Wrong((*FRAMES, "--p", "1"), ("--p: only one outcome", "two or more")),
    Wrong((*FRAMES, "--p", "uniform(1, 13)"), ("--p: 13 outcomes are too many", "2 to 12")),
    Wrong((*FRAMES, "--p", "0.99999,0.00001"), ("--p: a probability of 1e-05 cannot be seen",)),
    Wrong((*FRAMES, "--p", "binomal(4, 1/2)"), ("--p: ", "did you mean 'binomial'?")),
    Wrong((*FRAMES, "--x", "1,2,3"), ("--x: these are 3 outcomes for 4 probabilities",), "1,2,3"),
    Wrong((*FRAMES, "--x", "1,1,2,3"), ("--x: two of these outcomes are the same",), "1,1,2,3"),
    Wrong((*FRAMES, "--x", "1,2,3,900"), ("--x: ", "too close"), "1,2,3,900"),
    Wrong((*FRAMES, "--x", "1,2,3,4.12345"), ("--x: 4.123 is too long", "9999")),
    Wrong((*FRAMES, "--density", "rect(t/2)"), ("--density: the integral of this is 2, not 1",)),
    Wrong((*FRAMES, "--density", "t*rect(t)"), ("--density: a density cannot be negative",)),
    Wrong((*FRAMES, "--density", "delta(t)"), ("--density: an impulse is no density", "--p")),
    Wrong((*FRAMES, "--density", "1/(pi*(1+t^2))"), ("--density: this has no expected value",)),
    Wrong((*FRAMES, "--density", "0", "--normalise"), ("--density: the integral of this is 0",)),
    Wrong((*FRAMES, "--density", "rect(t-20000)"), ("--density: this lies from 19999.5",)),
    Wrong((*FRAMES, "--draws", "99"), ("--draws: ", "100 to 10000"), "99"),
    Wrong((*FRAMES, "--draws", "10001"), ("--draws: ", "100 to 10000"), "10001"),
    Wrong((*FRAMES, "--draws", "1.5"), ("--draws: ", "a whole number"), "1.5"),
    Wrong((*FRAMES, "--seed=-1"), ("--seed: ",), "-1"),
    Wrong((*FRAMES, "--p", "Poisson(n)"), ("--p: these have to be numbers", "poisson(rate")),
    Wrong((*FRAMES, "--p", "Uniform(1,6 @ 2)"), ("--p: these have to", "uniform(first, last)")),
]
