"""Rows as a file of any length, CSV or a workbook, written to disk row by row.

For lists of thousands of rows; ``export`` writes the small tables of pages. Dates and numbers are
dates and numbers in the workbook. In the text file a number has a decimal comma, and a text that a
spreadsheet would take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import IO

import xlsxwriter
from django.http import FileResponse
from django.utils.translation import gettext as _

from samkoll.web.export import BOM, RISKY
from samkoll.web.page import Words

Value = str | int | Decimal | date | None
IN_MEMORY = 2_000_000
"""Bytes of a file that are kept in memory before it goes to disk."""


@dataclass(frozen=True, slots=True)
class FileColumn:
    """A column of the file; ``width`` in characters of a workbook's column."""

    label: Words
    width: int = 16


def response(
    columns: Sequence[FileColumn], rows: Iterable[Sequence[Value]], *, form: str, name: str
) -> FileResponse | None:
    """The rows as a download named ``name``; None for a format that does not exist."""
    if form not in FORMATS:
        return None
    content_type, write = FORMATS[form]
    file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (closed by the answer)
    write(file, columns, rows)
    file.seek(0)
    named = f"{name}.{form}"
    return FileResponse(file, as_attachment=True, filename=named, content_type=content_type)


def _csv(file: IO[bytes], columns: Sequence[FileColumn], rows: Iterable[Sequence[Value]]) -> None:
    file.write(BOM.encode())
    text = io.TextIOWrapper(file, encoding="utf-8", newline="", write_through=False)
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([str(column.label) for column in columns])
    for row in rows:
        writer.writerow([_plain(value) for value in row])
    text.detach()


def _plain(value: Value) -> str:
    if isinstance(value, str):
        return f"'{value}" if value.startswith(RISKY) else value
    return "" if value is None else str(value).replace(".", ",")


def _xlsx(file: IO[bytes], columns: Sequence[FileColumn], rows: Iterable[Sequence[Value]]) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as book:
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet(_("Tabell"))
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
        sheet.freeze_panes(1, 1)
        sheet.write_row(0, 0, [str(column.label) for column in columns], bold)
        last = 0
        for last, row in enumerate(rows, start=1):
            for place, value in enumerate(row):
                if isinstance(value, str):
                    sheet.write_string(last, place, value)
                elif isinstance(value, date):
                    sheet.write_datetime(last, place, value, day)
                elif value is not None:
                    sheet.write_number(last, place, value)
        sheet.autofilter(0, 0, last, len(columns) - 1)


FORMATS: dict[
    str,
    tuple[str, Callable[[IO[bytes], Sequence[FileColumn], Iterable[Sequence[Value]]], None]],
] = {
    "csv": ("text/csv; charset=utf-8", _csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
}
