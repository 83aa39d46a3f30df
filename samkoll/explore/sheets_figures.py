"""The figures of a statistics sheet: published ones only, each asked for once in a whole run.

Every manager's sheet stands on the same facts and the same organisation, so a figure that many
sheets show (the municipality's, the boards') is worked out for the first of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from samkoll.core.months import Month
from samkoll.core.text import MISSING
from samkoll.explore.words import signed
from samkoll.stats import metrics
from samkoll.stats import queries as stats
from samkoll.stats.engine.cube import Sex
from samkoll.stats.engine.facts import MixedConventions
from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.queries import BoundFacts, Figure

SICK, SHORT, LONG = "sick_leave", "sick_leave_short", "sick_leave_long"
TURNOVER, LEFT, PEOPLE = "turnover", "departures", "employees"
ADDITIONAL, OVERTIME, EXTRA = "additional_hours", "overtime_hours", "extra_hours"
YEAR = 12


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure as the sheet prints it: the sign or number, and the number itself if any."""

    text: str
    value: Decimal | None = None
    decimals: int = 0


NOTHING = Shown(MISSING)


@dataclass(frozen=True, slots=True)
class SickRow:
    """Sick leave of one unit or board, twelve months. ``own``: one of the receiver's units."""

    name: str
    own: bool
    total: Shown
    women: Shown
    men: Shown
    short: Shown
    long: Shown
    before: Shown
    change: Shown


@dataclass(frozen=True, slots=True)
class WorkRow:
    """People, turnover and hours of one unit, twelve months."""

    name: str
    own: bool
    people: Shown
    turnover: Shown
    left: Shown
    additional: Shown
    overtime: Shown
    extra: Shown


@dataclass
class Reader:
    """Published figures of twelve months that end with ``month``."""

    facts: BoundFacts
    month: Month
    _found: dict[tuple[Scope, str, Sex, Month], Figure | None] = field(default_factory=dict)

    def figure(
        self, scope: Scope, metric: str, sex: Sex = "total", month: Month | None = None
    ) -> Figure | None:
        """The published figure; None where the facts split short and long in two ways."""
        key = (scope, metric, sex, month or self.month)
        if key not in self._found:
            self._found[key] = self._ask(*key)
        return self._found[key]

    def _ask(self, scope: Scope, metric: str, sex: Sex, month: Month) -> Figure | None:
        try:
            return stats.figure(scope, metric, sex, month, self.facts, "published")
        except MixedConventions:
            return None

    def shown(self, scope: Scope, metric: str, sex: Sex = "total", back: int = 0) -> Shown:
        """The figure as printed, ``back`` months earlier."""
        figure = self.figure(scope, metric, sex, self.month - back)
        return Shown(figure.text, figure.value, figure.decimals) if figure else NOTHING

    def sick(self, name: str, scope: Scope, *, own: bool = False) -> SickRow:
        """A row of sick leave. The change is that of the two shown values."""
        now, then = self.shown(scope, SICK), self.shown(scope, SICK, back=YEAR)
        return SickRow(
            name=name,
            own=own,
            total=now,
            women=self.shown(scope, SICK, "women"),
            men=self.shown(scope, SICK, "men"),
            short=self.shown(scope, SHORT),
            long=self.shown(scope, LONG),
            before=then,
            change=_change(now, then),
        )

    def work(self, name: str, scope: Scope, *, own: bool = False) -> WorkRow:
        """A row of people, turnover and hours."""
        people, left = self.shown(scope, PEOPLE), self.shown(scope, LEFT)
        turnover, extra = self.shown(scope, TURNOVER), self.shown(scope, EXTRA)
        additional, overtime = self.shown(scope, ADDITIONAL), self.shown(scope, OVERTIME)
        return WorkRow(name, own, people, turnover, left, additional, overtime, extra)

    @property
    def series(self) -> tuple[Month, ...]:
        """The last months of the windows of the curve: up to three years, all months known."""
        first = min(self.facts.months) + YEAR - 1
        known = range(max(first, self.month.index - 36), self.month.index + 1)
        return tuple(map(Month, known))


def _change(now: Shown, then: Shown) -> Shown:
    gap = metrics.difference(now.value, then.value)
    if gap is None:
        hidden = next((each.text for each in (now, then) if each.value is None), MISSING)
        return Shown(hidden)
    return Shown(signed(gap, now.decimals), gap, now.decimals)
