"""Asking for the figures of the exploring page on behalf of one person.

Everybody gets published figures. Who leads a unit (``stats:internal`` there) also gets totals of
groups of five to ten persons, on screen only; which ones were read is logged by the page.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Self

from django.utils.translation import gettext as _

from samkoll.core.errors import DomainError
from samkoll.core.months import Month, Window
from samkoll.core.text import sort_key
from samkoll.explore import words
from samkoll.explore.groups import FIXED
from samkoll.explore.windows import THIRD, YEAR, Frame, window_of
from samkoll.stats import metrics
from samkoll.stats import queries as stats
from samkoll.stats.engine.breakdown import Dimension, Group
from samkoll.stats.engine.cube import Sex
from samkoll.stats.engine.hierarchy import Hierarchy, Scope
from samkoll.stats.queries import Audience, BoundFacts, Figure, Share
from samkoll.web.tables import Fact

SHOWN = 36
"""The longest line of a chart."""


class NoFigures(DomainError):
    """The address names a month without facts for the whole window."""


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose figures a line is about."""

    scope: Scope
    sex: Sex = "total"
    group: Group | None = None


@dataclass
class Reader:
    """Figures of one month and frame, each asked for once.

    ``ends``: the last months of all windows with facts, oldest first. ``inner``: units whose small
    groups the person may see. ``read`` collects what was shown only because of that.
    """

    facts: BoundFacts
    frame: Frame
    month: Month
    ends: tuple[Month, ...]
    inner: frozenset[int] = frozenset()
    read: set[tuple[int, str]] = field(default_factory=set)
    _shares: dict[Whose, Share] = field(default_factory=dict)
    _found: dict[tuple[Whose, str, Month], Figure] = field(default_factory=dict)

    @classmethod
    def of(cls, facts: BoundFacts, frame: Frame, asked: Month | None, until: Month | None) -> Self:
        """A reader of the month asked for, else of the latest; ``until``: the unit's last month.

        Raises: NoFigures.
        """
        months = sorted(month for month in facts.months if until is None or month <= until.index)
        ends = tuple(end for end in map(Month, months) if _is_known(facts, frame, end))
        if not ends or (asked and asked not in ends):
            raise NoFigures(_no_figures(asked, ends))
        return cls(facts, frame, asked or ends[-1], ends)

    @property
    def hierarchy(self) -> Hierarchy:
        """The organisation behind the figures."""
        return self.facts.statistics.cube.hierarchy

    @property
    def window(self) -> Window:
        """The months of the chosen window."""
        return window_of(self.frame, self.month)

    @property
    def series(self) -> tuple[Month, ...]:
        """The ends of the windows of the chart, alike long: so many months of their year or third
        as the chosen one. Up to the month, at most three years or as many windows."""
        step = {"r12": 1, "manad": 1, "ar": YEAR, "tertial": THIRD}[self.frame]
        before = [end for end in self.ends if end <= self.month]
        alike = [end for end in before if (self.month.index - end.index) % step == 0]
        return tuple(alike[-SHOWN:])

    def groups(self, dimension: Dimension) -> list[Group]:
        """The groups of employees that the facts know: ages and forms in order, others by name."""
        known = set(self.facts.statistics.breakdown(dimension).values)
        order = FIXED.get(dimension) or sorted(known, key=sort_key)
        return [Group(dimension, value) for value in order if value in known]

    def figure(self, whose: Whose, metric: str, month: Month | None = None) -> Figure:
        """As published, else as the unit's own line may see it."""
        key = (whose, metric, month or self.month)
        if key not in self._found:
            self._found[key] = self._ask(*key)
        return self._found[key]

    def women(self, whose: Whose) -> Share:
        """The share of women in the month, where that may be known."""
        if whose not in self._shares:
            scope, group = whose.scope, whose.group
            self._shares[whose] = stats.women_share(scope, self.month, self.facts, group)
        return self._shares[whose]

    def legend(self) -> tuple[Fact, ...]:
        """What the signs among everything that was asked for mean."""
        hidden = any(share.state == "protected" for share in self._shares.values())
        return words.legend(self._found.values(), hidden=hidden)

    def _ask(self, whose: Whose, metric: str, month: Month) -> Figure:
        found = self._figure(whose, metric, month, "published")
        unit = whose.scope.unit
        if found.state == "protected" and unit in self.inner and whose == Whose(Scope(unit)):
            closer = self._figure(whose, metric, month, "internal")
            if closer.state == "shown":
                self.read.add((unit, metric))
                return closer
        return found

    def _figure(self, whose: Whose, metric: str, month: Month, audience: Audience) -> Figure:
        """In the frame's window, where the metric can be summed over any window."""
        known = metrics.lookup(metric)
        own = self.frame == "r12" or known.terms.kind == "distinct"
        window = None if own else window_of(self.frame, month)
        scope, sex, group = whose.scope, whose.sex, whose.group
        return stats.figure(
            scope, known, sex, month, self.facts, audience, window=window, group=group
        )


def _is_known(facts: BoundFacts, frame: Frame, end: Month) -> bool:
    return facts.months.issuperset(month.index for month in window_of(frame, end))


def _no_figures(asked: Month | None, ends: tuple[Month, ...]) -> str:
    if not ends:
        return _("Det finns inga siffror för så många månader än.")
    return _(
        "Det finns inga siffror för perioden som slutar %(month)s. "
        "Välj en månad från %(first)s till %(last)s."
    ) % {"month": asked, "first": ends[0], "last": ends[-1]}
