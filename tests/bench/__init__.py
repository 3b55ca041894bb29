"""Benchmarks against a running store: figures and ratios to look at, no tests. `python -m tests.bench.<name> [address]`."""
