"""Att göra: everything that waits for one person, from all packages, the most pressing first.

Each kind of thing is a ``Source``: one queryset that both the list and the menu's count stand on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.desk import queries as desk
from samkoll.desk.models import Job, JobState
from samkoll.imports import queries as imports
from samkoll.imports.models import Batch, BatchState
from samkoll.reports import queries as reports
from samkoll.web import counting

if TYPE_CHECKING:
    from samkoll.reports.queries import UnansweredReport

FINISHED_FOR = timedelta(days=1)


class When(StrEnum):
    """The groups of the list, in their order."""

    NOW = "now"
    LATER = "later"
    RUNNING = "running"


@dataclass(frozen=True, slots=True)
class Todo:
    """One row: what, about what, and the button that does the next step."""

    when: When
    what: str
    about: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks what waits: the user, everything that the user may do somewhere, and when."""

    user: User
    held: frozenset[str]
    now: datetime

    @property
    def today(self) -> date:
        """The day of the permissions and of the last days."""
        return timezone.localdate(self.now)


@dataclass(frozen=True, slots=True)
class Source:
    """One kind of thing that waits.

    ``waiting``: one row for each, in their order, not yet read from the database. ``todo``: such a
    row in words. ``needs``: a permission without which nothing can wait. ``counted``: whether the
    menu counts it; what only can be watched is not.
    """

    waiting: Callable[[Asker], QuerySet[Any]]
    todo: Callable[[Any], Todo]
    needs: str = ""
    counted: bool = True

    def concerns(self, asker: Asker) -> bool:
        """Whether anything of the kind can wait for this person."""
        return not self.needs or self.needs in asker.held


def todo(asker: Asker) -> list[Todo]:
    """What waits for the person: a query for each kind."""
    asked = [source for source in SOURCES if source.concerns(asker)]
    rows = [source.todo(row) for source in asked for row in source.waiting(asker)]
    return sorted(rows, key=lambda row: list(When).index(row.when))


def waiting(asker: Asker) -> int:
    """How many rows wait for the person to act, for the menu: one query for all kinds."""
    asked = (source for source in SOURCES if source.counted and source.concerns(asker))
    return counting.total(source.waiting(asker) for source in asked)


def _batches(asker: Asker) -> QuerySet[Batch]:
    found = imports.visible_to(asker.user, asker.today).filter(state=BatchState.PREVIEWED)
    return found.order_by("created_at")


def _batch(batch: Batch) -> Todo:
    return Todo(
        When.NOW,
        _("Importen väntar på besked"),
        batch.file_name,
        _("Granska importen"),
        reverse("imports:detail", args=[batch.pk]),
    )


def _reports(asker: Asker) -> QuerySet[UnansweredReport]:
    return reports.unanswered(asker.user, asker.today)


def _report(report: UnansweredReport) -> Todo:
    return Todo(
        When.LATER,
        _("Rapporten saknar %(count)d svar") % {"count": report.asked - report.answered},
        f"{report.board} {report.year}",
        _("Fortsätt med rapporten"),
        reverse("reports:read", args=[report.pk]),
    )


def _failed(asker: Asker) -> QuerySet[Job]:
    since = asker.now - FINISHED_FOR
    return desk.visible_to(asker.user).filter(state=JobState.FAILED, finished_at__gt=since)


def _failed_job(job: Job) -> Todo:
    return Todo(When.NOW, _("Gick inte"), job.label, _("Visa varför"), _job_url(job))


def _running(asker: Asker) -> QuerySet[Job]:
    since = asker.now - 2 * FINISHED_FOR
    unfinished = (JobState.WAITING, JobState.RUNNING)
    return desk.visible_to(asker.user).filter(state__in=unfinished, created_at__gte=since)


def _running_job(job: Job) -> Todo:
    label = _("Visa hur långt det har kommit")
    return Todo(When.RUNNING, _("Pågår"), job.label, label, _job_url(job))


def _job_url(job: Job) -> str:
    return reverse("home:job", args=[job.pk])


SOURCES = (
    Source(_failed, _failed_job),
    Source(_batches, _batch, needs="import:write"),
    Source(_reports, _report, needs="report:write"),
    Source(_running, _running_job, counted=False),
)
"""Every kind, in the order in which they stand within a group."""
