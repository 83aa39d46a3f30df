"""The context processor of the frame: unit, menu, language, user."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from samkoll.web import registry

MOST_ENTRIES = 9


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A menu entry as the template shows it."""

    label: str
    url: str
    icon: str
    current: bool
    count: int
    phone: bool


@dataclass(frozen=True, slots=True)
class WayLink:
    """A way to another list of the same menu entry, as the template shows it."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything around a page. ``more`` is what does not fit among the nine entries; ``ways``
    lead between the lists of the entry that the page belongs to."""

    municipality: str
    user_name: str
    initials: str
    unit: registry.UnitContext | None
    menu: tuple[MenuItem, ...]
    more: tuple[MenuItem, ...]
    ways: tuple[WayLink, ...]
    search_url: str
    language: str
    next: str

    @property
    def phone(self) -> tuple[MenuItem, ...]:
        """The entries of the bottom bar, beside Sök and Mer."""
        return tuple(item for item in (*self.menu, *self.more) if item.phone)[:2]


def frame(request: HttpRequest) -> dict[str, Any]:
    """Adds ``frame``, computed only when a template shows it."""
    return {"frame": SimpleLazyObject(lambda: _frame(request))}


def _frame(request: HttpRequest) -> Frame:
    user = getattr(request, "user", None)
    signed_in = user is not None and user.is_authenticated
    name = str(user) if signed_in else ""
    unit = registry.frame.unit(request) if signed_in else None
    items = _items(request, unit) if signed_in else []
    cut = len(items) if len(items) <= MOST_ENTRIES else MOST_ENTRIES - 1
    find = registry.frame.search_url
    return Frame(
        municipality=getattr(settings, "MUNICIPALITY_NAME", ""),
        user_name=name,
        initials="".join(part[0] for part in name.split()[:2]).upper(),
        unit=unit,
        menu=tuple(items[:cut]),
        more=tuple(items[cut:]),
        ways=_ways(request) if signed_in else (),
        search_url=find() if find and signed_in else "",
        language=get_language() or settings.LANGUAGE_CODE,
        next=request.get_full_path() if request.method == "GET" else "",
    )


def _items(request: HttpRequest, unit: registry.UnitContext | None) -> list[MenuItem]:
    here = _places(request)
    return [
        MenuItem(
            label=str(entry.label),
            url=entry.url(unit),
            icon=entry.icon,
            current=not here.isdisjoint(entry.areas),
            count=entry.count(request),
            phone=entry.phone,
        )
        for entry in registry.frame.in_order()
        if entry.visible(request)
    ]


def _ways(request: HttpRequest) -> tuple[WayLink, ...]:
    """Between the lists of the entry that the page is one of; nothing on other pages."""
    match = request.resolver_match
    here = match.view_name if match else ""
    code = match.kwargs.get("code", "") if match else ""
    for entry in registry.frame.in_order():
        if any(way.is_here(here) for way in entry.ways):
            return tuple(
                WayLink(str(way.label), way.url(code), way.is_here(here)) for way in entry.ways
            )
    return ()


def _places(request: HttpRequest) -> set[str]:
    match = request.resolver_match
    return {match.namespace, match.view_name} if match else set()
