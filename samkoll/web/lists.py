"""Lists whose whole state is in the URL: sorting, filter chips, pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page as Slice
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse

from samkoll.web.page import Words
from samkoll.web.tables import Column, Head

ROWS = 50
SORT, PAGE = "ordning", "sida"
_ANY = 1_234_567_890


@dataclass(frozen=True, slots=True)
class Sort:
    """How a list is sorted: by a column's key, up or down."""

    key: str
    descending: bool = False

    @property
    def word(self) -> str:
        """The value in the URL: ``namn``, or ``-namn`` for descending."""
        return f"-{self.key}" if self.descending else self.key


@dataclass(frozen=True, slots=True)
class Chip:
    """One choice of a filter, as a link that switches it on or off."""

    label: Words
    url: str
    on: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """A row of chips under one label."""

    label: Words
    chips: tuple[Chip, ...]


def sort_of(query: QueryDict, allowed: Iterable[str], default: str) -> Sort:
    """The sorting that the URL asks for; the default when it asks for something unknown."""
    asked = query.get(SORT, default)
    if asked.removeprefix("-") not in {*allowed}:
        asked = default
    return Sort(asked.removeprefix("-"), asked.startswith("-"))


def heads(query: QueryDict, columns: Sequence[Column], sort: Sort | None) -> tuple[Head, ...]:
    """The heads of a table; one that is clicked again turns the order around."""
    return tuple(_head(query, column, sort) for column in columns)


def filter_of(
    query: QueryDict,
    name: str,
    label: Words,
    choices: Iterable[tuple[str, Words]],
    *,
    counts: dict[str, int] | None = None,
    several: bool = True,
) -> Filter:
    """Chips for one name in the URL. ``several`` lets more than one be on at a time."""
    on = query.getlist(name)
    changed = _changing(query, name)
    chips = []
    for value, word in choices:
        rest = [v for v in on if v != value] if several else []
        wanted = rest if value in on else [*rest, value]
        count = counts.get(value, 0) if counts is not None else None
        chips.append(Chip(word, changed(wanted), value in on, count))
    return Filter(label, tuple(chips))


def page_of(request: HttpRequest, rows: Sequence[Any] | QuerySet[Any]) -> Slice[Any]:
    """The fifty rows that the URL asks for; an unknown page shows the nearest one."""
    return Paginator(rows, ROWS).get_page(request.GET.get(PAGE))


def address_of(name: str) -> Callable[[int], str]:
    """Makes the address of each row's own page, whose only argument is a number: looking the
    pattern up once costs a list of fifty rows a fiftieth."""
    start, _, end = reverse(name, args=[_ANY]).rpartition(str(_ANY))
    return lambda pk: f"{start}{pk}{end}"


def _head(query: QueryDict, column: Column, sort: Sort | None) -> Head:
    if not column.key:
        return Head(column.label, column.kind)
    current = sort is not None and sort.key == column.key
    down = current and sort is not None and not sort.descending
    word = Sort(column.key, descending=down).word
    direction = ("ascending" if down else "descending") if current else "none"
    return Head(column.label, column.kind, _changing(query, SORT)([word]), direction)


def _changing(query: QueryDict, name: str) -> Callable[[list[str]], str]:
    """Makes the URL with other values of one name; the page starts over."""
    kept = [(key, given) for key, given in query.lists() if key not in (PAGE, name)]
    start = urlencode(kept, doseq=True)

    def changed(values: list[str]) -> str:
        return "?" + "&".join(filter(None, (start, urlencode({name: values}, doseq=True))))

    return changed
