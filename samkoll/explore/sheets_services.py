"""Everything that changes statistics sheets: ordering a run, keeping its files, the schedule.

Managers are told by a notice and, where they have an address, by a mail with a link. No figure and
no unit stands in the mail: it lies in systems that are not ours.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from samkoll.accounts.models import User
from samkoll.audit import services as audit
from samkoll.audit.services import CommandLine
from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.core.months import Month
from samkoll.desk import services as desk
from samkoll.desk.models import Job
from samkoll.explore import sheets, sheets_making, sheets_policies
from samkoll.explore.sheets_models import Sheet, SheetRun, SheetSchedule
from samkoll.explore.sheets_policies import Actor
from samkoll.stats import queries as stats

logger = logging.getLogger(__name__)

MAKE, QUEUE = "samkoll.explore.jobs.make_sheets", "statistics"
"""Name and queue of the task that ``jobs`` defines."""
TERTIALS, YEARS = (4, 8), (12,)
"""Months that the choices of the schedule stand for; the third tertial ends with the year."""


class NoManagers(DomainError):
    """Nobody leads a unit today."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What the schedule is to be."""

    each_tertial: bool
    each_year: bool
    days_after: int
    mail: bool


@transaction.atomic
def order(*, month: Month, mail: bool, actor: User, now: datetime) -> Job:
    """Have the sheets of a month made for every manager, by a worker.

    Raises: PermissionDenied, NoSheetMonth.
    """
    require(sheets_policies.can_make(actor, timezone.localdate(now)))
    sheets.require_month(stats.current_facts(), month)
    job = desk.open_job(owner=actor, label=sheets.title_of(month))
    audit.record("sheets.asked", actor, job, month=str(month))
    task = app.configure_task(MAKE, queue=QUEUE)
    transaction.on_commit(partial(task.defer, job_id=job.pk, month=month.index, mail=mail))
    return job


def make(
    *,
    month: Month,
    mail: bool,
    actor: Actor,
    now: datetime,
    progress: sheets_making.Progress = sheets_making.no_progress,
) -> SheetRun:
    """Make and keep the sheets of every manager of today, and tell them.

    Each sheet is kept when it is made; a run that breaks leaves what was made, and the next run of
    the month takes its place. Raises: PermissionDenied, NoSheetMonth, NoManagers.
    """
    today = timezone.localdate(now)
    require(sheets_policies.can_make(actor, today))
    wanted, facts = sheets.receivers(today), stats.current_facts()
    sheets.require_month(facts, month)
    if not wanted:
        raise NoManagers(_("Ingen är chef för en enhet i dag. Lägg till chefer först."))
    run = SheetRun.objects.create(
        month=month.index,
        facts=facts.refs(),
        wanted=len(wanted),
        actor_id=actor.pk,
        actor_name=str(actor)[:200],
        started_at=now,
    )
    made = sheets_making.make(
        wanted, facts=facts, month=month, produced_on=today, progress=progress
    )
    kept = [_keep(run, each, now) for each in made]
    _tell(run, kept, mail=mail)
    with transaction.atomic():
        run.finished = True
        run.save(update_fields=["made", "mailed", "finished"])
        audit.record("sheets.made", actor, run, made=run.made, mailed=run.mailed)
    return run


@transaction.atomic
def _keep(run: SheetRun, made: sheets_making.Made, now: datetime) -> Sheet:
    receiver = made.sheet.receiver
    values = {
        "run": run,
        "units": receiver.names[:300],
        "xlsx": made.xlsx,
        "pdf": made.pdf,
        "made_at": now,
    }
    kept, _new = Sheet.objects.update_or_create(
        person=receiver.person, month=run.month, defaults=values
    )
    run.made += 1
    run.save(update_fields=["made"])
    return kept


def _tell(run: SheetRun, kept: Sequence[Sheet], *, mail: bool) -> None:
    """A notice to each manager with an account; a mail to those with an address, if wanted."""
    people = {sheet.person.user_id: sheet.person for sheet in kept if sheet.person.user_id}
    users = User.objects.filter(pk__in=people, is_active=True).order_by("pk")
    connection: BaseEmailBackend = get_connection()
    for user in users:
        with translation.override(user.language):
            text = _("Statistik för dina enheter finns att hämta (R12 %(month)s).")
            said = text % {"month": Month(run.month)}
            desk.tell(owner_id=user.pk, text=said, url=reverse("explore:sheets"))
            if mail and user.email and _mailed(user, connection):
                run.mailed += 1
    connection.close()


def _mailed(user: User, connection: BaseEmailBackend) -> bool:
    """Whether the mail went; one that fails is logged and stops nobody else's."""
    url = settings.BASE_URL + reverse("explore:sheets")
    message = EmailMessage(
        _("Samkoll: ny statistik att hämta"),
        render_to_string("explore/sheets/mail.txt", {"url": url}),
        to=[user.email],
        headers={"Auto-Submitted": "auto-generated"},
        connection=connection,
    )
    try:
        message.send()
    except Exception:
        logger.exception("The mail on a statistics sheet could not be sent to user %s.", user.pk)
        return False
    return True


@transaction.atomic
def change_schedule(*, choice: Choice, actor: User, today: date) -> SheetSchedule:
    """Have sheets made by themselves, or no longer. Raises: PermissionDenied."""
    require(sheets_policies.can_make(actor, today))
    schedule, _new = SheetSchedule.objects.select_for_update().get_or_create(pk=1)
    names = ("each_tertial", "each_year", "days_after", "mail")
    before = audit.state(schedule, *names)
    for name in names:
        setattr(schedule, name, getattr(choice, name))
    if (choice.each_tertial, choice.each_year) != (before["each_tertial"], before["each_year"]):
        past = _newest_closing(schedule, today)  # periods that were over before: nobody's wish
        schedule.last_month = max(filter(None, (schedule.last_month, past)), default=None)
    schedule.save()
    audit.record(
        "sheets.scheduled", actor, schedule, before=before, after=audit.state(schedule, *names)
    )
    return schedule


def make_due(*, now: datetime) -> SheetRun | None:
    """Make the sheets that the schedule asks for today, once; None when there are none.

    A period whose facts are not loaded yet waits: it is asked for again the next day.
    """
    today = timezone.localdate(now)
    with transaction.atomic():
        schedule = SheetSchedule.objects.select_for_update().filter(pk=1).first()
        month = _newest_closing(schedule, today) if schedule else None
        if schedule is None or month is None or month <= (schedule.last_month or 0):
            return None
        facts = stats.current_facts()
        if any(index not in facts.months for index in range(month - 11, month + 1)):
            return None
        schedule.last_month = month
        schedule.save(update_fields=["last_month"])
    return make(month=Month(month), mail=schedule.mail, actor=CommandLine(), now=now)


def _newest_closing(schedule: SheetSchedule, today: date) -> int | None:
    """The newest month that closes a chosen period and whose waiting time is over."""
    closing = {
        *(TERTIALS if schedule.each_tertial else ()),
        *(YEARS if schedule.each_tertial or schedule.each_year else ()),
    }
    waited = today - timedelta(days=schedule.days_after)
    over = Month.containing(waited + timedelta(days=1)) - 1
    passed = (Month(over.index - back) for back in range(12))
    return next((month.index for month in passed if month.month in closing), None)
