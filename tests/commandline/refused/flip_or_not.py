"""What flip-or-not refuses."""

from tests.commandline.wrong import Wrong

FRAMES = ("frames", "flip-or-not", "-o", "out.json")
WRONG = [
    Wrong((*FRAMES, "--f", "2*foo(t)"), ("--f: unknown name 'foo'",), "2*foo(t)", 2),
    Wrong((*FRAMES, "--f", "3,2", "--kind", "continuous"), ("--f: a comma cannot",), "3,2", 1),
    Wrong((*FRAMES, "--g", "0"), ("--g: this signal is zero everywhere",), "0"),
    Wrong((*FRAMES, "--kind", "discret"), ("--kind: ", "did you mean 'discrete'?", "continuous")),
    Wrong((*FRAMES, "--lanes", "f*g, f@h, f@f"), ("--lanes: ", "f*g, g*f"), "f*g, f@h, f@f", 5),
    Wrong((*FRAMES, "--lanes", "f*g"), ("--lanes: there are three lanes, not 1",), "f*g"),
    Wrong((*FRAMES, "--lanes", "f*f,f@f,f@g"), ("--lanes: f * f is not one of the six",)),
    Wrong((*FRAMES, "--symmetric", "u(t)"), ("--symmetric: ", "not symmetric", "tri(t)"), "u(t)"),
    Wrong((*FRAMES, "--f", "u(t)"), ("--f and --g: ", "the integral diverges")),
    Wrong((*FRAMES, "--pattern", "1,2,3", "--signal", "1,2"), ("--pattern: ", "3 values"), "1,2,3"),
    Wrong((*FRAMES, "--signal", "u(n)"), ("--signal: this sequence has no end",), "u(n)"),
    Wrong((*FRAMES, "--outcomes", "1|2;3"), ("--outcomes: ", "one | between"), "1|2;3", 4),
    Wrong((*FRAMES, "--outcomes", "1|2:0.5"), ("--outcomes: ", "add up to 0.5, not 1"), "1|2:0.5"),
]
