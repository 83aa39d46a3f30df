"""Work that comes round by itself: interrupted jobs again, old ones and old rows away."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from django.db.models import BigIntegerField, Exists, OuterRef, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.jobs import Status

from samkoll.desk import services as desk
from samkoll.desk.models import Job, JobState
from samkoll.ops.doctor import files

logger = logging.getLogger(__name__)

ATTEMPTS = 3  # a job that takes its worker with it is not tried for ever
KEPT_HOURS = 30 * 24
LONGEST_WAY = timedelta(minutes=5)  # from a desk to the queue
QUEUE = "upkeep"


@app.periodic(cron="* * * * *")
@app.task(queue=QUEUE, queueing_lock="upkeep-stalled", pass_context=True)
async def take_up_stalled(context: JobContext, timestamp: int) -> None:
    """Give jobs of dead workers to a living one; after the third death they count as failed."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        if job.attempts + 1 < ATTEMPTS:
            await manager.retry_job(job)
        else:
            logger.error("Job %s (%s) has died %s times.", job.id, job.task_name, ATTEMPTS)
            await manager.finish_job(job, status=Status.FAILED, delete_job=False)


@app.periodic(cron="* * * * *")
@app.task(queue=QUEUE, queueing_lock="upkeep-given-up")
def tell_of_given_up(timestamp: int) -> None:
    """Jobs on a desk that no worker will go on with are no longer shown as waiting or going on."""
    for job in given_up(timezone.now()):
        desk.fail(
            job_id=job.pk,
            now=timezone.now(),
            message=_("Arbetet avbröts och blev inte klart. Försök igen."),
        )


def given_up(now: datetime) -> QuerySet[Job]:
    """Unfinished jobs of desks whose work has ended in the queue, or never got there.

    Work tells its desk before it ends in the queue, and this is one query: what it finds has
    not been told by anybody.
    """
    words = Cast(KeyTextTransform("job_id", "args"), BigIntegerField())
    work = ProcrastinateJob.objects.filter(args__has_key="job_id").annotate(desk_job=words)
    mine = work.filter(desk_job=OuterRef("pk"))
    return Job.objects.filter(
        ~Exists(mine.filter(status__in=(Status.TODO.value, Status.DOING.value))),
        Exists(mine) | Q(created_at__lt=now - LONGEST_WAY),
        state__in=(JobState.WAITING, JobState.RUNNING),
    )


@app.periodic(cron="47 1 * * *")
@app.task(queue=QUEUE, queueing_lock="upkeep-attachments")
def remove_attachments_left(timestamp: int) -> None:
    """Contents that no attachment has any more, such as one that was removed during a backup."""
    files.attachments_left(now=timezone.now(), fix=True)


@app.periodic(cron="17 1 * * *")
@app.task(queue=QUEUE, queueing_lock="upkeep-finished", pass_context=True)
async def forget_finished(context: JobContext, timestamp: int) -> None:
    """Remove jobs that ended more than thirty days ago, however they ended."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
