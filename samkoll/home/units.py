"""The unit that the pages are about: of the address, else remembered, else one's own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse

from samkoll.accounts.models import User
from samkoll.org import queries as org
from samkoll.org.models import Succession, Unit
from samkoll.web.registry import UnitContext

REMEMBERED = "unit"


@dataclass(frozen=True, slots=True)
class Past:
    """What a unit has been: former names, and units before and after it, with their addresses."""

    names: tuple[tuple[str, date], ...]
    predecessors: tuple[tuple[str, str, str, date], ...]
    successors: tuple[tuple[str, str, str, date], ...]


def remember(request: HttpRequest, unit: Unit) -> None:
    """Keep the unit for the pages that name none."""
    if request.session.get(REMEMBERED) != unit.code:
        request.session[REMEMBERED] = unit.code


def of_request(request: HttpRequest, today: date) -> UnitContext | None:
    """The unit of the top bar, or None while there is no organisation."""
    user = request.user
    if not isinstance(user, User):
        return None
    at = org.standpoint(user, today, _named(request))
    if at.unit is None:
        return None
    picker = reverse("home:pick") if at.has_choice else ""
    return UnitContext(at.code, at.name, at.above, picker)


def past(unit: Unit) -> Past:
    """Former names and the units before and after."""
    names = unit.names.exclude(name=unit.name).order_by("valid_from")
    links = Succession.objects.filter(Q(successor=unit) | Q(predecessor=unit))
    rows = list(links.select_related("predecessor", "successor").order_by("on", "pk"))
    before = [(row.predecessor, row.on) for row in rows if row.predecessor_id != unit.pk]
    after = [(row.successor, row.on) for row in rows if row.predecessor_id == unit.pk]
    return Past(
        names=tuple(names.values_list("name", "valid_from")),
        predecessors=tuple((*_link(other), on) for other, on in before),
        successors=tuple((*_link(other), on) for other, on in after),
    )


def url(code: str) -> str:
    """The address of a unit's page."""
    return reverse("home:unit", args=[code])


def _named(request: HttpRequest) -> str:
    match = request.resolver_match
    code = match.kwargs.get("code") if match else None
    return str(code or request.session.get(REMEMBERED, ""))


def _link(unit: Unit) -> tuple[str, str, str]:
    return unit.code, unit.name, url(unit.code)
