"""The fields that a Word template may use, as plain text."""

from __future__ import annotations

from typing import TypedDict

from samkoll.documents.content import Document
from samkoll.stats.charts.characters import clean


class Fact(TypedDict):
    """One line of the cover's facts."""

    namn: str
    text: str


class Fields(TypedDict):
    """What ``{{ … }}`` may name. Text, and one list of texts; nothing that can be called."""

    titel: str
    undertitel: str
    organisation: str
    diarienummer: str
    sidhuvud: str
    sidfot: str
    status: str
    framtagen: str
    uppgifter: list[Fact]


def fields_of(document: Document) -> Fields:
    """The fields of one document."""
    return {
        "titel": clean(document.title),
        "undertitel": clean(document.subtitle),
        "organisation": clean(document.organisation),
        "diarienummer": clean(document.diary_number),
        "sidhuvud": clean(document.running_head),
        "sidfot": clean(" · ".join(filter(None, (document.organisation, document.name)))),
        "status": clean(document.status),
        "framtagen": document.produced_on.isoformat(),
        "uppgifter": [
            {"namn": clean(name), "text": clean(text)} for name, text in document.cover()
        ],
    }
