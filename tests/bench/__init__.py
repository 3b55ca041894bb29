"""Benchmarks against a running store: figures and ratios to look at. `python -m tests.bench.<name> [address]`."""
