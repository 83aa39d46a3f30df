"""What the address of the list of actions asks for: filters, search and order.

Every part of an address is tried against what exists; the rest is left out, so that any address
gives a list.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

from django.contrib.postgres.search import SearchRank
from django.db.models import Case, F, Q, QuerySet, Value, When
from django.db.models.expressions import BaseExpression
from django.db.models.functions import Collate
from django.http import QueryDict

from samkoll.accounts.models import User
from samkoll.actions import queries as actions
from samkoll.actions.models import Action, HandUp, Severity, Status
from samkoll.actions.registry import origins
from samkoll.core.fields import SwedishOrder, swedish_query
from samkoll.org.models import Person, Unit
from samkoll.risks.models import ReportedAction, RiskAction
from samkoll.web import lists

PAGE_KEY = "actions"
"""The list's name among saved views."""
GOING_ON = (Status.PLANNED, Status.ONGOING, Status.DONE)
"""What is listed unless the address names a status: what somebody still has to do."""
ALL = "alla"
DUE, LEVEL, STATUS, UNIT, WHO, TITLE, HITS = (
    "klar",
    "niva",
    "status",
    "enhet",
    "ansvarig",
    "namn",
    "traff",
)
ORDERS = (DUE, LEVEL, STATUS, UNIT, WHO, TITLE, HITS)
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Asked:
    """What to list. Empty means everything, but for ``status``: then what is not ended.

    ``reported``: years in whose reports a risk of the action was reported onward.
    ``responsible``: part of a name or of the role that documents print.
    """

    status: tuple[str, ...] = ()
    mine: bool = False
    overdue: bool = False
    to_follow_up: bool = False
    handed_up: bool = False
    bands: tuple[int, ...] = ()
    areas: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    reported: tuple[int, ...] = ()
    responsible: str = ""
    text: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """What the part of the address after the question mark asks for."""
        return cls(
            status=_among(query, "status", (*Status.values, ALL)),
            mine="mina" in query,
            overdue="forsenad" in query,
            to_follow_up="uppfoljning" in query,
            handed_up="lyft" in query,
            bands=tuple(map(int, _among(query, "band", map(str, Severity.values)))),
            areas=_words(query, "omrade"),
            sources=_words(query, "kalla"),
            origins=_among(query, "ursprung", origins.known),
            reported=tuple(int(year) for year in _words(query, "vidare") if _is_year(year)),
            responsible=_text(query, "ansvarig"),
            text=_text(query, "q"),
        )


def narrowed(
    found: QuerySet[Action], asked: Asked, *, user: User, unit: Unit | None, today: date
) -> QuerySet[Action]:
    """The actions of ``found`` that are asked for, of the unit and those below it."""
    if unit is not None:
        found = found.filter(unit__in=Unit.objects.below(unit).values("pk"))
    if ALL not in asked.status:
        found = found.filter(status__in=asked.status or GOING_ON)
    if asked.mine:
        found = found.filter(actions.worked_on_by(user))
    if asked.overdue:
        found = found.overdue(today=today)  # type: ignore[attr-defined]
    if asked.to_follow_up:
        found = found.to_follow_up(today=today)  # type: ignore[attr-defined]
    if asked.text:
        found = found.filter(search=swedish_query(asked.text))
    return found.filter(_conditions(asked))


def _conditions(asked: Asked) -> Q:
    wanted = Q()
    if asked.bands:
        wanted &= Q(severity__in=asked.bands)
    if asked.origins:
        wanted &= Q(origin__in=asked.origins)
    if asked.handed_up:
        wanted &= Q(pk__in=HandUp.objects.filter(answer="").values("action"))
    if asked.areas:
        wanted &= Q(pk__in=RiskAction.objects.filter(risk__area__in=asked.areas).values("action"))
    if asked.sources:
        served = RiskAction.objects.filter(risk__source__in=asked.sources)
        wanted &= Q(pk__in=served.values("action"))
    if asked.reported:
        onward = ReportedAction.objects.filter(reported__year__in=asked.reported)
        wanted &= Q(pk__in=onward.values("action"))
    if asked.responsible:
        people = Person.objects.filter(name__icontains=asked.responsible)
        wanted &= Q(responsible_title__icontains=asked.responsible) | Q(
            responsible__in=people.values("pk")
        )
    return wanted


def sort_of(query: QueryDict, asked: Asked) -> lists.Sort:
    """By the last day unless told; by how well the text fits only when a text is asked for."""
    allowed = ORDERS if asked.text else ORDERS[:-1]
    return lists.sort_of(query, allowed, DUE)


def in_order(found: QuerySet[Action], sort: lists.Sort, asked: Asked) -> QuerySet[Action]:
    """Sorted; what is alike stands by its last day. Without a level comes last."""
    if sort.key == DUE:
        return found.order_by(*(["-due_date", "-pk"] if sort.descending else ["due_date", "pk"]))
    keys = [_directed(key, sort.descending) for key in _keys(sort.key, asked)]
    return found.order_by(*keys, "due_date", "pk")


def _keys(key: str, asked: Asked) -> tuple[BaseExpression, ...]:
    if key == LEVEL:
        return F("severity"), F("level")  # type: ignore[return-value]
    keys: dict[str, Any] = {
        STATUS: Case(
            *(When(status=value, then=Value(place)) for place, value in enumerate(Status.values))
        ),
        UNIT: F("unit__name_order"),
        WHO: F("responsible__name_order"),
        TITLE: Collate(SwedishOrder(F("title")), "C"),
    }
    if key == HITS:  # the best first: a low rank is a bad one
        return (-SearchRank(F("search"), swedish_query(asked.text)),)
    return (keys[key],)


def _directed(key: BaseExpression, descending: bool) -> Any:
    return key.desc(nulls_last=True) if descending else key.asc(nulls_last=True)


def _among(query: QueryDict, name: str, known: Iterable[str]) -> tuple[str, ...]:
    asked = query.getlist(name)
    return tuple(value for value in known if value in asked)


def _words(query: QueryDict, name: str) -> tuple[str, ...]:
    return tuple(filter(None, map(_clean, query.getlist(name))))


def _text(query: QueryDict, name: str) -> str:
    return _clean(query.get(name, ""))


def _clean(text: str) -> str:
    """Without what PostgreSQL refuses to read."""
    return text.replace("\x00", "").strip()[:LONGEST]


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isascii() and text.isdecimal()
