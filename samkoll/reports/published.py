"""The statistics as composition wants them: published figures of pinned facts, each once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from samkoll.core.months import Month, Window
from samkoll.reports.figures import Certificate, GroupShown, Shown
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
        return _shown(self._figure((scope, metric, sex, month)))

    def certificate(self, scope: Scope, metric: str, sex: Sex, month: Month) -> Certificate | None:
        """Numerator and denominator in words; None for protected and missing figures."""
        return _certificate(self._figure((scope, metric, sex, month)))

    def groups(self, scope: Scope, keys: tuple[str, ...], month: Month) -> tuple[GroupShown, ...]:
        """Staff groups by name, those of which anything was counted in the month."""
        of = {key: self._groups(scope, key, month) for key in ("employees", *keys)}
        return tuple(
            GroupShown(
                name,
                _shown(employees),
                self._women(scope, month, name),
                tuple(
                    _shown(of[key][name]) if name in of[key] else Shown(None, "missing")
                    for key in keys
                ),
            )
            for name, employees in of["employees"].items()
        )

    def group_certificate(
        self, scope: Scope, metric: str, month: Month, name: str
    ) -> Certificate | None:
        """As ``certificate``, for a staff group."""
        found = self._groups(scope, metric, month).get(name)
        return _certificate(found) if found else None

    def _groups(self, scope: Scope, metric: str, month: Month) -> dict[str, stats.Figure]:
        window = Window(month, month) if metric == "employees" else None
        found = stats.breakdown(scope, metric, month, self.facts, "staff_group", window=window)
        return {each.group.value: each for each in found if each.group}

    def _women(self, scope: Scope, month: Month, name: str) -> Shown:
        group = stats.Group("staff_group", name)
        share = stats.women_share(scope, month, self.facts, group)
        if share.state == "protected":
            return Shown(None, "protected")
        return Shown(share.value, "missing" if share.value is None else "shown")

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


def _shown(found: stats.Figure) -> Shown:
    if found.state == "protected":
        return Shown(None, "protected")
    return Shown(found.value, "missing" if found.value is None else "shown")


def _certificate(found: stats.Figure) -> Certificate | None:
    if found.value is None or found.numerator is None:
        return None
    known = metrics.lookup(found.metric)
    above, below = stats.parts(known, found.numerator, found.denominator)
    return Certificate(above, below)


def sources(pinned: Mapping[int, list[dict[str, Any]]]) -> dict[int, PublishedFigures]:
    """Figures for reports by their pinned references; equal references share one source."""
    made: dict[str, PublishedFigures] = {}
    for refs in pinned.values():
        if repr(refs) not in made:
            made[repr(refs)] = PublishedFigures(stats.facts_from_refs(refs))
    return {report: made[repr(refs)] for report, refs in pinned.items()}
