"""HTML: a semantic fragment for the web, and the same as a page that stands alone.

The fragment has no inline style and no script, so it works under the web's strict
Content-Security-Policy; its classes are styled by ``static/documents/document.css``,
which stands in a page that has an element of class ``doc`` around the fragment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable
from decimal import Decimal
from functools import cache
from pathlib import Path

from markupsafe import Markup

from samkoll.core.text import PROTECTED, number
from samkoll.documents.content import (
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Heading,
    Note,
    Paragraph,
    Row,
    Table,
    TableOfContents,
)
from samkoll.stats.charts import Chart, inline
from samkoll.stats.charts.characters import clean

FigureLink = Callable[[str], str]
HeadingLink = Callable[[str], tuple[str, str] | None]
_EMPTY = Markup("")
_DAY = re.compile(r"(\d{4}-\d\d(?:-\d\d)?)")


def page(document: Document) -> bytes:
    """A whole HTML file, UTF-8, with its style inside and nothing fetched from anywhere."""
    head = Markup(
        '<!DOCTYPE html>\n<html lang="{}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>{}</title>\n<style>\n{}</style>\n</head>\n<body>\n"
        '<main class="{}">\n'
    ).format(document.language, clean(document.name), Markup(_style()), _classes(document))
    body = _cover(document) + fragment(document, top=1)
    return f"{head}{body}\n</main>\n</body>\n</html>\n".encode()


def fragment(
    document: Document,
    *,
    top: int = 1,
    figure_link: FigureLink | None = None,
    heading_link: HeadingLink | None = None,
    contents: bool = True,
) -> Markup:
    """The blocks of the document. Headings of level 1 become ``h<top + 1>``.

    ``figure_link`` turns a cell's ``figure_id`` into the address of its birth certificate, and
    ``heading_link`` a heading's anchor into an address and its words, shown below the heading.
    ``contents``: whether the table of contents stands in its place; see ``table_of_contents``.
    """
    write = _Writer(document, top, figure_link, heading_link)
    parts = (
        write.block(index, block)
        for index, block in enumerate(document.blocks)
        if contents or not isinstance(block, TableOfContents)
    )
    notes = _tags("p", document.footer_notes)
    tail = Markup('\n<div class="doc-end">{}</div>').format(notes) if notes else _EMPTY
    return Markup("\n").join(parts) + tail


def table_of_contents(document: Document) -> Markup:
    """The links to the headings alone, for a page that puts them in a place of its own."""
    return _entries(document, TableOfContents())


def excerpt(
    document: Document, blocks: Container[Block], *, figure_link: FigureLink | None = None
) -> Markup:
    """Some blocks of the document, with the numbers that tables and charts have in the whole."""
    write = _Writer(document, 1, figure_link, None)
    found = ((i, block) for i, block in enumerate(document.blocks) if block in blocks)
    return Markup("\n").join(write.block(index, block) for index, block in found)


@cache
def _style() -> str:
    here = Path(__file__).parent
    sheets = (here.parent / "static" / "documents" / "document.css", here / "page.css")
    return "".join(sheet.read_text("utf-8") for sheet in sheets)


def _classes(document: Document) -> str:
    short, wide = document.short, document.landscape
    return f"doc{' doc-short' if short else ''}{' doc-landscape' if wide else ''}"


def _cover(document: Document) -> Markup:
    facts = _join(
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(clean(name), _days(text))
        for name, text in document.cover()
    )
    subtitle = Markup('<p class="doc-subtitle">{}</p>\n').format(clean(document.subtitle))
    return Markup(
        '<header class="doc-cover">\n<p class="doc-org">{}</p>\n<h1>{}</h1>\n'
        '{}<dl class="doc-facts">{}</dl>\n</header>\n'
    ).format(
        clean(document.organisation),
        clean(document.title),
        subtitle if document.subtitle else "",
        facts,
    )


def _join(parts: Iterable[Markup]) -> Markup:
    return _EMPTY.join(parts)


def _lines(text: str) -> Markup:
    return Markup("<br>").join(clean(text).split("\n"))


def _days(text: str) -> Markup:
    """The text with its days and months kept on one line: a browser divides them at a hyphen."""
    parts = _DAY.split(clean(text))  # every other part is a day
    return _join(
        Markup('<span class="doc-day">{}</span>').format(part) if place % 2 else Markup.escape(part)
        for place, part in enumerate(parts)
    )


def _tags(tag: str, texts: Iterable[str]) -> Markup:
    return _join(Markup(f"<{tag}>{{}}</{tag}>").format(_lines(text)) for text in texts)


class _Writer:
    """One pass over one document: what the blocks need to know of each other."""

    def __init__(
        self,
        document: Document,
        top: int,
        figure_link: FigureLink | None,
        heading_link: HeadingLink | None,
    ) -> None:
        self.document, self.top = document, top
        self.figure_link, self.heading_link = figure_link, heading_link
        self.captions = document.captions()

    def block(self, index: int, block: Block) -> Markup:
        out = _EMPTY
        match block:
            case Heading():
                out = self._heading(block)
            case Paragraph():
                out = _tags("p", (block.text,))
            case Bullets():
                out = Markup("<ul>{}</ul>").format(_tags("li", block.items))
            case Note():
                out = _note(block)
            case Table():
                out = self._table(block, index)
            case Chart():
                out = self._chart(block, index)
            case TableOfContents():
                out = self._contents(block)
        return out

    def _heading(self, heading: Heading) -> Markup:
        level = min(heading.level + self.top, 6)
        number = Markup('<span class="doc-no">{}</span> ').format(clean(heading.number))
        link = self.heading_link(heading.anchor) if self.heading_link else None
        return Markup('<h{0} id="{1}">{2}{3}</h{0}>{4}').format(
            level,
            heading.anchor,
            number if heading.number else "",
            clean(heading.text),
            Markup('<p class="doc-edit"><a href="{}">{}</a></p>').format(*link) if link else "",
        )

    def _contents(self, contents: TableOfContents) -> Markup:
        return Markup(
            '<nav class="doc-toc" aria-labelledby="doc-toc"><h{0} id="doc-toc">{1}</h{0}>{2}</nav>'
        ).format(self.top + 1, clean(contents.title), _entries(self.document, contents))

    def _table(self, table: Table, index: int) -> Markup:
        heads = _join(
            Markup('<th scope="col" class="doc-{}">{}</th>').format(
                column.kind, _days(column.label)
            )
            for column in table.columns
        )
        rows = _join(self._row(table, row, cells) for row, cells in table.places())
        caption = clean(self.captions[index])
        name = f"doc-table-{index}"
        # A region that scrolls on a phone must be reachable by keyboard and have a name.
        return Markup(
            '<div class="doc-scroll" role="region" tabindex="0" aria-labelledby="{0}">'
            '<table class="doc-table"><caption id="{0}">{1}</caption>'
            "<thead><tr>{2}</tr></thead><tbody>{3}</tbody></table></div>{4}"
        ).format(name, caption, heads, rows, _table_notes(table))

    def _row(self, table: Table, row: Row, cells: tuple[tuple[int, Cell], ...]) -> Markup:
        kind = _EMPTY if row.kind == "data" else Markup(' class="doc-{}"').format(row.kind)
        inner = _join(self._cell(table, table.columns[column], cell, row) for column, cell in cells)
        return Markup("<tr{}>{}</tr>").format(kind, inner)

    def _cell(self, table: Table, column: Column, cell: Cell, row: Row) -> Markup:
        tag = "th" if cell.head else "td"
        return Markup('<{0}{1} class="doc-{2}">{3}{4}{5}</{0}>').format(
            tag,
            _span(cell, row),
            column.kind if cell.columns == 1 else "text",
            Markup('<span class="doc-lead">{}</span> ').format(clean(cell.label))
            if cell.label
            else "",
            self._figure(cell),
            Markup("<sup>{}</sup>").format(table.marks[cell.mark]) if cell.mark else "",
        )

    def _figure(self, cell: Cell) -> Markup:
        text = _lines(cell.text)
        if not (cell.figure_id and self.figure_link):
            return text
        return Markup('<a class="doc-figure" href="{}">{}</a>').format(
            self.figure_link(cell.figure_id), text
        )

    def _chart(self, chart: Chart, index: int) -> Markup:
        caption = clean(self.captions[index])
        after = self.document.blocks[index + 1 : index + 2]
        beside = after and isinstance(after[0], Table)  # the values stand there already
        return Markup(
            '<figure class="chart"><div role="img" aria-label="{}">{}</div>'
            "<figcaption>{}</figcaption>{}</figure>"
        ).format(clean(chart.alt), inline(chart), caption, "" if beside else _fold(chart, caption))


def _entries(document: Document, contents: TableOfContents) -> Markup:
    entries = _join(
        Markup('<li class="doc-toc-{}"><a href="#{}">{}</a></li>').format(
            heading.level, heading.anchor, clean(heading.label)
        )
        for heading in document.headings(contents.depth)
    )
    return Markup("<ol>{}</ol>").format(entries)


def _span(cell: Cell, row: Row) -> Markup:
    across, down = cell.columns > 1, cell.rows > 1
    scope = "rowgroup" if down else "colgroup" if row.kind == "group" else "row"
    return _join(
        Markup(' {}="{}"').format(name, value)
        for name, value, wanted in (
            ("scope", scope, cell.head),
            ("colspan", cell.columns, across),
            ("rowspan", cell.rows, down),
        )
        if wanted
    )


def _note(note: Note) -> Markup:
    lead = Markup("<strong>{}</strong> ").format(clean(note.lead).rstrip(".") + ".")
    return Markup('<p class="doc-note doc-note-{}">{}{}</p>').format(
        note.kind, lead if note.lead else "", _lines(note.text)
    )


def _table_notes(table: Table) -> Markup:
    marks = (
        Markup("<p><sup>{}</sup> {}</p>").format(letter, _lines(mark))
        for mark, letter in table.marks.items()
    )
    notes = _join(marks) + _tags("p", table.notes)
    return Markup('<div class="doc-table-notes">{}</div>').format(notes) if notes else _EMPTY


def _fold(chart: Chart, caption: str) -> Markup:
    values = _values(chart, caption)
    return Markup("<details><summary>Visa värdena som tabell</summary>{}</details>").format(values)


def _values(chart: Chart, caption: str) -> Markup:
    """The values of a chart as a table: nobody has to read them off a line."""
    labels = dict.fromkeys(p.label for series in chart.series for p in series.points)
    known = [{p.label: p.value for p in series.points} for series in chart.series]
    heads = _join(
        Markup('<th scope="col" class="doc-number">{}</th>').format(clean(series.name))
        for series in chart.series
    )
    first = "Månad" if chart.kind == "lines" else "Grupp"
    rows = _join(
        Markup('<tr><th scope="row">{}</th>{}</tr>').format(
            clean(label), _join(_value(values.get(label), chart.decimals) for values in known)
        )
        for label in labels
    )
    return Markup(
        '<table class="doc-table"><caption>{}. {}.</caption>'
        '<thead><tr><th scope="col">{}</th>{}</tr></thead><tbody>{}</tbody></table>'
    ).format(caption, clean(chart.unit), first, heads, rows)


def _value(value: Decimal | None, decimals: int) -> Markup:
    text = PROTECTED if value is None else number(value, decimals)
    return Markup('<td class="doc-number">{}</td>').format(text)
