"""The papers of the package, as content trees: summary, proposal, figures in brief. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from samkoll.documents.content import (
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Heading,
    Paragraph,
    Row,
    Table,
    text_blocks,
)
from samkoll.reports.composition import Context
from samkoll.reports.package import headlines
from samkoll.reports.package.headlines import Headline
from samkoll.reports.package.proposing import Proposed

MOST_FIGURES, MOST_SENTENCES = 6, 5
"""What fits on one page."""


def summary(context: Context, document: Document, proposed: Proposed) -> Document:
    """One page: what is proposed, why, the main figures, what deviates, what is to be done."""
    totals = [h for h in headlines.figures(context, document) if h.key.sex == "total"]
    blocks: list[Block] = [
        Heading(1, "Förslag till beslut", "forslag"),
        *text_blocks(proposed.decision),
        Heading(1, "Ärendet", "arendet"),
        *text_blocks(proposed.matter),
        Heading(1, "Siffror i korthet", "siffror"),
        *_figures(context, totals[:MOST_FIGURES]),
        *_answers(context),
        Heading(1, "Åtgärder", "atgarder"),
        _listed(headlines.planned(context), "Inga åtgärder redovisas."),
    ]
    return _paper(document, "Tjänsteskrivelse", blocks)


def proposal(document: Document, proposed: Proposed) -> Document:
    """The proposed decision alone, to be pasted into the minutes."""
    blocks = [Heading(1, "Förslag till beslut", "forslag"), *text_blocks(proposed.decision)]
    return _paper(document, "Förslag till beslut", blocks)


def figures(context: Context, document: Document) -> Document:
    """All computed figures of the report's own period in one table."""
    found = headlines.figures(context, document)
    return _paper(document, "Siffror i korthet", _figures(context, found))


def _paper(document: Document, what: str, blocks: Sequence[Block]) -> Document:
    """A short document about the report, with its diary number, day and status."""
    return Document(
        title=f"{what}: {document.title}",
        subtitle=document.subtitle,
        organisation=document.organisation,
        diary_number=document.diary_number,
        status=document.status,
        produced_on=document.produced_on,
        blocks=tuple(blocks),
        footer_notes=document.footer_notes,
        short=True,
    )


def _figures(context: Context, found: Sequence[Headline]) -> list[Block]:
    if not found:
        return [Paragraph("Rapporten har inga siffror som får visas.")]
    report = context.report
    columns = (
        Column("Mått", weight=4),
        Column(str(report.window), "number", 1.3),
        Column(str(report.previous_window), "number", 1.3),
        Column("Skillnad", "number"),
    )
    rows = tuple(Row((Cell(each.label, head=True), *each.cells)) for each in found)
    return [Table("Tolv månader, och tolv månader till ett år tidigare", columns, rows)]


def _answers(context: Context) -> list[Block]:
    """What deviates, where the form asks anything at all."""
    if not any(context.report.form.questions()):
        return []
    said = _listed(headlines.deviating(context), "Inget svar avviker.")
    return [Heading(1, "Avvikande svar", "avvikelser"), said]


def _listed(sentences: tuple[str, ...], none: str) -> Block:
    if not sentences:
        return Paragraph(none)
    left = len(sentences) - MOST_SENTENCES
    more = (f"Ytterligare {left} står i rapporten.",) if left > 0 else ()
    return Bullets((*sentences[:MOST_SENTENCES], *more))
