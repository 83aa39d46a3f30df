"""Tables and comments of the risks reported onward: last year's (section 1), this year's (3)."""

from __future__ import annotations

from samkoll.documents.content import (
    Block,
    Cell,
    Column,
    Heading,
    Paragraph,
    Row,
    Table,
    text_blocks,
)
from samkoll.reports.composition.context import Context
from samkoll.reports.template_data import RiskCommentsPart, RisksPart, Section
from samkoll.risks.queries import ActionRow, ReportedRisk

ENDED = ("closed", "done")
NONE = {
    "previous": "Inga risker rapporterades vidare i föregående års rapport.",
    "current": "Inga risker rapporteras vidare i årets rapport.",
}


def table(context: Context, part: RisksPart) -> list[Block]:
    """Risk and level span the rows of their actions."""
    risks = context.report.risks(part.which)
    if not risks:
        return [Paragraph(NONE[part.which])]
    previous = part.which == "previous"
    rows = [row for risk in risks for row in (_before(risk) if previous else _now(risk))]
    fourth = Column("Status", weight=2) if previous else Column("Ansvarig chef", weight=2.3)
    columns = (
        Column("Risk", weight=3),
        Column("Risknivå", "number", 1.4),
        Column("Åtgärd", weight=3.5),
        fourth,
        Column("Slutdatum", "date", 1.5),
    )
    return [Table(part.caption, columns, tuple(rows))]


def _before(risk: ReportedRisk) -> list[Row]:
    """An action with its status, and below it the wanted effect over the three columns."""
    height = sum(2 if action.wanted_effect else 1 for action in risk.actions)
    rows = []
    for action in risk.actions:
        status = f"✓\u00a0{action.status_label}" if action.status in ENDED else action.status_label
        cells = (Cell(action.title), Cell(status), Cell(action.end.isoformat()))
        rows.append(Row(cells))
        if action.wanted_effect:
            effect = Cell(action.wanted_effect, label="Önskad effekt", columns=3)
            rows.append(Row((effect,), "detail"))
    return _spanned(risk, rows, height)


def _now(risk: ReportedRisk) -> list[Row]:
    rows = [
        Row((Cell(action.title), Cell(action.responsible), Cell(action.end.isoformat())))
        for action in risk.actions
    ]
    return _spanned(risk, rows, len(rows))


def _spanned(risk: ReportedRisk, rows: list[Row], height: int) -> list[Row]:
    head = Cell(risk.title, head=True, rows=height)
    level = Cell(str(risk.level), risk.level, rows=height)
    return [Row((head, level, *rows[0].cells)), *rows[1:]]


def comments(context: Context, section: Section, part: RiskCommentsPart) -> list[Block]:
    """A heading per risk, what was written about it and, this year, the wanted effects."""
    blocks: list[Block] = []
    for risk in context.report.risks(part.which):
        text = context.report.texts.get((section.key, f"risk-{risk.pk}"), "")
        written = list(text_blocks(text))
        effects = _effects(risk.actions) if part.which == "current" else []
        if written or effects:
            anchor = f"{section.key.replace('_', '-')}-risk-{risk.pk}"
            blocks += [Heading(section.level + 1, risk.title, anchor), *written, *effects]
    return blocks


def _effects(actions: tuple[ActionRow, ...]) -> list[Block]:
    lines = [f"{a.title}: {a.wanted_effect}" for a in actions if a.wanted_effect]
    return (
        [Paragraph("Önskad effekt av åtgärderna:"), *text_blocks(_bullets(lines))] if lines else []
    )


def _bullets(lines: list[str]) -> str:
    return "\n".join(f"- {' '.join(line.split())}" for line in lines)
