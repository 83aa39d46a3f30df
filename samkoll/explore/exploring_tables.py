"""The tables of the exploring page: the breakdown at one time, and the chart's lines over time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.http import QueryDict
from django.utils.translation import gettext as _

from samkoll.core.months import Month
from samkoll.core.text import MISSING, number, sort_key
from samkoll.explore import windows, words
from samkoll.explore.exploring_address import Against
from samkoll.explore.exploring_lines import Line
from samkoll.explore.exploring_reader import Reader, Whose
from samkoll.explore.exploring_towns import Towns
from samkoll.explore.measures import WOMEN, short_title, title, unit_word
from samkoll.stats.metrics import difference
from samkoll.web import lists
from samkoll.web.tables import Cell, Column, Head, Kind, Row, Table

PageOf = Callable[[Whose, str, Month], str]
"""The address of a figure's birth certificate."""
NAME, OTHER, CHANGE = "namn", "jamfort", "skillnad"
Orders = Literal["", "names", "figures"]
Made = tuple[Cell, Decimal | None]
"""A cell, and what its line is sorted by."""


@dataclass(frozen=True, slots=True)
class Filler:
    """Makes cells. ``drill``: the same page about a line's unit or board, where it has one.

    ``towns``: what other municipalities publish, where that is asked for.
    """

    reader: Reader
    page_of: PageOf
    drill: Callable[[Line], str]
    towns: Towns | None = None

    def name(self, line: Line) -> Made:
        """The head of a line."""
        return Cell(line.name, url=self.drill(line)), None

    def value(self, line: Line, metric: str) -> Made:
        """The figure itself."""
        if metric == WOMEN:
            share = self.reader.women(line.whose)
            return Cell(share.text), share.value
        return self.of(line, line.whose, line.metric or metric, self.reader.month)

    def other(self, line: Line, metric: str, against: Against) -> Made:
        """What the figure stands beside."""
        if against == "kommuner":
            return self._median(line)
        whose, month = self._other(line, against)
        return self.of(line, whose, line.metric or metric, month)

    def _median(self, line: Line) -> Made:
        """The other municipalities' median, with the way to their page."""
        median = self.towns.median(line.whose) if self.towns and not line.metric else None
        if self.towns is None or median is None:
            return Cell(MISSING), None
        text = number(median, max(-int(median.as_tuple().exponent), 0))
        return Cell(text, url=self.towns.url(line.whose.sex), about=line.name), median

    def change(self, line: Line, metric: str, against: Against) -> Made:
        """The difference of the two as they are shown."""
        key = line.metric or metric
        now = self.reader.figure(line.whose, key)
        if against == "kommuner":
            gap = difference(now.value, self._median(line)[1])
            return Cell(words.change(gap, now, now)), gap
        whose, month = self._other(line, against)
        then = self.reader.figure(whose, key, month)
        gap = difference(now.value, then.value)
        return Cell(words.change(gap, now, then)), gap

    def of(self, line: Line, whose: Whose, metric: str, month: Month) -> Made:
        """One figure with the way to where it comes from."""
        figure = self.reader.figure(whose, metric, month)
        note = _("intern") if words.is_internal(figure) else ""
        about = ", ".join(filter(None, (line.name, words.state(figure))))
        url = self.page_of(whose, metric, month)
        return Cell(words.text(figure), url=url, note=note, about=about), figure.value

    def _other(self, line: Line, against: Against) -> tuple[Whose, Month]:
        if against == "kommunen":
            return line.whole, self.reader.month
        return line.whose, self.reader.month - windows.YEAR


@dataclass(frozen=True, slots=True)
class _Column:
    """A column and how its cells are made."""

    shown: Column
    make: Callable[[Line], Made]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the breakdown shows: whose lines, which metrics, beside what.

    ``head``: of the first column. ``orders``: what the lines may be sorted by. ``alone``: the
    table leaves the page as a file, so that each head has to say everything.
    """

    lines: Sequence[Line]
    metrics: tuple[str, ...]
    against: Against
    head: str
    caption: str
    orders: Orders
    alone: bool = False


def breakdown(asked: Asked, filler: Filler, query: QueryDict) -> Table:
    """The place's own line on top, then those of the breakdown."""
    columns = list(_columns(asked, filler))
    keys = [column.shown.key for column in columns if column.shown.key]
    sort = lists.sort_of(query, keys, "")
    own, rest = asked.lines[:1], asked.lines[1:]
    if sort.key:
        column = next(each for each in columns if each.shown.key == sort.key)
        rest = _sorted(rest, column, sort)
    heads = lists.heads(query, [column.shown for column in columns], sort)
    rows = tuple(
        Row(tuple(column.make(line)[0] for column in columns), strong=line.strong)
        for line in (*own, *rest)
    )
    return Table(asked.caption, heads, rows, cards=False)


def _columns(asked: Asked, filler: Filler) -> Iterator[_Column]:
    key = (lambda word: word) if asked.orders == "figures" else (lambda word: "")
    yield _Column(Column(asked.head, key=NAME if asked.orders else ""), filler.name)
    units = {unit_word(metric) for metric in asked.metrics}
    now = windows.words(filler.reader.frame, filler.reader.month)
    several = len(asked.metrics) > 1
    for metric in asked.metrics:
        label = short_title(metric) if several else now
        if asked.alone:
            label = ", ".join((title(metric), now, unit_word(metric)))
        elif several and len(units) > 1:
            label = f"{label}, {unit_word(metric)}"
        yield _Column(Column(label, Kind.NUMBER, key(metric)), _bound(filler.value, metric))
    if several or asked.against == "inget":
        return
    metric = asked.metrics[0]
    other = Column(_other(filler, asked.against), Kind.NUMBER, key(OTHER))
    yield _Column(other, lambda line: filler.other(line, metric, asked.against))
    change = Column(_("Skillnad"), Kind.NUMBER, key(CHANGE))
    yield _Column(change, lambda line: filler.change(line, metric, asked.against))


def _bound(value: Callable[[Line, str], Made], metric: str) -> Callable[[Line], Made]:
    return lambda line: value(line, metric)


def _sorted(rest: Sequence[Line], column: _Column, sort: lists.Sort) -> list[Line]:
    """In order; what has no figure comes last whichever way the order goes."""
    if sort.key == NAME:
        return sorted(rest, key=lambda line: sort_key(line.name), reverse=sort.descending)
    found = [(column.make(line)[1], line) for line in rest]
    known = [(value, line) for value, line in found if value is not None]
    known.sort(key=lambda pair: pair[0], reverse=sort.descending)
    return [*(line for _value, line in known), *(line for value, line in found if value is None)]


def _other(filler: Filler, against: Against) -> str:
    if against == "kommunen":
        return _("Hela kommunen")
    if against == "kommuner":
        return filler.towns.label if filler.towns else _("Andra kommuner")
    return windows.words(filler.reader.frame, filler.reader.month - windows.YEAR)


@dataclass(frozen=True, slots=True)
class Curve:
    """One line of the chart and one column of the table behind it."""

    name: str
    line: Line
    metric: str


def over_time(curves: Sequence[Curve], filler: Filler, caption: str) -> Table:
    """The table behind the chart, the newest window first."""
    reader = filler.reader
    heads = (Head(_("Period")), *(Head(curve.name, Kind.NUMBER) for curve in curves))
    rows = tuple(
        Row((Cell(windows.words(reader.frame, month)), *_cells(curves, filler, month)))
        for month in reversed(reader.series)
    )
    return Table(caption, heads, rows, cards=False, caption_hidden=True)


def _cells(curves: Sequence[Curve], filler: Filler, month: Month) -> Iterator[Cell]:
    for curve in curves:
        yield filler.of(curve.line, curve.line.whose, curve.metric, month)[0]
