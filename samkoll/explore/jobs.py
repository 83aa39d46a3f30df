"""Long work of the statistics pages: fetching from Kolada."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from samkoll.accounts.models import User
from samkoll.desk import services as desk
from samkoll.desk.jobs import running
from samkoll.desk.models import Job
from samkoll.explore import comparison_fetch


@app.task(name=comparison_fetch.FETCH, queue=comparison_fetch.QUEUE)
def fetch(*, job_id: int) -> None:
    """Fetch key figures; the owner looks at what came before anything changes."""

    def progress(done: int, total: int, step: str) -> None:
        desk.progress(job_id=job_id, done=done, total=total, step=step)

    with running(job_id) as outcome:
        load = comparison_fetch.fetch(
            actor=_owner(job_id), now=timezone.localtime(), progress=progress
        )
        outcome.message = _("Uppgifterna är hämtade. Granska dem innan de läses in.")
        outcome.result_url = reverse("explore:load", args=[load.pk])


def _owner(job_id: int) -> User:
    return User.objects.get(pk=Job.objects.values_list("owner_id", flat=True).get(pk=job_id))
