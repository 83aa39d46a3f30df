"""A rich sample document: every block, the report's tables as forms, texts that attack."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

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
    TableOfContents,
)
from samkoll.stats.charts.tests.examples import over_time, turnover

HOSTILE = (
    "#panic() $x^2$ *fet* _kursiv_ `kod` <etikett> @ref // slut",
    "<script>alert(1)</script> <w:p/> &amp; &lt; ]]> {{ 7*7 }} {% x %} «Titel»",
    "Glad 😀👩‍🚀 nolla\x00 vt\x0b esc\x1b vänd\u202egnulh mjuk\u00adhet",
    "lång " + "ord" * 1000,
)

YEARS = (
    Column("R12 2023-12", "number", 1.3),
    Column("R12 2022-12", "number", 1.3),
    Column("Skillnad", "number", 1.1),
)
RISK = "Risk för arbetsrelaterad utmattning på grund av fortsatt behov av förändringsarbete"
TEXT = (
    "Förvaltningen har under året arbetat strukturerat med arbetsmiljön tillsammans med "
    "skyddsombuden. Kartläggningar har genomförts i samtliga verksamheter och handlingsplanerna "
    "följs upp varje tertial. Arbetssätten har blivit mer enhetliga, men tiden mellan anmälan "
    "och avslutad utredning är fortfarande för lång."
)


def row(name: str, *values: str, decimals: int = 1, mark: str = "") -> Row:
    cells = (
        Cell.figure(Decimal(v), decimals, figure_id=f"{name}-{i}".lower(), mark=mark)
        for i, v in enumerate(values)
    )
    return Row((Cell(name, head=True), *cells))


SICK = Table(
    "Sjukfrånvaro, procent",
    (Column("Sjukfrånvaro", weight=3), *YEARS),
    (
        row("Total sjukfrånvaro", "4.2", "4.4", "-0.2"),
        row("Kvinnor", "5.8", "5.8", "0.0"),
        row("Män", "1.8", "2.1", "-0.3"),
        Row.group("Kort sjukfrånvaro (0–14 dagar)", 4),
        row("Totalt", "1.5", "1.4", "0.1"),
        Row(
            (
                Cell("Kvinnor", head=True),
                Cell.protected("Skyddas: gruppen är liten."),
                Cell.protected("Skyddas: gruppen är liten."),
                Cell.missing(),
            )
        ),
    ),
    ("Avrundning kan göra att delarna inte summerar till det hela.",),
)

INJURIES = Table(
    "Arbetsskador och tillbud",
    (Column("Arbetsskador och tillbud", weight=3), Column("Föregående år", "number")),
    (
        row("Antal rapporterade arbetsskador", "9", decimals=0, mark="Angiven, inte beräknad."),
        row("Antal rapporterade tillbud", "1234", decimals=0, mark="Angiven, inte beräknad."),
    ),
)

ANSWERS = Table(
    "Arbetsmiljöronder och arbetsmiljöarbete",
    (Column("Arbetsmiljöronder/Arbetsmiljöarbete", weight=4), Column("Ja/Nej")),
    (
        Row(
            (
                Cell("Har kartläggning av arbetsmiljön genomförts?", head=True),
                Cell("Ja", mark="Ändrat från Delvis: sju av åtta är klara."),
            )
        ),
        Row((Cell("Har skyddsombud medverkat?", head=True), Cell("Delvis"))),
    ),
)


def plan(measures: int = 4) -> Table:
    """Table A: risk and level span the rows of their measures and wanted effects."""
    rows = []
    for place in range(measures):
        span = 2 * measures
        first = () if place else (Cell(RISK, head=True, rows=span), Cell("12", 12, rows=span))
        rows.append(
            Row(
                (
                    *first,
                    Cell(f"Åtgärd {place + 1}: ny process för kompetensbaserad rekrytering"),
                    Cell("✓\u00a0Avslutad"),
                    Cell("2024-03-31"),
                )
            )
        )
        rows.append(Row((Cell("Ordning och reda.", label="Önskad effekt", columns=3),), "detail"))
    columns = (
        Column("Risk", weight=2.6),
        Column("Risknivå", "number", 1.3),
        Column("Åtgärd", weight=3.2),
        Column("Status", weight=1.4),
        Column("Slutdatum", "date", 1.4),
    )
    return Table("Föregående års åtgärder", columns, tuple(rows))


def many_risks(count: int = 100) -> Table:
    """A list of risks, one row each."""
    columns = (
        Column("Risk", weight=4),
        Column("Risknivå", "number", 1.3),
        Column("Åtgärd", weight=4),
        Column("Ansvarig chef", weight=2),
        Column("Slutdatum", "date", 1.5),
    )
    rows = tuple(
        Row(
            (
                Cell(f"Risk {place}: hög arbetsbelastning på enheten", head=True),
                Cell.figure(place % 16 + 1),
                Cell("Gemensamma prioriteringar och översyn av riktlinjer"),
                Cell("Förvaltningschef"),
                Cell("2024-12-31"),
            )
        )
        for place in range(count)
    )
    return Table("Risker och åtgärder", columns, rows)


def sample() -> Document:
    """Everything at once, as a board report looks."""
    chapters = (
        ("1", 1, "Bedömning och utvärdering av föregående års åtgärder", (plan(), *paragraphs(2))),
        ("2", 1, "Bedömning och analys av arbetsmiljöarbetet", ()),
        ("2.1", 2, "Arbetsskador och tillbud", (INJURIES, *paragraphs(1))),
        ("2.2", 2, "Sjukfrånvaro", (SICK, over_time(), *paragraphs(2))),
        ("2.3", 2, "Personalomsättning", (turnover(), *paragraphs(1))),
        ("2.5", 2, "Arbetsplatsträffar och samverkan", (*paragraphs(1), bullets())),
        ("2.6", 2, "Arbetsmiljöronder och arbetsmiljöarbete", (ANSWERS, override())),
        ("3", 1, "Utvalda risker och åtgärder som rapporteras vidare", (plan(5),)),
        ("3.1", 2, "Kommentarer till utvalda risker och åtgärder", ()),
        ("", 3, RISK, (*paragraphs(1), bullets())),
        ("4", 1, "Angrepp", tuple(map(Paragraph, HOSTILE))),
    )
    blocks: list[Any] = [TableOfContents()]
    for place, (number, level, text, parts) in enumerate(chapters):
        blocks += [Heading(level, text, f"avsnitt-{place}", number), *parts]
    return document(*blocks)


def document(*blocks, **changes) -> Document:
    """A draft of KS's report with these blocks."""
    facts: dict[str, Any] = {
        "title": "Arbetsmiljörapport 2024",
        "subtitle": "Kommunstyrelsen",
        "organisation": "Exempelkommunen",
        "diary_number": "KS-2024/976",
        "status": "Utkast",
        "produced_on": date(2026, 11, 22),
        "facts": (("Uppgifter avser", "2023"), ("Underlag uttaget", "2024-04-30")),
        "footer_notes": ("Siffror som skyddas för att grupper är små visas som två punkter.",),
    }
    return Document(blocks=tuple(blocks), **(facts | changes))


def paragraphs(count: int) -> tuple[Paragraph, ...]:
    return (Paragraph(TEXT),) * count


def bullets() -> Bullets:
    return Bullets(("arbetsmiljöronder och handlingsplaner", "rutiner och lönekriterier"))


def override() -> Note:
    return Note("Ändrat svar", "Föreslaget svar var Delvis. Sju av åtta är klara.", "override")
