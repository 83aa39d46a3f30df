"""A table of the content tree as a Word table in the template's own style."""

from __future__ import annotations

from docx.oxml.xmlchemy import BaseOxmlElement as Element

from samkoll.documents.content import Cell, Column, Row, Table
from samkoll.documents.writers.docx_xml import paragraph, run, w
from samkoll.stats.charts.characters import clean

DATE_TWIPS = 1420
LETTER_TWIPS, LONGEST_WORD = 108, 20
KEPT_WHOLE = 24
"""Tables of at most so many rows are asked to stay on one page."""
_SHADE = "EEF3F5"


def word_table(table: Table, caption: str, styles: dict[str, str], twips: int) -> list[Element]:
    """The caption, the table with repeated heads, and its notes.

    ``styles``: name -> id. ``twips``: the width of the text column in twentieths of a point.
    """
    return [
        paragraph(styles["Caption"], run(caption)),
        _WordTable(table, styles, twips).element(caption),
        *_notes(table, styles["Tabellnot"]),
    ]


def _widths(table: Table, twips: int) -> list[int]:
    """Dates get what a date takes, the others their longest word and more by weight.

    Word divides a word that its column cannot hold, so the words come before the weights.
    """
    dates = sum(column.kind == "date" for column in table.columns)
    share = sum(column.weight for column in table.columns if column.kind != "date") or 1
    rest = twips - dates * DATE_TWIPS
    needs = [0 if c.kind == "date" else _need(table, i) for i, c in enumerate(table.columns)]
    wishes = [
        0 if c.kind == "date" else max(rest * c.weight / share - need, 1)
        for c, need in zip(table.columns, needs, strict=True)
    ]
    spare = max(rest - sum(needs), 0) / (sum(wishes) or 1)
    fit = min(rest / (sum(needs) or 1), 1)
    return [
        DATE_TWIPS if column.kind == "date" else round(need * fit + wish * spare)
        for column, need, wish in zip(table.columns, needs, wishes, strict=True)
    ]


def _need(table: Table, column: int) -> int:
    """Twips for the longest word of a column in a wide font; endless words are divided."""
    cells = (cell for _, row in table.places() for at, cell in row if at == column)
    texts = (table.columns[column].label, *(c.text for c in cells if c.columns == 1))
    longest = max((len(word) for text in texts for word in text.split()), default=0)
    return 220 + LETTER_TWIPS * min(longest, LONGEST_WORD)


def _notes(table: Table, style: str) -> list[Element]:
    marks = [
        paragraph(style, run(letter, raised=True), run(f" {clean(mark)}"))
        for mark, letter in table.marks.items()
    ]
    notes = [paragraph(style, run(clean(note))) for note in table.notes]
    # Word joins two tables that meet, and what follows needs air: one empty note ends each.
    return [*marks, *notes, paragraph(style)]


class _WordTable:
    """One table under way, row by row."""

    def __init__(self, table: Table, styles: dict[str, str], twips: int) -> None:
        self.table, self.styles = table, styles
        self.widths = _widths(table, twips)
        self.marks = table.marks
        self.covered: dict[int, Cell] = {}

    def element(self, caption: str) -> Element:
        grid = w("tblGrid", *(w("gridCol", w=width) for width in self.widths))
        element = w("tbl", self._properties(caption), grid, self._head())
        last = len(self.table.rows) - 1
        noted = bool(self.marks or self.table.notes)
        for place, (row, cells) in enumerate(self.table.places()):
            keep = last < KEPT_WHOLE and (place < last or noted)
            tags = self._row(row, dict(cells), keep=keep)
            if row.kind == "detail":
                _join(element[-1], "bottom")
                _join(tags, "top")
            element.append(tags)
        return element

    def _properties(self, caption: str) -> Element:
        columns = ", ".join(clean(column.label) for column in self.table.columns)
        look = {"firstRow": 1, "lastRow": 0, "firstColumn": 1, "lastColumn": 0}
        return w(
            "tblPr",
            w("tblStyle", val=self.styles["Samkoll tabell"]),
            w("tblW", w=sum(self.widths), type="dxa"),
            w("tblLayout", type="fixed"),
            w("tblLook", val="06A0", **look, noHBand=1, noVBand=1),
            w("tblCaption", val=caption),
            w("tblDescription", val=f"Kolumner: {columns}."),
        )

    def _head(self) -> Element:
        row = w("tr", w("trPr", w("cantSplit"), w("tblHeader")))
        for column, width in zip(self.table.columns, self.widths, strict=True):
            style = self.styles["Tabellhuvud tal" if column.kind == "number" else "Tabellhuvud"]
            text = paragraph(style, run(clean(column.label)), keep=True)
            properties = w("tcPr", w("tcW", w=width, type="dxa"), w("vAlign", val="bottom"))
            row.append(w("tc", properties, text))
        return row

    def _row(self, row: Row, cells: dict[int, Cell], *, keep: bool) -> Element:
        """One row; Word wants an empty cell where one from above goes on."""
        element = w("tr", w("trPr", w("cantSplit")))
        column = 0
        while column < len(self.widths):
            cell = cells.get(column) or self.covered[column]
            new = column in cells
            width = sum(self.widths[column : column + cell.columns])
            content = (
                self._content(self.table.columns[column], row, cell, keep=keep)
                if new
                else [paragraph(self.styles["Tabelltext"], keep=keep)]
            )
            element.append(w("tc", _cell_properties(width, cell, row, new=new), *content))
            self.covered[column] = cell
            column += cell.columns
        return element

    def _content(self, column: Column, row: Row, cell: Cell, *, keep: bool) -> list[Element]:
        right = column.kind == "number" and cell.columns == 1
        other = "Tabelltal" if right else "Tabelltext"
        style = self.styles["Tabellunderrubrik" if row.kind == "group" else other]
        runs = [run(clean(cell.text))]
        if cell.mark:
            letter = self.marks[cell.mark]
            runs.append(run(letter, raised=True, style=self.styles["Etikett"]))
        text = paragraph(style, *runs, keep=keep)
        if not cell.label:
            return [text]
        return [paragraph(self.styles["Tabelletikett"], run(clean(cell.label)), keep=True), text]


def _cell_properties(width: int, cell: Cell, row: Row, *, new: bool) -> Element:
    properties = w("tcPr", w("tcW", w=width, type="dxa"))
    if cell.columns > 1:
        properties.append(w("gridSpan", val=cell.columns))
    if cell.rows > 1:
        properties.append(w("vMerge", val="restart" if new else "continue"))
    if row.kind == "group":
        properties.append(w("shd", val="clear", color="auto", fill=_SHADE))
    return properties


def _join(row: Element, side: str) -> None:
    """No rule on that side of the row; cells that span rows have none to lose."""
    for cell in row.iterchildren("{*}tc"):
        properties = cell[0]
        if properties.find("{*}vMerge") is None:
            properties.append(w("tcBorders", w(side, val="nil")))
