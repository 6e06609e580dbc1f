"""What image-kernel refuses."""

from tests.commandline.wrong import Wrong

FRAMES = ("frames", "image-kernel", "-o", "out.json")
LONG = ";".join([",".join(["1"] * 16)] * 16)
WRONG = [
    Wrong((*FRAMES, "--kernel", "sobel"), ("--kernel: unknown kernel 'sobel'", "did you mean")),
    Wrong((*FRAMES, "--kernel", "gausian"), ("did you mean 'gaussian'?", "box, gaussian")),
    Wrong((*FRAMES, "--kernel", "1,2;3"), ("--kernel: the rows have different lengths",), "1,2;3"),
    Wrong((*FRAMES, "--kernel", "0,0;0,0"), ("--kernel: all weights are zero",), "0,0;0,0"),
    Wrong((*FRAMES, "--kernel", "1,1e5"), ("--kernel: 100000 cannot be read",), "1,1e5"),
    Wrong((*FRAMES, "--kernel", "1,nan"), ("--kernel: unknown name 'nan'",), "1,nan", 2),
    Wrong((*FRAMES, "--kernel", ""), ("--kernel: ",)),
    Wrong((*FRAMES, "--kernel", LONG), ("--kernel: a kernel of 16 by 16 numbers is too large",)),
    Wrong((*FRAMES, "--size", "4"), ("--size: a box has no middle pixel", "an odd number"), "4"),
    Wrong((*FRAMES, "--size", "99"), ("--size: ",), "99"),
    Wrong((*FRAMES, "--size", "3.5"), ("--size: ", "a whole number"), "3.5"),
    Wrong((*FRAMES, "--sigma", "0"), ("--sigma: ", "0.5"), "0.0"),
    Wrong((*FRAMES, "--sigma", "nan"), ("--sigma: ",), "nan"),
    Wrong((*FRAMES, "--position", "240,0"), ("--position: ", "a row from 0 to 239"), "240,0"),
    Wrong((*FRAMES, "--position", "1"), ("--position: a position is a row and a column",), "1"),
    Wrong((*FRAMES, "--image", "missing.png"), ("--image: there is no such file",), "missing.png"),
    Wrong((*FRAMES, "--image", "cup.gif"), ("--image: ", ".png and .jpg"), "cup.gif"),
    Wrong((*FRAMES, "--image", ""), ("--image: ", ".png and .jpg")),
    Wrong((*FRAMES, "--image", "folder.png"), ("--image: there is no such file",), "folder.png"),
    Wrong(("frames", "image-kernel", "-o", "out.csv"), ("a table of", "columns", ".npz or .json")),
]
