"""The content tree: one frozen document, before any format.

The domains compose it from what they know; the writers turn it into HTML, DOCX and PDF. Every
text is a plain string, never markup. Figures arrive both as the shown text and as the parsed
value, so that tests and readers compare numbers and not typography.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from samkoll.core.text import MISSING, PROTECTED, number, rounded
from samkoll.stats.charts import Chart

Kind = Literal["text", "number", "date"]
RowKind = Literal["data", "group", "detail"]
NoteKind = Literal["info", "given", "override", "protected"]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading. ``level`` 1 to 4; ``number`` as printed ("2.1") or empty; ``anchor`` unique."""

    level: int
    text: str
    anchor: str
    number: str = ""

    @property
    def label(self) -> str:
        """Number and text as they stand in tables of contents and bookmarks."""
        return f"{self.number} {self.text}".strip()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of running text. A line feed in it is a line break."""

    text: str


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list without order."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A set-off remark with its own lead ("Angiven, inte beräknad"): origin, override, groups."""

    lead: str
    text: str
    kind: NoteKind = "info"


@dataclass(frozen=True, slots=True)
class Column:
    """One table column. ``weight`` is its share of the width; dates take what they need."""

    label: str
    kind: Kind = "text"
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows.

    ``value`` is the shown number, parsed (None for words and for protected figures), and
    ``figure_id`` names its birth certificate. ``mark`` is a remark on just this cell; writers
    give equal marks one letter and explain it under the table. ``label`` is a small lead above
    the text ("Önskad effekt"). ``head`` makes it the head of the rows that it spans.
    """

    text: str
    value: Decimal | int | None = None
    figure_id: str = ""
    mark: str = ""
    label: str = ""
    head: bool = False
    rows: int = 1
    columns: int = 1

    @classmethod
    def figure(
        cls, value: Decimal | int, decimals: int = 0, *, figure_id: str = "", mark: str = ""
    ) -> Cell:
        """A number in Swedish form; ``value`` is kept as it is shown, that is, rounded."""
        shown = rounded(Decimal(value), decimals)
        return cls(number(shown, decimals), shown, figure_id=figure_id, mark=mark)

    @classmethod
    def protected(cls, mark: str = "") -> Cell:
        """A figure that small groups forbid to show."""
        return cls(PROTECTED, mark=mark)

    @classmethod
    def missing(cls, mark: str = "") -> Cell:
        """A figure that does not exist."""
        return cls(MISSING, mark=mark)


@dataclass(frozen=True, slots=True)
class Row:
    """One body row. Cells covered by a span from above are left out, as in HTML.

    ``group`` is a sub-head over the rows that follow: one cell over all columns. ``detail``
    belongs to the row above it (the wanted effect of a measure): no rule parts them.
    """

    cells: tuple[Cell, ...]
    kind: RowKind = "data"

    @classmethod
    def group(cls, text: str, columns: int) -> Row:
        return cls((Cell(text, head=True, columns=columns),), "group")


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a caption, one row of column heads and a head in every body row.

    Raises: ValueError when the rows do not fill the columns exactly.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        covered = [0] * len(self.columns)
        for row in self.rows:
            _fill(row, covered, self.caption)
        if any(covered):
            raise ValueError(f"a cell of table {self.caption!r} spans past the last row")

    @property
    def marks(self) -> dict[str, str]:
        """Each distinct mark of the cells and the letter that stands for it, in reading order."""
        seen = dict.fromkeys(c.mark for row in self.rows for c in row.cells if c.mark)
        return {mark: chr(ord("a") + place) for place, mark in enumerate(seen)}

    def places(self) -> Iterator[tuple[Row, tuple[tuple[int, Cell], ...]]]:
        """Every row with its cells and the index of the column in which each cell starts."""
        covered = [0] * len(self.columns)
        for row in self.rows:
            yield row, _fill(row, covered, self.caption)


def _fill(row: Row, covered: list[int], caption: str) -> tuple[tuple[int, Cell], ...]:
    """Lay one row into the grid. ``covered``: rows still covered from above, per column."""
    places, cells = [], iter(row.cells)
    column = 0
    while column < len(covered):
        if covered[column]:
            column += 1
            continue
        cell = next(cells, None)
        if cell is None or any(covered[column : column + cell.columns]):
            raise ValueError(f"a row of table {caption!r} does not fit its columns")
        places.append((column, cell))
        if column + cell.columns > len(covered):
            raise ValueError(f"a row of table {caption!r} is too wide")
        covered[column : column + cell.columns] = [cell.rows] * cell.columns
        column += cell.columns
    if next(cells, None) is not None:
        raise ValueError(f"a row of table {caption!r} has too many cells")
    covered[:] = [rows - 1 for rows in covered]
    return tuple(places)


@dataclass(frozen=True, slots=True)
class TableOfContents:
    """The place of the table of contents. ``depth``: the lowest heading level in it."""

    title: str = "Innehållsförteckning"
    depth: int = 2


Block = Heading | Paragraph | Bullets | Note | Table | Chart | TableOfContents


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. ``produced_on`` is printed, and is the only date in the files' metadata.

    ``status`` is the mark of an unfinished document ("Utkast"), printed on every page.
    ``facts`` are pairs under the title ("Underlag uttaget", "2024-01-15"; "Urval", "Öppna").
    ``short`` is for a list or a few pages: a small title block instead of a cover, captions
    without numbers, the day on every page. ``landscape`` turns the paper for wide tables.
    Raises: ValueError when headings skip a level or share an anchor.
    """

    title: str
    organisation: str
    produced_on: date
    blocks: tuple[Block, ...]
    subtitle: str = ""
    diary_number: str = ""
    status: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    footer_notes: tuple[str, ...] = ()
    short: bool = False
    landscape: bool = False
    language: str = field(default="sv-SE")

    def __post_init__(self) -> None:
        level = 0
        anchors = set[str]()
        for heading in self.headings():
            if not 1 <= heading.level <= min(level + 1, 4):
                raise ValueError(f"heading {heading.label!r} skips a level")
            if heading.anchor in anchors or not re.fullmatch(r"[a-z][a-z0-9-]*", heading.anchor):
                raise ValueError(f"anchor {heading.anchor!r} is taken or malformed")
            anchors.add(heading.anchor)
            level = heading.level

    def headings(self, depth: int = 4) -> tuple[Heading, ...]:
        """All headings down to ``depth``, in order."""
        return tuple(b for b in self.blocks if isinstance(b, Heading) and b.level <= depth)

    @property
    def name(self) -> str:
        """Title and whose it is: ``Arbetsmiljörapport 2024 – Kommunstyrelsen``."""
        return " – ".join(filter(None, (self.title, self.subtitle)))

    @property
    def running_head(self) -> str:
        """What stands at the top of every page after the first, left of the mark."""
        number = f"Diarienummer {self.diary_number}" if self.diary_number else ""
        day = f"Framtagen {self.produced_on.isoformat()}" if self.short else ""
        return " · ".join(filter(None, (number, day)))

    def cover(self) -> tuple[tuple[str, str], ...]:
        """The facts under the title, in order, without the empty ones."""
        first = ("Diarienummer", self.diary_number), ("Status", self.status)
        last = ("Framtagen", self.produced_on.isoformat())
        return tuple((name, text) for name, text in (*first, *self.facts, last) if text)

    def captions(self) -> dict[int, str]:
        """Index of each table and chart in ``blocks`` -> its caption, numbered unless short."""
        counts = {Table: 0, Chart: 0}
        names: dict[type, str] = {Table: "Tabell", Chart: "Diagram"}
        found = {}
        for index, block in enumerate(self.blocks):
            if isinstance(block, Table | Chart):
                counts[type(block)] += 1
                number = f"{names[type(block)]} {counts[type(block)]}. "
                found[index] = block.caption if self.short else number + block.caption
        return found


def text_blocks(text: str) -> tuple[Paragraph | Bullets, ...]:
    """What a person typed in a text field, as blocks.

    Empty lines part paragraphs; lines that begin with "- ", "* " or "• " are bullets.

    >>> text_blocks("En rad.\\n\\n- ett\\n- två")
    (Paragraph(text='En rad.'), Bullets(items=('ett', 'två')))
    """
    blocks: list[Paragraph | Bullets] = []
    for part in re.split(r"\n\s*\n", text.replace("\r\n", "\n").strip()):
        blocks.extend(_part(part))
    return tuple(blocks)


def _part(part: str) -> Iterator[Paragraph | Bullets]:
    lines: list[str] = []
    items: list[str] = []
    for line in (*filter(None, map(str.strip, part.split("\n"))), ""):
        bullet = re.match(r"[-*•–]\s+(.+)", line)
        if lines and (bullet or not line):
            yield Paragraph("\n".join(lines))
            lines = []
        if items and not bullet:
            yield Bullets(tuple(items))
            items = []
        if bullet:
            items.append(bullet[1])
        elif line:
            lines.append(line)
