"""Faltung's command line: ``python render.py --help``."""

import os
import sys

# Read when NumPy is imported. Its arrays here are small, and processes are forked without threads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from commandline.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
