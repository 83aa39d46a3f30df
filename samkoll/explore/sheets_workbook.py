"""The statistics sheet as a workbook: numbers as numbers, and charts that Excel draws."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import xlsxwriter

from samkoll.core.months import Month
from samkoll.explore.sheets import Sheet
from samkoll.explore.sheets_document import RULE, SICK_HEADS, WORK_HEADS, definitions
from samkoll.explore.sheets_figures import Shown, SickRow, WorkRow
from samkoll.stats.charts import Chart

OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
HEAD_ROW = 3
SHAPES = {0: "#,##0", 1: "#,##0.0"}
COLOURS = ("#0f5468", "#7c939e", "#1c2530")
DASHES = ("solid", "dash", "round_dot")


def workbook(sheet: Sheet, *, produced_on: date) -> bytes:
    """Five worksheets: the receiver's units, boards, turnover and hours, curve, about."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        book.set_properties({"title": f"{sheet.title} – {sheet.receiver.names}"[:255]})
        write = _Writer(book, sheet)
        write.table("Dina enheter", "Sjukfrånvaro, procent", SICK_HEADS, map(_sick, sheet.sick))
        last = write.table(
            "Nämnder", "Sjukfrånvaro per nämnd, procent", SICK_HEADS, map(_sick, sheet.boards)
        )
        write.bars("Nämnder", last, sheet.bars)
        write.table(
            "Omsättning och timmar", "Anställda, omsättning och timmar", WORK_HEADS,
            map(_work, sheet.work),
        )  # fmt: skip
        write.curve(sheet.curve)
        write.about(produced_on)
    return out.getvalue()


def _sick(row: SickRow) -> tuple[str, Sequence[Shown]]:
    values = (row.total, row.women, row.men, row.short, row.long, row.before, row.change)
    return row.name, values


def _work(row: WorkRow) -> tuple[str, Sequence[Shown]]:
    values = (row.people, row.turnover, row.left, row.additional, row.overtime, row.extra)
    return row.name, values


class _Writer:
    """Writes the worksheets of one book, all in the same form."""

    def __init__(self, book: xlsxwriter.Workbook, sheet: Sheet) -> None:
        self._book, self._sheet = book, sheet
        self._title = book.add_format({"bold": True, "font_size": 14})
        self._bold = book.add_format({"bold": True, "text_wrap": True, "bottom": 1})
        self._right = book.add_format({"align": "right"})
        self._shapes = {d: book.add_format({"num_format": s}) for d, s in SHAPES.items()}

    def table(
        self,
        name: str,
        caption: str,
        heads: Sequence[str],
        rows: Iterable[tuple[str, Sequence[Shown]]],
    ) -> int:
        """A worksheet with one table; the index of its last row. A hidden figure is its sign."""
        page = self._page(name, caption)
        page.write_row(HEAD_ROW, 0, ["", *heads], self._bold)
        page.freeze_panes(HEAD_ROW + 1, 1)
        number = HEAD_ROW
        for number, (label, values) in enumerate(rows, start=HEAD_ROW + 1):
            page.write_string(number, 0, label)
            for column, shown in enumerate(values, start=1):
                self._cell(page, number, column, shown)
        return number

    def _page(self, name: str, caption: str) -> Any:
        page = self._book.add_worksheet(name)
        page.set_column(0, 0, 38)
        page.set_column(1, 8, 13)
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.write_string(0, 0, self._sheet.title, self._title)
        page.write_string(1, 0, f"{self._sheet.receiver.names}. {caption}. R12 {self._sheet.month}")
        return page

    def _cell(self, page: Any, row: int, column: int, shown: Shown) -> None:
        if shown.value is None:
            page.write_string(row, column, shown.text, self._right)
        else:
            page.write_number(row, column, float(shown.value), self._shapes[shown.decimals])

    def bars(self, name: str, last: int, chart: Chart) -> None:
        """Bars beside the boards' table: now, and a year before."""
        drawn: Any = self._book.add_chart({"type": "bar"})
        names = [name, HEAD_ROW + 1, 0, last, 0]
        for series, column, colour in zip(chart.series, (1, 6), COLOURS, strict=False):
            drawn.add_series(
                {
                    "name": series.name,
                    "categories": names,
                    "values": [name, HEAD_ROW + 1, column, last, column],
                    "fill": {"color": colour},
                }
            )
        drawn.set_y_axis({"reverse": True})
        drawn.set_x_axis({"min": 0, "num_format": "0"})
        self._insert(name, last + 2, drawn, chart)

    def curve(self, chart: Chart) -> None:
        """The curve's months as a table, and the curve."""
        name = "Utveckling"
        page = self._page(name, "Sjukfrånvaro, procent")
        page.write_row(HEAD_ROW, 0, ["Månad", *(each.name for each in chart.series)], self._bold)
        months = [point.label for point in chart.series[0].points]
        for row, month in enumerate(months, start=HEAD_ROW + 1):
            page.write_string(row, 0, f"R12 {Month.parse(month)}")
        drawn: Any = self._book.add_chart({"type": "line"})
        last = HEAD_ROW + len(months)
        for column, series in enumerate(chart.series, start=1):
            for row, point in enumerate(series.points, start=HEAD_ROW + 1):
                if point.value is not None:
                    page.write_number(row, column, float(point.value), self._shapes[1])
            line = {"color": COLOURS[column - 1], "dash_type": DASHES[column - 1]}
            drawn.add_series(
                {
                    "name": series.name,
                    "categories": [name, HEAD_ROW + 1, 0, last, 0],
                    "values": [name, HEAD_ROW + 1, column, last, column],
                    "line": line,
                }
            )
        drawn.set_y_axis({"min": 0, "num_format": "0"})
        self._insert(name, last + 2, drawn, chart)

    def _insert(self, name: str, row: int, drawn: Any, chart: Chart) -> None:
        """Where it hides nothing, with the same text alternative as on paper."""
        drawn.set_title({"name": chart.caption, "name_font": {"size": 12}})
        drawn.set_legend({"position": "bottom"})
        drawn.set_size({"width": 720, "height": 320})
        page: Any = self._book.get_worksheet_by_name(name)
        page.insert_chart(row, 0, drawn, {"description": chart.alt})

    def about(self, day: date) -> None:
        """How it was computed, and from what."""
        page = self._book.add_worksheet("Om siffrorna")
        page.set_column(0, 0, 24)
        page.set_column(1, 1, 90, self._book.add_format({"text_wrap": True}))
        facts = [
            ("Mottagare", self._sheet.receiver.names),
            ("Period", f"R12 {self._sheet.month}"),
            ("Framtagen", day.isoformat()),
            ("Underlag", ", ".join(sha256[:12] for sha256 in self._sheet.snapshots)),
            *definitions(self._sheet),
            ("Små grupper", RULE),
        ]
        for row, (label, text) in enumerate(facts):
            page.write_string(row, 0, label)
            page.write_string(row, 1, text)
