"""Counting persons over a window: what no sum of monthly cells can say.

Everybody is counted once, where the main employment is in the window's *last* month, whatever
happened in other units before. So the counts add up over units, boards and sexes like any other
cell, and a cube holds them: its month m stands for the window that ends with m. Who left earlier
is not counted. ``docs/rules/distinct.md`` tells the rules with numbers.

Here is what is counted of persons whose months lie in memory; ``person_cells`` reads them, one part
of the persons at a time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from samkoll.stats.engine.cells import Integers, LeafCells
from samkoll.stats.engine.choice import Columns
from samkoll.stats.engine.facts import MAN, WOMAN

Flags = npt.NDArray[np.bool_]
Steps = tuple[tuple[int, int], ...]

FREQUENT = 6
"""Occasions in twelve months that make short absence repeated."""
NARROW, WIDE = 10, 30
"""Employees for one manager: fewer and more are outside the span that is followed."""
STOCKS = (
    "counted", "steady", "well", "frequent",
    "over_overtime_year", "over_overtime_month", "over_additional_year",
)  # fmt: skip
FLOWS = ("hired",)
LEADERS = ("managers", "led", "managers_in_span")
MEASURES = STOCKS + FLOWS + LEADERS
"""
counted  ordinary working time in the main employment in the window's last month
steady   those of them who had it in all twelve months
well     those of the steady without an hour of own sickness in the window, in any employment
frequent those of the counted with six or more occasions that began in the window
over_*   those of the counted beyond a limit: of the calendar year so far, or in one month of twelve
hired    permanent in the month, and not in the month before
managers employees whom somebody names as nearest manager in the month, where they are employed
led      everybody whom those managers lead, counted where the manager is
managers_in_span  those managers who lead ten to thirty
"""


@dataclass(frozen=True, slots=True)
class Limits:
    """Hours that are too many, in hundredths, each from a month (index) on; oldest first."""

    overtime_year: Steps = ()
    overtime_month: Steps = ()
    additional_year: Steps = ()

    def known(self, name: str, month: int) -> bool:
        """Is there a limit in that month?"""
        steps: Steps = getattr(self, name)
        return any(first <= month for first, _ in steps)


@dataclass(frozen=True, slots=True)
class Moves:
    """Permanent employees who changed main unit: columns of equal length.

    ``month`` is the first in the new unit. Changes between two units that both had permanent
    employees in both months; otherwise a unit opened or closed and nobody moved.
    """

    month: Integers
    source: Integers
    target: Integers
    sex: Integers
    count: Integers


@dataclass(frozen=True, slots=True)
class PersonCells:
    """What the pass over persons found."""

    cells: LeafCells
    moves: Moves


class Windows:
    """Months of persons in the order of persons and months, one row for each.

    A window of a person is a stretch of rows, and its sum a difference of two running sums.
    """

    def __init__(self, rows: Columns) -> None:
        self.rows, month = rows, rows["month"].astype(np.int64)
        new = np.diff(rows["person"], prepend=rows["person"][:1]) != 0
        place = np.cumsum(new) * _APART + month
        self._twelve = np.searchsorted(place, place - 11)
        self._year = np.searchsorted(place, place - month % 12)
        follows = np.diff(place, prepend=-_APART) == 1
        self.was_permanent: Flags = follows & np.roll(rows["permanent"], 1)
        """Permanent in the month before?"""

    def twelve(self, values: npt.NDArray[Any]) -> Integers:
        """The sum over the twelve months that end with each row's."""
        return self._sum(values, self._twelve)

    def year(self, values: npt.NDArray[Any]) -> Integers:
        """The sum over the calendar year until each row's month."""
        return self._sum(values, self._year)

    def beyond(self, hours: npt.NDArray[Any], limit: Steps) -> Flags:
        """Are hours more than the limit of the row's month? Never before the first limit."""
        found = np.zeros(len(hours), np.bool_)
        for first, most in sorted(limit):
            found = np.where(self.rows["month"] >= first, hours > most, found)
        return found

    @staticmethod
    def _sum(values: npt.NDArray[Any], start: npt.NDArray[np.intp]) -> Integers:
        running = np.concatenate(([0], np.cumsum(values, dtype=np.int64)))
        return np.asarray(running[1:] - running[start])


_APART = 2**20
"""More than there are months, so that windows of different persons never meet."""


def counted(windows: Windows, limits: Limits) -> dict[str, Flags]:
    """For each of ``MEASURES`` the rows that count one (``led``: that lead anybody)."""
    rows, led = windows.rows, windows.rows["led"]
    there = rows["there"]
    steady = there & (windows.twelve(there) == 12)
    in_month = windows.beyond(rows["overtime"], limits.overtime_month)
    over = {
        "over_overtime_year": windows.beyond(windows.year(rows["overtime"]), limits.overtime_year),
        "over_overtime_month": windows.twelve(in_month) > 0,
        "over_additional_year": windows.beyond(
            windows.year(rows["additional"]), limits.additional_year
        ),
    }
    return {
        "counted": there,
        "steady": steady,
        "well": steady & (windows.twelve(rows["sick"]) == 0),
        "frequent": there & (windows.twelve(rows["occasions"]) >= FREQUENT),
        **{name: there & beyond for name, beyond in over.items()},
        "hired": rows["permanent"] & ~windows.was_permanent,
        "managers": led > 0,
        "led": led > 0,
        "managers_in_span": (led >= NARROW) & (led <= WIDE),
    }


class Count:
    """Adds up parts of persons. ``month``, ``unit``: the places where anybody can be counted, in
    order; ``alive``: does anybody permanent work there?"""

    def __init__(
        self, month: Integers, unit: Integers, alive: npt.NDArray[Any], limits: Limits
    ) -> None:
        self._month, self._unit = month.astype(np.int64), unit.astype(np.int64)
        self._places = _place(self._month, self._unit)
        self._alive = self._places[alive.astype(np.bool_)]
        self._limits = limits
        self._sums = np.zeros((len(MEASURES), 2 * len(month)), np.int64)
        self._moves = [np.empty((5, 0), np.int64)]

    def add(self, rows: Columns) -> None:
        """All months of some persons, in order, as ``person_cells.PERSON_MONTHS`` gives them."""
        windows = Windows(rows)
        counts = counted(windows, self._limits)
        here = rows["unit"] >= 0
        place = np.searchsorted(self._places, _place(rows["month"], rows["unit"]))
        cell = 2 * place + (rows["sex"] != WOMAN)
        for number, name in enumerate(MEASURES):
            at = here & counts[name]
            one = rows["led"][at] if name == "led" else 1
            np.add.at(self._sums[number], cell[at], one)
        self._moves.append(self._moved(rows, windows))

    def _moved(self, rows: Columns, windows: Windows) -> Integers:
        """Permanent employees who have another main unit than in the month before: month, old and
        new unit, sex, count. Not out of a closed unit or into a new one."""
        now = np.flatnonzero(rows["permanent"] & windows.was_permanent)
        now = now[rows["unit"][now] != rows["unit"][now - 1]]
        month, old, new = rows["month"][now], rows["unit"][now - 1], rows["unit"][now]
        kept = np.isin(_place(month, old), self._alive)
        kept &= np.isin(_place(month - 1, new), self._alive)
        every = np.stack([month, old, new, rows["sex"][now]])[:, kept].astype(np.int64)
        found, count = np.unique(every, axis=1, return_counts=True)
        return np.vstack([found, count])

    def found(self) -> PersonCells:
        """What all parts together say."""
        month, unit = np.repeat(self._month, 2), np.repeat(self._unit, 2)
        sex = np.tile(np.array([WOMAN, MAN]), len(self._month))
        cells = LeafCells(month, unit, sex, dict(zip(MEASURES, self._sums, strict=True)))
        moves = np.concatenate(self._moves, axis=1)
        return PersonCells(cells, Moves(*moves[:, np.lexsort(moves[::-1])]))


def _place(month: npt.NDArray[Any], unit: npt.NDArray[Any]) -> Integers:
    return np.asarray(month.astype(np.int64) * 2**32 + unit)
