"""The plans: one file for each explainer, without Manim."""
