"""What grid-2d refuses."""

import struct
import zlib
from io import BytesIO

from PIL import Image

from tests.commandline.wrong import Wrong


def png(rows: int, columns: int, mode: str = "L") -> bytes:
    file = BytesIO()
    Image.new(mode, (columns, rows)).save(file, "PNG")
    return file.getvalue()


def claiming(rows: int, columns: int) -> bytes:
    """A file whose head says that it has so many pixels."""
    small = png(2, 2)
    head = b"IHDR" + struct.pack(">II", columns, rows) + small[24:29]
    return small[:12] + head + struct.pack(">I", zlib.crc32(head)) + small[33:]


FILES = {
    "plain.png": b"a picture",
    "large.png": png(65, 3),
    "enormous.png": claiming(60_000, 60_000),
    "cut.png": png(64, 64)[:60],
    "grid_2d.toml": f"stride = {10**30}",
}
FRAMES = ("frames", "grid-2d", "-o", "out.json")
WRONG = [
    Wrong((*FRAMES, "--input", ""), ("--input: an expression is missing",)),
    Wrong((*FRAMES, "--input", "1,2;3"), ("--input: the rows have different lengths",), "1,2;3"),
    Wrong((*FRAMES, "--input", "1,2;3,x"), ("--input: ",), "1,2;3,x", 6),
    Wrong((*FRAMES, "--input", "1,2;3,1e9"), ("--input: 1e+09 cannot be read", "0.01 to 999")),
    Wrong((*FRAMES, "--input", "checkers"), ("--input: there is no such pattern", "checker")),
    Wrong((*FRAMES, "--input", "edge 100"), ("--input: a picture of 100 × 100", "1 to 64")),
    Wrong((*FRAMES, "--input", "edge 0x4"), ("--input: a picture of 0 × 4", "1 to 64")),
    Wrong((*FRAMES, "--input", "edge" + "9" * 5000), ("--input: ",)),
    Wrong((*FRAMES, "--input", "1," * 64 + "1"), ("--input: 1 × 65 numbers are too many",)),
    Wrong((*FRAMES, "--input", "cat.png"), ("--input: there is no such file", "png")),
    Wrong((*FRAMES, "--input", "plain.png"), ("--input: this is no PNG or JPEG picture", ".png")),
    Wrong((*FRAMES, "--input", "large.png"), ("--input: this picture has 65 rows", "at most 64")),
    Wrong(
        (*FRAMES, "--input", "enormous.png"),
        ("--input: this picture has far too many",),
    ),
    Wrong((*FRAMES, "--input", "cut.png"), ("--input: this picture cannot be read",)),
    Wrong((*FRAMES, "--kernel", "1,2;3"), ("--kernel: the rows have different lengths",), "1,2;3"),
    Wrong((*FRAMES, "--kernel", "0,0;0,0"), ("--kernel: all weights are zero",), "0,0;0,0"),
    Wrong((*FRAMES, "--kernel", "1," * 7 + "1"), ("--kernel: a kernel of 1 × 8", "at most 7")),
    Wrong(
        (*FRAMES, "--input", "1,2;3,4"),
        ("--kernel: a kernel of 3 × 3 is larger than the input of 2 × 2", "more padding"),
    ),
    Wrong(
        (*FRAMES, "--dilation", "4", "--padding", "1"),
        ("--kernel: a kernel of 3 × 3 (dilated to 9 × 9)", "input of 6 × 7 (padded to 8 × 9)"),
    ),
    Wrong((*FRAMES, "--stride", "0"), ("--stride: a stride of 0 is too small", "from 1 on")),
    Wrong((*FRAMES, "--stride", "-2"), ("--stride: a stride of -2", "from 1 on")),
    Wrong((*FRAMES, "--stride", "1.5"), ("--stride: ", "a whole number"), "1.5"),
    Wrong((*FRAMES, "--dilation", "0"), ("--dilation: a dilation of 0 is too small", "from 1 on")),
    Wrong((*FRAMES, "--padding", "-1"), ("--padding: a padding of -1 is too small", "from 0 on")),
    Wrong((*FRAMES, "--padding", "some"), ("--padding: this is no padding", "valid, same, full")),
    Wrong((*FRAMES, "--padding", "1.5"), ("--padding: this is no padding", "a number of cells")),
    Wrong((*FRAMES, "--padding", "99999"), ("--padding: the padded input has", "at most 80")),
    Wrong(
        (*FRAMES, "--padding", "same", "--stride", "2"),
        ("--padding: padding 'same' keeps the size", "stride 1"),
    ),
    Wrong(
        (*FRAMES, "--padding", "6", "--fill", "reflect"),
        ("--padding: 6 cells of padding cannot be filled from 6 by 'reflect'", "at most 5"),
    ),
    Wrong((*FRAMES, "--fill", "ones"), ("--fill: ", "zeros", "circular")),
    Wrong((*FRAMES, "--position", "0,0"), ("no option '--position'",)),
    Wrong((*FRAMES, "--stride", "1000000000000"), ("--stride: this is more than 100",)),
    Wrong((*FRAMES, "--params", "grid_2d.toml"), ("--stride: this is more than 100",)),
]
