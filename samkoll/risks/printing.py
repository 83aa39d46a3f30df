"""A risk assessment before a change, as a document: frozen rows in, a content tree out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from samkoll.documents.content import (
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Note,
    Paragraph,
    Row,
    Table,
    text_blocks,
)

NOTHING = "Inget skrivet."
RISKS = (Column("Risk", weight=4), Column("Risknivå", weight=1.4), Column("Allvarlig", weight=1))
ACTIONS = (
    Column("Risk", weight=2.5),
    Column("Åtgärd", weight=3),
    Column("Ansvarig", weight=1.6),
    Column("Klar senast", "date"),
)


@dataclass(frozen=True, slots=True)
class PrintedAction:
    """A measure as it is printed: the role, not the person."""

    title: str
    wanted_effect: str
    responsible: str
    due: date


@dataclass(frozen=True, slots=True)
class PrintedRisk:
    """A risk of the time after the change."""

    title: str
    description: str
    level: str
    serious: str
    actions: tuple[PrintedAction, ...]


@dataclass(frozen=True, slots=True)
class PrintedAssessment:
    """Everything that the document says; see ``models.ChangeAssessment`` for each."""

    title: str
    unit: str
    status: str
    finished: bool
    diary_number: str
    what: str
    affected: str
    affected_units: tuple[str, ...]
    decision: str
    change_on: date
    follow_up_on: date
    opportunities: str
    no_risks: str
    safety_rep: str
    employees: str
    result: str
    followed_up_on: date | None
    status_reason: str
    risks: tuple[PrintedRisk, ...]


def assessment(shown: PrintedAssessment, organisation: str, produced_on: date) -> Document:
    """The assessment to print, with the steps as its sections."""
    return Document(
        title=f"Riskbedömning inför ändring: {shown.title}",
        subtitle=shown.unit,
        organisation=organisation,
        produced_on=produced_on,
        diary_number=shown.diary_number,
        status="" if shown.finished else "Utkast",
        facts=(
            ("Läge", shown.status),
            ("Ändringen sker", shown.change_on.isoformat()),
            ("Uppföljning", shown.follow_up_on.isoformat()),
        ),
        blocks=tuple(_blocks(shown)),
        short=True,
    )


def _blocks(shown: PrintedAssessment) -> Iterator[Block]:
    if shown.status_reason:
        yield Note("Ändringen genomförs inte", shown.status_reason)
    yield Heading(1, "A. Vad ändras och vilka berörs", "andring")
    yield from _text(shown.what)
    yield Heading(2, "Berörda", "berorda")
    yield from _text(shown.affected)
    if shown.affected_units:
        yield Paragraph(f"Berörda enheter: {', '.join(shown.affected_units)}.")
    if shown.decision:
        yield Heading(2, "Beslut som bedömningen hör till", "beslut")
        yield from _text(shown.decision)
    yield Heading(1, "B. Risker efter ändringen", "risker")
    yield from _risks(shown)
    if shown.opportunities:
        yield Heading(2, "Möjligheter", "mojligheter")
        yield from _text(shown.opportunities)
    yield Heading(1, "C. Åtgärder", "atgarder")
    yield from _actions(shown)
    yield Heading(1, "D. Uppföljning", "uppfoljning")
    yield from _follow_up(shown)
    yield Heading(1, "Medverkan", "medverkan")
    yield Paragraph(f"Skyddsombud: {shown.safety_rep or NOTHING}")
    yield from _text(shown.employees)


def _risks(shown: PrintedAssessment) -> Iterator[Block]:
    if shown.no_risks:
        yield from _text(shown.no_risks)
    if not shown.risks:
        yield from () if shown.no_risks else (Paragraph("Ingen risk är bedömd."),)
        return
    rows = tuple(
        Row((Cell(risk.title, head=True), Cell(risk.level), Cell(risk.serious)))
        for risk in shown.risks
    )
    yield Table("Risker", RISKS, rows)
    for number, risk in enumerate(shown.risks, 1):
        if risk.description:
            yield Heading(2, risk.title, f"risk-{number}")
            yield from _text(risk.description)


def _actions(shown: PrintedAssessment) -> Iterator[Block]:
    rows = [
        Row(
            (
                Cell(risk.title, head=True),
                Cell(_with_effect(action)),
                Cell(action.responsible),
                Cell(action.due.isoformat()),
            )
        )
        for risk in shown.risks
        for action in risk.actions
    ]
    yield Table("Åtgärder", ACTIONS, tuple(rows)) if rows else Paragraph("Inga åtgärder.")


def _with_effect(action: PrintedAction) -> str:
    effect = action.wanted_effect.rstrip(".")
    return f"{action.title}. Önskad effekt: {effect}." if effect else action.title


def _follow_up(shown: PrintedAssessment) -> Iterator[Block]:
    if shown.followed_up_on is None:
        yield Paragraph(f"Ändringen följs upp {shown.follow_up_on.isoformat()}.")
        return
    yield Paragraph(f"Uppföljd {shown.followed_up_on.isoformat()}.")
    yield from _text(shown.result)


def _text(text: str) -> tuple[Block, ...]:
    return text_blocks(text) or (Paragraph(NOTHING),)
