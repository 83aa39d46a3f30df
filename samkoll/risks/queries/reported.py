"""What was reported onward to a board in a year, as reports print it, and how often."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Prefetch

from samkoll.actions.models import Action
from samkoll.risks.models import ReportedAction, ReportedOnward


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action as a report prints it. ``end``: the day it ended, else the day promised."""

    pk: int
    title: str
    wanted_effect: str
    status: str
    status_label: str
    responsible: str
    end: date
    effect_label: str


@dataclass(frozen=True, slots=True)
class ReportedRisk:
    """One risk reported onward, with its actions in the order of their linking."""

    pk: int
    title: str
    level: int
    serious: bool
    unit: str
    reason: str
    actions: tuple[ActionRow, ...]


Place = tuple[int, int, int]
"""(administration's unit, board, report year), all as plain numbers."""


def reported_onward(
    *, units: Iterable[int], years: Iterable[int]
) -> Mapping[Place, tuple[ReportedRisk, ...]]:
    """What administrations reported onward to their boards in the reports of these years.

    Two queries whatever the number of units and risks. Highest level first, then in order of
    reporting; places with nothing to report are left out.
    """
    actions = ReportedAction.objects.select_related("action").order_by("pk")
    rows = (
        ReportedOnward.objects.filter(
            year__in=[*years], risk__unit__ancestor_paths__ancestor__in=[*units]
        )
        .annotate(place=F("risk__unit__ancestor_paths__ancestor"))
        .select_related("risk__unit")
        .prefetch_related(Prefetch("actions", actions))
        .order_by("-risk__level", "pk")
    )
    found: dict[Place, list[ReportedRisk]] = {}
    for row in rows:
        found.setdefault((row.place, row.board_id, row.year), []).append(_risk(row))
    return {place: tuple(risks) for place, risks in found.items()}


def _risk(row: ReportedOnward) -> ReportedRisk:
    return ReportedRisk(
        pk=row.risk_id,
        title=row.risk.title,
        level=row.risk.level or 0,
        serious=bool(row.risk.serious),
        unit=row.risk.unit.name,
        reason=row.reason,
        actions=tuple(_action(link.action) for link in row.actions.all()),
    )


def _action(action: Action) -> ActionRow:
    return ActionRow(
        pk=action.pk,
        title=action.title,
        wanted_effect=action.wanted_effect,
        status=action.status,
        status_label=action.get_status_display(),
        responsible=action.responsible_title,
        end=action.ended_on or action.due_date,
        effect_label=action.get_effect_display(),
    )
