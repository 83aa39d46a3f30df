"""Figures held against chance. Only figures that are published anyway can be asked about.

``against_whole`` and ``against_last_year`` answer for one figure, ``funnel`` for many at once, and
``monthly`` gives what a control chart or a forecast may use. ``docs/rules/chance.md``.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np
from django.utils.translation import gettext as _

from samkoll.core.text import number, rounded
from samkoll.stats import metrics
from samkoll.stats.chance import persons, ratio
from samkoll.stats.chance.persons import Persons
from samkoll.stats.chance.ratio import Limits, Spread
from samkoll.stats.engine.facts import HOURS, FactSet
from samkoll.stats.engine.groups import SMALLEST_SHOWN
from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.loading import BoundFacts, Statistics, statistics_for
from samkoll.stats.metrics import Metric, Ratio

if TYPE_CHECKING:
    from samkoll.stats.queries import Comparison, Figure

KEPT = 24
"""Pairs of windows whose spread over persons is kept for one set of facts."""
_kept: WeakKeyDictionary[Statistics, OrderedDict[tuple[str, int], Persons]] = WeakKeyDictionary()
_reading = threading.Lock()


@dataclass(frozen=True, slots=True)
class Assessment:
    """A difference, its interval of 95 per cent, and whether chance explains it.

    ``difference`` is that of the shown values, ``low`` and ``high`` are in percentage points too.
    ``certain``: the interval leaves out zero. ``sentence`` says all of it.
    """

    difference: Decimal
    low: Decimal
    high: Decimal
    certain: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Placed:
    """One shown figure among all: its ordinary hours, its limits, and where it lies (0, ±1, ±2)."""

    figure: Figure
    hours: float
    limits: Limits
    place: int


@dataclass(frozen=True, slots=True)
class FunnelOf:
    """All groups against the whole. ``between``: the standard deviation between groups beyond
    chance, as a share; counted into the limits only if asked for."""

    spread: Spread
    between: float
    placed: tuple[Placed, ...]


def measurable(metric: Metric) -> bool:
    """Can the metric be held against chance by persons: is it a ratio of hours over a year?"""
    expression, terms = metric.expression, metric.terms
    plain = isinstance(expression, Ratio) and not expression.averaged and not expression.less
    usual = terms.months == persons.WINDOW and terms.smallest_group == SMALLEST_SHOWN
    return plain and usual and set(expression.measures) <= {*HOURS}


def against_whole(figure: Figure, facts: FactSet) -> Assessment | None:
    """A published figure against the whole municipality's of the same window.

    None where the figure is not shown to everybody, is by sex, is the whole itself, or is no ratio
    of hours.
    """
    spread = _spread(figure, facts)
    if spread is None or not figure.denominator or figure.denominator >= spread.hours:
        return None
    whole = _whole_value(figure, facts)
    gap = metrics.difference(figure.value, whole)
    if gap is None:
        return None
    own = (figure.numerator or 0) / figure.denominator
    limits = spread.limits(figure.denominator)
    low, high = own - limits.high95, own - limits.low95
    certain = limits.place(own) != 0
    sentence = (
        _("Skillnaden mot hela kommunen är %(gap)s procentenheter (%(low)s till %(high)s) och "
          "större än vad slumpen brukar ge.")
        if certain
        else _("Skillnaden mot hela kommunen, %(gap)s procentenheter (%(low)s till %(high)s), "
               "ligger inom slumpvariationen.")
    )  # fmt: skip
    return _assessment(gap, low, high, certain, sentence)


def against_last_year(comparison: Comparison, facts: FactSet) -> Assessment | None:
    """A published figure against the same figure twelve months earlier.

    None where one of the two is not shown to everybody, is by sex, or is no ratio of hours.
    """
    figure, gap = comparison.current, comparison.change
    if gap is None or not (_usable(figure) and _usable(comparison.previous)):
        return None
    moments = _persons(figure, facts).of(figure.scope)
    change = ratio.change(moments) if moments else None
    if change is None:
        return None
    sentence = (
        _("Förändringen på ett år är %(gap)s procentenheter (%(low)s till %(high)s) och större än "
          "vad slumpen brukar ge.")
        if change.certain
        else _("Förändringen på ett år, %(gap)s procentenheter (%(low)s till %(high)s), ligger "
               "inom slumpvariationen.")
    )  # fmt: skip
    return _assessment(gap, change.low, change.high, change.certain, sentence)


def funnel(figures: Sequence[Figure], facts: FactSet, *, wide: bool = False) -> FunnelOf | None:
    """Those of the figures that everybody may see, against the whole; in the order given.

    All of one metric and window. ``wide``: count into the limits how groups differ beyond chance.
    None when none of them can be held against chance.
    """
    shown = [figure for figure in figures if _usable(figure) and figure.denominator]
    spread = _spread(shown[0], facts) if shown else None
    if spread is None:
        return None
    hours = [float(figure.denominator or 0) for figure in shown]
    rates = [(figure.numerator or 0) / own for figure, own in zip(shown, hours, strict=True)]
    smaller = [(r, h) for r, h in zip(rates, hours, strict=True) if h < spread.hours]
    between = ratio.overdispersion(spread, *zip(*smaller, strict=True)) if smaller else 0.0
    used = replace(spread, between=between) if wide else spread
    placed = []
    for figure, rate, own in zip(shown, rates, hours, strict=True):
        limits = used.limits(own)
        placed.append(Placed(figure, own, limits, limits.place(rate)))
    return FunnelOf(used, between**0.5, tuple(placed))


def monthly(scope: Scope, metric: Metric, facts: FactSet) -> dict[int, tuple[int, int]]:
    """Numerator and denominator of each single month that everybody may see, by ``Month.index``.

    A month is a window of its own and follows the decision on its year. Months that are missing,
    protected or empty are not there. Raises: UnknownScope, ValueError for a metric that is not
    ``measurable``.
    """
    if not measurable(metric):
        raise ValueError(f"{metric.key} has no single months")
    statistics = _statistics(facts)
    cube, terms = statistics.cube, metric.terms

    def hours(measures: Sequence[str]) -> list[int]:
        tables = [cube.monthly(name, scope).sum(axis=0) for name in measures]
        return [int(total) for total in np.sum(tables, axis=0)]

    above, below = hours(metric.expression.above), hours(metric.expression.below)
    shown = [
        month
        for month in sorted(facts.months)
        if statistics.state(terms.population, scope, "total", month) == "shown"
    ]
    return {month: (above[month - cube.first], below[month - cube.first]) for month in shown}


def _usable(figure: Figure) -> bool:
    """Is it a figure for everybody, of both sexes, that persons can be counted behind?"""
    published = figure.state == "shown" and figure.size is None and figure.sex == "total"
    plain = len(figure.window) == persons.WINDOW and getattr(figure, "group", None) is None
    return published and plain and measurable(metrics.lookup(figure.metric))


def _spread(figure: Figure, facts: FactSet) -> Spread | None:
    """How persons of the whole differ; None where the whole's own figure is not for everybody."""
    if not _usable(figure) or _whole_value(figure, facts) is None:
        return None
    moments = _persons(figure, facts).of(_statistics(facts).top)
    return ratio.spread(moments) if moments and moments.sums[1] else None


def _whole_value(figure: Figure, facts: FactSet) -> Decimal | None:
    """The same figure of the whole municipality; None where it is not shown."""
    statistics, window = _statistics(facts), figure.window
    if statistics.state("persons", statistics.top, "total", window.last.index) != "shown":
        return None
    found = statistics.cube.sums(statistics.top, "total", window.first.index, window.last.index)
    metric = metrics.lookup(figure.metric)
    return metric.value(found.sums, months=len(window)) if found.sums else None


def _persons(figure: Figure, facts: FactSet) -> Persons:
    """The pass over persons for the figure's windows, made when first asked for."""
    statistics, metric = _statistics(facts), metrics.lookup(figure.metric)
    key = metric.key, figure.window.last.index
    with _reading:
        kept = _kept.setdefault(statistics, OrderedDict())
        if key not in kept:
            expression = metric.expression
            kept[key] = persons.read(
                facts, statistics.cube.hierarchy, key[1], expression.above, expression.below
            )
            while len(kept) > KEPT:
                kept.popitem(last=False)
        kept.move_to_end(key)
        return kept[key]


def _statistics(facts: FactSet) -> Statistics:
    return facts.statistics if isinstance(facts, BoundFacts) else statistics_for(facts)


def _assessment(gap: Decimal, low: float, high: float, certain: bool, words: str) -> Assessment:
    """With one decimal, or two where an interval that leaves out zero would seem to touch it."""
    ends = [rounded(Decimal(repr(100 * share)), 1) for share in (low, high)]
    if certain and not all(ends):
        ends = [rounded(Decimal(repr(100 * share)), 2) for share in (low, high)]
    said = {"gap": _signed(gap), "low": _signed(ends[0]), "high": _signed(ends[1])}
    return Assessment(gap, ends[0], ends[1], certain, words % said)


def _signed(value: Decimal) -> str:
    shown = number(value, max(1, -int(value.as_tuple().exponent)))
    return f"+{shown}" if value > 0 else shown
