"""A document as a stream of headings, paragraphs and tables, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from samkoll.reports.review.finding import Place, Quotation

_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ”\"])")
TOPICS = {
    "skador": ("arbetsskador och tillbud", "arbetssskador och tillbud"),
    "sjuk": ("sjukfrånvaro",),
    "omsattning": ("personalomsättning",),
    "timmar": ("övertid och mertid",),
    "traffar": ("arbetsplatsträffar och samverkan",),
    "ronder": ("arbetsmiljöronder/arbetsmiljöarbete", "arbetsmiljöronder och arbetsmiljöarbete"),
    "halsovard": ("företagshälsovård",),
    "aktiva": ("aktiva åtgärder (diskrimineringslagen)",),
    "enkat": ("arbetet med resultatet av medarbetarenkäten",),
    "inspektion": ("inspektioner från arbetsmiljöverket",),
    "fordelning": ("vidarefördelning av arbetsmiljöuppgifter och certifiering",),
    "risker": ("utvalda risker och åtgärder som rapporteras vidare",),
}
_TOPIC_OF = {name: topic for topic, names in TOPICS.items() for name in names}


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph or a heading. ``topic``: which known section it belongs to, or empty."""

    text: str
    place: Place
    topic: str = ""
    heading: bool = False

    def sentences(self) -> Iterator[str]:
        """Its sentences, with single spaces."""
        yield from _SENTENCES.split(plain(self.text))

    def quote(self, text: str = "") -> Quotation:
        return Quotation(shortened(text or plain(self.text)), self.place)


@dataclass(frozen=True, slots=True)
class TableRow:
    """Cells of a body row; ``group`` is the sub-head above it."""

    cells: tuple[str, ...]
    place: Place
    group: str = ""

    @property
    def label(self) -> str:
        return self.cells[0] if self.cells else ""

    def quote(self) -> Quotation:
        """The row, with its sub-head first."""
        words = " | ".join(cell for cell in self.cells if cell)
        return Quotation(shortened(f"{self.group}: {words}" if self.group else words), self.place)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its column heads."""

    head: tuple[str, ...]
    rows: tuple[TableRow, ...]
    place: Place
    topic: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """Everything that the rules look at."""

    name: str
    passages: tuple[Passage, ...]
    tables: tuple[Table, ...]

    @property
    def text(self) -> str:
        return "\n".join(plain(passage.text) for passage in self.passages)


def topic_of(heading: str) -> str:
    """The known section with that heading, with or without its number; empty for others."""
    return _TOPIC_OF.get(re.sub(r"^[\d.]+\s*", "", plain(heading)).casefold(), "")


def plain(text: str) -> str:
    """One kind of space, minus and dash; no soft hyphens and no spaces inside numbers."""
    text = text.replace("\u2212", "-").replace("\u2060", "").replace("\u00ad", "")
    text = re.sub(r"(?<=\d)[\u202f\u00a0\u2009](?=\d{3})", "", text)
    return re.sub(r"\s+", " ", text).strip()


def shortened(text: str, longest: int = 240) -> str:
    """At most so many characters, for quotations."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
