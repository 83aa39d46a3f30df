"""Long work with figures from Kolada, done by a worker: fetch, read a file, count, take back.

What is fetched or read waits for a yes; nothing counts before it.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any, Literal

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
from samkoll.opendata import services as opendata
from samkoll.opendata.models import Load

FETCH, READ, ANSWER = (f"samkoll.explore.jobs.{name}" for name in ("fetch", "read", "answer"))
QUEUE = "statistics"
"""Names and queue of the tasks that ``jobs`` defines."""
Answer = Literal["apply", "undo"]


@transaction.atomic
def order(*, actor: User, now: datetime) -> Job:
    """Have the key figures of ``data/kpis.yaml`` fetched by a worker. Raises: PermissionDenied."""
    require(policies.can_load(actor, timezone.localdate(now)))
    job = desk.open_job(owner=actor, label=_("Hämta nyckeltal från Kolada"))
    audit.record("opendata.fetch_asked", actor, job, origin=settings.KOLADA_URL)
    _defer(FETCH, job_id=job.pk)
    return job


@transaction.atomic
def order_reading(*, content: bytes, name: str, actor: User, now: datetime) -> Job:
    """Keep a file and have it read. Raises: PermissionDenied, NotKolada when it is too large."""
    load = opendata.receive(content=content, name=name, actor=actor, now=now)
    job = desk.open_job(owner=actor, label=_("Läs filen %(name)s") % {"name": load.origin})
    audit.record("opendata.read_asked", actor, load, job=job.pk)
    _defer(READ, job_id=job.pk, load_id=load.pk)
    return job


@transaction.atomic
def order_answer(*, load: Load, answer: Answer, actor: User, now: datetime) -> Job:
    """Have a load counted or taken back: tens of thousands of values. Raises: PermissionDenied."""
    may = {"apply": policies.can_answer, "undo": policies.can_undo}[answer]
    require(may(actor, load, timezone.localdate(now)))
    said = {"apply": _("Läs in %(name)s"), "undo": _("Ångra %(name)s")}[answer]
    job = desk.open_job(owner=actor, label=said % {"name": load.origin})
    audit.record("opendata.answer_asked", actor, load, job=job.pk, answer=answer)
    _defer(ANSWER, job_id=job.pk, load_id=load.pk, answer=answer)
    return job


def _defer(task: str, **arguments: Any) -> None:
    transaction.on_commit(partial(app.configure_task(task, queue=QUEUE).defer, **arguments))
