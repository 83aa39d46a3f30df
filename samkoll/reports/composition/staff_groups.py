"""The staff groups with the highest figures (seed 004, table 1), as everybody may see them.

A group that is protected has no place in the order: its place would tell about it.
"""

from __future__ import annotations

from decimal import Decimal

from samkoll.documents.content import Block, Cell, Column, Paragraph, Row, Table
from samkoll.reports.composition.context import MISSING_MARK, Context
from samkoll.reports.composition.tables import cell
from samkoll.reports.figures import GroupKey, GroupShown
from samkoll.reports.template_data import StaffGroupsPart
from samkoll.stats import metrics

PROTECTED = (
    "Bara grupper vars siffror får visas är med. Grupper med tio personer eller färre, och grupper "
    "som en sådan grupp kan räknas ut ur, saknas även om de har högre värden."
)


def staff_groups(context: Context, part: StaffGroupsPart) -> list[Block]:
    """Employees and women's share in the last month, the metrics over twelve; highest first."""
    report = context.report
    found = context.figures.groups(report.scope, part.metrics, report.month)
    shown = [group for group in found if group.values[0].value is not None]
    if not shown:
        return [Paragraph(MISSING_MARK)]
    shown.sort(key=lambda group: (-(group.values[0].value or Decimal(0)), group.name))
    heads = (metrics.lookup(key) for key in part.metrics)
    columns = (
        Column("Personalgrupp", weight=3),
        Column(f"Anställda {report.month}", "number", 1.2),
        Column("Andel kvinnor, %", "number"),
        *(Column(f"{head.label}, {head.terms.unit}", "number", 1.2) for head in heads),
    )
    rows = tuple(_row(context, part, group) for group in shown[: part.highest])
    caption = f"{context.say(part.caption)}, {report.window}"
    return [Table(caption, columns, rows, (PROTECTED,))]


def _row(context: Context, part: StaffGroupsPart, group: GroupShown) -> Row:
    month = context.report.month

    def link(metric: str) -> str:
        return str(GroupKey(metric, month, group.name))

    values = zip(part.metrics, group.values, strict=True)
    return Row(
        (
            Cell(group.name or "Personalgrupp saknas", head=True),
            cell(group.employees, 0, link("employees")),
            cell(group.women, 0),
            *(cell(v, metrics.lookup(key).terms.decimals, link(key)) for key, v in values),
        )
    )
