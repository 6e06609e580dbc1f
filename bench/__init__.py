"""Speed and accuracy beside peers, in one run: ``python -m bench``. Not part of the tests.

Every run is a program of its own, so that its processor time and its memory can be told apart;
`bench.contenders` says which programs, `bench.measure` how they are measured.
"""
