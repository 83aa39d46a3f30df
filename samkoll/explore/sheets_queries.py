"""Finding statistics sheets: one's own, and for those who make them everybody's."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from samkoll.accounts.models import User
from samkoll.core.months import Month
from samkoll.explore import sheets_policies
from samkoll.explore.sheets import CLOSING
from samkoll.explore.sheets_models import Sheet, SheetRun, SheetSchedule
from samkoll.stats.queries import BoundFacts


def visible_to(user: User, today: date) -> QuerySet[Sheet]:
    """A manager's own sheets; every sheet for those who may make them. Newest month first."""
    found = Sheet.objects.listed()
    if sheets_policies.can_make(user, today):
        return found
    return found.filter(person__user=user)


def months(facts: BoundFacts) -> list[Month]:
    """The months that a sheet can be made for, newest first."""
    known = facts.months
    ends = (m for m in sorted(known, reverse=True) if all(m - back in known for back in range(12)))
    return [Month(end) for end in ends]


def newest_closing(found: list[Month]) -> Month | None:
    """The newest month that ends a tertial or a year, else the newest of all."""
    return next((month for month in found if month.month in CLOSING), next(iter(found), None))


def schedule() -> SheetSchedule:
    """The municipality's choice; everything off until somebody has chosen."""
    return SheetSchedule.objects.filter(pk=1).first() or SheetSchedule(pk=1)


def last_run() -> SheetRun | None:
    """The newest run."""
    return SheetRun.objects.order_by("-started_at", "-pk").first()
