"""What channels-1d refuses."""

from tests.commandline.wrong import Wrong

FRAMES = ("frames", "channels-1d", "-o", "out.json")
WRONG = [
    Wrong(
        (*FRAMES, "--channels", "1,2;1,nan"), ("--channels: unknown name 'nan'",), "1,2;1,nan", 6
    ),
    Wrong((*FRAMES, "--channels", "1,2;"), ("--channels: ", "is missing"), "1,2;", 4),
    Wrong((*FRAMES, "--channels", ""), ("--channels: ", "is missing")),
    Wrong((*FRAMES, "--channels", "1,2;3"), ("--channels: ", "2 and 1 numbers", "accepted: ")),
    Wrong((*FRAMES, "--channels", "1;2;3;4"), ("--channels: 4 channels", "1 to 3"), "1;2;3;4"),
    Wrong((*FRAMES, "--channels", ";".join(["1"] * 9000)), ("--channels: ", "at most 100 rows")),
    Wrong((*FRAMES, "--channels", ",".join(["1"] * 12)), ("--channels: 12 numbers", "at most 10")),
    Wrong((*FRAMES, "--channels", "1", "--channels", "2"), ("--channels: this is given more",)),
    Wrong((*FRAMES, "--h", "u(n)"), ("--h: ", "a list of numbers", "3, 2, 1"), "u(n)"),
    Wrong((*FRAMES, "--h", "1e9"), ("--channels and --h: ", "50,000")),
    Wrong(
        (*FRAMES, "--kernels", "-1,0;1,2"),
        ("--channels and --kernels: 3 channels, but 2 kernels", "one kernel for each"),
        "-1,0;1,2",
    ),
    Wrong((*FRAMES, "--channels", "1,2", "--kernels", "1,2,3"), ("--kernels: ", "do not fit")),
]
