"""Report building as a job: a worker builds, the desk shows how far it has come."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from samkoll.accounts.models import User
from samkoll.core.errors import DomainError
from samkoll.desk import services as desk
from samkoll.desk.models import Job
from samkoll.reports import storing, writers


@app.task(name=storing.BUILD, queue=storing.QUEUE)
def build(*, job_id: int, report_ids: list[int]) -> None:
    """Build and keep the files of some reports; the owner reads of every failure on the desk."""
    owner = User.objects.get(pk=Job.objects.values_list("owner_id", flat=True).get(pk=job_id))

    def progress(done: int, total: int, step: str) -> None:
        desk.progress(job_id=job_id, done=done, total=total, step=step)

    try:
        storing.store(
            report_ids=report_ids,
            formats=writers.FORMATS,
            actor=owner,
            now=timezone.now(),
            progress=progress,
        )
    except DomainError as error:
        desk.fail(job_id=job_id, now=timezone.now(), message=str(error))
        return
    except Exception:
        message = _("Något gick fel hos oss. Försök igen, eller kontakta supporten.")
        desk.fail(job_id=job_id, now=timezone.now(), message=message)
        raise
    one = len(report_ids) == 1
    where = reverse("reports:read", args=report_ids) if one else reverse("reports:index")
    desk.finish(job_id=job_id, now=timezone.now(), message=_("Filerna är klara."), result_url=where)
