"""A brief: headline figures, what is overdue, which risks are high."""

from __future__ import annotations

from samkoll.documents.content import Block, Cell, Column, Paragraph, Row, Table
from samkoll.reports.composition.context import Context
from samkoll.reports.composition.tables import cell, compared, periods
from samkoll.reports.figures import FigureKey
from samkoll.reports.template_data import (
    FigureRow,
    HeadlinesPart,
    HighRisksPart,
    OverdueActionsPart,
)
from samkoll.stats import metrics
from samkoll.stats.engine.hierarchy import Scope

WHOLE = "Kommunen"


def headlines(context: Context, part: HeadlinesPart) -> list[Block]:
    """Now, the year before, the difference and, for a part of it, the municipality's now."""
    beside = context.report.unit_id != context.report.whole_id
    last = (Column(WHOLE, "number"),) if beside else ()
    columns = (Column(part.head, weight=3), *periods(context), *last)
    rows = tuple(_headline(context, row, len(columns)) for row in part.rows)
    return [Table(context.say(part.caption), columns, rows)]


def _headline(context: Context, row: FigureRow, columns: int) -> Row:
    if not row.metric:
        return Row.group(row.label, columns)
    report = context.report
    cells = (Cell(row.label, head=True), *compared(context, report.scope, row.metric, row.sex))
    if len(cells) == columns:
        return Row(cells)
    whole = Scope(unit=report.whole_id)
    shown = context.figures.shown(whole, row.metric, row.sex, report.month)
    key = f"whole.{FigureKey(row.metric, row.sex, report.month)}"
    return Row((*cells, cell(shown, metrics.lookup(row.metric).terms.decimals, key)))


def overdue(context: Context, part: OverdueActionsPart) -> list[Block]:
    """The oldest first, by role and never by name, and how many there are in all."""
    found = context.register.overdue
    if not found:
        return [Paragraph(f"Inga åtgärder är försenade den {context.produced_on}.")]
    rows = [
        Row((Cell(a.title, head=True), Cell(a.unit), Cell(a.responsible), Cell(str(a.due))))
        for a in found[: part.longest]
    ]
    columns = (
        Column("Åtgärd", weight=3),
        Column("Enhet", weight=2),
        Column("Ansvarig", weight=1.5),
        Column("Klar senast", "date"),
    )
    every = _all("Alla försenade åtgärder", len(found), "register.overdue_actions")
    return [Table(context.say(part.caption), columns, (*rows, every), _cut(found, part.longest))]


def high_risks(context: Context, part: HighRisksPart) -> list[Block]:
    """The worst first, and how many there are in all."""
    found = context.register.risks
    if not found:
        return [Paragraph(f"Inga öppna risker är höga den {context.produced_on}.")]
    rows = [
        Row((Cell(r.title, head=True), Cell(r.unit), Cell(r.severity), Cell(str(r.level), r.level)))
        for r in found[: part.longest]
    ]
    columns = (
        Column("Risk", weight=3),
        Column("Enhet", weight=2),
        Column("Riskband", weight=1.2),
        Column("Risknivå", "number"),
    )
    every = _all("Alla öppna höga risker", len(found), "register.high_risks")
    return [Table(context.say(part.caption), columns, (*rows, every), _cut(found, part.longest))]


def _all(label: str, count: int, figure_id: str) -> Row:
    return Row((Cell(label, head=True, columns=3), Cell.figure(count, figure_id=figure_id)))


def _cut(found: tuple[object, ...], longest: int) -> tuple[str, ...]:
    return (f"Tabellen visar {longest} av {len(found)}.",) if len(found) > longest else ()
