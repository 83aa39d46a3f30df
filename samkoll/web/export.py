"""A table of a page as a file: exactly what is shown, as CSV or as a workbook.

Numbers are numbers in the workbook and have a decimal comma in the text file. A text that a
spreadsheet would take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator
from decimal import Decimal, InvalidOperation
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.utils.translation import gettext as _

from samkoll.core.text import MINUS, parse_number
from samkoll.web.tables import Cell, Fact, Kind, Table

BOM = "\ufeff"
"""Tells spreadsheets that the file is UTF-8."""
RISKY = ("=", "+", "-", "@", "\t", "\r")
Value = str | Decimal


def response(
    table: Table, *, form: str, name: str, about: tuple[Fact, ...] = ()
) -> HttpResponse | None:
    """The table as a download named ``name``; None for a format that does not exist.

    ``about`` goes on a second sheet of the workbook: how the figures were computed.
    """
    if form not in FORMATS:
        return None
    content_type, write = FORMATS[form]
    answer = HttpResponse(write(table, about), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


def _csv(table: Table, _about: tuple[Fact, ...]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([str(head.label) for head in table.heads])
    for row in _rows(table):
        writer.writerow([_plain(value) for value in row])
    return (BOM + out.getvalue()).encode()


def _xlsx(table: Table, about: tuple[Fact, ...]) -> bytes:
    """The table on the first sheet, how it was computed on the second."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True})
        sheet = book.add_worksheet(_("Tabell"))
        sheet.write_row(0, 0, [str(head.label) for head in table.heads], bold)
        sheet.set_column(0, 0, 42)
        sheet.set_column(1, max(len(table.heads) - 1, 1), 18)
        sheet.freeze_panes(1, 1)
        shapes = [book.add_format({"num_format": shape}) for shape in ("#,##0", "#,##0.0")]
        for number, row in enumerate(_rows(table), start=1):
            for column, value in enumerate(row):
                if isinstance(value, Decimal):
                    sheet.write_number(number, column, float(value), shapes[_has_decimals(value)])
                else:
                    sheet.write_string(number, column, value)
        if about:
            _write_about(book, table, about, bold, wrapped)
    return out.getvalue()


def _write_about(
    book: xlsxwriter.Workbook, table: Table, about: tuple[Fact, ...], bold: Any, wrapped: Any
) -> None:
    words = book.add_worksheet(_("Om siffrorna"))
    words.set_column(0, 0, 28)
    words.set_column(1, 1, 90, wrapped)
    words.write_string(0, 0, str(table.caption), bold)
    for number, fact in enumerate(about, start=2):
        words.write_string(number, 0, str(fact.label))
        words.write_string(number, 1, str(fact.text))


def _has_decimals(value: Decimal) -> bool:
    return int(value.as_tuple().exponent) < 0


def _rows(table: Table) -> Iterator[list[Value]]:
    kinds = [head.kind for head in table.heads]
    for row in table.rows:
        yield [_value(cell, kind) for cell, kind in zip(row.cells, kinds, strict=True)]


def _value(cell: Cell, kind: Kind) -> Value:
    """A number where the column has numbers, else the text: ``..`` and ``–`` stay as they are."""
    text = str(cell.text)
    if kind == Kind.NUMBER:
        try:
            return parse_number(text)
        except InvalidOperation:
            return text
    return f"'{text}" if text.startswith(RISKY) else text


def _plain(value: Value) -> str:
    return value if isinstance(value, str) else str(value).replace(".", ",").replace(MINUS, "-")


FORMATS: dict[str, tuple[str, Callable[[Table, tuple[Fact, ...]], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", _csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
}
