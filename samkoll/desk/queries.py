"""Jobs and drafts as pages show them."""

from __future__ import annotations

from django.db.models import QuerySet

from samkoll.accounts.models import User
from samkoll.desk.models import Draft, Job, JobState


def visible_to(user: User) -> QuerySet[Job]:
    """A person's own jobs, newest first."""
    return Job.objects.filter(owner=user).order_by("-created_at", "-pk")


def running(user: User) -> int:
    """How many of the person's jobs are not finished."""
    return visible_to(user).filter(state__in=(JobState.WAITING, JobState.RUNNING)).count()


def draft_of(user: User, key: str) -> Draft | None:
    """The person's own draft of a form; nobody reads another person's."""
    return Draft.objects.filter(owner=user, key=key).first()
