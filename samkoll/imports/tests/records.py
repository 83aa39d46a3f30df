"""Small files of the HR system's records for tests, and profiles that read them."""

from __future__ import annotations

import io
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import xlsxwriter

from samkoll.imports import profiles
from samkoll.imports.examining import Findings, checking, examine
from samkoll.imports.profiles import Profile
from samkoll.imports.tests import payroll
from samkoll.imports.units import UnitPeriod, Units

HEADS: dict[str, dict[str, str]] = {
    "absence": {
        "person": "Personnummer", "employment": "Anst", "first": "Från", "last": "Till",
        "cause": "Orsak", "extent": "Omfattning",
    },
    "employment": {
        "person": "Personnummer", "employment": "Anst", "unit": "Enhet", "valid_from": "Från",
        "valid_to": "Till", "form": "Form", "extent": "Grad", "sex": "Kön", "staff_group": "Yrke",
        "protected": "Skyddad",
    },
    "time": {
        "month": "Månad", "person": "Personnummer", "employment": "Anst", "unit": "Enhet",
        "additional": "Mertid", "overtime": "Övertid",
    },
    "departure": {
        "person": "Personnummer", "employment": "Anst", "last": "Sista dag", "cause": "Orsak",
    },
}  # fmt: skip
VALUES: dict[str, dict[str, dict[str, int]]] = {
    "absence": {"cause": {"Sjuk": 1, "Semester": 2}},
    "employment": {
        "sex": {"Kvinna": 1, "Man": 2},
        "form": {"Tillsvidare": 1, "Visstid": 2, "Timavlönad": 3},
    },
    "time": {},
    "departure": {"departure": {"Pension": 1, "Egen begäran": 2, "Annan": 7}},
}
UNITS = Units(
    [
        UnitPeriod(1, "0110", "Upphandling", 0),
        UnitPeriod(2, "KSF-120", "Ekonomi", 0, 2023 * 12 + 5),
        UnitPeriod(3, "KSF-120", "Ekonomi och styrning", 2023 * 12 + 6),
        UnitPeriod(4, "0011", "Kök", 0),
        UnitPeriod(5, "011", "Bad", 0),
    ]
)
WHO = payroll.identity()
OTHER = payroll.identity(1)


def profile(kind: str = "absence", **changes: Any) -> Profile:
    """A profile of a kind; ``columns`` are added to the usual ones, None takes one away."""
    columns = {**HEADS[kind], **changes.pop("columns", {})}
    values = {**VALUES[kind], **changes.pop("values", {})}
    return profiles.from_dict(
        {
            "name": "prov", "version": 1, "title": "Prov", "kind": kind, "values": values,
            "columns": {name: head for name, head in columns.items() if head}, **changes,
        }
    )  # fmt: skip


def examined(
    content: str | bytes, by: Profile, folder: Path, encoding: str = "utf-8"
) -> tuple[Findings, pl.DataFrame]:
    """The findings and the records, in the order of the file."""
    check = checking(by, UNITS, payroll.PSEUDONYMS, today=payroll.TODAY)
    parts: list[pl.DataFrame] = []
    source = payroll.source(content, encoding)
    findings = examine(source, check, folder=folder, sink=parts.append)
    facts = pl.concat(parts).sort("row") if parts else pl.DataFrame()
    return findings, facts


def lines(*rows: str, end: str = "\r\n") -> str:
    """Rows as a text."""
    return "".join(row + end for row in rows)


def absence(*rows: str) -> str:
    """A file of absences with the usual heads."""
    return lines("Personnummer;Anst;Från;Till;Orsak;Omfattning", *rows)


def workbook(
    sheets: Mapping[str, Sequence[Sequence[object]]], *, hidden: Sequence[str] = ()
) -> bytes:
    """An XLSX of several sheets."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        for title, rows in sheets.items():
            sheet = book.add_worksheet(title)
            if title in hidden:
                sheet.hide()
            for number, cells in enumerate(rows):
                sheet.write_row(number, 0, cells)
    return file.getvalue()


def old_workbook(title: str, rows: Sequence[Sequence[str | float]]) -> bytes:
    """An XLS (BIFF8 in a compound file) of one sheet with texts and numbers."""
    cells = [
        _cell(row, column, value)
        for row, values in enumerate(rows)
        for column, value in enumerate(values)
    ]
    sheet = _biff(0x809, struct.pack("<HH12x", 0x600, 0x10)) + b"".join(cells) + _biff(0x0A)
    name = title.encode("utf-16-le")
    before = _biff(0x809, struct.pack("<HH12x", 0x600, 0x05))
    start = len(before) + 4 + 8 + len(name) + 4
    bound = _biff(0x85, struct.pack("<IHBB", start, 0, len(title), 1) + name)
    stream = before + bound + _biff(0x0A) + sheet
    return _compound(stream.ljust(-(-max(len(stream), 4096) // 512) * 512, b"\0"))


def _biff(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def _cell(row: int, column: int, value: str | float) -> bytes:
    place = struct.pack("<HHH", row, column, 0)
    if isinstance(value, str):
        text = value.encode("utf-16-le")
        return _biff(0x204, place + struct.pack("<HB", len(value), 1) + text)
    return _biff(0x203, place + struct.pack("<d", value))


def _compound(stream: bytes) -> bytes:
    """A compound file with one stream: header, allocation table, directory, stream."""
    free, end, sectors = 0xFFFFFFFF, 0xFFFFFFFE, len(stream) // 512
    table = [0xFFFFFFFD, end, *range(3, sectors + 2), end]
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0)
    head += struct.pack("<IIIII", 4096, end, 0, end, 0)
    head += struct.pack("<109I", 0, *[free] * 108)
    entries = [("Root Entry", 5, 1, end, 0), ("Workbook", 2, free, 2, len(stream))]
    directory = b"".join(
        name.encode("utf-16-le").ljust(64, b"\0")
        + struct.pack("<HBBIII36xIQ", 2 * len(name) + 2, kind, 1, free, free, child, first, size)
        for name, kind, child, first, size in entries
    ).ljust(512, b"\0")
    return head + struct.pack("<128I", *table, *[free] * (128 - len(table))) + directory + stream
