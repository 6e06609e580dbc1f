"""What channels-2d refuses."""

from tests.commandline.wrong import Wrong

FRAMES = ("frames", "channels-2d", "-o", "out.json")
TWO = "1,2;3,4|5,6;7,8"
FILES = {"channels_2d.toml": f"stride = {10**30}"}
WRONG = [
    Wrong((*FRAMES, "--input", ""), ("--input: an expression is missing",)),
    Wrong((*FRAMES, "--input", "1,2;3,4|"), ("--input: an expression is missing",), "1,2;3,4|", 8),
    Wrong(
        (*FRAMES, "--input", "1,2;3,4|1,2;3"),
        ("--input: the rows have different lengths", "channels with |"),
        "1,2;3,4|1,2;3",
        8,
    ),
    Wrong(
        (*FRAMES, "--input", "1,2;3,4|1,2"),
        ("--input: channel 2 has 1 × 2 numbers, the first one 2 × 2",),
        "1,2;3,4|1,2",
        8,
    ),
    Wrong((*FRAMES, "--input", "1,2;3,x"), ("--input: unknown name 'x'",), "1,2;3,x", 6),
    Wrong((*FRAMES, "--input", "1,2;3,0.5"), ("--input: 0.5 cannot be used", "whole numbers")),
    Wrong((*FRAMES, "--input", "1,2;3,1000"), ("--input: 1000 cannot be used", "from -99 to 999")),
    Wrong((*FRAMES, "--input", "1|2|3|4"), ("--input: 4 channels are too many", "1 to 3")),
    Wrong((*FRAMES, "--input", "cats"), ("--input: there is no such picture", "stripes, spot")),
    Wrong((*FRAMES, "--input", "1|" * 5000), ("--input: this text is too long", "at most 4000")),
    Wrong((*FRAMES, "--input", "1,2,3,4,5,6,7,8"), ("--filters: each kernel of 2 × 2 is larger",)),
    Wrong(
        (*FRAMES, "--input", "1,2,3,4,5,6,7,8;1,2,3,4,5,6,7,8"),
        ("--input: channels of 2 × 8 are too large", "at most 7"),
    ),
    Wrong(
        (*FRAMES, "--input", TWO, "--filters", "1|2|3"),
        ("--filters: each filter has three kernels, and --input has two channels", "one kernel"),
        "1|2|3",
    ),
    Wrong(
        (*FRAMES, "--input", TWO, "--filters", "1|2||3"),
        ("--filters: filter 2 has 1 kernel of 1 × 1, the first one 2 kernels of 1 × 1",),
        "1|2||3",
        5,
    ),
    Wrong(
        (*FRAMES, "--input", TWO, "--filters", "1|2||3|4,5"),
        ("--filters: kernel 2 has 1 × 2 numbers, the first one 1 × 1",),
        "1|2||3|4,5",
        7,
    ),
    Wrong(
        (*FRAMES, "--input", TWO, "--filters", "1|2||3|"),
        ("--filters: an expression is missing", "filters with ||"),
        "1|2||3|",
        7,
    ),
    Wrong(
        (*FRAMES, "--input", TWO, "--filters", "1|2||3|4||5|6||7|8"),
        ("--filters: 4 filters are too many", "1 to 3"),
    ),
    Wrong(
        (*FRAMES, "--input", "1,2,3,4", "--filters", "1,2,3,4"),
        ("--filters: kernels of 1 × 4 are too large", "3 × 3"),
    ),
    Wrong(
        (*FRAMES, "--input", TWO, "--filters", "1,2,3|4,5,6"),
        ("--filters: each kernel of 1 × 3 is larger than the input of 2 × 2", "more padding"),
    ),
    Wrong((*FRAMES, "--filters", "0.5|1|1"), ("--filters: 0.5 cannot be used", "whole")),
    Wrong((*FRAMES, "--filters", "99|99|999"), ("--input and --filters: a product or a sum",)),
    Wrong((*FRAMES, "--bias", "1"), ("--bias: 1 number for two filters", "one for each"), "1"),
    Wrong((*FRAMES, "--bias", "1,2,3"), ("--bias: 3 numbers for two filters",), "1,2,3"),
    Wrong((*FRAMES, "--bias", "1,x"), ("--bias: unknown name 'x'",), "1,x", 2),
    Wrong((*FRAMES, "--bias", "1,0.5"), ("--bias: 0.5 cannot be used",), "1,0.5"),
    Wrong((*FRAMES, "--stride", "0"), ("--stride: a stride of 0 is too small", "from 1 on")),
    Wrong((*FRAMES, "--stride", "1.5"), ("--stride: ", "a whole number"), "1.5"),
    Wrong((*FRAMES, "--padding", "-1"), ("--padding: a padding of -1 is too small", "from 0 on")),
    Wrong((*FRAMES, "--padding", "some"), ("--padding: this is no padding", "valid, same, full")),
    Wrong((*FRAMES, "--padding", "2"), ("--padding: padded channels of 8 × 9 are too large",)),
    Wrong(
        (*FRAMES, "--padding", "same", "--stride", "2"),
        ("--padding: padding 'same' keeps the size", "stride 1"),
    ),
    Wrong(
        (*FRAMES, "--input", "1;2;3;4;5;6", "--filters", "1||2"),
        ("--input: two maps of 6 rows cannot be shown together", "at most 5 rows"),
    ),
    Wrong(
        (*FRAMES, "--input", "1;2;3;4;5;6;7", "--filters", "1;2;3"),
        ("--input: channels of 7 rows above kernels of 3 rows", "at most 9 rows together"),
    ),
    Wrong((*FRAMES, "--stride", "1000000000000"), ("--stride: this is more than 100",)),
    Wrong((*FRAMES, "--params", "channels_2d.toml"), ("--stride: this is more than 100",)),
]
