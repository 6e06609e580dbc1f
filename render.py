"""Faltung's command line: ``python render.py --help``."""

import gc
import os
import sys

# Read when NumPy is imported. Its arrays here are small, and processes are forked without threads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Nothing that is imported is ever garbage; looking for some takes a sixth of the start.
gc.disable()

from commandline.main import main  # noqa: E402

gc.freeze()
gc.enable()

if __name__ == "__main__":
    code = main(sys.argv[1:])
    gc.freeze()  # nor is it looked for at the end, when all memory is given back at once
    sys.exit(code)
