"""The measures of a plan: a chapter for each, and the table by work form (seed 004, table 2)."""

from __future__ import annotations

from collections.abc import Iterator

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
from samkoll.reports.material import PlannedMeasure
from samkoll.reports.template_data import MeasuresPart, Section

FORMS = ("project", "process", "ongoing")
NONE = "Planen har inga åtgärder än."


def measures(context: Context, section: Section, part: MeasuresPart) -> list[Block]:
    """Chapters in the plan's own order; the table by work form, alike forms in that order."""
    found = context.report.measures
    if not found:
        return [Paragraph(NONE)]
    if part.show == "table":
        return [_table(context.say(part.caption), found)]
    return [block for place, each in enumerate(found) for block in _chapter(section, place, each)]


def _chapter(section: Section, place: int, measure: PlannedMeasure) -> Iterator[Block]:
    anchor = f"{section.anchor}-atgard-{place + 1}"
    yield Heading(section.level + 1, measure.heading, anchor)
    yield from text_blocks(measure.done)
    if measure.plan:
        yield Heading(section.level + 2, "Åtgärdsplan", f"{anchor}-plan")
        yield from text_blocks(measure.plan)
    told = (("Ansvarig", measure.responsible), ("Friskfaktor", measure.health_factor))
    said = " ".join(f"{name}: {text}." for name, text in told if text)
    if said:
        yield Paragraph(said)


def _table(caption: str, found: tuple[PlannedMeasure, ...]) -> Table:
    in_order = sorted(found, key=lambda measure: FORMS.index(measure.form))
    named = any(measure.responsible for measure in found)
    columns = (Column("Åtgärd", weight=3), Column("Arbetsform", weight=1.3))
    last = (Column("Tidplan", weight=3), *([Column("Ansvarig", weight=1.5)] if named else []))
    return Table(caption, (*columns, *last), tuple(_row(each, named) for each in in_order))


def _row(measure: PlannedMeasure, named: bool) -> Row:
    plan = measure.time_plan or "Inte angiven"
    cells = (Cell(measure.heading, head=True), Cell(measure.form_name), Cell(plan))
    return Row((*cells, Cell(measure.responsible)) if named else cells)
