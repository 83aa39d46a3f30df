"""Word files and our own content tree as documents: both have headings and tables already."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from typing import Any

from samkoll.documents import content
from samkoll.reports.review.document import (
    Document,
    Passage,
    Table,
    TableRow,
    plain,
    topic_of,
)
from samkoll.reports.review.finding import Place

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class _Builder:
    """Takes blocks in order and knows under which heading they stand."""

    def __init__(self, name: str) -> None:
        self.name, self.heading, self.topic = name, "", ""
        self.passages: list[Passage] = []
        self.tables: list[Table] = []

    @property
    def place(self) -> Place:
        return Place(self.name, self.heading)

    def title(self, text: str) -> None:
        self.heading, self.topic = text, topic_of(text) or self.topic
        self.passages.append(Passage(text, self.place, self.topic, heading=True))

    def words(self, text: str) -> None:
        text = plain(text)
        if topic_of(text):  # a heading by its words, though not by its style
            self.title(text)
        elif text:
            self.passages.append(Passage(text, self.place, self.topic))

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        if not rows:
            return
        head = tuple(plain(cell) for cell in rows[0])
        found, group = [], ""
        for row in rows[1:]:
            cells = tuple(plain(cell) for cell in row)
            if len([cell for cell in dict.fromkeys(cells) if cell]) == 1 and cells[0]:
                group = cells[0]
            else:
                found.append(TableRow(cells, self.place, group))
        self.tables.append(Table(head, tuple(found), self.place, self.topic))

    def document(self) -> Document:
        return Document(self.name, tuple(self.passages), tuple(self.tables))


def of_content(document: content.Document, name: str) -> Document:
    """Our own report before it is written in any format."""
    builder = _Builder(name)
    for text in (document.title, document.subtitle, document.organisation):
        builder.words(text)
    for block in document.blocks:
        match block:
            case content.Heading():
                builder.title(block.label)
            case content.Paragraph():
                builder.words(block.text)
            case content.Bullets():
                for item in block.items:
                    builder.words(item)
            case content.Note():
                builder.words(f"{block.lead}. {block.text}")
            case content.Table():
                builder.table([[column.label for column in block.columns], *_rows(block)])
            case _:
                pass
    return builder.document()


def _rows(table: content.Table) -> Iterator[list[str]]:
    for _row, places in table.places():
        cells = [""] * len(table.columns)
        for column, cell in places:
            cells[column] = cell.text
        yield cells


def of_docx(name: str, data: bytes) -> Document:
    """A Word file, in the order of its body. Raised letters of remarks are left out."""
    import docx

    builder = _Builder(name)
    opened = docx.Document(io.BytesIO(data))
    styles = {style.style_id: str(style.name) for style in opened.styles}
    for block in opened.element.body:
        if block.tag == f"{_W}tbl":
            builder.table([_cells(row) for row in block.iter(f"{_W}tr")])
        elif block.tag == f"{_W}p":
            _paragraph(builder, block, styles)
    return builder.document()


def _paragraph(builder: _Builder, block: Any, styles: dict[str, str]) -> None:
    found = block.find(f"{_W}pPr/{_W}pStyle")
    style = styles.get(found.get(f"{_W}val"), "") if found is not None else ""
    text = plain(_text(block))
    if text and style.casefold().startswith(("heading", "rubrik")):
        builder.title(text)
    elif not style.casefold().startswith("toc"):
        builder.words(text)


def _text(block: Any) -> str:
    """The words of a paragraph or cell, without what is raised."""
    parts = []
    for run in block.iter(f"{_W}r"):
        if any(up.get(f"{_W}val") == "superscript" for up in run.iter(f"{_W}vertAlign")):
            continue
        for mark in run:
            if mark.tag == f"{_W}t":
                parts.append(mark.text or "")
            elif mark.tag in (f"{_W}br", f"{_W}tab"):
                parts.append(" ")
            elif mark.tag == f"{_W}noBreakHyphen":
                parts.append("-")
    return "".join(parts)


def _cells(row: Any) -> list[str]:
    return [" ".join(_text(p) for p in cell.iter(f"{_W}p")) for cell in row.iter(f"{_W}tc")]
