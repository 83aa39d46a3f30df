"""The life of a job's progress. Workers report in; pages read."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from samkoll.accounts.models import User
from samkoll.audit import services as audit
from samkoll.desk.models import Job, JobState


@transaction.atomic
def open_job(*, owner: User, label: str) -> Job:
    """A job that waits for a worker. Defer the work itself with ``transaction.on_commit``."""
    job = Job.objects.create(owner=owner, label=label)
    audit.record("job.opened", owner, job)
    return job


def progress(*, job_id: int, done: int, total: int, step: str) -> None:
    """Tell how far the work has come, outside any transaction of the work itself."""
    Job.objects.filter(pk=job_id).update(
        state=JobState.RUNNING, done=done, total=total, step=step[:200]
    )


def finish(*, job_id: int, now: datetime, message: str, result_url: str) -> None:
    """The work is done; the owner finds the result at ``result_url``."""
    Job.objects.filter(pk=job_id).update(
        state=JobState.DONE, finished_at=now, message=message, result_url=result_url
    )


def fail(*, job_id: int, now: datetime, message: str) -> None:
    """The work stopped; ``message`` is the sentence that the owner reads."""
    Job.objects.filter(pk=job_id).update(state=JobState.FAILED, finished_at=now, message=message)
