"""Asking for the figures of a unit's page on behalf of one person.

Everybody gets published figures. Who leads the unit (``stats:internal`` there) also gets totals of
groups of five to ten persons, on screen only; which ones were read is logged by the page.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from samkoll.core.errors import DomainError
from samkoll.core.months import Month
from samkoll.org.models import Unit
from samkoll.stats import queries as stats
from samkoll.stats.engine.cube import Sex
from samkoll.stats.engine.facts import MixedConventions
from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.metrics import difference
from samkoll.stats.queries import BoundFacts, Figure

SICK, SHORT, LONG = "sick_leave", "sick_leave_short", "sick_leave_long"
YEAR = 12
SHOWN_MONTHS = 36
"""The longest line of the chart."""


class NoSuchMonth(DomainError):
    """The address names a month without twelve months of facts behind it."""


@dataclass
class Reader:
    """Figures of one month, each asked for once.

    ``ends``: the last months of all windows with facts, oldest first. ``inner``: units whose small
    groups the person may see. ``read`` collects what was shown only because of that, as
    (unit, metric), for the log.
    """

    facts: BoundFacts
    month: Month
    ends: tuple[Month, ...]
    inner: frozenset[int]
    top: int
    read: set[tuple[int, str]] = field(default_factory=set)
    _found: dict[tuple[int, str, Month, Sex], Figure] = field(default_factory=dict)

    def figure(
        self, unit: int, metric: str, month: Month | None = None, sex: Sex = "total"
    ) -> Figure:
        """As published, else as the unit's own line may see it."""
        key = (unit, metric, month or self.month, sex)
        if key not in self._found:
            self._found[key] = self._ask(*key)
        return self._found[key]

    def _ask(self, unit: int, metric: str, month: Month, sex: Sex) -> Figure:
        found = stats.figure(Scope(unit), metric, sex, month, self.facts)
        if found.state == "protected" and unit in self.inner and sex == "total":
            closer = stats.figure(Scope(unit), metric, sex, month, self.facts, "internal")
            if closer.state == "shown":
                self.read.add((unit, metric))
                return closer
        return found

    def change(self, unit: int, metric: str) -> tuple[Figure, Decimal | None]:
        """The figure, and the difference from a year before."""
        now, then = self.figure(unit, metric), self.figure(unit, metric, self.month - YEAR)
        return now, difference(now.value, then.value)

    def sexes(self, unit: int) -> tuple[Sex, ...]:
        """Total, and women and men where they are published: administrations and upwards."""
        hierarchy = self.facts.statistics.cube.hierarchy
        return ("total", "women", "men") if hierarchy.by_sex(Scope(unit)) else ("total",)

    def tells_short_from_long(self) -> bool:
        """Whether the windows of this year and the last split sick leave in one way each."""
        try:
            for last in (self.month, self.month - YEAR):
                self.facts.convention_of(range(last.index - YEAR + 1, last.index + 1))
        except MixedConventions:
            return False
        return True

    @property
    def series(self) -> tuple[Month, ...]:
        """The windows of the chart: up to the month, at most three years."""
        return tuple(end for end in self.ends if end <= self.month)[-SHOWN_MONTHS:]


def reader_for(
    unit: Unit, inner: Iterable[int], top: int, asked: Month | None = None
) -> Reader | None:
    """A reader for the month asked for, else the latest that the unit has lived through.

    None without facts. Raises: NoSuchMonth.
    """
    facts = stats.current_facts()
    if not facts.months:
        return None
    cube = facts.statistics.cube
    last = Month.containing(unit.valid_to).index if unit.valid_to else max(facts.months)
    pairs = zip(cube.window_ends, cube.complete, strict=True)
    ends = tuple(Month(end) for end, complete in pairs if complete and end <= last)
    if asked and asked not in ends:
        raise NoSuchMonth(_no_figures(asked, ends))
    lived = [index for index in facts.months if index <= last]
    latest = ends[-1] if ends else Month(max(lived, default=last))
    return Reader(facts, asked or latest, ends, frozenset(inner), top)


def _no_figures(asked: Month, ends: tuple[Month, ...]) -> str:
    if not ends:
        return _("Det finns inga siffror för perioden som slutar %(month)s.") % {"month": asked}
    return _(
        "Det finns inga siffror för perioden som slutar %(month)s. "
        "Välj en månad från %(first)s till %(last)s."
    ) % {"month": asked, "first": ends[0], "last": ends[-1]}
