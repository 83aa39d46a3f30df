"""The season of sick leave: what each calendar month usually is to the year.

Least squares on the logarithm of the rate, with one level for each calendar month and a straight
line over time. The twelve effects are then drawn towards nothing by the part of their variance that
chance alone would give (Miller and Williams 2003): two winters are little to learn from.

Source: docs/sources.md#season
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Indexes = npt.NDArray[np.int64]
Monthly = Mapping[int, float]
"""Rates by month (``Month.index``); months that are missing or protected are not there."""

LEAST = 1e-4
"""A month without any sick leave counts as 0.01 per cent: a logarithm has to exist."""
FEWEST = 24
"""Months that a season needs."""


def factors(monthly: Monthly, without: Collection[int] = ()) -> tuple[float, ...] | None:
    """Twelve factors, January first, whose mean is 1; None when the months do not carry them.

    Needs two years besides the months ``without``, and every calendar month among them.
    """
    months = np.array(sorted(month for month in monthly if month not in without), np.int64)
    if len(months) < FEWEST or len(set((months % 12).tolist())) < 12:
        return None
    logs = np.log([max(monthly[month], LEAST) for month in months.tolist()])
    found = np.exp(effects(months, logs))
    return tuple((found / found.mean()).tolist())


def effects(months: Indexes, logs: Floats) -> Floats:
    """Twelve effects on the logarithm, January first, that add up to nothing."""
    matrix = design(months)
    found, _rest, rank, _ = np.linalg.lstsq(matrix, logs, rcond=None)
    raw = np.asarray(found[:12] - found[:12].mean())
    left = float(((logs - matrix @ found) ** 2).sum()) / max(len(logs) - int(rank), 1)
    often = np.maximum(np.bincount(months % 12, minlength=12), 1)
    noise = left * float((1 / often.astype(np.float64)).mean())
    real = max(float(raw.var(ddof=1)) - noise, 0.0)
    return raw * (real / (real + noise)) if real else np.zeros(12)


def design(months: Indexes) -> Floats:
    """A column for each calendar month, and one that grows by one a year."""
    matrix = np.zeros((len(months), 13))
    matrix[np.arange(len(months)), months % 12] = 1
    matrix[:, 12] = (months - months.mean()) / 12
    return matrix
