"""Exact linear algebra, modulo a large prime: what follows from a list of published sums?

All coefficients of rows and targets are 0, 1 or -1. A combination that exists over the rationals
also exists modulo the prime, unless the prime divides one of its denominators; 2**31 - 1 does so
for no matrix met in practice.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

PRIME = 2**31 - 1
Matrix = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class Span:
    """Everything that addition and subtraction of ``rows`` can give."""

    def __init__(self, rows: Matrix) -> None:
        count, self.width = rows.shape
        work = np.hstack([rows % PRIME, np.eye(count, dtype=np.int64)])
        self.pivots: list[int] = []
        for column in range(self.width):
            done = len(self.pivots)
            candidates = np.flatnonzero(work[done:, column])
            if not candidates.size:
                continue
            pivot = done + int(candidates[0])
            work[[done, pivot]] = work[[pivot, done]]
            work[done] = work[done] * pow(int(work[done, column]), -1, PRIME) % PRIME
            factors = work[:, column].copy()
            factors[done] = 0
            touched = np.flatnonzero(factors)
            work[touched] = (work[touched] - factors[touched, None] * work[done]) % PRIME
            self.pivots.append(column)
        self._basis = work[: len(self.pivots)].astype(np.float64)

    def derive(self, targets: Matrix) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        """For each target: can it be derived, and which rows does the derivation use?"""
        factors = targets[:, self.pivots].astype(np.float64)
        combined = _product(factors, self._basis[:, : self.width])
        found = np.asarray(((targets - combined) % PRIME == 0).all(axis=1))
        used = np.zeros((len(targets), self._basis.shape[1] - self.width), np.bool_)
        used[found] = _product(factors[found], self._basis[:, self.width :]) != 0
        return found, used


def _product(signs: Floats, basis: Floats) -> Matrix:
    """The matrix product modulo the prime. With signs of -1, 0 and 1 floating point is exact up to
    2**22 terms below the prime, and far faster than integers."""
    return np.asarray((signs @ basis).astype(np.int64) % PRIME)
