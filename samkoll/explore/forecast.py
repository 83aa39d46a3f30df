"""What a forecast stands on: which months, of whom, and which times are left out.

Nothing here loads the models: pages use it too.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samkoll.core.errors import DomainError
from samkoll.core.months import Month
from samkoll.explore.models import ExtraordinaryTimes, Forecast
from samkoll.stats import metrics
from samkoll.stats import queries as stats
from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.queries import BoundFacts

METRICS = ("sick_leave", "sick_leave_short", "sick_leave_long")
PANDEMIC = ("2020-03", "2022-03")
"""From the first general advice to the end of its time as a danger to society in law.
Source: docs/sources.md#pandemic"""
_LINE = re.compile(r"(\d{4}-\d{2})\s*[–-]\s*(\d{4}-\d{2})\s+(\S.*)")
Hours = dict[int, tuple[int, int]]


class NotAPeriod(DomainError):
    """A line is not two months and a reason."""


@dataclass(frozen=True, slots=True)
class Period:
    """A time that is left out, both months included, and why."""

    first: Month
    last: Month
    reason: str

    def __str__(self) -> str:
        return f"{self.first} – {self.last} {self.reason}"


def periods() -> tuple[Period, ...]:
    """The times that are left out now; the pandemic until somebody has chosen otherwise."""
    kept = ExtraordinaryTimes.objects.order_by("-pk").first()
    if kept is None:
        first, last = map(Month.parse, PANDEMIC)
        return (Period(first, last, _("Pandemin")),)
    return tuple(Period(Month(first), Month(last), why) for first, last, why in kept.periods)


def parse(text: str) -> tuple[Period, ...]:
    """One period a line: ``2020-03 – 2022-03 Pandemin``. Raises: NotAPeriod."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        match = _LINE.fullmatch(line)
        if match is None:
            raise NotAPeriod(
                _("Raden ”%(line)s” går inte att läsa. Skriv första månad, sista månad och skäl: "
                  "2020-03 – 2022-03 Pandemin.") % {"line": line[:80]}
            )  # fmt: skip
        period = Period(Month.parse(match[1]), Month.parse(match[2]), match[3][:100])
        if period.last < period.first:
            said = _("Perioden ”%(line)s” slutar innan den börjar.")
            raise NotAPeriod(said % {"line": line[:80]})
        found.append(period)
    return tuple(sorted(found, key=lambda each: each.first))


def months_of(left_out: Iterable[Period]) -> frozenset[int]:
    """Every month of the periods."""
    return frozenset(m for p in left_out for m in range(p.first.index, p.last.index + 1))


@dataclass(frozen=True, slots=True)
class Known:
    """What everybody may see of the municipality and of each administration, month by month."""

    top: int
    whole: Hours
    parts: dict[int, Hours]


def known(facts: BoundFacts, metric: str) -> Known:
    """The months that may be published, by unit key."""
    hierarchy, asked = facts.statistics.cube.hierarchy, metrics.lookup(metric)
    top = hierarchy.units[0].id
    found = {
        unit.id: stats.monthly(Scope(unit.id), asked, facts)
        for unit in hierarchy.units
        if unit.kind == "administration"
    }
    whole = stats.monthly(Scope(top), asked, facts)
    return Known(top, whole, {key: hours for key, hours in found.items() if hours})


def basis_of(facts: BoundFacts, left_out: Iterable[Period]) -> str:
    """A hash of what a forecast made now would stand on."""
    text = repr((facts.key, sorted(months_of(left_out))))
    return hashlib.sha256(text.encode()).hexdigest()


def newest(metric: str) -> Forecast | None:
    """The latest forecast of the metric."""
    return Forecast.objects.filter(metric=metric).order_by("-made_at", "-pk").first()
