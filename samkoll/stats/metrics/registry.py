"""What a metric is. A metric is a value: it can be listed, documented, tested and looked up.

The sums that an expression asks for are named by measure: a base measure of the facts
(``samkoll.stats.engine.facts.MEASURES``), summed over the window; ``measure@point``, one month of
it (``POINTS``); a count of persons (``samkoll.stats.engine.distinct.MEASURES``) or what
``samkoll.stats.sums`` works out besides. Ratios are sums over sums, never averaged per cents.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from samkoll.core.errors import DomainError
from samkoll.core.text import listing, nearest
from samkoll.stats.metrics.expressions import Expression, Sums

Population = Literal["persons", "permanent", "steady", "managers"]
Kind = Literal["additive", "distinct"]
Family = Literal["sick_leave", "turnover", "time", "headcount", "leadership", "cost"]
FAMILIES: tuple[Family, ...] = (
    "sick_leave", "turnover", "time", "headcount", "leadership", "cost",
)  # fmt: skip
POINTS = ("opening", "closing", "november")
"""opening: the month before the window; closing: its last; november: the latest within it."""


class UnknownMetric(DomainError):
    """No metric has that key."""


@dataclass(frozen=True, slots=True)
class Terms:
    """What a family of metrics shares.

    unit            as printed: "%", "timmar", "personer"
    decimals        of the shown value
    source          anchor in ``docs/sources.md``
    population      the measure that counts the group: who must be more than ten
    smallest_group  published only for at least so many persons; may be raised, never lowered
    months          the default window (R12)
    kind            "additive": sums of base measures over any window; "distinct": one fixed
                    window, worked out by ``samkoll.stats.sums``
    version         raised when the definition changes; old reports keep theirs
    family          its place in the catalogue
    window          "rolling": the last ``months``; "year": the calendar year so far
    prior           months before the window that the figure looks at too
    adds_up         do the counts of the parts make the count of the whole?
    columns         optional columns of the facts that it needs besides its measures'
    """

    unit: str
    decimals: int
    source: str
    population: Population = "persons"
    smallest_group: int = 11
    months: int = 12
    kind: Kind = "additive"
    version: int = 1
    family: Family = "headcount"
    window: Literal["rolling", "year"] = "rolling"
    prior: int = 0
    adds_up: bool = True
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Metric:
    """One definition, used by every page, report, export and answer."""

    key: str
    label: str
    expression: Expression
    terms: Terms
    label_en: str

    def value(self, sums: Sums, *, months: int) -> Decimal | None:
        """The shown value of these sums over a window of ``months`` months; None: no basis."""
        return self.expression.value(sums, months=months, decimals=self.terms.decimals)


_METRICS: dict[str, Metric] = {}


def metric(
    key: str, label: str, expression: Expression, terms: Terms, *, label_en: str = ""
) -> Metric:
    """Declare a metric. Raises: ValueError for a key that is taken or terms that are too weak."""
    if key in _METRICS:
        raise ValueError(f"metric {key} is declared twice")
    if terms.smallest_group < 11:
        raise ValueError(f"metric {key}: published groups have at least eleven persons")
    made = Metric(key, label, expression, terms, label_en or key.replace("_", " "))
    _METRICS[key] = made
    return made


def lookup(key: str) -> Metric:
    """The metric with that key. Raises: UnknownMetric, naming the nearest keys."""
    found = _METRICS.get(key)
    if found is None:
        near = nearest(key, _METRICS) or sorted(_METRICS)
        raise UnknownMetric(f"Måttet ”{key}” finns inte. Menade du {listing(near)}?")
    return found


def catalogue() -> tuple[Metric, ...]:
    """Every declared metric by family, each family in the order of declaration."""
    return tuple(sorted(_METRICS.values(), key=lambda each: FAMILIES.index(each.terms.family)))


def difference(current: Decimal | None, previous: Decimal | None) -> Decimal | None:
    """The change as printed: the difference of the two *shown* values. None when one is missing."""
    return None if current is None or previous is None else current - previous
