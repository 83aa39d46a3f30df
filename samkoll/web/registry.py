"""What other apps tell the frame, in ``AppConfig.ready()``: menu entries and the chosen unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from django.http import HttpRequest
from django.urls import reverse

from samkoll.web.page import Words


@dataclass(frozen=True, slots=True)
class UnitContext:
    """The unit that the pages are about. ``picker_url`` is empty for a person with one unit."""

    code: str
    name: str
    above: str = ""
    picker_url: str = ""


def _always(request: HttpRequest) -> bool:
    return True


def _no_count(request: HttpRequest) -> int:
    return 0


@dataclass(frozen=True, slots=True)
class Way:
    """One of the lists of a menu entry, on all of which the ways to the others stand.

    ``of_unit`` and ``of_all`` are URL names: a list of one unit leads to the others of the same
    unit. ``also``: pages besides these two that are the same list in another shape.
    """

    label: Words
    of_unit: str
    of_all: str
    also: tuple[str, ...] = ()

    def url(self, code: str) -> str:
        """Where the way leads from a list of the unit with the code, or of everything."""
        return reverse(self.of_unit, args=[code]) if code else reverse(self.of_all)

    def is_here(self, view_name: str) -> bool:
        """Whether a page is this list."""
        return view_name in (self.of_unit, self.of_all, *self.also)


@dataclass(frozen=True, slots=True)
class MenuEntry:
    """One entry of the side menu.

    ``url`` gets the unit (None before one is chosen). ``areas`` are the URL namespaces (or
    "namespace:name") that the entry covers: it is marked as current there. ``phone`` puts it in
    the bottom bar, which holds four. ``count`` is shown beside the label when it is not zero.
    ``ways``: the lists of the entry, when it has several.
    """

    key: str
    label: Words
    icon: str
    order: int
    url: Callable[[UnitContext | None], str]
    areas: tuple[str, ...] = ()
    visible: Callable[[HttpRequest], bool] = _always
    count: Callable[[HttpRequest], int] = _no_count
    phone: bool = False
    ways: tuple[Way, ...] = ()


@dataclass(slots=True)
class Registry:
    """Entries by key, and the function that finds the unit of a request."""

    entries: dict[str, MenuEntry] = field(default_factory=dict)
    unit: Callable[[HttpRequest], UnitContext | None] = lambda request: None
    search_url: Callable[[], str] | None = None

    def add(self, entry: MenuEntry) -> None:
        """Register a menu entry. The same key twice is a mistake. Raises: ValueError."""
        if entry.key in self.entries:
            raise ValueError(f"menu entry {entry.key!r} is already registered")
        self.entries[entry.key] = entry

    def in_order(self) -> list[MenuEntry]:
        """All entries as they stand in the menu."""
        return sorted(self.entries.values(), key=lambda entry: (entry.order, entry.key))


frame = Registry()
"""The one registry of the process."""
