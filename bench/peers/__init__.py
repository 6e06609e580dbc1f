"""The same picture, made by others: h * x of the explainer flip-and-shift, sliding.

Each reads from the environment how many seconds it lasts (``BENCH_SECONDS``).
"""
