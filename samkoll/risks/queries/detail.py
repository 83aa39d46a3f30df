"""One risk with everything that its page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, QuerySet

from samkoll.accounts.models import User
from samkoll.actions.models import Action
from samkoll.core.fields import valid_on
from samkoll.org import queries as org
from samkoll.org.models import Board, BoardUnit, Unit, UnitPath
from samkoll.risks.models import ReportedOnward, Risk, RiskStatus
from samkoll.risks.queries.finding import visible_to


@dataclass(frozen=True, slots=True)
class OnwardRow:
    """One time that a risk was reported onward."""

    pk: int
    board: str
    year: int
    reason: str
    actions: tuple[str, ...]


def actions_of(risk: Risk) -> list[Action]:
    """The risk's actions, those that go on first."""
    links = risk.links.select_related("action__responsible", "action__unit")
    actions = [link.action for link in links.order_by("pk")]
    return sorted(actions, key=lambda action: (action.ended_on is not None, action.due_date))


def onward_of(risk: Risk) -> list[OnwardRow]:
    """Each time that the risk was reported onward, the latest first. Two queries."""
    rows = ReportedOnward.objects.filter(risk=risk).select_related("board")
    rows = rows.prefetch_related("actions__action").order_by("-year", "board__name_order")
    return [
        OnwardRow(
            row.pk,
            row.board.name,
            row.year,
            row.reason,
            tuple(link.action.title for link in row.actions.all()),
        )
        for row in rows
    ]


def onward(user: User, today: date) -> QuerySet[ReportedOnward]:
    """What was reported onward of the risks that the user sees."""
    return ReportedOnward.objects.filter(risk__in=visible_to(user, today)).select_related(
        "risk__unit", "board"
    )


def gathered_under(risk: Risk) -> list[Risk]:
    """The risks that stand under a common one."""
    return list(risk.gathered.select_related("unit").order_by("unit__name_order", "pk"))


def common_choices(user: User, risk: Risk, today: date) -> list[Risk]:
    """Open risks of units at or above, that the user may judge and that can be common."""
    above = risk.unit.ancestor_paths.values("ancestor")
    writes = org.places_of(user, today).keys_with("risk:write")
    found = Risk.objects.filter(status=RiskStatus.OPEN, common=None, unit__in=above)
    found = found.filter(unit__in=writes).exclude(pk=risk.pk).select_related("unit")
    return list(found.order_by("-severity", "title", "pk"))


def units_above(user: User, risks: list[Risk], today: date) -> list[Unit]:
    """Units at or above all of the risks where the user may judge, the nearest first."""
    units = {risk.unit_id for risk in risks}
    writes = org.places_of(user, today).keys_with("risk:write")
    paths = UnitPath.objects.filter(descendant__in=units, ancestor__in=writes)
    shared = paths.values("ancestor").annotate(n=Count("descendant"), near=Min("depth"))
    order = {row["ancestor"]: row["near"] for row in shared if row["n"] == len(units)}
    return sorted(Unit.objects.filter(pk__in=order), key=lambda unit: order[unit.pk])


def boards_for(unit: Unit, today: date) -> tuple[list[Board], Board | None]:
    """The boards of today, and the one that the unit serves."""
    line = [unit.pk, *(above.pk for above in reversed(org.above(unit)))]
    served = BoardUnit.objects.filter(valid_on(today), unit__in=line).select_related("board")
    by_unit = {row.unit_id: row.board for row in served}
    own = next((by_unit[pk] for pk in line if pk in by_unit), None)
    return list(org.boards(today)), own


def linkable(user: User, risk: Risk, today: date) -> QuerySet[Action]:
    """Actions of the risk's unit, and above, that do not serve the risk yet."""
    line = risk.unit.ancestor_paths.values("ancestor")
    linked = risk.links.values("action")
    units = org.places_of(user, today).keys_with("action:read")
    found = Action.objects.filter(unit__in=line).filter(unit__in=units).exclude(pk__in=linked)
    return found.order_by("title", "pk")
