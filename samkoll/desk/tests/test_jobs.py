"""Progress of long work is the owner's to see."""

from __future__ import annotations

from django.utils import timezone

from samkoll.desk import queries, services
from samkoll.desk.models import JobState


def test_a_job_goes_from_waiting_to_done(town):
    job = services.open_job(owner=town.user("manager"), label="Bygger rapporter")
    assert queries.running(town.user("manager")) == 1
    services.progress(job_id=job.pk, done=3, total=10, step="KSF")
    services.finish(job_id=job.pk, now=timezone.now(), message="Klart.", result_url="/rapporter/")
    job.refresh_from_db()
    assert (job.state, job.done, job.step) == (JobState.DONE, 3, "KSF")
    assert queries.running(town.user("manager")) == 0


def test_nobody_else_sees_it(town):
    services.open_job(owner=town.user("manager"), label="Bygger rapporter")
    assert not queries.visible_to(town.user("outsider")).exists()
