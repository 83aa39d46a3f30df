"""Att göra: everything that waits for one person, from all packages, the most pressing first.

Each kind of thing is a ``Source``: one queryset that both the list and the menu's count stand on.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from samkoll.desk import queries as desk
from samkoll.desk.models import Job, JobState
from samkoll.home import todo_actions, todo_reports
from samkoll.home.todo_rows import Asker, Source, Todo, When
from samkoll.imports import queries as imports
from samkoll.imports.models import Batch, BatchState
from samkoll.reports import queries as reports
from samkoll.web import counting

if TYPE_CHECKING:
    from samkoll.reports.queries import CountedReport

__all__ = ["Asker", "Source", "Todo", "When", "todo", "waiting"]

FINISHED_FOR = timedelta(days=1)


def todo(asker: Asker) -> list[Todo]:
    """What waits for the person, the oldest last day first: a query for each kind."""
    asked = [source for source in SOURCES if source.concerns(asker)]
    rows = [source.todo(row) for source in asked for row in source.waiting(asker)]
    groups, today = list(When), asker.today
    return sorted(rows, key=lambda row: (groups.index(row.group(today)), row.due or today))


def waiting(asker: Asker) -> int:
    """How many rows wait for the person to act, for the menu: one query for all kinds."""
    asked = (source for source in SOURCES if source.counted and source.concerns(asker))
    return counting.total(source.waiting(asker) for source in asked)


def _batches(asker: Asker) -> QuerySet[Batch]:
    found = imports.visible_to(asker.user, asker.today).filter(state=BatchState.PREVIEWED)
    return found.order_by("created_at")


def _batch(batch: Batch) -> Todo:
    return Todo(
        _("Importen väntar på besked"),
        batch.file_name,
        _("Granska importen"),
        reverse("imports:detail", args=[batch.pk]),
    )


def _reports(asker: Asker) -> QuerySet[CountedReport]:
    return reports.unanswered(asker.user, asker.today)


def _report(report: CountedReport) -> Todo:
    return Todo(
        _("Rapporten saknar %(count)d svar") % {"count": report.asked - report.answered},
        f"{report.board} {report.year}",
        _("Fortsätt med rapporten"),
        reverse("reports:read", args=[report.pk]),
        when=When.LATER,
    )


def _failed(asker: Asker) -> QuerySet[Job]:
    since = asker.now - FINISHED_FOR
    return desk.visible_to(asker.user).filter(state=JobState.FAILED, finished_at__gt=since)


def _failed_job(job: Job) -> Todo:
    return Todo(_("Gick inte"), job.label, _("Visa varför"), _job_url(job))


def _running(asker: Asker) -> QuerySet[Job]:
    since = asker.now - 2 * FINISHED_FOR
    unfinished = (JobState.WAITING, JobState.RUNNING)
    return desk.visible_to(asker.user).filter(state__in=unfinished, created_at__gte=since)


def _running_job(job: Job) -> Todo:
    label = _("Visa hur långt det har kommit")
    return Todo(_("Pågår"), job.label, label, _job_url(job), when=When.RUNNING)


def _job_url(job: Job) -> str:
    return reverse("home:job", args=[job.pk])


SOURCES = (
    *todo_actions.SOURCES,
    *todo_reports.SOURCES,
    Source(_failed, _failed_job),
    Source(_batches, _batch, needs="import:write"),
    Source(_reports, _report, needs="report:write"),
    Source(_running, _running_job, counted=False),
)
"""Every kind, in the order in which they stand within a day of a group."""
