"""Steers the demo's person-months to its control totals. See ``docs/rules/demo-data.md``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from samkoll.core.months import Month
from samkoll.demo.generator.absence import Absence, Drawn, describe
from samkoll.demo.generator.calendar import full_time_hours
from samkoll.demo.generator.control import SEXES, Control
from samkoll.demo.generator.plan import Plan
from samkoll.demo.generator.rounding import Floats, Ints, apportion
from samkoll.demo.generator.rows import Bools, Rows
from samkoll.demo.generator.targets import KINDS, KS, sick_hours

_ONE_SPELL, _TWO_SPELLS = 8_000, 9_600  # ten and twelve working days: the most on day 1-14
_HIGHEST_UNIT_RATE, _SMALLEST_GROUP = 0.33, 11
_PUBLISHED = Month.of(2023, 5).index  # R12 2024-04 begins here
_MEN_TO_WOMEN = np.array([0.9, 0.4])  # short and long sick leave of men in a steered staff group


@dataclass
class Steering:
    """All rows of the demo with the cells that the totals are given for."""

    rows: Rows
    plan: Plan
    control: Control
    rng: np.random.Generator

    def __post_init__(self) -> None:
        self.year: Ints = self.rows.month // 12
        self.years = [int(year) for year in np.unique(self.year)]
        self.executive: Bools = self.rows.board == self.plan.boards.index(KS)

    def run(self) -> None:
        """Fill ordinary hours, both classes of sick leave, additional hours and overtime."""
        self._ordinary()
        targets = {year: self._targets(year) for year in self.years}
        rates = self._rates(targets)
        drawn = self._draw(rates)
        long, short, spells = (self._of_rows(drawn, name) for name in ("long", "short", "spells"))
        ease = self._ease(long + short)
        self._sick(targets, long * ease, short * ease, spells, ease < 1)
        for at, month in drawn:
            describe(self.rows, at, month)
        self._extra("additional", self.rows.extent < 10_000, mean=800, cap=5_000)
        self._extra("overtime", self.rows.extent == 10_000, mean=600, cap=4_800)

    def _ordinary(self) -> None:
        exact, rows = self.control.data["exact"]["ordinary"], self.rows
        hours = {int(m): full_time_hours(Month(int(m))) for m in np.unique(rows.month)}
        caps = np.floor(rows.share * np.array([hours[int(m)] for m in rows.month]) + 1e-6)
        for is_executive in (True, False):
            for sex, letter in enumerate(SEXES):
                scale = 1.0
                scope = (self.executive == is_executive) & (rows.sex == sex)
                for year in sorted(self.years, key=lambda y: (y not in exact["whole"], y)):
                    cell = scope & (self.year == year)
                    raw = rows.base[cell]
                    if year in exact["whole"]:
                        total = 100 * exact[KS][year][letter]
                        if not is_executive:
                            total = 100 * exact["whole"][year][letter] - total
                        scale = total / raw.sum()
                    total = round(scale * raw.sum())
                    raw = self._shorten(raw, total, rows.group[cell] < 0)
                    rows.ordinary[cell] = apportion(raw, total, caps[cell])

    def _shorten(self, raw: Floats, total: int, able: Bools) -> Floats:
        """Let some work half of a month until nothing is left above the total.

        So that full-timers keep the month's full hours instead of all losing a few.
        """
        result = raw.copy()
        surplus = float(raw.sum()) - total
        queue = self.rng.permutation(np.flatnonzero(able & (raw > 0)))
        saved = np.cumsum(raw[queue] / 2)
        count = int(np.searchsorted(saved, surplus))
        if surplus <= 0 or count >= len(queue):
            return result
        result[queue[:count]] /= 2
        result[queue[count]] -= surplus - (float(saved[count - 1]) if count else 0.0)
        return result

    def _targets(self, year: int) -> Ints:
        ordinary = np.zeros((len(self.plan.boards), 2), dtype=np.int64)
        chosen = self.year == year
        cells = (self.rows.board[chosen], self.rows.sex[chosen])
        np.add.at(ordinary, cells, self.rows.ordinary[chosen])
        return sick_hours(self.control, self.plan.boards, year, ordinary)

    def _group_rates(self) -> Floats:
        """Shares of ordinary hours per row in steered groups (nan elsewhere), [row, kind]."""
        result = np.full((len(self.rows), 2), np.nan)
        by_year = self.control.data["staff_group_by_year"]
        early = np.array([by_year.get(int(year), 1.0) for year in self.years])
        factor = np.where(
            self.rows.month < _PUBLISHED, early[np.searchsorted(self.years, self.year)], 1.0
        )
        for number, group in enumerate(self.plan.groups):
            chosen = self.rows.group == number
            rate = np.array([group.short, group.long]) / 100
            result[chosen] = rate[None] * factor[chosen, None]
        return result

    def _rates(self, targets: dict[int, Ints]) -> Floats:
        """The wanted share of every row, [row, kind], seasons included, before steering."""
        rows, rates = self.rows, self._group_rates()
        steered = ~np.isnan(rates[:, 0])
        self._tilt(rates)
        for year, board, sex in np.ndindex(len(self.years), len(self.plan.boards), 2):
            cell = (self.year == self.years[year]) & (rows.board == board) & (rows.sex == sex)
            inside, rest = cell & steered, cell & ~steered
            taken = (rates[inside] * rows.ordinary[inside, None]).sum(axis=0)
            left = targets[self.years[year]][board, sex] - taken
            rates[rest] = np.maximum(left, 0.0) / max(int(rows.ordinary[rest].sum()), 1)
        return rates * self._seasons()

    def _tilt(self, rates: Floats) -> None:
        """Let women have the higher rates within each steered group, its sum unchanged."""
        rows = self.rows
        for number in range(len(self.plan.groups)):
            inside = rows.group == number
            factor = np.where((rows.sex[inside] == 1)[:, None], _MEN_TO_WOMEN, 1.0)
            mean = np.average(factor, axis=0, weights=rows.ordinary[inside])
            rates[inside] *= factor / mean

    def _seasons(self) -> Floats:
        """How each row's month differs from the mean of its year's months, [row, kind]."""
        months = [Month(int(m)) for m in np.unique(self.rows.month)]
        result = np.zeros((len(months), 2))
        for kind, name in enumerate(KINDS):
            for year in self.years:
                chosen = [n for n, month in enumerate(months) if month.year == year]
                values = np.array([self.control.season(name, months[n]) for n in chosen])
                hours = np.array([full_time_hours(months[n]) for n in chosen])
                result[chosen, kind] = values / np.average(values, weights=hours)
        return result[self.rows.month - months[0].index]

    def _draw(self, rates: Floats) -> list[tuple[Ints, Drawn]]:
        """Absence as it falls on people, month after month, with the places of its rows."""
        rows, absence = self.rows, Absence(self.rng)
        cells = (rows.board * 2 + rows.sex) * (len(self.plan.groups) + 1) + rows.group + 1
        found = []
        for month in np.unique(rows.month):
            at = np.flatnonzero(rows.month == month)
            here = rows.take(at)
            if month == rows.month.min():
                absence.warm_up(here, cells[at], rates[at, 1])
            found.append((at, absence.draw(here, cells[at], rates[at, 1], rates[at, 0])))
        return found

    def _of_rows(self, drawn: list[tuple[Ints, Drawn]], name: str) -> Any:
        """One column of all months' draws."""
        result = np.zeros(len(self.rows), dtype=getattr(drawn[0][1], name).dtype)
        for at, month in drawn:
            result[at] = getattr(month, name)
        return result

    def _ease(self, sick: Floats) -> Floats:
        """Below one in a month where a unit of more than ten would be ill beyond belief."""
        rows, leaves = self.rows, len(self.plan.organisation.leaves)
        cell = (rows.month - rows.month.min()) * leaves + rows.unit
        people = np.bincount(cell, weights=rows.main & (rows.ordinary > 0))
        ordinary = np.bincount(cell, weights=rows.ordinary)
        rate = np.bincount(cell, weights=sick) / np.maximum(ordinary, 1)
        high = (people >= _SMALLEST_GROUP) & (rate > _HIGHEST_UNIT_RATE)
        factor = np.where(high, _HIGHEST_UNIT_RATE / np.maximum(rate, 1e-9), 1.0)
        return np.asarray(factor[cell], dtype=np.float64)

    def _sick(
        self, targets: dict[int, Ints], long: Floats, short: Floats, spells: Ints, eased: Bools
    ) -> None:
        """Long first, then short in the room that long leaves; steered groups before the boards."""
        rows = self.rows
        for kind, raw, most in (
            (1, long, rows.ordinary),
            (0, short, np.where(spells > 1, _TWO_SPELLS, _ONE_SPELL)),
        ):
            column = rows.sick_long if kind else rows.sick_short
            room = np.minimum(most, rows.ordinary - rows.sick_long)
            caps = np.where(eased, np.minimum(np.ceil(raw).astype(np.int64), room), room)
            self._steer_groups(column, kind, raw, caps)
            self._steer_boards(targets, column, kind, raw, caps)

    def _steer_groups(self, column: Ints, kind: int, raw: Floats, caps: Ints) -> None:
        """Published groups: R12 2024-04 to the digit, earlier months by the level of their year."""
        rates = np.nan_to_num(self._group_rates()[:, kind])
        period = np.where(self.rows.month >= _PUBLISHED, 9999, self.year)
        for number in range(len(self.plan.groups)):
            inside = self.rows.group == number
            for value in np.unique(period[inside]):
                cell = inside & (period == value)
                total = round(float((rates[cell] * self.rows.ordinary[cell]).sum()))
                column[cell] = apportion(raw[cell], total, caps[cell])

    def _steer_boards(
        self, targets: dict[int, Ints], column: Ints, kind: int, raw: Floats, caps: Ints
    ) -> None:
        rows, steered = self.rows, self.rows.group >= 0
        for year, board, sex in np.ndindex(len(self.years), len(self.plan.boards), 2):
            cell = (self.year == self.years[year]) & (rows.board == board) & (rows.sex == sex)
            rest = cell & ~steered
            total = int(targets[self.years[year]][board, sex, kind])
            taken = int(column[cell & steered].sum())
            column[rest] = apportion(raw[rest], total - taken, caps[rest])

    def _extra(self, measure: str, able: Bools, *, mean: int, cap: int) -> None:
        """Additional hours or overtime: on as many rows as the board's hours need, by season."""
        rows, column = self.rows, getattr(self.rows, measure)
        season = np.array([self._extra_season(measure, int(m)) for m in np.unique(rows.month)])
        weight = season[rows.month - rows.month.min()]
        election = self.control.data["election"] if measure == "overtime" else {}
        for name, factor in election.items():
            weight[self.executive & (rows.month == Month.parse(name).index)] *= factor
        for year in self.years:
            for board, code in enumerate(self.plan.boards):
                total = 100 * int(self.control.data["exact"][measure][year][code])
                cell = np.flatnonzero(
                    able & (rows.ordinary > 0) & (self.year == year) & (rows.board == board)
                )
                likely = weight[cell] / weight[cell].sum()
                count = min(max(round(total / mean), 3), len(cell))
                hit = self.rng.choice(cell, count, replace=False, p=likely)
                raw = np.rint(self.rng.gamma(2.0, mean / 2, len(hit)) / 25 + 1) * 25
                column[hit] = apportion(raw, total, np.full(len(hit), cap))

    def _extra_season(self, measure: str, month: int) -> float:
        if measure == "additional":
            return 1.0
        return self.control.season("overtime", Month(month))
