"""Made-up months of sick leave: a level, winters, and noise that lingers."""

from __future__ import annotations

import numpy as np

JAN = 2023 * 12
SIZE = 1_000_000


def hours(count, *, first=JAN, level=0.07, winter=0.2, noise=0.05, linger=0.6, seed=1, size=SIZE):
    """Sick and ordinary hours by month."""
    rng, rest, found = np.random.default_rng(seed), 0.0, {}
    for month in range(first, first + count):
        rest = linger * rest + rng.normal(0, noise)
        rate = level * np.exp(winter * np.cos(2 * np.pi * (month % 12) / 12) + rest)
        found[month] = (int(rate * size), size)
    return found


def flat(rates, *, first=JAN, size=SIZE):
    """These rates with as many ordinary hours each month."""
    return {first + n: (int(rate * size), size) for n, rate in enumerate(rates)}
