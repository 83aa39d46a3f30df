"""The last section: what the figures are, what they stand on, how small groups are protected."""

from __future__ import annotations

from samkoll.documents.content import Block, Bullets, Heading, Paragraph
from samkoll.reports.composition.context import Context
from samkoll.reports.composition.tables import compared_months
from samkoll.reports.template_data import ChartPart, Definition, FiguresPart
from samkoll.stats.queries import CONVENTIONS

SMALL = (
    "Siffror om tio personer eller färre visas inte, och inte heller siffror som de kan räknas ut "
    "ur. De visas som två punkter (..)."
)
DIFFERENCE = "Skillnaden är skillnaden mellan de två visade talen, i procentenheter för procenttal."


def colophon(context: Context) -> list[Block]:
    """Definitions of the metrics shown, convention, protection, day of extraction, snapshots."""
    convention = context.figures.convention_of(compared_months(context))
    said = [context.say(definition.text) for definition in _used(context)]
    said += [str(CONVENTIONS[convention])] if convention else []
    return [
        Heading(1, "Om siffrorna", "om-siffrorna"),
        Bullets((*said, DIFFERENCE, SMALL)),
        Paragraph(_basis(context)),
    ]


def _used(context: Context) -> list[Definition]:
    parts = [part for section in context.report.form.sections for part in section.parts]
    shown = {part.metric for part in parts if isinstance(part, ChartPart)}
    shown |= {row.metric for part in parts if isinstance(part, FiguresPart) for row in part.rows}
    return [d for d in context.report.form.definitions if shown.intersection(d.metrics)]


def _basis(context: Context) -> str:
    """When the facts were taken, and the first signs of each snapshot's hash."""
    hashes = context.figures.hashes_of(compared_months(context))
    taken = context.report.extracted_at
    when = f"Underlaget togs ut {taken:%Y-%m-%d}. " if taken else ""
    form = context.report.form
    return (
        f"{when}Det har kontrollsumman {', '.join(digest[:12] for digest in hashes)}. "
        f"Rapportmallen är version {form.version} för {form.year}."
    )
