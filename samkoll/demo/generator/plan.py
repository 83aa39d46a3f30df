"""How many people each stratum (board x sex x form) has in each month, and how many leave."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from samkoll.core.months import Month, Window
from samkoll.demo.generator.control import Control, StaffGroup
from samkoll.demo.generator.organisation import Organisation
from samkoll.demo.generator.rounding import Floats, Ints, apportion

PERMANENT, TEMPORARY, HOURLY = 1, 2, 3
_FORMS = 3


@dataclass(frozen=True)
class Plan:
    """Arrays are [board, sex (0 women, 1 men), form - 1, month]; ``people`` has a month more.

    ``people[m+1] = people[m] - leavers[m] + hires[m]`` with ``hires`` never below nought.
    ``retired`` of the leavers take their pension; only permanent staff does.
    """

    organisation: Organisation
    boards: tuple[str, ...]
    window: Window
    people: Ints
    leavers: Ints
    retired: Ints
    groups: tuple[StaffGroup, ...]

    @property
    def hires(self) -> Ints:
        return self.people[..., 1:] - self.people[..., :-1] + self.leavers


def steered(control: Control, organisation: Organisation, rng: np.random.Generator) -> Plan:
    """The demo's plan: person-months and departures of each year exactly as in ``control.yaml``."""
    data, window = control.data, control.window
    boards = tuple(data["permanent"])
    shape = (len(boards), 2, _FORMS, len(window))
    people = np.zeros((*shape[:3], len(window) + 1), dtype=np.int64)
    leavers, retired = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    for place, board in enumerate(boards):
        for sex in (0, 1):
            permanent = _path({y: v[sex] for y, v in data["permanent"][board].items()}, window)
            # Fixed-term staff is a share of the permanent, never fewer than the groups need.
            floor = sum(group.temporary[sex] for group in control.groups if group.board == board)
            people[place, sex, 0] = permanent
            factors = _by_month(data["temporary_by_year"], sex, window)
            wanted = permanent.mean() * data["temporary"][board] * factors
            people[place, sex, 1] = np.maximum(np.rint(wanted), floor + (1 if floor else 0))
            people[place, sex, 2] = data["hourly"][board][sex]
            leaving = {year: pair[sex] for year, pair in data["departures"][board].items()}
            leavers[place, sex, 0] = _spread_departures(control, leaving, permanent, window, rng)
    for form in (TEMPORARY, HOURLY):
        leavers[:, :, form - 1] = _turnover(people[:, :, form - 1], monthly=0.11, rng=rng)
    retired[:, :, 0] = _retirements(data["exact"]["retirements"], leavers[:, :, 0], window)
    return Plan(organisation, boards, window, people, leavers, retired, control.groups)


def scaled(
    control: Control, organisation: Organisation, *, employees: int, years: int,
    rng: np.random.Generator,
) -> Plan:  # fmt: skip
    """A plan for ``employees`` with ordinary hours and a sixth of that on hourly pay, no totals.

    Ends with 2023-12; the shares of boards, sexes and forms are the demo's.
    """
    data = control.data
    boards = tuple(data["permanent"])
    window = Window(Month.of(2024 - years, 1), Month.of(2023, 12))
    shape = (len(boards), 2, _FORMS, len(window))
    people = np.zeros((*shape[:3], len(window) + 1), dtype=np.int64)
    permanent = np.array([data["permanent"][board][2023] for board in boards], dtype=np.float64)
    share = np.array([data["temporary"][board] for board in boards])[:, None]
    salaried = np.stack([permanent, permanent * share], axis=-1)
    hourly = np.array([data["hourly"][board] for board in boards], dtype=np.float64)
    people[:, :, :2] = apportion(salaried.ravel(), employees).reshape(*shape[:2], 2, 1)
    people[:, :, 2] = apportion(hourly.ravel(), employees // 6).reshape(*shape[:2], 1)
    leavers = np.zeros(shape, dtype=np.int64)
    for form, monthly in ((PERMANENT, 0.007), (TEMPORARY, 0.02), (HOURLY, 0.02)):
        leavers[:, :, form - 1] = _turnover(people[:, :, form - 1], monthly=monthly, rng=rng)
    retired = np.zeros(shape, dtype=np.int64)
    retired[:, :, 0] = leavers[:, :, 0] // 6
    return Plan(organisation, boards, window, people, leavers, retired, ())


def _path(averages: dict[int, int], window: Window) -> Ints:
    """Whole people per month (and one month more) whose mean over each year is its average.

    The slope runs through the neighbouring years; deviations before and after midsummer cancel.
    """
    years = sorted(averages)
    values: list[int] = []
    for year in years:
        before, after = averages.get(year - 1), averages.get(year + 1)
        near = averages[year]
        span = (after if after is not None else near) - (before if before is not None else near)
        slope = span / (24 if before is not None and after is not None else 12)
        values += [near + _half_away(slope * (month - 6.5)) for month in range(1, 13)]
    first = Month.of(years[0], 1).index
    start = window.first.index - first
    return np.array(values[start : start + len(window) + 1], dtype=np.int64)


def _half_away(value: float) -> int:
    """Odd in its argument, so that a year's deviations sum to nought."""
    return int(np.sign(value) * np.floor(abs(value) + 0.5))


def _by_month(by_year: dict[int, list[float]], sex: int, window: Window) -> Floats:
    months = [*window, window.last + 1]
    return np.array([by_year[month.year][sex] for month in months], dtype=np.float64)


def _spread_departures(
    control: Control, by_year: dict[int, int], people: Ints, window: Window,
    rng: np.random.Generator,
) -> Ints:  # fmt: skip
    """Departures per month: at least what a shrinking stratum needs, the rest by season."""
    months = list(window)
    least = np.maximum(people[:-1] - people[1:], 0)
    result: Ints = least.copy()
    for year, total in by_year.items():
        chosen = np.array([n for n, month in enumerate(months) if month.year == year])
        season = np.array([control.season("departure", months[n]) for n in chosen])
        noise = season * rng.uniform(0.6, 1.4, len(chosen))
        result[chosen] += apportion(noise, total - int(least[chosen].sum()))
    return result


def _turnover(people: Ints, *, monthly: float, rng: np.random.Generator) -> Ints:
    """Leavers of strata without a yearly total: about a share of the people every month."""
    least = np.maximum(people[..., :-1] - people[..., 1:], 0)
    drawn = rng.binomial(people[..., :-1], monthly)
    leavers: Ints = np.minimum(np.maximum(least, drawn), people[..., :-1]).astype(np.int64)
    return leavers


def _retirements(totals: dict[int, int], leavers: Ints, window: Window) -> Ints:
    """Pensions among the departures: each year's total over strata and months, half at the most."""
    years = np.array([month.year for month in window])
    flat = leavers.reshape(-1, len(window))
    result = np.zeros_like(flat)
    for year, total in totals.items():
        chosen = years == year
        weights: Floats = flat[:, chosen].astype(np.float64)
        caps = (flat[:, chosen] + 1) // 2
        result[:, chosen] = apportion(weights.ravel(), total, caps.ravel()).reshape(caps.shape)
    return result.reshape(leavers.shape)
