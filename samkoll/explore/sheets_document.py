"""The statistics sheet as a document: sentence, curve, tables, how it was computed."""

from __future__ import annotations

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
)
from samkoll.explore.sheets import Sheet
from samkoll.explore.sheets_figures import Shown, SickRow, WorkRow

SICK_HEADS = ("Totalt", "Kvinnor", "Män", "Kort", "Lång", "Året innan", "Skillnad")
WORK_HEADS = (
    "Anställda", "Omsättning %", "Avgångar", "Mertid, tim", "Övertid, tim", "Summa, tim",
)  # fmt: skip
RULE = (
    "Bladet visar publicerade siffror, desamma för alla. Där gruppen har tio personer eller färre, "
    "eller skulle kunna räknas ut ur andra siffror, står två punkter (..). Kvinnor och män visas "
    "från förvaltning och nämnd och uppåt. Ett streck (–) betyder att underlag saknas."
)
SPLIT = "Kort och lång"
DEFINITIONS = (
    ("Sjukfrånvaro", "Timmar med egen sjukdom som andel av den ordinarie arbetstiden, procent."),
    (SPLIT, "Kort är 0–14 dagar, lång 15 dagar eller mer."),
    ("Skillnad", "Procentenheter mellan de två visade siffrorna."),
    ("Omsättning", "Tillsvidareanställda som lämnade kommunen, pension inräknad, per medeltal."),
    ("Anställda", "Personer med ordinarie arbetstid, medeltal per månad."),
)


def document(sheet: Sheet, *, produced_on: date) -> Document:
    """The sheet as a content tree, in Swedish: it is a record of the municipality's."""
    blocks: tuple[Block, ...] = (
        Paragraph(sheet.sentence),
        sheet.curve,
        Heading(1, "Sjukfrånvaro", "sjukfranvaro"),
        _sick("Dina enheter, förvaltningen och kommunen, procent", sheet.sick),
        Heading(1, "Sjukfrånvaro per nämnd", "namnder"),
        _sick("Nämnderna och hela kommunen, procent", sheet.boards),
        sheet.bars,
        Heading(1, "Omsättning och timmar", "omsattning"),
        _work("Anställda, personalomsättning, mertid och övertid", sheet.work),
        Heading(1, "Så är siffrorna räknade", "sa-raknat"),
        *(Paragraph(f"{name}: {text}") for name, text in definitions(sheet)),
        Note("Små grupper", RULE, "protected"),
    )
    return Document(
        title=sheet.title,
        subtitle=sheet.receiver.names,
        organisation=sheet.municipality,
        produced_on=produced_on,
        blocks=blocks,
        facts=(("Period", f"R12 {sheet.month}"), ("Underlag", _sources(sheet))),
        short=True,
    )


def definitions(sheet: Sheet) -> tuple[tuple[str, str], ...]:
    """How the figures are computed, with what the facts mean by short and long."""
    return tuple(
        (name, f"{text} {sheet.convention}".strip() if name == SPLIT else text)
        for name, text in DEFINITIONS
    )


def _sick(caption: str, rows: tuple[SickRow, ...]) -> Table:
    columns = _columns(SICK_HEADS)
    body = tuple(
        Row(
            (
                Cell(row.name, head=True),
                *map(_cell, (row.total, row.women, row.men, row.short, row.long)),
                *map(_cell, (row.before, row.change)),
            )
        )
        for row in rows
    )
    return Table(caption, columns, body)


def _work(caption: str, rows: tuple[WorkRow, ...]) -> Table:
    columns = _columns(WORK_HEADS)
    body = tuple(
        Row(
            (
                Cell(row.name, head=True),
                *map(_cell, (row.people, row.turnover, row.left)),
                *map(_cell, (row.additional, row.overtime, row.extra)),
            )
        )
        for row in rows
    )
    return Table(caption, columns, body)


def _columns(heads: tuple[str, ...]) -> tuple[Column, ...]:
    """The names, then the figures: a column as wide as its head needs."""
    return (
        Column("", weight=2.6),
        *(Column(head, "number", max(len(head), 8) / 8) for head in heads),
    )


def _cell(shown: Shown) -> Cell:
    return Cell(shown.text, shown.value)


def _sources(sheet: Sheet) -> str:
    return ", ".join(sha256[:12] for sha256 in sheet.snapshots)
