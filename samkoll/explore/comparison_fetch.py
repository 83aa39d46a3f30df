"""Asking for figures from Kolada by a button: a job fetches, and what comes waits for a yes."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from samkoll.accounts.models import User
from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.desk import services as desk
from samkoll.desk.models import Job
from samkoll.opendata import policies

FETCH, QUEUE = "samkoll.explore.jobs.fetch", "statistics"
"""Name and queue of the task that ``jobs`` defines."""


@transaction.atomic
def order(*, actor: User, now: datetime) -> Job:
    """Have the key figures of ``data/kpis.yaml`` fetched by a worker. Raises: PermissionDenied."""
    require(policies.can_load(actor, timezone.localdate(now)))
    job = desk.open_job(owner=actor, label=_("Hämta nyckeltal från Kolada"))
    audit.record("opendata.fetch_asked", actor, job, origin=settings.KOLADA_URL)
    transaction.on_commit(partial(app.configure_task(FETCH, queue=QUEUE).defer, job_id=job.pk))
    return job
