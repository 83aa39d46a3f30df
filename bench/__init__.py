"""Benchmarks. ``make bench`` prints one table; every case checks its result before it is timed."""
