"""Small payroll files for tests, in the layout of the profile lon-manad."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from samkoll.imports import profiles
from samkoll.imports.examining import Findings, examine
from samkoll.imports.pseudonyms import Pseudonyms
from samkoll.imports.reading import Source
from samkoll.imports.rows import RowCheck
from samkoll.imports.units import UnitPeriod, Units

TODAY = date(2026, 11, 22)
PROFILE = profiles.load()
HEADS = list(PROFILE.columns.values())
UNITS = Units(
    [
        UnitPeriod(1, "KSF-110", "Upphandling", 2020 * 12),
        UnitPeriod(2, "KSF-120", "Ekonomi", 2020 * 12, 2023 * 12 + 5),
        UnitPeriod(3, "KSF-120", "Ekonomi och styrning", 2023 * 12 + 6),
    ]
)
PSEUDONYMS = Pseudonyms(b"k" * 32)


def identity(number: int = 0, year: int = 1980) -> str:
    """The ``number``-th identity number of that year that nobody has (birth number 980-999)."""
    birth = f"{year % 100:02d}{1 + number // 20 // 28 % 12:02d}{1 + number // 20 % 28:02d}"
    digits = f"{birth}{980 + number % 20}"
    total = sum(
        (int(d) * (2 - i % 2)) // 10 + int(d) * (2 - i % 2) % 10 for i, d in enumerate(digits)
    )
    return f"{year}{digits[2:6]}-{digits[6:]}{-total % 10}"


def row(who: int = 0, /, **changes: str) -> dict[str, str]:
    """A faultless row; ``changes`` go by logical column."""
    start = ["2023-01", identity(who), "1", "KSF-110", "Kvinna", "Tillsvidare", "Ja"]
    hours = ["100,00", "168,00", "8,00", "0,00", "0,00", "2,50"]
    cells = [*start, "Handläggare", *hours, "", "", "Nej"]
    return {**dict(zip(profiles.COLUMNS, cells, strict=True)), **changes}


def text(*rows: dict[str, str], heads: list[str] | None = None, end: str = "\r\n") -> str:
    """The file as text."""
    lines = [heads or HEADS, *(list(each.values()) for each in rows)]
    return "".join(";".join(line) + end for line in lines)


def source(content: str | bytes, encoding: str = "cp1252", name: str = "lön.csv") -> Source:
    """A file in memory."""
    raw = content.encode(encoding) if isinstance(content, str) else content
    return Source(name, len(raw), lambda: io.BytesIO(raw))


def check(**changes: Any) -> RowCheck:
    """A fresh check of rows on the small organisation of these tests."""
    return RowCheck(
        changes.get("profile", PROFILE), changes.get("units", UNITS), PSEUDONYMS, today=TODAY
    )


def examined(
    content: str | bytes, folder: Path, **options: Any
) -> tuple[Findings, pl.DataFrame | None]:
    """The findings, and the facts of all months in one frame (None when there are none)."""
    months: list[pl.DataFrame] = []
    chunk = options.pop("chunk_bytes", 4 * 2**20)
    findings = examine(
        source(content, **options), check(), folder=folder, sink=months.append, chunk_bytes=chunk
    )
    return findings, pl.concat(months) if months else None


def workbook(*rows: Sequence[object]) -> bytes:
    """An XLSX of one sheet."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        for number, cells in enumerate(rows):
            sheet.write_row(number, 0, cells)
    return file.getvalue()
