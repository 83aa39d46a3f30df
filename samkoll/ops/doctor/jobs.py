"""Checks of the work in the background."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _
from procrastinate.contrib.django.models import (
    ProcrastinateEvent,
    ProcrastinateJob,
    ProcrastinateWorker,
)

from samkoll.ops.doctor.finding import Finding, ok, warning

_ALIVE = timedelta(seconds=60)
_WAITED = timedelta(minutes=2)


def worker(now: datetime) -> Finding:
    """A worker lives, or nothing waits for one."""
    check = _("Bakgrundsarbetare")
    alive = ProcrastinateWorker.objects.filter(last_heartbeat__gt=now - _ALIVE).count()
    if alive:
        return ok(check, _("%(count)s igång.") % {"count": alive})
    due = Q(scheduled_at__isnull=True) | Q(scheduled_at__lt=now)
    waiting = (
        ProcrastinateJob.objects.filter(due, status="todo")
        .filter(procrastinateevent__type="deferred", procrastinateevent__at__lt=now - _WAITED)
        .count()
    )
    if waiting:
        return warning(
            check,
            _("Ingen är igång och %(count)s arbeten väntar.") % {"count": waiting},
            _("Starta samkoll serve eller samkoll worker."),
        )
    return ok(check, _("Ingen är igång, men inget väntar."))


def stalled(now: datetime) -> Finding:
    """Work that a killed worker left half done."""
    check = _("Avbrutna arbeten")
    dead = Q(worker__isnull=True) | Q(worker__last_heartbeat__lt=now - _ALIVE)
    count = ProcrastinateJob.objects.filter(dead, status="doing").count()
    if count:
        return warning(
            check,
            _("%(count)s arbeten avbröts när arbetaren dog.") % {"count": count},
            _("De görs om inom någon minut när en arbetare är igång."),
        )
    return ok(check, _("Inga."))


def failed(now: datetime) -> Finding:
    """Work of the last week that did not succeed."""
    check = _("Misslyckade arbeten")
    since = now - timedelta(days=7)
    found = ProcrastinateEvent.objects.filter(type="failed", at__gt=since, job__status="failed")
    names = sorted(set(found.values_list("job__task_name", flat=True)))
    if names:
        return warning(
            check,
            _("%(count)s den senaste veckan: %(names)s.")
            % {"count": found.count(), "names": ", ".join(names[:5])},
            _("Orsaken står i arbetarens logg."),
        )
    return ok(check, _("Inga den senaste veckan."))
