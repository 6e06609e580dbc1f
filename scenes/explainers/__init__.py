"""The drawings: one Manim scene for each plan, in a file of the same name."""
