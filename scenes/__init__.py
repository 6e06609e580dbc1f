"""Frames → scene: what is drawn, and in which order.

``plans/``       what each explainer shows: question, parameters, frames, checks, beats. No Manim.
``explainers/``  how it is drawn: one Manim scene for each plan, of the same file name.
``kit/``         what the scenes draw with: theme, type, charts, plots, the sliding mechanism.
"""
