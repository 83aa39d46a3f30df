"""Writers: one content tree in, files out. No Django, no database, no clock, no network."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any, Literal

from samkoll.documents.content import (
    Block,
    Bullets,
    Document,
    Heading,
    Note,
    Paragraph,
    Table,
    TableOfContents,
)
from samkoll.documents.writers.look import PLAIN, Look
from samkoll.stats.charts import Chart
from samkoll.stats.charts.characters import Missing, missing

Format = Literal["html", "docx", "pdf", "xlsx", "json"]
PRINTED: tuple[Format, ...] = ("docx", "pdf", "html")
"""Formats that are read as a document."""
FORMATS: tuple[Format, ...] = (*PRINTED, "xlsx", "json")


def render(
    document: Document,
    *,
    formats: Iterable[Format] = FORMATS,
    look: Look = PLAIN,
    data: Mapping[str, Any] | None = None,
) -> dict[Format, bytes]:
    """The document in each of the formats; equal documents give equal bytes.

    ``data``: what the JSON tells beside the document. Charts are drawn once per process. The table
    of contents in Word shows the page numbers of the PDF.
    Raises: DocumentTooLarge.
    """
    wanted = set(formats)
    files: dict[Format, bytes] = {}
    pages: tuple[int, ...] = ()
    has_contents = any(isinstance(block, TableOfContents) for block in document.blocks)
    # Each writer's library takes a quarter of a second to load: only when it is needed.
    if "pdf" in wanted or ("docx" in wanted and has_contents):
        from samkoll.documents.writers import pdf

        finished = pdf.typeset(document, look.logo)
        pages = finished.pages
        if "pdf" in wanted:
            files["pdf"] = finished.pdf
    if "docx" in wanted:
        from samkoll.documents.writers import docx

        files["docx"] = docx.write(document, pages=pages, look=look)
    if "html" in wanted:
        from samkoll.documents.writers import html

        files["html"] = html.page(document)
    return files | _data(document, wanted, data or {})


def _data(
    document: Document, wanted: Container[Format], data: Mapping[str, Any]
) -> dict[Format, bytes]:
    """The formats that are read by programs."""
    files: dict[Format, bytes] = {}
    if "xlsx" in wanted:
        from samkoll.documents.writers import xlsx

        files["xlsx"] = xlsx.write(document)
    if "json" in wanted:
        from samkoll.documents.writers import json

        files["json"] = json.write(document, data)
    return files


def unprintable(document: Document) -> tuple[Missing, ...]:
    """Texts that the PDF shows with □ because its font lacks a character. Tell the author."""
    return missing(texts(document))


def texts(document: Document) -> Iterator[str]:
    """Every text of the document, as it was typed."""
    yield from (document.title, document.subtitle, document.organisation, document.diary_number)
    yield from (text for pair in document.facts for text in pair)
    for block in document.blocks:
        yield from _block_texts(block)
    yield from document.footer_notes


def _block_texts(block: Block) -> Iterator[str]:
    match block:
        case Heading() | Paragraph():
            yield block.text
        case Bullets(items):
            yield from items
        case Note(lead, text):
            yield from (lead, text)
        case Table():
            yield block.caption
            yield from (column.label for column in block.columns)
            for row in block.rows:
                yield from (part for c in row.cells for part in (c.label, c.text, c.mark))
            yield from block.notes
        case Chart():
            yield from (block.caption, block.alt, block.unit, *(s.name for s in block.series))
