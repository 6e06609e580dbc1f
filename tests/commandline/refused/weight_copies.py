"""What weight-copies refuses."""

from tests.commandline.wrong import Wrong

FRAMES = ("frames", "weight-copies", "-o", "out.json")
WRONG = [
    Wrong(("still", "weight-copies", "--at", "cut"), ("--at: ", "is --still-at here"), "cut"),
    Wrong((*FRAMES, "--g", "t^2"), ("--g: unknown name 't'", "here is 'x'"), "t^2", 0),
    Wrong((*FRAMES, "--g", "delta(x)"), ("--g: an impulse has no height", "x^2"), "delta(x)"),
    Wrong((*FRAMES, "--centers", ""), ("--centers: an expression is missing", "3, 2, 1")),
    Wrong((*FRAMES, "--centers", "1,,2"), ("--centers: a number is missing", "3, 2, 1"), "1,,2", 2),
    Wrong(
        (*FRAMES, "--centers", "1,2,3,4,5,6,7,8,9"),
        ("--centers: 9 copies are too many", "1 to 8"),
        "1,2,3,4,5,6,7,8,9",
    ),
    Wrong((*FRAMES, "--centers", "1,nan"), ("--centers: unknown name 'nan'",), "1,nan", 2),
    Wrong((*FRAMES, "--centers", "1,2 @ 3"), ("--centers: ", "starts at index 0"), "1,2 @ 3"),
    Wrong((*FRAMES, "--centers", "1,2"), ("--f: 3 values for 2 points", "2 numbers"), "5, 2, 1"),
    Wrong((*FRAMES, "--f", "1,2"), ("--f: 2 values for 3 points", "3 numbers"), "1,2"),
    Wrong((*FRAMES, "--f", "1,2,inf"), ("--f: unknown name 'inf'",), "1,2,inf", 4),
    Wrong((*FRAMES, "--at", "nan"), ("--at: ", "finite number"), "nan"),
    Wrong((*FRAMES, "--at", "left"), ("--at: ", "a number"), "left"),
    Wrong((*FRAMES, "--x-range", "0", "9"), ("--x-range: the range leaves out -2",), "0 9"),
    Wrong(
        ("still", "weight-copies", "--still-at", "nowhere"),
        ("--still-at: there is no beat or time 'nowhere'", "values, kernel, copies, predict"),
    ),
]
