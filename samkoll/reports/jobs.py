"""Report building as a job: a worker builds, the desk shows how far it has come."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from samkoll.accounts.models import User
from samkoll.desk import services as desk
from samkoll.desk.jobs import running
from samkoll.desk.models import Job
from samkoll.documents import writers
from samkoll.reports import storing
from samkoll.reports.package import packing


@app.task(name=storing.BUILD, queue=storing.QUEUE)
def build(*, job_id: int, report_ids: list[int]) -> None:
    """Build and keep the files of some reports; the owner reads on the desk how it ended."""

    def progress(done: int, total: int, step: str) -> None:
        desk.progress(job_id=job_id, done=done, total=total, step=step)

    with running(job_id) as outcome:
        storing.store(
            report_ids=report_ids,
            formats=writers.FORMATS,
            actor=_owner(job_id),
            now=timezone.now(),
            progress=progress,
        )
        outcome.message = _("Filerna är klara.")
        one = len(report_ids) == 1
        outcome.result_url = (
            reverse("reports:read", args=report_ids) if one else reverse("reports:index")
        )


@app.task(name=packing.PACK, queue=storing.QUEUE)
def package(*, job_id: int, report_id: int) -> None:
    """Make and keep the package of one report."""
    with running(job_id) as outcome:
        packing.store(report_id=report_id, actor=_owner(job_id), now=timezone.now())
        outcome.message = _("Paketet är klart.")
        outcome.result_url = reverse("reports:documents", args=[report_id])


def _owner(job_id: int) -> User:
    return User.objects.get(pk=Job.objects.values_list("owner_id", flat=True).get(pk=job_id))
