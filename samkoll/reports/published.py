"""The statistics as composition wants them: published figures of pinned facts, each once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from samkoll.core.months import Month
from samkoll.reports.figures import Certificate, Shown
from samkoll.reports.template_data import Sex
from samkoll.stats import metrics
from samkoll.stats import queries as stats
from samkoll.stats.engine.facts import FactSet
from samkoll.stats.engine.hierarchy import Scope

Key = tuple[Scope, str, Sex, Month]


@dataclass(frozen=True, slots=True)
class PublishedFigures:
    """Figures of one set of facts, by the rules for what everybody may see."""

    facts: FactSet
    _found: dict[Key, stats.Figure] = field(default_factory=dict)

    def shown(self, scope: Scope, metric: str, sex: Sex, month: Month) -> Shown:
        """The figure whose window ends with the month."""
        found = self._figure((scope, metric, sex, month))
        if found.state == "protected":
            return Shown(None, "protected")
        return Shown(found.value, "missing" if found.value is None else "shown")

    def certificate(self, scope: Scope, metric: str, sex: Sex, month: Month) -> Certificate | None:
        """Numerator and denominator in words; None for protected and missing figures."""
        found = self._figure((scope, metric, sex, month))
        if found.value is None or found.numerator is None:
            return None
        above, below = stats.parts(metrics.lookup(metric), found.numerator, found.denominator)
        return Certificate(above, below)

    def _figure(self, key: Key) -> stats.Figure:
        """Asked for once however often it is printed."""
        if key not in self._found:
            scope, metric, sex, month = key
            self._found[key] = stats.figure(scope, metric, sex, month, self.facts, "published")
        return self._found[key]

    @property
    def months(self) -> frozenset[int]:
        return self.facts.months

    def convention_of(self, months: Iterable[int]) -> str | None:
        return self.facts.convention_of(months)

    def hashes_of(self, months: Iterable[int]) -> tuple[str, ...]:
        return self.facts.hashes_of(months)


def sources(pinned: Mapping[int, list[dict[str, Any]]]) -> dict[int, PublishedFigures]:
    """Figures for reports by their pinned references; equal references share one source."""
    made: dict[str, PublishedFigures] = {}
    for refs in pinned.values():
        if repr(refs) not in made:
            made[repr(refs)] = PublishedFigures(stats.facts_from_refs(refs))
    return {report: made[repr(refs)] for report, refs in pinned.items()}
