"""The statistics as composition wants them: published figures of pinned facts, each once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from samkoll.core.months import Month
from samkoll.reports.figures import Shown
from samkoll.reports.template_data import Sex
from samkoll.stats import queries as stats
from samkoll.stats.engine.facts import FactSet
from samkoll.stats.engine.hierarchy import Scope


@dataclass(frozen=True, slots=True)
class PublishedFigures:
    """Figures of one set of facts, by the rules for what everybody may see."""

    facts: FactSet
    _shown: dict[tuple[Scope, str, Sex, Month], Shown] = field(default_factory=dict)

    def shown(self, scope: Scope, metric: str, sex: Sex, month: Month) -> Shown:
        """The R12 figure that ends with the month. Computed once however often it is printed."""
        key = (scope, metric, sex, month)
        if key not in self._shown:
            found = stats.figure(scope, metric, sex, month, self.facts, "published")
            self._shown[key] = Shown(found.value, found.state)
        return self._shown[key]

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
        made.setdefault(repr(refs), PublishedFigures(stats.facts_from_refs(refs)))
    return {report: made[repr(refs)] for report, refs in pinned.items()}
