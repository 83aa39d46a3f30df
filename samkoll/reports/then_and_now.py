"""What a report's pinned figures would be with the facts of today.

Both are published figures, so that reading them is not logged. Their *difference* may be about a
few persons: ``docs/rules/then-and-now.md`` says when the new value is told.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from weakref import WeakKeyDictionary

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from samkoll.core.errors import DomainError
from samkoll.documents.content import Document, Table
from samkoll.reports.composition import Context
from samkoll.reports.figures import FigureKey
from samkoll.reports.models import Report
from samkoll.reports.published import PublishedFigures
from samkoll.stats import metrics
from samkoll.stats import queries as stats
from samkoll.stats.engine.changed import Differences, months_changed
from samkoll.stats.engine.facts import FactSet
from samkoll.stats.queries import BoundFacts
from samkoll.web import tables
from samkoll.web.tables import Cell, Fact, Head, Kind, Row

_kept: WeakKeyDictionary[object, tuple[str, Differences]] = WeakKeyDictionary()
_comparing = threading.Lock()


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure that is shown otherwise now. ``now``: None where it must not be told."""

    key: FigureKey
    then: Decimal
    now: Decimal | None


class Today:
    """The facts that are current, beside those of one report. Asks the database when made."""

    def __init__(self, context: Context) -> None:
        figures = context.figures
        self.context = context
        self.then = figures.facts if isinstance(figures, PublishedFigures) else None
        self.now = stats.current_facts()
        self.changed = months_changed(self.then, self.now) if self.then else frozenset()

    def moved(self, key: FigureKey) -> Moved | None:
        """None where the figure is as it was, or is not shown to everybody in both versions."""
        metric = metrics.lookup(key.metric)
        months = range(key.month.index - metric.terms.months + 1, key.month.index + 1)
        if self.then is None or not self.changed.intersection(months):
            return None
        scope = self.context.report.scope
        try:
            old = stats.figure(scope, metric, key.sex, key.month, self.then)
            new = stats.figure(scope, metric, key.sex, key.month, self.now)
        except DomainError:
            return None
        if "shown" not in (old.state, new.state) or old.state != new.state:
            return None
        if old.value is None or new.value is None or old.value == new.value:
            return None
        told = self._may_tell(metric, key) and old.convention == new.convention
        return Moved(key, old.value, new.value if told else None)

    def _may_tell(self, metric: metrics.Metric, key: FigureKey) -> bool:
        if self.then is None or metric.terms.kind != "additive":
            return False
        found = _differences(self.then, self.now)
        measures = metric.expression.measures
        return found.shown(measures, self.context.report.scope, key.sex, key.month.index)


def _differences(then: FactSet, now: BoundFacts) -> Differences:
    """Worked out once for a pair of versions; the last pair of each version of today is kept."""
    statistics = now.statistics
    with _comparing:
        kept = _kept.get(statistics)
        if kept is None or kept[0] != then.key:
            kept = then.key, Differences(then, now, statistics.cube.hierarchy)
            _kept[statistics] = kept
        return kept[1]


def facts(context: Context, key: FigureKey) -> tuple[Fact, ...]:
    """What the page of a figure says about the time after the extraction; often nothing."""
    moved = Today(context).moved(key)
    if moved is None:
        return ()
    said, note = _said(moved)
    return (Fact(_("Med dagens underlag"), said, note=note),)


def _said(moved: Moved) -> tuple[str, str]:
    metric = metrics.lookup(moved.key.metric)
    if moved.now is None:
        note = _(
            "Det nya värdet visas inte: skillnaden skulle kunna säga något om enskilda personer."
        )
        return _("Har ändrats efter uttaget"), note
    note = _("Underlaget har rättats efter uttaget. Rapporten visar värdet vid uttaget.")
    return stats.with_unit(moved.now, metric), note


def table(context: Context, document: Document) -> tables.Table:
    """Every figure that the report prints and that is shown otherwise with the facts of today."""
    today = Today(context)
    moved = [found for key in _printed(document) if (found := today.moved(key))]
    heads = (
        Head(_("Siffra")),
        Head(_("Period")),
        Head(_("I rapporten"), Kind.NUMBER),
        Head(_("Med dagens underlag"), Kind.NUMBER),
    )
    rows = tuple(_row(context, each) for each in moved)
    return tables.Table(_("Siffror som har ändrats efter uttaget"), heads, rows)


def _row(context: Context, moved: Moved) -> Row:
    metric, key = metrics.lookup(moved.key.metric), moved.key
    sexes = {"women": pgettext("figure", "kvinnor"), "men": pgettext("figure", "män")}
    name = ", ".join(filter(None, (stats.label(metric), sexes.get(key.sex, ""))))
    url = reverse("reports:figure", args=[context.report.pk, str(key)])
    window = stats.window_of(metric, key.month)
    now = _("ändrad") if moved.now is None else stats.with_unit(moved.now, metric)
    cells = (
        Cell(name, url=url),
        Cell(f"{window.first} – {window.last}"),
        Cell(stats.with_unit(moved.then, metric)),
        Cell(now),
    )
    return Row(cells)


def _printed(document: Document) -> Iterator[FigureKey]:
    """The computed figures of a document, each once, in order."""
    found: dict[str, None] = {}
    for block in document.blocks:
        if isinstance(block, Table):
            found |= {cell.figure_id: None for row in block.rows for cell in row.cells}
    for name in found:
        try:
            key = FigureKey.parse(name)
            metrics.lookup(key.metric)
        except (ValueError, DomainError):
            continue
        yield key


def link(report: Report) -> str:
    """The page of what has changed, when anything behind the report's figures has; else empty."""
    if not report.facts:
        return ""
    came = {month: ref["sha256"] for ref in report.facts for month in ref["months"]}
    comes = {m: file.sha256 for file in stats.current_facts().files for m in file.months}
    needed = range(report.previous_month - 11, report.month + 1)
    changed = any(came.get(month) != comes.get(month) for month in needed)
    return reverse("reports:moved", args=[report.pk]) if changed else ""
