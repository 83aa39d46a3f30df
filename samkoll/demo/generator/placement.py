"""Which unit somebody works in, and as what."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from samkoll.demo.generator.control import staff
from samkoll.demo.generator.plan import HOURLY, PERMANENT, Plan
from samkoll.demo.generator.rounding import Floats, Ints, apportion


def key(board: Ints, sex: Ints, form: Ints) -> Ints:
    """The number of a stratum, in the order of the plan's arrays."""
    return (board * 2 + sex) * 3 + form - 1


@dataclass
class Places:
    """Room per leaf and sex for staff outside the steered groups; who comes where when.

    ``room`` is [sex, leaf]; a closed or not yet opened leaf has none. ``group_units`` lists the
    leaves of each steered group by its profile.
    """

    plan: Plan
    room: Floats
    boards: Ints
    open: Ints
    group_units: list[Ints]
    titles_of: list[str]
    profile_titles: dict[str, tuple[Ints, Floats]]
    rng: np.random.Generator
    waiting: dict[tuple[int, int], list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, plan: Plan, rng: np.random.Generator) -> Places:
        leaves = plan.organisation.leaves
        boards = np.array([plan.boards.index(leaf.board) for leaf in leaves])
        first = plan.window.first.first_day
        opened = np.array([leaf.valid_from <= first for leaf in leaves])
        names = [group.name for group in plan.groups]
        titles, by_profile = _titles(names)
        units = [_group_units(plan, number) for number in range(len(plan.groups))]
        room = _room(plan, boards, units, rng)
        return cls(plan, room, boards, opened.astype(np.int64), units, titles, by_profile, rng)

    def initial(self, board: int, sex: int, form: int) -> tuple[Ints, Ints]:
        """Units and groups of the stratum's people in the first month."""
        count = int(self.plan.people[board, sex, form - 1, 0])
        units, groups = [np.zeros(0, dtype=np.int64)], [np.zeros(0, dtype=np.int64)]
        for number, group in enumerate(self.plan.groups):
            if self.plan.boards[board] != group.board or form == HOURLY:
                continue
            size = (group.permanent if form == PERMANENT else group.temporary)[sex]
            where = self.group_units[number]
            weights = self._open_shares(where)
            units.append(np.repeat(where, apportion(weights, size)))
            groups.append(np.full(size, number))
        left = count - sum(map(len, groups))
        units.append(self._spread(board, sex, left))
        groups.append(np.full(left, -1))
        return np.concatenate(units), np.concatenate(groups)

    def refill(
        self, board: int, sex: int, hires: int, units: Ints, groups: Ints
    ) -> tuple[Ints, Ints]:
        """Places for the hires: steered groups keep their number, then vacated units, then room."""
        steered = groups >= 0
        count = hires - int(steered.sum())
        free = self.waiting.setdefault((board, sex), [])
        free += [int(unit) for unit in units[~steered]]
        taken, self.waiting[board, sex] = free[:count], free[count:][-50:]
        more = self._spread(board, sex, count - len(taken))
        filled = np.concatenate([units[steered], np.array(taken, dtype=np.int64), more])
        return filled, np.concatenate([groups[steered], np.full(count, -1, dtype=np.int64)])

    def close(self, moves: dict[int, int]) -> None:
        """Some leaves close and their successors open: vacancies go along."""
        for old, new in moves.items():
            self.open[old], self.open[new] = 0, 1
            for free in self.waiting.values():
                free[:] = [new if unit == old else unit for unit in free]

    def another(self, board: int, unit: int) -> int:
        """A unit of the board other than this one, near it in size order."""
        same = np.flatnonzero((self.boards == board) & (self.open == 1))
        others = same[same != unit]
        return int(self.rng.choice(others)) if len(others) else unit

    def titles(self, units: Ints, groups: Ints) -> Ints:
        """A staff group for each person, as a position in ``titles_of``."""
        leaves = self.plan.organisation.leaves
        result = groups.copy()
        drawn = self.rng.random(len(units))
        profiles = np.array([leaf.profile for leaf in leaves])[units]
        for profile in np.unique(profiles[groups < 0]):
            chosen = (profiles == profile) & (groups < 0)
            numbers, likely = self.profile_titles[str(profile)]
            result[chosen] = numbers[np.searchsorted(np.cumsum(likely)[:-1], drawn[chosen])]
        return result

    def _spread(self, board: int, sex: int, count: int) -> Ints:
        """Units for ``count`` people in proportion to the open leaves' room."""
        theirs = self.open * (self.boards == board)
        weights = self.room[sex] * theirs
        if not weights.any():  # a board too small to have room: all its open leaves alike
            weights = theirs.astype(np.float64)
        if count < 60:
            return self.rng.choice(len(weights), count, p=weights / weights.sum())
        return np.repeat(np.arange(len(weights)), apportion(weights, count))

    def _open_shares(self, where: Ints) -> Floats:
        leaves = self.plan.organisation.leaves
        return np.array([leaves[unit].share * self.open[unit] for unit in where])


def _titles(steered: list[str]) -> tuple[list[str], dict[str, tuple[Ints, Floats]]]:
    names = list(steered)
    by_profile = {}
    for profile, weights in staff()["profiles"].items():
        names += [name for name in weights if name not in names]
        numbers = np.array([names.index(name) for name in weights])
        likely = np.array(list(weights.values()), dtype=np.float64)
        by_profile[profile] = (numbers, likely / likely.sum())
    return names, by_profile


def _group_units(plan: Plan, number: int) -> Ints:
    group, leaves = plan.groups[number], plan.organisation.leaves
    return np.array(
        [
            place
            for place, leaf in enumerate(leaves)
            if leaf.board == group.board and leaf.profile == group.profile
        ]
    )


def _room(plan: Plan, boards: Ints, units: list[Ints], rng: np.random.Generator) -> Floats:
    """What is left of each leaf's size after the steered groups, tilted to men by its profile."""
    leaves = plan.organisation.leaves
    share = np.array([leaf.share for leaf in leaves])
    staff_of = plan.people[:, :, :2, 0].sum(axis=(1, 2)).astype(np.float64)
    in_board = np.array([share[boards == board].sum() for board in range(len(plan.boards))])
    size = share / in_board[boards] * staff_of[boards]
    for number, group in enumerate(plan.groups):
        where = units[number]
        size[where] -= np.minimum(
            sum(group.persons) * share[where] / share[where].sum(), 0.9 * size[where]
        )
    tilt = np.array([staff()["men"][leaf.profile] for leaf in leaves])
    return np.stack([size, size * tilt * rng.uniform(0.7, 1.3, len(leaves))])
