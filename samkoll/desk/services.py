"""Everything that changes a desk: a job's progress, drafts, saved views, reminders, calendar.

Drafts and saved views do not go into the change log: nobody but their owner reads them, and they
decide nothing.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from django.db import IntegrityError, connection, transaction
from django.db.models import Max
from django.http import QueryDict
from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.audit import services as audit
from samkoll.core.errors import DomainError
from samkoll.desk import queries
from samkoll.desk.models import (
    CalendarKey,
    DigestSent,
    Draft,
    Job,
    JobState,
    Notice,
    ReminderSettings,
    SavedView,
)

MOST_VIEWS = 30
LONGEST_QUERY = 2000
DIGESTS_KEPT = timedelta(days=30)
TOKEN_BYTES = 32
DRAFT_AGE = timedelta(days=90)
MOST_DRAFTS = 50
MOST_CHARACTERS = 500_000


class DraftTooLarge(DomainError):
    """More text than any of our forms takes."""


class CannotSaveView(DomainError):
    """The name is taken, there are too many views, or the list's address is too long."""


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


def save_view(*, owner: User, page: str, name: str, query: str) -> SavedView:
    """Keep a list's filters and sorting under a name, last among the owner's views of the list.

    ``query``: the part of the list's address after the question mark. Raises: CannotSaveView.
    """
    wanted = queries.normalised(QueryDict(query))
    views = SavedView.objects.filter(owner=owner, page=page)
    if len(wanted) > LONGEST_QUERY:
        raise CannotSaveView(_("Filtren är för många för att sparas. Ta bort några av dem."))
    if views.count() >= MOST_VIEWS:
        raise CannotSaveView(
            _("Du har redan %(most)s vyer av listan. Ta bort en som du inte använder.")
            % {"most": MOST_VIEWS}
        )
    last = views.aggregate(last=Max("position"))["last"] or 0
    with _own_name(name):
        return SavedView.objects.create(
            owner=owner, page=page, name=name, query=wanted, position=last + 1
        )


def rename_view(*, view: SavedView, name: str) -> SavedView:
    """Give an own view another name. Raises: CannotSaveView."""
    with _own_name(name):
        view.name = name
        view.save(update_fields=["name"])
    return view


def remove_view(*, view: SavedView) -> None:
    """Forget an own view; the list itself stays as it is."""
    view.delete()


@contextmanager
def _own_name(name: str) -> Iterator[None]:
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        raise CannotSaveView(
            _("Du har redan en vy som heter %(name)s. Välj ett annat namn.") % {"name": name}
        ) from error


@transaction.atomic
def change_reminders(*, owner: User, reminders: queries.Reminders) -> None:
    """Be reminded by mail in this way from now on. Only the owner's own mail changes."""
    names = queries.Reminders.__slots__
    before = queries.reminder_settings([owner.pk])[owner.pk]
    values = {name: getattr(reminders, name) for name in names}
    changed = {name for name in names if getattr(before, name) != values[name]}
    row, _new = ReminderSettings.objects.update_or_create(owner=owner, defaults=values)
    if changed:
        old = {name: getattr(before, name) for name in changed}
        new = {name: values[name] for name in changed}
        audit.record("reminders.changed", owner, row, before=old, after=new)


@transaction.atomic
def open_calendar(*, owner: User, now: datetime) -> str:
    """A new secret for the calendar feed's address, shown once; an earlier address closes."""
    User.objects.select_for_update().get(pk=owner.pk)
    close_calendar(owner=owner, now=now)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    key = CalendarKey.objects.create(owner=owner, token_hash=queries.hash_of(token), created_at=now)
    audit.record("calendar.opened", owner, key)
    return token


@transaction.atomic
def close_calendar(*, owner: User, now: datetime) -> bool:
    """Let the person's calendar address lead nowhere from now on; False: there was none."""
    keys = CalendarKey.objects.select_for_update().filter(owner=owner, revoked_at=None)
    key = keys.first()
    if key is None:
        return False
    key.revoked_at = now
    key.save(update_fields=["revoked_at"])
    audit.record("calendar.closed", owner, key)
    return True


def claim_digest(*, owner: User, day: date) -> bool:
    """Take on the person's mail of the day: True for one caller only, however many try.

    Claim in a transaction of its own before sending: a worker that dies in between sends no mail
    that day rather than two. Claims older than thirty days are forgotten.
    """
    DigestSent.objects.filter(owner=owner, day__lt=day - DIGESTS_KEPT).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO desk_digestsent (owner_id, day) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            [owner.pk, day],
        )
        return bool(cursor.rowcount)


def tell(*, owner_id: int, text: str, url: str) -> Notice:
    """Leave a notice of what happened without the person; ``url`` shows the thing itself."""
    return Notice.objects.create(owner_id=owner_id, text=text[:300], url=url)


def tick_off(*, notice: Notice, now: datetime) -> None:
    """The person has read the notice; it leaves the list of what to do."""
    Notice.objects.filter(pk=notice.pk, seen_at=None).update(seen_at=now)
