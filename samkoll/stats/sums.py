"""The sums behind metrics that no window of the cube gives alone, and who may see them.

Each name that an expression asks for is a sum of base measures over the window, one month of it
(``permanent@november``), a count of persons, or a cost. ``docs/rules/distinct.md`` says why the
decisions on base measures protect these too, and where one more month must be looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from samkoll.core.months import Month, Window
from samkoll.stats import costs
from samkoll.stats.costs import Rates
from samkoll.stats.engine.breakdown import Group
from samkoll.stats.engine.cells import Integers
from samkoll.stats.engine.cube import POPULATIONS, Cube, Sex, by_sex
from samkoll.stats.engine.disclosure import State
from samkoll.stats.engine.distinct import FLOWS, LEADERS, STOCKS, Limits
from samkoll.stats.engine.facts import MEASURES, FactSet
from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.engine.people import People
from samkoll.stats.metrics import Metric
from samkoll.stats.metrics.time import LIMITED

NOVEMBER = 10
Lack = Literal["", "months", "columns", "limits", "rates", "window", "group", "place"]


@dataclass(frozen=True, slots=True)
class Parameters:
    """What the municipality keeps itself: limits of working time, and costs by year."""

    limits: Limits = field(default_factory=Limits)
    rates: Mapping[int, Rates] = field(default_factory=dict)


NO_PARAMETERS = Parameters()


@dataclass(frozen=True, slots=True)
class Asked:
    """One figure that is asked for: what, whose (all, or a group of them), and which months."""

    metric: Metric
    scope: Scope
    sex: Sex
    window: Window
    group: Group | None = None

    @property
    def months(self) -> range:
        """Indexes of every month that the figure looks at, those before the window included."""
        return range(self.window.first.index - self.metric.terms.prior, self.window.last.index + 1)


def window_of(metric: Metric, month: Month) -> Window:
    """The metric's own window that ends with ``month``."""
    if metric.terms.window == "year":
        return Window(Month.of(month.year, 1), month)
    return Window.rolling(month, metric.terms.months)


def is_flexible(metric: Metric) -> bool:
    """Can it be worked out for any window of months? What counts persons has one of its own."""
    flows = {*MEASURES, *FLOWS, *costs.PARTS, "moved"}
    return metric.terms.window == "rolling" and flows.issuperset(metric.expression.measures)


def columns_of(metric: Metric) -> tuple[str, ...]:
    """The columns of the facts that the metric needs, measures among them."""
    measures = metric.expression.measures
    behind = dict.fromkeys(_BEHIND[name] for name in measures if name in _BEHIND)
    return (*measures, *behind, *metric.terms.columns)


_BEHIND = {
    "departures": "departure",
    "retirements": "departure",
    "over_overtime_year": "overtime",
    "over_overtime_month": "overtime",
    "over_additional_year": "additional",
}
"""The column that a count of rows or persons looks at, where the measure has another name."""


def lacks(asked: Asked, facts: FactSet, parameters: Parameters) -> Lack:
    """What the figure lacks; empty when there is one to decide about."""
    key = asked.metric.key
    if asked.group and asked.metric.terms.kind == "distinct":
        return "group"
    if asked.window != window_of(asked.metric, asked.window.last) and not is_flexible(asked.metric):
        return "window"
    if not facts.months.issuperset(asked.months):
        return "months"
    if facts.unknown_of(columns_of(asked.metric), asked.months):
        return "columns"
    if key in LIMITED and not parameters.limits.known(LIMITED[key], asked.window.first.index):
        return "limits"
    priced = set(asked.metric.expression.measures).intersection(costs.PARTS)
    years = {month // 12 for month in asked.months}
    return "rates" if priced and not years.issubset(parameters.rates) else ""


class Finder:
    """Works the sums out, from the cube and from the counts of persons (read when needed)."""

    def __init__(
        self, cube: Cube, people: Callable[[], People], rates: Mapping[int, Rates]
    ) -> None:
        self._cube, self._people, self._rates = cube, people, rates

    def sums(self, asked: Asked) -> dict[str, int]:
        """Every sum that the metric's expression asks for. All months must have facts."""
        return {name: self._one(name, asked) for name in asked.metric.expression.measures}

    def sizes(self, asked: Asked) -> dict[str, int]:
        """The size of the group where it is persons counted over the window."""
        population = asked.metric.terms.population
        return {} if population in POPULATIONS else {population: self._counted(population, asked)}

    def _one(self, name: str, asked: Asked) -> int:
        if name in costs.PARTS:
            return self._cost(name, asked)
        if name == "moved":
            first, last = asked.window.first.index, asked.window.last.index
            return self._people().moved(asked.scope, asked.sex, first, last)
        if name in STOCKS or name in LEADERS:
            return self._counted(name, asked)
        if name in FLOWS:
            first, last = asked.window.first.index, asked.window.last.index
            return self._people().total(name, asked.scope, asked.sex, first, last)
        measure, _, point = name.partition("@")
        window = _at(point, asked.window) if point else asked.window
        return int(self._monthly(measure, asked, window).sum())

    def _counted(self, name: str, asked: Asked) -> int:
        last = asked.window.last.index
        return self._people().total(name, asked.scope, asked.sex, last, last)

    def _monthly(self, measure: str, asked: Asked, window: Window) -> Integers:
        first = self._cube.first
        months = slice(window.first.index - first, window.last.index - first + 1)
        return by_sex(self._cube.monthly(measure, asked.scope), asked.sex)[months]

    def _cost(self, name: str, asked: Asked) -> int:
        found = 0
        for year in sorted({month.year for month in asked.window}):
            first = max(asked.window.first, Month.of(year, 1))
            part = Window(first, min(asked.window.last, Month.of(year, 12)))
            measures = ("sick_short", "sick_long", "occasions")
            sums = {m: int(self._monthly(m, asked, part).sum()) for m in measures}
            found += costs.cost(sums, self._rates[year])[name]
        return found


def published(asked: Asked, state_of: Callable[[str, Scope, Sex, int], State], top: Scope) -> State:
    """May everybody see it? ``state_of`` tells the decision on a population, scope, sex and last
    month; ``top`` is the whole municipality.

    A figure that looks at the month before its window needs the window that ends one month
    earlier to be shown too. Moves need it of the whole municipality besides (see the rules).
    """
    population, last = asked.metric.terms.population, asked.window.last.index
    state = state_of(population, asked.scope, asked.sex, last)
    also = [(asked.scope, last - 1)] if asked.metric.terms.prior else []
    if "moved" in asked.metric.expression.measures:
        also.append((top, last - 1))
    before = [state_of(population, scope, asked.sex, month) for scope, month in also]
    return "protected" if state == "shown" and "protected" in before else state


def _at(point: str, window: Window) -> Window:
    month = {
        "opening": window.first - 1,
        "closing": window.last,
        "november": window.last - (window.last.index - NOVEMBER) % 12,
    }[point]
    return Window(month, month)
