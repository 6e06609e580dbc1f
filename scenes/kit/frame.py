"""The picture's frame, in scene units from its centre; it is 14.2 wide and 8 high."""

__all__ = ["HEADING_LEFT", "SAFE_X", "SAFE_Y"]

# Text stays within 95 % of the picture (EBU R 95: graphics safe area).
SAFE_X = 6.75
SAFE_Y = 3.8

HEADING_LEFT = -6.05  # headings, formulas and charts have one left edge
