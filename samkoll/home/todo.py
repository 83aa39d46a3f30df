"""Att göra: everything that waits for one person, from all packages, the most pressing first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.urls import reverse
from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.desk import queries as desk
from samkoll.desk.models import Job, JobState
from samkoll.imports import queries as imports
from samkoll.imports.models import BatchState
from samkoll.org import queries as org
from samkoll.reports import queries as reports
from samkoll.reports.models import Report

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


def todo(user: User, held: frozenset[str], *, now: datetime) -> list[Todo]:
    """What waits for the user, who holds these permissions somewhere."""
    today = now.date()
    rows = _jobs(user, now)
    if "import:write" in held:
        rows += _batches(user, today)
    if "report:write" in held:
        rows += _reports(user, today)
    return sorted(rows, key=lambda row: list(When).index(row.when))


def waiting(user: User, held: frozenset[str], *, now: datetime) -> int:
    """How many rows wait for the user to act, for the menu."""
    return sum(1 for row in todo(user, held, now=now) if row.when != When.RUNNING)


def _batches(user: User, today: date) -> list[Todo]:
    batches = imports.visible_to(user, today).filter(state=BatchState.PREVIEWED)
    return [
        Todo(
            When.NOW,
            _("Importen väntar på besked"),
            batch.file_name,
            _("Granska importen"),
            reverse("imports:detail", args=[batch.pk]),
        )
        for batch in batches.order_by("created_at")
    ]


def _reports(user: User, today: date) -> list[Todo]:
    """Reports of the latest year where the user writes and answers are missing."""
    places = org.units_with(user, "report:write", today)
    written = set(Report.objects.filter(unit__in=places).values_list("pk", flat=True))
    if not written:  # most who write do so for a unit within an administration
        return []
    years, boards = reports.listed(user, today)
    missing = [
        (board, report)
        for board in boards
        for report in [board.reports.get(years[0])]
        if report and report.pk in written and report.answered < report.asked
    ]
    return [
        Todo(
            When.LATER,
            _("Rapporten saknar %(count)d svar") % {"count": report.asked - report.answered},
            f"{board.name} {report.year}",
            _("Fortsätt med rapporten"),
            reverse("reports:read", args=[report.pk]),
        )
        for board, report in missing
    ]


def _jobs(user: User, now: datetime) -> list[Todo]:
    found = desk.visible_to(user).filter(created_at__gte=now - 2 * FINISHED_FOR)
    rows = [_job(job, now) for job in found[:20]]
    return [row for row in rows if row]


def _job(job: Job, now: datetime) -> Todo | None:
    url = reverse("home:job", args=[job.pk])
    if job.state in (JobState.WAITING, JobState.RUNNING):
        return Todo(When.RUNNING, _("Pågår"), job.label, _("Visa hur långt det har kommit"), url)
    recent = job.finished_at is not None and now - job.finished_at < FINISHED_FOR
    if job.state == JobState.FAILED and recent:
        return Todo(When.NOW, _("Gick inte"), job.label, _("Visa varför"), url)
    return None
