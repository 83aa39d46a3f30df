"""Everything that changes what the statistics pages keep: forecasts, and the times left out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from samkoll.accounts.models import User
from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.desk import services as desk
from samkoll.desk.models import Job
from samkoll.explore import forecast as forecasting
from samkoll.explore.forecast import Period
from samkoll.explore.models import ExtraordinaryTimes, Forecast
from samkoll.stats import policies
from samkoll.stats import queries as stats
from samkoll.stats.forecast import plan
from samkoll.stats.forecast.models import require_installed

FORECAST, QUEUE = "samkoll.explore.jobs.forecast", "statistics"
"""Name and queue of the task that ``jobs`` defines."""


class NothingToForecast(DomainError):
    """No month of the municipality is loaded and may be shown."""


@transaction.atomic
def order_forecast(*, metric: str, actor: User, now: datetime) -> Job:
    """Have a worker forecast the metric for the municipality and its administrations.

    Raises: PermissionDenied, NotInstalled, NothingToForecast.
    """
    require(policies.can_change_parameters(actor, timezone.localdate(now)))
    require_installed()
    if not stats.current_facts().months:
        raise NothingToForecast(_("Det finns inget underlag att göra en prognos av."))
    job = desk.open_job(owner=actor, label=_("Prognos för sjukfrånvaron"))
    audit.record("forecast.asked", actor, job, metric=metric)
    defer = app.configure_task(FORECAST, queue=QUEUE).defer
    transaction.on_commit(partial(defer, job_id=job.pk, metric=metric))
    return job


def make_forecast(
    *, metric: str, actor: User, now: datetime, progress: Callable[[int, int], None]
) -> Forecast:
    """Make the forecast and keep it; minutes of work, so only in a worker.

    Raises: PermissionDenied, NotInstalled, NothingToForecast, TooShort.
    """
    require(policies.can_change_parameters(actor, timezone.localdate(now)))
    facts, left_out = stats.current_facts(), forecasting.periods()
    known = forecasting.known(facts, metric) if facts.months else None
    if known is None or not known.whole:
        raise NothingToForecast(_("Det finns inget underlag att göra en prognos av."))
    months = forecasting.months_of(left_out)
    result = plan.make((known.top, known.whole), known.parts, months, progress)
    return _keep(metric, result, facts, left_out, actor=actor, now=now)


@transaction.atomic
def change_periods(*, periods: tuple[Period, ...], actor: User, now: datetime) -> None:
    """Choose the times that forecasts and control charts leave out. Raises: PermissionDenied."""
    require(policies.can_change_parameters(actor, timezone.localdate(now)))
    before = forecasting.periods()
    if periods == before:
        return
    rows = [[each.first.index, each.last.index, each.reason] for each in periods]
    kept = ExtraordinaryTimes.objects.create(periods=rows, changed_by=actor, changed_at=now)
    audit.record(
        "forecast.periods_changed",
        actor,
        kept,
        before={"periods": [str(each) for each in before]},
        after={"periods": [str(each) for each in periods]},
    )


@transaction.atomic
def _keep(
    metric: str,
    result: plan.Result,
    facts: stats.BoundFacts,
    left_out: tuple[Period, ...],
    *,
    actor: User,
    now: datetime,
) -> Forecast:
    made = Forecast.objects.create(
        metric=metric,
        basis=forecasting.basis_of(facts, left_out),
        snapshots=list(facts.hashes_of(facts.months)),
        left_out=[str(each) for each in left_out],
        result=result.as_json(),
        made_at=now,
        made_by=actor,
    )
    audit.record("forecast.made", actor, made, metric=metric, basis=made.basis)
    return made
