"""The people over time: who is hired, moves, goes on leave and leaves, month by month."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from samkoll.core.months import Month
from samkoll.demo.generator import placement
from samkoll.demo.generator.calendar import full_time_hours
from samkoll.demo.generator.control import Control
from samkoll.demo.generator.identity import MAN, WOMAN, Register
from samkoll.demo.generator.placement import Places
from samkoll.demo.generator.plan import HOURLY, PERMANENT, TEMPORARY, Plan
from samkoll.demo.generator.rounding import Floats, Ints
from samkoll.demo.generator.rows import Bools, Rows

NEVER = 10**9
PENSION, OWN_REQUEST, REDUNDANCY, SICKNESS_BENEFIT, DECEASED, FIXED_TERM_ENDED, OTHER = range(1, 8)
_COLUMNS = (
    "number", "birth", "sex", "board", "form", "group", "unit", "title", "extent", "start",
    "start_share", "end", "end_day", "cause", "leave_from", "leave_to", "second_unit",
)  # fmt: skip


@dataclass
class Stratum:
    """The hires of one board, sex and form in one month: the units and groups to fill."""

    board: int
    sex: int
    form: int
    units: Ints
    groups: Ints


@dataclass
class Population:
    """Everybody who was ever employed, as columns; a person is a place in them."""

    plan: Plan
    control: Control
    rng: np.random.Generator
    register: Register = field(default_factory=Register)
    columns: dict[str, Ints] = field(default_factory=dict)
    alive: Ints = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def __post_init__(self) -> None:
        self.columns = {name: np.zeros(0, dtype=np.int64) for name in _COLUMNS}
        self.places = Places.of(self.plan, self.rng)
        self.hires = self.plan.hires
        first = [
            Stratum(board, sex, slot + 1, *self.places.initial(board, sex, slot + 1))
            for board, sex, slot in np.ndindex(self.plan.people.shape[:3])
        ]
        self._hire(first, start=-1)

    def month(self, index: int) -> Rows:
        """The rows of the plan's month ``index``; then the population moves on to the next."""
        month = self.plan.window.first + index
        self._close_units(month)
        hires = self._leave(index)
        rows = self._rows(index, month)
        self._begin_leave(index)
        ended = self.columns["end"][self.alive] <= index
        self.alive = self.alive[~ended]
        if index + 1 < len(self.plan.window):
            self._hire(hires, start=index + 1)
        return rows

    def _close_units(self, month: Month) -> None:
        moves = self.plan.organisation.successors(month)
        self.places.close(moves)
        for name in ("unit", "second_unit"):
            for old, new in moves.items():
                self.columns[name][self.columns[name] == old] = new

    def _leave(self, index: int) -> list[Stratum]:
        """Mark the month's leavers of every stratum and say whom to hire after them."""
        keys = placement.key(*(self.columns[name][self.alive] for name in ("board", "sex", "form")))
        order = self.alive[np.argsort(keys, kind="stable")]
        bounds = np.searchsorted(np.sort(keys), np.arange(len(self.plan.boards) * 6 + 1))
        hires = []
        for number, (board, sex, slot) in enumerate(np.ndindex(self.plan.people.shape[:3])):
            members = order[bounds[number] : bounds[number + 1]]
            leavers = self._choose(members, board, sex, slot + 1, index)
            wanted = int(self.hires[board, sex, slot, index])
            units, groups = self.places.refill(
                board, sex, wanted, self.columns["unit"][leavers], self.columns["group"][leavers]
            )
            hires.append(Stratum(board, sex, slot + 1, units, groups))
        return hires

    def _choose(self, members: Ints, board: int, sex: int, form: int, index: int) -> Ints:
        """The leavers: the oldest take their pension, the others are drawn.

        Of the steered staff groups only as many leave as can be replaced next month.
        """
        count = int(self.plan.leavers[board, sex, form - 1, index])
        retired = int(self.plan.retired[board, sex, form - 1, index])
        hires = int(self.hires[board, sex, form - 1, index])
        steered = self.columns["group"][members] >= 0
        able = np.concatenate([members[~steered], self.rng.permutation(members[steered])[:hires]])
        by_age = able[np.argsort(self.columns["birth"][able], kind="stable")]
        others = self.rng.permutation(by_age[retired:])[: count - retired]
        chosen: Ints = np.concatenate([by_age[:retired], others])
        self.columns["end"][chosen] = index
        self.columns["cause"][chosen] = self._causes(count, retired, form)
        days = (self.plan.window.first + index).last_day.day
        some_day = self.rng.integers(10, days, count)
        at_end = self.rng.random(count) < 0.75
        self.columns["end_day"][chosen] = np.where(at_end, days, some_day)
        return chosen

    def _causes(self, count: int, retired: int, form: int) -> Ints:
        if form != PERMANENT:
            return np.full(count, FIXED_TERM_ENDED, dtype=np.int64)
        shares = self.control.data["causes"]
        drawn = self.rng.choice(
            [OWN_REQUEST, REDUNDANCY, SICKNESS_BENEFIT, DECEASED, OTHER],
            size=count - retired, p=list(shares.values()),
        )  # fmt: skip
        return np.concatenate([np.full(retired, PENSION), drawn]).astype(np.int64)

    def _hire(self, strata: list[Stratum], *, start: int) -> None:
        """Add people for the strata's places; ``start`` -1 is before the first month."""
        counts = [len(stratum.units) for stratum in strata]
        new = {
            name: np.repeat([getattr(stratum, name) for stratum in strata], counts)
            for name in ("board", "sex", "form")
        }
        new["unit"] = np.concatenate([stratum.units for stratum in strata])
        new["group"] = np.concatenate([stratum.groups for stratum in strata])
        new |= self._traits(new, start)
        begin = len(self.columns["number"])
        self.columns = {
            name: np.concatenate([column, new[name].astype(np.int64)])
            for name, column in self.columns.items()
        }
        self.alive = np.concatenate([self.alive, np.arange(begin, begin + sum(counts))])

    def _traits(self, new: dict[str, Ints], start: int) -> dict[str, Ints]:
        """Age, number, staff group, extent and the like of people who begin."""
        rng, size = self.rng, len(new["sex"])
        year = (self.plan.window.first + max(start, 0)).year
        oldest = 67 if start < 0 else 60
        age = np.rint(19 + (oldest - 19) * rng.beta(1.6, 1.45 if start < 0 else 2.2, size))
        sex = np.where(new["sex"] == 1, MAN, WOMAN).astype(np.uint8)
        number, birth = self.register.issue(sex, year - age.astype(np.int64))
        full = np.full(size, NEVER)
        leave_from, leave_to = self._first_leave(new, start)
        second = self._second_units(new, start)
        extent = np.where(second >= 0, 5000, self._extents(new))
        share = np.where(rng.random(size) < 0.7, 100, rng.integers(40, 100, size))
        return {
            "number": number, "birth": birth, "extent": extent, "start": np.full(size, start),
            "start_share": share, "end": full, "end_day": np.zeros(size, dtype=np.int64),
            "cause": np.zeros(size, dtype=np.int64), "leave_from": leave_from,
            "leave_to": leave_to, "second_unit": second,
            "title": self.places.titles(new["unit"], new["group"]),
        }  # fmt: skip

    def _extents(self, new: dict[str, Ints]) -> Ints:
        table = self.control.data["extent"]
        values = np.array([round(float(percent) * 100) for percent in table])
        likely = np.array(list(table.values()), dtype=np.float64)
        drawn = self.rng.random(len(new["sex"]))
        places = [np.searchsorted(np.cumsum(likely[:, sex]), drawn) for sex in (0, 1)]
        place = np.minimum(np.where(new["sex"] == 1, places[1], places[0]), len(values) - 1)
        return np.where(new["form"] == HOURLY, 0, values[place])

    def _second_units(self, new: dict[str, Ints], start: int) -> Ints:
        """A few of the first permanent staff have a second job, in another unit of the board."""
        second = np.full(len(new["unit"]), -1, dtype=np.int64)
        if start >= 0:
            return second
        able = np.flatnonzero((new["form"] == PERMANENT) & (new["group"] < 0))
        count = min(int(self.control.data["second_employments"]), len(able) // 20)
        for person in self.rng.choice(able, count, replace=False):
            board = int(new["board"][person])
            second[person] = self.places.another(board, int(new["unit"][person]))
        return second

    def _first_leave(self, new: dict[str, Ints], start: int) -> tuple[Ints, Ints]:
        """Some are on leave when the first month begins, until a month of the coming year."""
        size = len(new["sex"])
        begin, end = np.full(size, NEVER), np.full(size, -1)
        if start < 0:
            away = self._may_leave(new) & (self.rng.random(size) < self._leave_share(new))
            begin = np.where(away, 0, begin)
            end = np.where(away, self.rng.integers(0, 10, size), end)
        return begin, end

    def _begin_leave(self, index: int) -> None:
        """Let as many go on leave as keeps the share of ``control.yaml``."""
        columns, who = self.columns, self.alive
        here = {name: columns[name][who] for name in ("sex", "board", "form", "group")}
        free = (columns["leave_to"][who] < index) & self._may_leave(here)
        rate = self._leave_share(here) / 6.5
        going = who[free & (self.rng.random(len(who)) < rate)]
        columns["leave_from"][going] = index + 1
        columns["leave_to"][going] = index + self.rng.integers(2, 12, len(going))

    def _may_leave(self, people: dict[str, Ints]) -> Bools:
        """Steered staff groups stay: their head count of a month is published."""
        able: Bools = (people["form"] == PERMANENT) & (people["group"] < 0)
        return able

    def _leave_share(self, people: dict[str, Ints]) -> Floats:
        shares = self.control.data["on_leave"]
        by_board = [shares.get(board, shares["others"]) for board in self.plan.boards]
        table = np.array([[share["w"], share["m"]] for share in by_board])
        return np.asarray(table[people["board"], people["sex"]])

    def _rows(self, index: int, month: Month) -> Rows:
        """One row for everybody employed in the month, and one for each second job."""
        second = self.alive[self.columns["second_unit"][self.alive] >= 0]
        who = np.concatenate([self.alive, second])
        main = np.arange(len(who)) < len(self.alive)
        column = {name: values[who] for name, values in self.columns.items()}
        ended = column["end"] == index
        days = month.last_day.day
        share = np.where(ended, column["end_day"] / days, 1.0)
        share = np.where(column["start"] == index, column["start_share"] / 100, share)
        away = (column["leave_from"] <= index) & (index <= column["leave_to"])
        share = np.where(away, 0.0, share)
        two = column["second_unit"] >= 0
        extent = np.where(main, column["extent"], 3500)
        zero = np.zeros(len(who), dtype=np.int64)
        return Rows(
            month=np.full(len(who), month.index), person=who,
            employment=np.where(main, 1, 2), main=main,
            unit=np.where(main, column["unit"], column["second_unit"]), board=column["board"],
            sex=column["sex"], form=np.where(main, column["form"], TEMPORARY),
            group=column["group"], title=column["title"], extent=extent,
            departure=np.where(ended, np.where(main, column["cause"], FIXED_TERM_ENDED), 0),
            end_day=np.where(ended, column["end_day"], 0),
            share=share * np.where(two, np.where(main, 0.6, 0.4), 1.0),
            base=share * extent / 10_000 * full_time_hours(month),
            ordinary=zero.copy(), sick_short=zero.copy(), sick_long=zero.copy(),
            additional=zero.copy(), overtime=zero.copy(), sick_60=zero.copy(),
            sick_days=zero.copy(), occasions=zero.copy(), manager=zero - 1,
        )  # fmt: skip
