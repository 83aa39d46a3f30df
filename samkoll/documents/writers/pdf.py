"""PDF/UA-1 through Typst: a fixed template of ours, the document as JSON data.

The compiler runs inside the process (ADR 0041 says why): the template is no user's, its root is
an empty folder, it sees no font but ours, and the size of the data is bounded.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Lock
from typing import Any

from samkoll.core.errors import DomainError
from samkoll.documents.content import (
    Block,
    Bullets,
    Cell,
    Document,
    Heading,
    Note,
    Paragraph,
    Row,
    Table,
    TableOfContents,
)
from samkoll.documents.writers.look import logo_words
from samkoll.documents.writers.pdf_tags import Finished, finish
from samkoll.stats.charts import FONTS, Chart, draw
from samkoll.stats.charts.characters import printable

LARGEST = 20_000_000
"""Characters of data at most: some five thousand pages."""
LONGEST_KEPT = 500
"""A row stays on one page unless one of its cells has more characters than this."""
_TEMPLATE = Path(__file__).parent / "document.typ"
_POINTS_PER_PIXEL = 0.75
_WIDEST = 453
_one_at_a_time = Lock()

Json = dict[str, Any]


class DocumentTooLarge(DomainError):
    """More text than a report can have; compiling it could take the machine."""


def write(document: Document) -> bytes:
    """The document as PDF/UA-1, the same bytes for the same document.

    Raises: DocumentTooLarge. A warning of the compiler is a fault of ours and raises too.
    """
    return typeset(document).pdf


def typeset(document: Document, logo: bytes | None = None) -> Finished:
    """The PDF together with the page on which each heading stands."""
    content = _data(document)
    if logo:
        content["logo"] = {"picture": list(logo), "alt": logo_words(document)}
    data = json.dumps(content, ensure_ascii=False)
    if len(data) > LARGEST:
        raise DocumentTooLarge("Dokumentet är för stort för en PDF. Korta texterna eller dela det.")
    with _one_at_a_time:
        pdf, warnings = _compiler().compile_with_warnings(
            _TEMPLATE.read_bytes(),
            sys_inputs={"data": data},
            format="pdf",
            pdf_standards=["ua-1"],
        )
    if warnings:
        raise RuntimeError("; ".join(str(warning) for warning in warnings))
    return finish(pdf, document)


@cache
def _compiler() -> Any:
    import typst  # 60 MB that only a PDF needs

    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )
    root = _empty_root().name
    return typst.Compiler(
        root=root,
        font_paths=fonts,
        ignore_system_fonts=True,
        package_path=root,
        package_cache_path=root,
    )


@cache
def _empty_root() -> TemporaryDirectory[str]:
    """A folder with nothing in it, removed when the process ends."""
    return TemporaryDirectory(prefix="samkoll-typst-")


def _data(document: Document) -> Json:
    day = document.produced_on
    captions = document.captions()
    facts: Json = {
        "title": document.title,
        "subtitle": document.subtitle,
        "file_title": document.name,
        "organisation": document.organisation,
        "running_head": document.running_head,
        "status": document.status,
        "cover": document.cover(),
        "footer_notes": document.footer_notes,
        "blocks": [_block(block, captions.get(i, "")) for i, block in enumerate(document.blocks)],
    }
    shown: Json = _printable(facts)
    shown["short"], shown["landscape"] = document.short, document.landscape
    shown["language"] = document.language.split("-")
    shown["produced_on"] = {"year": day.year, "month": day.month, "day": day.day}
    return shown


def _printable(value: Any) -> Any:
    """The same structure with every text fit for the font."""
    match value:
        case str():
            return value if value.startswith("<svg ") else printable(value)
        case Mapping():
            return {key: _printable(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_printable(inner) for inner in value]
    return value


def _block(block: Block, caption: str) -> Json:
    data: Json = {}
    match block:
        case Heading(level, text, anchor, number):
            data = {"level": level, "text": text, "anchor": anchor, "number": number}
        case Paragraph(text):
            data = {"text": text}
        case Bullets(items):
            data = {"items": items}
        case Note(lead, text, kind):
            lead = f"{lead.rstrip('.')}." if lead else ""
            data = {"lead": lead, "text": text, "kind": kind}
        case Table():
            data = _table(block, caption)
        case Chart():
            data = _chart(block, caption)
        case TableOfContents(title, depth):
            data = {"title": title, "depth": depth}
    return {"type": type(block).__name__, **data}


def _table(table: Table, caption: str) -> Json:
    marks = table.marks
    return {
        "caption": caption,
        "widths": [None if c.kind == "date" else c.weight for c in table.columns],
        "heads": [{"text": c.label, "right": c.kind == "number"} for c in table.columns],
        "cells": [
            cell for row, cells in table.places() for cell in _cells(table, row, cells, marks)
        ],
        "marks": [(letter, mark) for mark, letter in marks.items()],
        "notes": table.notes,
    }


def _cells(
    table: Table, row: Row, cells: tuple[tuple[int, Cell], ...], marks: Mapping[str, str]
) -> list[Json]:
    whole = sum(column.weight for column in table.columns)
    long = any(len(cell.text) > LONGEST_KEPT for _, cell in cells)
    return [
        {
            "text": cell.text,
            "label": cell.label,
            "mark": marks.get(cell.mark, ""),
            "columns": cell.columns,
            "rows": cell.rows,
            "breakable": long or cell.rows > 1,
            "right": table.columns[column].kind == "number" and cell.columns == 1,
            "share": _weight(table, column, cell) / whole,
            "group": row.kind == "group",
            "bold": row.kind == "group",
            "detail": row.kind == "detail",
            "ruled": row.kind != "detail" and row is not table.rows[0],
        }
        for column, cell in cells
    ]


def _weight(table: Table, column: int, cell: Cell) -> float:
    """The weights of the columns that a cell takes."""
    return sum(c.weight for c in table.columns[column : column + cell.columns])


def _chart(chart: Chart, caption: str) -> Json:
    picture = draw(chart)
    width = min(picture.width * _POINTS_PER_PIXEL, _WIDEST)
    return {"caption": caption, "alt": chart.alt, "svg": picture.svg, "width": width}
