"""From ``control.yaml`` to whole hundredths of sick hours per board, sex, length class and year."""

from __future__ import annotations

from typing import Any

import numpy as np

from samkoll.demo.generator.control import SEXES, Control
from samkoll.demo.generator.rounding import Floats, Ints, apportion, fit

KINDS = ("short", "long")
KS = "KS"


def sick_hours(control: Control, boards: tuple[str, ...], year: int, ordinary: Ints) -> Ints:
    """Target hundredths of an hour, [board, sex, kind]; ``ordinary`` is [board, sex] of the year.

    The executive board and the sum of all boards are exact; the others share what is left so that
    their totals come near ``sick_total`` (proportional fitting, then largest remainders).
    """
    place = boards.index(KS)
    others = [n for n in range(len(boards)) if n != place]
    result = np.zeros((len(boards), 2, 2), dtype=np.int64)
    result[place] = _executive_board(control, year, ordinary[place])
    margin = _margin(control, year, ordinary, place)
    shape = _fitted(control, [boards[n] for n in others], year, ordinary[others], margin)
    for sex, kind in np.ndindex(2, 2):
        result[others, sex, kind] = apportion(shape[:, sex, kind], int(margin[sex, kind]))
    return result


def _executive_board(control: Control, year: int, ordinary: Ints) -> Ints:
    exact = control.data["exact"]["sick_short"][KS]
    if year in exact:
        return _exact(control, KS, year)
    hours = _by_rates(control.data["sick_margins"][year][KS], ordinary)
    if year == 2021:
        shown = float(control.data["ks_total_2021"])
        hours[1, 1] += round(shown / 100 * int(ordinary.sum())) - int(hours.sum())
    return hours


def _margin(control: Control, year: int, ordinary: Ints, place: int) -> Ints:
    """What all boards but the executive one have together, [sex, kind]."""
    if year in control.data["exact"]["sick_short"]["whole"]:
        return _exact(control, "whole", year) - _exact(control, KS, year)
    rest = ordinary.sum(axis=0) - ordinary[place]
    return _by_rates(control.data["sick_margins"][year]["others"], rest)


def _exact(control: Control, scope: str, year: int) -> Ints:
    exact = control.data["exact"]
    return np.array(
        [[100 * exact[f"sick_{kind}"][scope][year][sex] for kind in KINDS] for sex in SEXES]
    )


def _by_rates(rates: dict[str, Any], ordinary: Ints) -> Ints:
    shares = np.array([[rates[kind][sex] / 100 for kind in KINDS] for sex in SEXES])
    return np.rint(shares * ordinary[:, None]).astype(np.int64)


def _fitted(control: Control, boards: list[str], year: int, ordinary: Ints, margin: Ints) -> Floats:
    totals = np.array([control.data["sick_total"][year][board] for board in boards])
    wanted = totals * ordinary.sum(axis=1)
    wanted = wanted * (margin.sum() / wanted.sum())
    rates = margin / ordinary.sum(axis=0)[:, None]
    seed = ordinary[:, :, None] * rates[None] * totals[:, None, None]
    for board, factor in control.data["men_tilt"].items():
        seed[boards.index(board), 1] *= factor
    return fit(seed, [((0,), wanted), ((1, 2), margin.astype(np.float64))])
