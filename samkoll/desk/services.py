"""The life of a job's progress, and of a draft. Workers and forms report in; pages read.

Neither goes into the change log: a draft is read by nobody but its owner and decides nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.audit import services as audit
from samkoll.core.errors import DomainError
from samkoll.desk.models import Draft, Job, JobState

DRAFT_AGE = timedelta(days=90)
MOST_DRAFTS = 50
MOST_CHARACTERS = 500_000


class DraftTooLarge(DomainError):
    """More text than any of our forms takes."""


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


def save_draft(
    *, owner: User, key: str, content: Mapping[str, list[str]], now: datetime
) -> datetime:
    """Keep what is typed in the form ``key``, in place of what was kept before; returns when.

    A person has at most 50 drafts, none older than 90 days: the oldest go.

    Raises: DraftTooLarge.
    """
    if sum(len(value) for values in content.values() for value in values) > MOST_CHARACTERS:
        raise DraftTooLarge(_("Utkastet är för stort för att sparas. Spara formuläret i stället."))
    values = {"content": dict(content), "saved_at": now}
    Draft.objects.update_or_create(owner=owner, key=key, defaults=values)
    own = Draft.objects.filter(owner=owner)
    own.filter(saved_at__lt=now - DRAFT_AGE).delete()
    newest = own.order_by("-saved_at", "-pk").values("pk")
    own.filter(pk__in=newest[MOST_DRAFTS:]).delete()
    return now


def discard_draft(*, owner: User, key: str) -> None:
    """Forget the draft: its form has been saved, or its owner does not want it."""
    Draft.objects.filter(owner=owner, key=key).delete()
