"""Made-up persons with sick leave as it is: most have little, a few are ill for months."""

from __future__ import annotations

import numpy as np

from samkoll.stats.chance.persons import Moments

FULL = 190_000.0
"""Ordinary hours of a year, in hundredths."""


def people(rng, count, *, long=0.06):
    """Columns x1, y1, x0, y0 for so many persons; who is ill for long often is so both years."""
    extent = rng.choice([1.0, 1.0, 0.75, 0.5], count) * FULL
    prone = rng.random(count) < long

    def ill():
        short = rng.gamma(0.8, 0.03, count)
        spell = (prone & (rng.random(count) < 0.6)) * rng.uniform(0.2, 1.0, count)
        return np.minimum(short + spell, 1.0) * extent

    return np.column_stack([ill(), extent, ill(), extent])


def moments(rows):
    """Sums over these persons, as the pass over the facts gives them."""
    x, y = rows[:, 0], rows[:, 1]
    thirds = np.array([(x**3).sum(), (x * x * y).sum(), (x * y * y).sum(), (y**3).sum()])
    return Moments(len(rows), rows.sum(axis=0), rows.T @ rows, thirds)
