"""The list of reports as a file: CSV for any program, or a workbook.

A text that a spreadsheet would take for a formula gets an apostrophe in front.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

import xlsxwriter
from django.http import HttpResponse
from django.utils.translation import gettext as _

from samkoll.web.tables import Kind, Table

BOM = "\ufeff"
"""Tells spreadsheets that the file is UTF-8."""
RISKY = ("=", "+", "-", "@", "\t", "\r")


def response(table: Table, *, form: str, name: str) -> HttpResponse | None:
    """The table as a download named ``name``; None for a format that does not exist."""
    if form not in FORMATS:
        return None
    content_type, write = FORMATS[form]
    answer = HttpResponse(write(table), content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


def _csv(table: Table) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow([str(head.label) for head in table.heads])
    writer.writerows(_rows(table))
    return (BOM + out.getvalue()).encode()


def _xlsx(table: Table) -> bytes:
    """One sheet. Columns of numbers hold numbers; everything else is text."""
    out = io.BytesIO()
    numbers = {at for at, head in enumerate(table.heads) if head.kind == Kind.NUMBER}
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet(_("Rapporter"))
        sheet.write_row(0, 0, [str(h.label) for h in table.heads], book.add_format({"bold": True}))
        sheet.set_column(0, len(table.heads) - 1, 24)
        sheet.freeze_panes(1, 0)
        for line, row in enumerate(_rows(table), start=1):
            for at, text in enumerate(row):
                if at in numbers and text:
                    sheet.write_number(line, at, int(text))
                else:
                    sheet.write_string(line, at, text)
    return out.getvalue()


def _rows(table: Table) -> Iterator[list[str]]:
    for row in table.rows:
        texts = (str(cell.text) for cell in row.cells)
        yield [f"'{text}" if text.startswith(RISKY) else text for text in texts]


FORMATS: dict[str, tuple[str, Callable[[Table], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", _csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
}
