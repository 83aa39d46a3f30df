"""Changing what the municipality keeps itself: limits of working time, and costs by year."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.stats.models import CostYear, Limit
from samkoll.stats.parameters import AMOUNTS
from samkoll.stats.policies import Actor, can_change_parameters

LIMIT_FIELDS = ("kind", "valid_from", "hours", "source", "checked_on")
YEAR_FIELDS = (*AMOUNTS, "sources", "checked_on")


class LimitTaken(DomainError):
    """The kind already has a limit from that month."""


class NotAMonthStart(DomainError):
    """Facts are monthly, so a limit begins with a month."""


@transaction.atomic
def save_limit(
    *, limit_id: int | None, values: Mapping[str, object], actor: Actor, today: date
) -> Limit:
    """Keep a limit (``LIMIT_FIELDS``), a new one without ``limit_id``.

    Raises: PermissionDenied, LimitTaken, NotAMonthStart, Limit.DoesNotExist.
    """
    require(can_change_parameters(actor, today))
    row = Limit() if limit_id is None else Limit.objects.select_for_update().get(pk=limit_id)
    before = {} if limit_id is None else audit.state(row, *LIMIT_FIELDS)
    for name in LIMIT_FIELDS:
        setattr(row, name, values[name])
    if row.valid_from.day != 1:
        raise NotAMonthStart(_("En gräns börjar gälla den första i en månad."))
    same = Limit.objects.filter(kind=row.kind, valid_from=row.valid_from).exclude(pk=row.pk)
    if same.exists():
        raise LimitTaken(_("Det finns redan en gräns som gäller från den månaden. Ändra den."))
    row.save()
    audit.record(
        "stats.limit_kept", actor, row, **_changed(before, audit.state(row, *LIMIT_FIELDS))
    )
    return row


@transaction.atomic
def remove_limit(*, limit_id: int, actor: Actor, today: date) -> None:
    """Let the earlier limit hold on. Raises: PermissionDenied, Limit.DoesNotExist."""
    require(can_change_parameters(actor, today))
    row = Limit.objects.select_for_update().get(pk=limit_id)
    audit.record("stats.limit_removed", actor, row, before=audit.state(row, *LIMIT_FIELDS))
    row.delete()


@transaction.atomic
def save_cost_year(
    *,
    year: int,
    amounts: Mapping[str, Decimal],
    sources: Mapping[str, str],
    checked_on: date | None,
    actor: Actor,
    today: date,
) -> CostYear:
    """Keep one calendar year's parameters of the cost of sick leave, all of them at once.

    Raises: PermissionDenied.
    """
    require(can_change_parameters(actor, today))
    row = CostYear.objects.select_for_update().filter(year=year).first()
    before = audit.state(row, *YEAR_FIELDS) if row else {}
    row = row or CostYear(year=year)
    for name in AMOUNTS:
        setattr(row, name, amounts[name])
    row.sources = {name: text for name, text in sources.items() if text}
    row.checked_on = checked_on
    row.save()
    after = audit.state(row, *YEAR_FIELDS)
    audit.record("stats.cost_year_kept", actor, row, **_changed(before, after))
    return row


def _changed(before: dict[str, object], after: dict[str, object]) -> dict[str, dict[str, object]]:
    """Only what is not as it was."""
    fresh = {name: value for name, value in after.items() if before.get(name) != value}
    return {"before": {n: v for n, v in before.items() if n in fresh}, "after": fresh}
