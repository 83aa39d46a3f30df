"""Built files that the web offers for download: below ``settings.RESULTS``, one set per report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.types import JSONValue

from samkoll.accounts.models import User
from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.desk import services as desk
from samkoll.desk.models import Job
from samkoll.documents.writers import Format
from samkoll.reports import building, policies, queries
from samkoll.reports.models import ReportFile

BUILD, QUEUE = "samkoll.reports.jobs.build", "reports"
"""Name and queue of the task that ``jobs`` defines."""


class NothingToBuild(DomainError):
    """No report among those asked for is visible to the user."""


def path_of(file: ReportFile) -> Path:
    """Where a built file lies."""
    return Path(settings.RESULTS) / str(file.report_id) / file.name


@transaction.atomic
def order(*, report_ids: Sequence[int], actor: User, now: datetime) -> Job:
    """Ask for new files of reports that the actor may read and have made; a worker makes them.

    Raises: NothingToBuild, PermissionDenied.
    """
    visible = queries.visible_to(actor, now.date()).select_related("template", "unit", "board")
    reports = list(visible.filter(pk__in=report_ids))
    if not reports:
        raise NothingToBuild(_("Välj minst en rapport."))
    for report in reports:
        require(policies.can_build(actor, report, now.date()))
    label = str(reports[0]) if len(reports) == 1 else _("%(n)s rapporter") % {"n": len(reports)}
    job = desk.open_job(owner=actor, label=_("Skapa filer: %(what)s") % {"what": label})
    ids: list[JSONValue] = [report.pk for report in reports]
    task = app.configure_task(BUILD, queue=QUEUE)
    transaction.on_commit(partial(task.defer, job_id=job.pk, report_ids=ids))
    return job


def store(
    *,
    report_ids: Sequence[int],
    formats: Iterable[Format],
    actor: audit.Actor,
    now: datetime,
    progress: building.Progress = building.no_progress,
) -> list[ReportFile]:
    """Build files and keep them for download; each replaces the earlier one of its format.

    Raises: NotExtracted, MixedConventions, DocumentTooLarge.
    """
    produced = now.date()
    built = building.build(report_ids, formats=formats, produced_on=produced, progress=progress)
    return [keep(file, actor, now) for file in built]


@transaction.atomic
def keep(built: building.Built, actor: audit.Actor, now: datetime) -> ReportFile:
    """Keep one file for download. The file first, then its row: a row always has its file."""
    path = _own_folder(built.report_id) / built.name
    building.write_file(path, built.data, mode=0o600)
    file, _new = ReportFile.objects.update_or_create(
        report_id=built.report_id,
        format=built.format,
        defaults={
            "name": built.name,
            "sha256": built.sha256,
            "size": len(built.data),
            "built_at": now,
        },
    )
    audit.record("report.file_built", actor, file, after=audit.state(file, "name", "sha256"))
    return file


def _own_folder(report_id: int) -> Path:
    """A report's folder. Drafts are for those who may read them: nobody else on the server."""
    results = Path(settings.RESULTS)
    for folder in (results, results / str(report_id)):
        folder.mkdir(parents=True, exist_ok=True)
        folder.chmod(0o700)
    return folder
