"""Sick leave as it falls on people: long spells that last for months, and short ones."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from samkoll.core.months import Month
from samkoll.demo.generator.calendar import working_days
from samkoll.demo.generator.rounding import Floats, Ints
from samkoll.demo.generator.rows import Bools, Rows

_PARTS = np.array([0.25, 0.5, 0.75, 1.0])
_LIKELY = np.array([0.14, 0.26, 0.10, 0.50])
_MEAN_DAYS = 3.0
_FIRST_MONTH, _FIRST_DAYS = 0.4, 0.25  # of a long spell's first month: day 15 on, and day 1-14
_THIRD_MONTH = 2
# Below 400 wanted hours a month long spells end soon, so that several people share them.
_FEW_HOURS = 40_000


@dataclass(frozen=True, slots=True)
class Drawn:
    """Hours of one month before steering, in hundredths, and how many spells lie behind.

    ``short_spells`` began in the month; ``begun``: a long one did; ``lasting``: under way is one
    that reaches into a third month.
    """

    long: Floats
    short: Floats
    short_spells: Ints
    begun: Bools
    lasting: Bools

    @property
    def spells(self) -> Ints:
        """All spells that began in the month."""
        return self.short_spells + self.begun


@dataclass
class Absence:
    """Who is ill for long, and until when; a person keeps the part of full absence of the spell."""

    rng: np.random.Generator
    since: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    until: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    part: Floats = field(default_factory=lambda: np.zeros(0))
    frailty: Floats = field(default_factory=lambda: np.zeros(0))

    def draw(self, rows: Rows, cells: Ints, long_rate: Floats, short_rate: Floats) -> Drawn:
        """One month's absence. Rates are wanted shares of ordinary hours, one for each row;
        rows of one cell share one pool of long spells."""
        self._know(int(rows.person.max()) + 1 if len(rows) else 0)
        month = Month(int(rows.month[0]))
        begun = np.zeros(len(rows), dtype=np.bool_)
        for chosen in _by_cell(cells):
            self._begin(rows, chosen, long_rate, begun, month.index)
        ill = self.until[rows.person] >= month.index
        full = np.where(ill, rows.ordinary * self.part[rows.person], 0.0)
        long = np.where(begun, _FIRST_MONTH * full, full)
        days, spells = self._days(rows, short_rate, len(working_days(month)))
        short = np.minimum(days, rows.ordinary - long) + np.where(begun, _FIRST_DAYS * full, 0.0)
        lasting = ill & (self.until[rows.person] - self.since[rows.person] >= _THIRD_MONTH)
        return Drawn(long, np.minimum(short, rows.ordinary - long), spells, begun, lasting)

    def warm_up(self, rows: Rows, cells: Ints, long_rate: Floats, months: int = 8) -> None:
        """Let long spells be under way when the first month begins, by living through it before."""
        earlier = replace(rows)
        for back in range(months, 0, -1):
            earlier.month = rows.month - back
            self.draw(earlier, cells, long_rate, np.zeros(len(rows)))

    def _know(self, people: int) -> None:
        new = max(people - len(self.until), 0)
        self.since = np.concatenate([self.since, np.full(new, -1)])
        self.until = np.concatenate([self.until, np.full(new, -1)])
        self.part = np.concatenate([self.part, self.rng.choice(_PARTS, new, p=_LIKELY)])
        self.frailty = np.concatenate([self.frailty, self.rng.gamma(1.6, 1 / 1.6, new)])

    def _begin(self, rows: Rows, chosen: Ints, rate: Floats, begun: Bools, month: int) -> None:
        """Let new long spells begin in a cell until its wanted hours are reached."""
        person, ordinary = rows.person[chosen], rows.ordinary[chosen]
        active = self.until[person] >= month
        wanted = float((ordinary * rate[chosen]).sum())
        lacking = wanted - float((ordinary * self.part[person])[active].sum())
        free = np.flatnonzero(~active & rows.main[chosen] & (ordinary > 0))
        if lacking <= 0 or not len(free):
            return
        turn = self.rng.exponential(1.0, len(free)) / (0.3 + self.frailty[person[free]])
        queue = free[np.argsort(turn, kind="stable")]
        hours = np.cumsum(ordinary[queue] * self.part[person[queue]] * _FIRST_MONTH)
        count = int(np.searchsorted(hours, lacking))
        before = float(hours[count - 1]) if count else 0.0
        if count < len(queue) and self.rng.random() < (lacking - before) / (hours[count] - before):
            count += 1
        self._last(person[queue[:count]], month, wanted)
        begun[chosen[queue[:count]]] = True

    def _last(self, who: Ints, month: int, wanted: float) -> None:
        mean = 1.5 if wanted < _FEW_HOURS else 4.0
        self.since[who] = month
        self.until[who] = month + self.rng.geometric(1 / mean, len(who)).clip(1, 14) - 1

    def _days(self, rows: Rows, rate: Floats, working: int) -> tuple[Floats, Ints]:
        """Hours of up to two short spells: one to ten working days, twelve together."""
        expected = rate * working / _MEAN_DAYS * self.frailty[rows.person]
        spells = np.where(rows.ordinary > 0, np.minimum(self.rng.poisson(expected), 2), 0)
        beyond = np.zeros(len(rows), dtype=np.int64)
        some = spells > 0
        beyond[some] = self.rng.negative_binomial(spells[some], 1 / _MEAN_DAYS)
        days = np.minimum(spells + beyond, 8 + 2 * spells)
        return days * (rows.ordinary / working), spells.astype(np.int64)


def describe(everything: Rows, at: Ints, drawn: Drawn) -> None:
    """Fill in days, occasions and hours in spells of 60 days of one month's rows, which stand
    ``at`` these places, from their final hours.

    Days and occasions are the person's: they stand on the main employment's row. A spell that
    reaches into a third month has at least 60 days. Rows without sick hours have none of it.
    """
    rows = everything.take(at)
    month = Month(int(rows.month[0]))
    days, working = month.last_day.day, len(working_days(month))
    long, short = (_of_person(rows, hours) for hours in (rows.sick_long, rows.sick_short))
    daily = np.maximum(_of_person(rows, rows.ordinary) / working, 1.0)
    some = rows.main & (long + short > 0)
    away = np.clip(np.rint((long + short) / daily * days / working), 1, days).astype(np.int64)
    everything.sick_days[at] = np.where(some, np.where((long > 0) & ~drawn.begun, days, away), 0)
    began = np.where(long > 0, drawn.begun, np.maximum(drawn.short_spells, 1))
    everything.occasions[at] = np.where(some, began, 0)
    of_spell = rows.sick_long + np.where(drawn.begun, rows.sick_short, 0)
    everything.sick_60[at] = np.where(drawn.lasting, of_spell, 0)


def _of_person(rows: Rows, hours: Ints) -> Ints:
    """Hours of all the person's rows of the month, on each of them."""
    people = np.bincount(rows.person, weights=hours)
    return np.asarray(people[rows.person].astype(np.int64))


def _by_cell(cells: Ints) -> list[Ints]:
    order = np.argsort(cells, kind="stable")
    edges = np.flatnonzero(np.diff(cells[order])) + 1
    return [part for part in np.split(order, edges) if len(part)]
