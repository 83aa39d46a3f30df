"""Long work of the statistics pages: fetching from Kolada, forecasts, statistics sheets."""

from __future__ import annotations

import logging

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from samkoll.accounts.models import User
from samkoll.core.months import Month
from samkoll.desk import services as desk
from samkoll.desk.jobs import running
from samkoll.desk.models import Job
from samkoll.explore import comparison_fetch, services, sheets_services
from samkoll.opendata import services as opendata

logger = logging.getLogger(__name__)


@app.task(name=comparison_fetch.FETCH, queue=comparison_fetch.QUEUE)
def fetch(*, job_id: int) -> None:
    """Fetch key figures; the owner looks at what came before anything changes."""

    def progress(done: int, total: int, step: str) -> None:
        desk.progress(job_id=job_id, done=done, total=total, step=step)

    with running(job_id) as outcome:
        load = opendata.stage_fetched(actor=_owner(job_id), now=timezone.now(), progress=progress)
        outcome.message = _("Uppgifterna är hämtade. Granska dem innan de läses in.")
        outcome.result_url = reverse("explore:load", args=[load.pk])


@app.task(name=comparison_fetch.READ, queue=comparison_fetch.QUEUE)
def read(*, job_id: int, load_id: int) -> None:
    """Read a file with Kolada's figures; the owner looks at it before anything changes."""
    with running(job_id) as outcome:
        desk.progress(job_id=job_id, done=0, total=1, step=_("Läser filen"))
        try:
            opendata.read(load_id=load_id, actor=_owner(job_id), now=timezone.now())
        except opendata.NotKolada as error:
            raise opendata.NotKolada(" ".join([str(error), *error.faults])) from error
        outcome.message = _("Filen är läst. Granska den innan den läses in.")
        outcome.result_url = reverse("explore:load", args=[load_id])


@app.task(name=comparison_fetch.ANSWER, queue=comparison_fetch.QUEUE)
def answer(*, job_id: int, load_id: int, answer: comparison_fetch.Answer) -> None:
    """Let a load count, or take it back."""
    with running(job_id) as outcome:
        desk.progress(job_id=job_id, done=0, total=1, step=_("Skriver värdena"))
        do = {"apply": opendata.apply, "undo": opendata.undo}[answer]
        do(load_id=load_id, actor=_owner(job_id), now=timezone.now())
        said = {"apply": _("Uppgifterna är inlästa."), "undo": _("Inläsningen är ångrad.")}
        outcome.message = said[answer]
        outcome.result_url = reverse("explore:load", args=[load_id])


@app.task(name=sheets_services.MAKE, queue=sheets_services.QUEUE)
def make_sheets(*, job_id: int, month: int, mail: bool) -> None:
    """Make the sheets of every manager; the owner sees how far it has come."""

    def progress(done: int, total: int, step: str) -> None:
        desk.progress(job_id=job_id, done=done, total=total, step=step)

    with running(job_id) as outcome:
        run = sheets_services.make(
            month=Month(month),
            mail=mail,
            actor=_owner(job_id),
            now=timezone.now(),
            progress=progress,
        )
        outcome.message = _("%(count)d statistikblad är gjorda.") % {"count": run.made}
        outcome.result_url = reverse("explore:sheets")


@app.periodic(cron="40 3 * * *")
@app.task(name="samkoll.explore.jobs.make_due_sheets", queueing_lock="explore-sheets")
def make_due_sheets(timestamp: int) -> None:
    """Every morning: make the sheets that the schedule asks for, once each period."""
    run = sheets_services.make_due(now=timezone.now())
    if run is not None:
        logger.info("Statistics sheets: %s made, %s mails.", run.made, run.mailed)


def _owner(job_id: int) -> User:
    return User.objects.get(pk=Job.objects.values_list("owner_id", flat=True).get(pk=job_id))


@app.task(name=services.FORECAST, queue=services.QUEUE)
def forecast(*, job_id: int, metric: str) -> None:
    """Forecast the municipality and its administrations, and hold it against the past."""

    def progress(done: int, total: int) -> None:
        step = _("Steg %(done)d av %(total)d") % {"done": done, "total": total}
        desk.progress(job_id=job_id, done=done, total=total, step=step)

    with running(job_id) as outcome:
        services.make_forecast(
            metric=metric, actor=_owner(job_id), now=timezone.now(), progress=progress
        )
        outcome.message = _("Prognosen är klar.")
        outcome.result_url = f"{reverse('explore:forecast')}?matt={metric}"
