"""Controlled rounding: whole numbers near wanted ones that add up to a control total exactly.

``docs/rules/demo-data.md`` has the rule with worked numbers.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from samkoll.core.errors import DomainError

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class Unreachable(DomainError):
    """A control total lies above what the people of the cell can hold."""


def apportion(raw: npt.ArrayLike, total: int, caps: npt.ArrayLike | None = None) -> Ints:
    """Integers in proportion to ``raw`` with the sum ``total``, none above its cap.

    First ``min(scale * raw, cap)`` with the one scale that meets the total, then the largest
    remainders are rounded up (the earlier place wins a tie). A raw zero stays zero.

    >>> apportion([1.0, 1.0, 1.0], 10)
    array([4, 3, 3])

    Raises: Unreachable.
    """
    weights = np.asarray(raw, dtype=np.float64)
    limits = _limits(weights, total, caps)
    if total < 0 or int(limits.sum()) < total:
        raise Unreachable(f"Kontrollsumman {total} går inte att nå: rymmer {int(limits.sum())}.")
    if total == 0:
        return np.zeros(len(weights), dtype=np.int64)
    wanted = np.minimum(weights * _scale(weights, limits, total), limits)
    whole = np.floor(wanted).astype(np.int64)
    return _hand_out(whole, wanted - whole, limits, total - int(whole.sum()))


def _limits(weights: Floats, total: int, caps: npt.ArrayLike | None) -> Ints:
    if caps is None:
        limits = np.full(len(weights), max(total, 0), dtype=np.int64)
    else:
        limits = np.asarray(caps, dtype=np.int64)
    return np.where(weights > 0, limits, 0)


def _scale(weights: Floats, limits: Ints, total: int) -> float:
    """The scale at which the capped weights sum to ``total``; those that reach their cap leave."""
    live = weights > 0
    order = np.argsort(limits[live] / weights[live], kind="stable")
    sorted_weights, sorted_limits = weights[live][order], limits[live][order].astype(np.float64)
    capped = np.concatenate(([0.0], np.cumsum(sorted_limits)[:-1]))
    free = np.cumsum(sorted_weights[::-1])[::-1]
    scales = np.maximum(total - capped, 0.0) / free
    fits = scales * sorted_weights <= sorted_limits
    everybody_full = float((sorted_limits / sorted_weights).max())
    return float(scales[np.argmax(fits)]) if fits.any() else everybody_full


def _hand_out(whole: Ints, remainders: Floats, limits: Ints, left: int) -> Ints:
    """Give ``left`` ones to the largest remainders, again and again while room is left."""
    while left != 0:
        step = 1 if left > 0 else -1
        room = whole < limits if left > 0 else whole > 0
        order = np.argsort(np.where(room, -step * remainders, np.inf), kind="stable")
        chosen = order[: min(abs(left), int(room.sum()))]
        whole[chosen] += step
        left -= step * len(chosen)
    return whole


def fit(seed: Floats, margins: list[tuple[tuple[int, ...], Floats]], rounds: int = 60) -> Floats:
    """Scale a table until it has the wanted margins (iterative proportional fitting).

    ``margins`` are pairs of the axes that stay and the wanted sums over the other axes; the last
    one holds exactly, the others as nearly as ``rounds`` turns bring them.
    """
    table = seed.astype(np.float64).copy()
    for _ in range(rounds):
        for axes, wanted in margins:
            others = tuple(axis for axis in range(table.ndim) if axis not in axes)
            sums: Any = table.sum(axis=others, keepdims=True)
            shape = [table.shape[axis] if axis in axes else 1 for axis in range(table.ndim)]
            table *= wanted.reshape(shape) / np.where(sums > 0, sums, 1.0)
    return table
