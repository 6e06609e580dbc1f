"""The command line: one module for each kind of command, options derived from the parameters.

Manim and PyAV are imported inside the commands that draw, so that everything else, and every
message about bad input, answers at once.
"""
