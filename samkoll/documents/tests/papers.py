"""Small documents as the domains print them: an action plan and a change assessment."""

from __future__ import annotations

from datetime import date

from samkoll.documents.content import (
    Bullets,
    Cell,
    Column,
    Document,
    Heading,
    Note,
    Paragraph,
    Row,
    Table,
)

DAY = date(2026, 11, 22)
CHOICE = "Öppna och försenade åtgärder på enheten och enheterna under den, tidigaste dag först"
STATES = ("Pågående", "Försenad 12 dagar", "Ej påbörjad", "Genomförd, effekt följs upp 2027-02-01")


def action_plan(count: int = 100) -> Document:
    """The actions of a school, in landscape: a row per action."""
    columns = (
        Column("Åtgärd", weight=4),
        Column("Risk eller ursprung", weight=3),
        Column("Nivå", "number", 0.9),
        Column("Önskad effekt", weight=3),
        Column("Ansvarig", weight=1.7),
        Column("Klar senast", "date"),
        Column("Läge", weight=2),
    )
    rows = tuple(_action(place) for place in range(count))
    note = "Nivå är sannolikhet gånger konsekvens enligt kommunens matris."
    return Document(
        title="Handlingsplan",
        subtitle="Solskolan",
        organisation="Exempelkommunen",
        produced_on=DAY,
        facts=(("Urval", CHOICE), ("Antal åtgärder", str(count))),
        blocks=(Table("Åtgärder", columns, rows, (note,)),),
        short=True,
        landscape=True,
    )


def _action(place: int) -> Row:
    return Row(
        (
            Cell(f"Åtgärd {place + 1}: se över schemaläggning och vikarietäckning", head=True),
            Cell("Hög arbetsbelastning i arbetslagen under vårterminen"),
            Cell.figure(place % 16 + 1),
            Cell("Alla hinner ta rast och får sin planeringstid."),
            Cell("Rektor"),
            Cell(f"2027-{place % 12 + 1:02}-15"),
            Cell(STATES[place % len(STATES)]),
        )
    )


def change_assessment() -> Document:
    """An assessment before a move, in portrait: texts, a table, who took part."""
    columns = (
        Column("Risk efter ändringen", weight=3.4),
        Column("Allvarlig", weight=1.2),
        Column("Nivå", "number", 0.9),
        Column("Åtgärd", weight=3.4),
        Column("Ansvarig", weight=1.7),
        Column("Klar senast", "date"),
    )
    risks = (
        ("Buller i öppna lokaler gör det svårt att föra samtal", "Nej", 6, "Samtalsrum på planet"),
        ("Hot och våld i receptionen när skalskyddet flyttas", "Ja", 12, "Larm före inflyttning"),
    )
    rows = tuple(
        Row(
            (
                Cell(risk, head=True),
                Cell(serious),
                Cell.figure(level),
                Cell(action),
                Cell("Enhetschef"),
                Cell("2027-01-31"),
            )
        )
        for risk, serious, level, action in risks
    )
    return Document(
        title="Riskbedömning inför ändring",
        subtitle="Flytt av mottagningen till Solhuset",
        organisation="Exempelkommunen",
        produced_on=DAY,
        diary_number="SON-2026/118",
        status="Utkast",
        facts=(("Enhet", "Mottagningen"), ("Ändringen börjar", "2027-02-01")),
        blocks=(
            Heading(1, "Vad som ändras", "andras"),
            Paragraph("Mottagningen flyttar till Solhuset och får öppna kontor med samtalsrum."),
            Heading(1, "Vilka som berörs", "berors"),
            Bullets(("18 medarbetare på mottagningen", "inhyrd personal i receptionen")),
            Heading(1, "Risker och åtgärder", "risker"),
            Table("Risker efter ändringen", columns, rows),
            Note("Uppföljning", "Följs upp tre till sex månader efter flytten, senast 2027-08-01."),
            Heading(1, "Medverkan", "medverkan"),
            Paragraph("Skyddsombudet och medarbetarna har tagit del av bedömningen 2026-11-20."),
        ),
        footer_notes=("Arbetsmiljöverkets föreskrifter AFS 2023:1 kräver bedömningen.",),
        short=True,
    )
