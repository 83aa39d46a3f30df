"""Work that comes round by itself: interrupted jobs again, old ones and old rows away."""

from __future__ import annotations

import logging

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.jobs import Status

logger = logging.getLogger(__name__)

ATTEMPTS = 3  # a job that takes its worker with it is not tried for ever
KEPT_HOURS = 30 * 24
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


@app.periodic(cron="17 1 * * *")
@app.task(queue=QUEUE, queueing_lock="upkeep-finished", pass_context=True)
async def forget_finished(context: JobContext, timestamp: int) -> None:
    """Remove jobs that ended more than thirty days ago, however they ended."""
    await context.app.job_manager.delete_old_jobs(
        nb_hours=KEPT_HOURS, include_failed=True, include_cancelled=True, include_aborted=True
    )
