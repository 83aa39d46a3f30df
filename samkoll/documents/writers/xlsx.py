"""XLSX: every table and the values of every chart, a sheet each; numbers as numbers.

A cell that spans rows is repeated in each of them, so that every row of a sheet stands by itself
and can be sorted and filtered. What a mark or a detail row says stands in its row.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import xlsxwriter

from samkoll.core.text import PROTECTED
from samkoll.documents.content import Cell, Column, Document, Row, Table
from samkoll.stats.charts import Chart
from samkoll.stats.charts.characters import clean

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
CONTENTS, NOTE = "Innehåll", "Anmärkning"
HEAD_ROW = 2
LONGEST = 32_000
"""Characters that a cell can hold, with room to spare."""
Value = str | Decimal | int | date


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One worksheet before it is written. ``rows``: the values of a row, and its kind."""

    name: str
    caption: str
    heads: tuple[Column, ...]
    rows: tuple[tuple[tuple[Value, ...], str], ...]
    notes: tuple[str, ...] = ()


def write(document: Document) -> bytes:
    """The workbook. Equal documents give equal bytes."""
    out = io.BytesIO()
    sheets = tuple(_sheets(document))
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        made = datetime.combine(document.produced_on, time())
        book.set_properties({"title": clean(document.name)[:255], "created": made})
        writer = _Writer(book)
        writer.contents(document, sheets)
        for sheet in sheets:
            writer.sheet(sheet)
    return out.getvalue()


def _sheets(document: Document) -> Iterator[_Sheet]:
    counts = {Table: 0, Chart: 0}
    for block in document.blocks:
        if isinstance(block, Table | Chart):
            counts[type(block)] += 1
            if isinstance(block, Table):
                yield _table(block, f"Tabell {counts[Table]}")
            else:
                yield _chart(block, f"Diagram {counts[Chart]}")


def _table(table: Table, name: str) -> _Sheet:
    """A table, with a column of its own for remarks when any cell has one."""
    marked = bool(table.marks)
    rows = tuple((_row(table, row, cells, marked), row.kind) for row, cells in _whole(table))
    heads = (*table.columns, *((Column(NOTE, weight=3),) if marked else ()))
    return _Sheet(name, table.caption, heads, rows, table.notes)


def _whole(table: Table) -> Iterator[tuple[Row, dict[int, Cell]]]:
    """Every row with the cell of each column; those that span from above are there too."""
    above: dict[int, tuple[Cell, int]] = {}
    for row, places in table.places():
        cells = {column: cell for column, (cell, left) in above.items() if left}
        above = {column: (cell, left - 1) for column, (cell, left) in above.items() if left}
        for column, cell in places:
            cells[column] = cell
            above[column] = (cell, cell.rows - 1)
        yield row, cells


def _row(table: Table, row: Row, cells: dict[int, Cell], marked: bool) -> tuple[Value, ...]:
    kinds = [column.kind for column in table.columns]
    values = tuple(_value(cells.get(place), kind) for place, kind in enumerate(kinds))
    said = dict.fromkeys(cell.mark for _place, cell in sorted(cells.items()) if cell.mark)
    return (*values, " ".join(said)) if marked else values


def _value(cell: Cell | None, kind: str) -> Value:
    """The number or the day that a cell shows, else its words."""
    if cell is None:
        return ""
    if cell.value is not None:
        return cell.value
    if kind == "date":
        try:
            return date.fromisoformat(cell.text)
        except ValueError:
            return cell.text
    return f"{cell.label}: {cell.text}" if cell.label else cell.text


def _chart(chart: Chart, name: str) -> _Sheet:
    """The values that a chart shows: a row for each month or group."""
    labels = dict.fromkeys(p.label for series in chart.series for p in series.points)
    known = [{p.label: p.value for p in series.points} for series in chart.series]
    rows = tuple(
        ((label, *(_drawn(values.get(label), chart.decimals) for values in known)), "data")
        for label in labels
    )
    first = Column("Månad" if chart.kind == "lines" else "Grupp", weight=2)
    heads = (first, *(Column(series.name, "number") for series in chart.series))
    return _Sheet(name, chart.caption, heads, rows, (chart.unit, chart.alt))


def _drawn(value: Decimal | None, decimals: int) -> Value:
    return PROTECTED if value is None else round(value, decimals)


class _Writer:
    """Writes the worksheets of one book, all in the same form."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._title = book.add_format({"bold": True, "font_size": 14})
        self._head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
        self._group = book.add_format({"bold": True})
        self._text = book.add_format({"text_wrap": True, "valign": "top"})
        self._sign = book.add_format({"align": "right", "valign": "top"})
        self._day = book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"})
        self._shapes: dict[int, Any] = {}

    def contents(self, document: Document, sheets: Sequence[_Sheet]) -> None:
        """The first sheet: what the document is, and a way to every other sheet."""
        page = self._book.add_worksheet(CONTENTS)
        page.set_column(0, 0, 26)
        page.set_column(1, 1, 90)
        self._string(page, 0, 0, document.name, self._title)
        facts = (("Organisation", document.organisation), *document.cover())
        for row, (name, text) in enumerate(facts, start=HEAD_ROW):
            self._string(page, row, 0, name)
            self._string(page, row, 1, text)
        start = HEAD_ROW + len(facts) + 1
        for row, sheet in enumerate(sheets, start=start):
            page.write_url(row, 0, f"internal:'{sheet.name}'!A1", string=sheet.name)
            self._string(page, row, 1, sheet.caption)
        for row, text in enumerate(document.footer_notes, start=start + len(sheets) + 1):
            self._string(page, row, 0, text)

    def sheet(self, sheet: _Sheet) -> None:
        """A table under its caption, and its notes below it."""
        page = self._book.add_worksheet(sheet.name)
        self._string(page, 0, 0, sheet.caption, self._title)
        for place, head in enumerate(sheet.heads):
            page.set_column(place, place, min(max(12 * head.weight, 11), 60))
            self._string(page, HEAD_ROW, place, head.label, self._head)
        page.freeze_panes(HEAD_ROW + 1, 1)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.repeat_rows(HEAD_ROW)
        for row, (values, kind) in enumerate(sheet.rows, start=HEAD_ROW + 1):
            for place, value in enumerate(values):
                self._cell(page, row, place, value, kind)
        for row, text in enumerate(sheet.notes, start=HEAD_ROW + len(sheet.rows) + 2):
            self._string(page, row, 0, text)

    def _cell(self, page: Any, row: int, place: int, value: Value, kind: str) -> None:
        if isinstance(value, Decimal | int):
            page.write_number(row, place, float(value), self._shape(value))
        elif isinstance(value, date):
            page.write_datetime(row, place, datetime.combine(value, time()), self._day)
        elif value:
            shown = self._group if kind == "group" else self._text
            self._string(page, row, place, value, self._sign if value == PROTECTED else shown)

    def _shape(self, value: Decimal | int) -> Any:
        """The number format with as many decimals as the document shows."""
        decimals = max(-int(Decimal(value).as_tuple().exponent), 0)
        if decimals not in self._shapes:
            shape = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
            form = {"num_format": shape, "valign": "top"}
            self._shapes[decimals] = self._book.add_format(form)
        return self._shapes[decimals]

    def _string(self, page: Any, row: int, place: int, text: str, form: Any = None) -> None:
        page.write_string(row, place, clean(text)[:LONGEST], form)
