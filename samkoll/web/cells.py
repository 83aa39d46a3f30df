"""Cells, rows, states and chips as HTML, in plain Python: 50 x 8 cells cost below a millisecond.

A whole table (``web/table.html``) and rows that a list writes itself (``{% cell %}``) come through
here alike. Every text is escaped unless it is marked as safe.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

from samkoll.web import icons
from samkoll.web.lists import Chip, Filter
from samkoll.web.page import Words
from samkoll.web.tables import Cell, Head, Pick, Row, State, Table

ROW_HEAD = '<th scope="row" role="rowheader">'


def rows(table: Table) -> SafeString:
    """The rows of a table; the first cell of each is its head."""
    starts = [ROW_HEAD, *map(_start, table.heads[1:])]
    return SafeString("\n".join(_row(row, starts) for row in table.rows))


def cell(shown: Cell, head: Head | None = None) -> SafeString:
    """One cell under its column's head; without one the head of its row."""
    return SafeString(_cell(shown, _start(head) if head else ROW_HEAD))


def state(shown: State) -> SafeString:
    """Icon, word and colour."""
    word = _safe(shown.word)
    return SafeString(
        f'<span class="state" data-tone="{shown.tone}">{icons.svg(shown.shown_icon)}{word}</span>'
    )


def chips(of: Filter) -> SafeString:
    """The choices of a filter as list items with links; one that is on is marked and said."""
    return SafeString("".join(map(_chip, of.chips)))


def _chip(chip: Chip) -> str:
    on, mark = (' aria-current="true"', icons.svg("check")) if chip.on else ("", "")
    count = "" if chip.count is None else f' <span class="chip-count">{chip.count}</span>'
    label = f"{mark}{_safe(chip.label)}{count}"
    return f'<li><a class="chip" href="{_safe(chip.url)}"{on}>{label}</a></li>'


def _row(row: Row, starts: Sequence[str]) -> str:
    cells = "".join(map(_cell, row.cells, starts))
    marks = " ".join(("strong",) * row.strong + ("is-overdue",) * row.overdue)
    marked = f' class="{marks}"' if marks else ""
    return f'<tr role="row"{marked}>{cells}</tr>'


def _start(head: Head) -> str:
    label = _safe(head.label)
    return f'<td role="cell" data-kind="{head.kind}" data-label="{label}">'


def _cell(shown: Cell, start: str) -> str:
    note = f'<span class="note">{_safe(shown.note)}</span>' if shown.note else ""
    end = "</th>" if start == ROW_HEAD else "</td>"
    box = _box(shown.pick) if shown.pick else ""
    return f"{start}<span>{box}{_content(shown)}{note}</span>{end}"


def _box(pick: Pick) -> str:
    name, value, label = map(_safe, (pick.name, pick.value, pick.label))
    checked = " checked" if pick.checked else ""
    return (
        f'<input class="pick" type="checkbox" name="{name}" value="{value}" '
        f'form="{_safe(pick.form)}" aria-label="{label}"{checked}>'
    )


def _content(shown: Cell) -> str:
    if shown.state:
        return state(shown.state)
    text = _safe(shown.text)
    if not shown.url:
        return text
    about = _safe(shown.about)
    hidden = f'<span class="ds-sr-only">: {about}</span>' if about else ""
    return f'<a class="ds-link" href="{_safe(shown.url)}">{text}{hidden}</a>'


def _safe(text: Words) -> SafeString:
    return conditional_escape(text if isinstance(text, str) else str(text))
