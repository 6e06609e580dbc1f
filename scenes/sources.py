"""Whose explanations the explainers follow; each is written once."""

__all__ = ["BAAS", "DUMOULIN_VISIN", "OLAH", "SMITH", "STUDY_NOTES", "WILD"]

BAAS = "Matthew Baas, on convolution in signal processing and in deep learning"
DUMOULIN_VISIN = (
    "Vincent Dumoulin and Francesco Visin, A guide to convolution arithmetic for deep learning "
    "(2016), arxiv.org/abs/1603.07285"
)
OLAH = "Christopher Olah, Understanding Convolutions (2014), colah.github.io"
SMITH = (
    "Steven W. Smith, The Scientist and Engineer's Guide to Digital Signal Processing (1997), "
    "dspguide.com"
)
STUDY_NOTES = "study notes on neural style transfer"
WILD = "Cody Marie Wild, on convolution as a weighted aggregation of points"
