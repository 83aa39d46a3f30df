"""A small document in every style, to try a template with."""

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
    TableOfContents,
)


def sample(organisation: str, day: date) -> Document:
    """The document. ``day``: when it is made."""
    columns = (Column("Uppgift"), Column("Värde", "number"))
    rows = (
        Row.group("Grupp", 2),
        Row((Cell("Rad", head=True), Cell.figure(7, mark="Anmärkning till värdet."))),
        Row((Cell("En anmärkning under raden.", label="Kommentar", columns=2),), "detail"),
    )
    return Document(
        title="Så här ser mallen ut",
        organisation=organisation,
        subtitle="Exempel",
        diary_number="KS-2024/1",
        status="Utkast",
        produced_on=day,
        facts=(("Förvaltning", "Exempelförvaltningen"),),
        blocks=(
            TableOfContents(),
            Heading(1, "Rubrik på nivå 1", "ett", "1"),
            Paragraph("Löpande text i mallens normalformat."),
            Bullets(("Första punkten.", "Andra punkten.")),
            Heading(2, "Rubrik på nivå 2", "tva", "1.1"),
            Table("Tabell med alla slags celler", columns, rows),
            Note("Anmärkning", "En ruta med en upplysning."),
            Note("Ändrat svar", "En ruta om något som har ändrats.", "override"),
            Heading(3, "Rubrik på nivå 3", "tre"),
            Heading(4, "Rubrik på nivå 4", "fyra"),
        ),
    )
