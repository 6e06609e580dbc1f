"""Faltung's command line: ``python render.py --help``."""

import sys

from commandline.main import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
