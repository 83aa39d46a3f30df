"""One mail a day at most to each person: how many things wait, where, and when they are due.

Never what they are about: titles of risks and actions stay behind the sign-in. Rules and examples:
docs/rules/reminders.md.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F

from samkoll.accounts.models import User
from samkoll.actions.models import Action, HandUp, Status
from samkoll.desk import queries as desk
from samkoll.desk import services
from samkoll.desk.models import Wanted
from samkoll.desk.queries import Reminders
from samkoll.home import reminder_mail
from samkoll.org import queries as org
from samkoll.reports import queries as reports

logger = logging.getLogger(__name__)

FURTHEST = timedelta(days=30)
"""How far ahead anybody can ask to be told."""
TOLD_MANAGER = 7
"""Days after the last day until the unit's manager is told, and between one time and the next."""


class Kind(StrEnum):
    """What waits. ``REPORT``: a step of a report on its way. ``LATE_BELOW``: somebody else's
    action on a unit that the person answers for."""

    ACTION = "action"
    FOLLOW_UP = "follow_up"
    QUESTION = "question"
    LATE_BELOW = "late_below"
    REPORT = "report"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that waits for one person at a unit; ``left``: days to its last day."""

    kind: Kind
    unit: str
    due: date
    left: int


@dataclass(frozen=True, slots=True)
class Digest:
    """What one mail tells."""

    user: User
    things: tuple[Waiting, ...]


@dataclass(slots=True)
class Outcome:
    """How a morning went. ``without_mail``: people with something to do, no account or address."""

    sent: int = 0
    failed: int = 0
    without_mail: int = 0


def remind(*, today: date) -> Outcome:
    """Send the mails of the day. Again on the same day: nobody gets a second one.

    An address that does not work is logged and stops nobody else's mail.
    Source: docs/rules/reminders.md
    """
    waiting, lost = _waiting(today)
    outcome = Outcome(without_mail=lost)
    connection: BaseEmailBackend = get_connection()
    for digest in digests(waiting, today):
        if not digest.user.email:
            outcome.without_mail += 1
        elif services.claim_digest(owner=digest.user, day=today):
            ok = _send(digest, today, connection)
            outcome.sent, outcome.failed = outcome.sent + ok, outcome.failed + (not ok)
    connection.close()
    return outcome


def digests(waiting: dict[int, list[Waiting]], today: date) -> Iterable[Digest]:
    """The mails that the people themselves want today."""
    users = User.objects.filter(pk__in=waiting, is_active=True).order_by("pk")
    settings = desk.reminder_settings(waiting)
    for user in users:
        wanted = settings[user.pk]
        things = tuple(t for t in waiting[user.pk] if _told(t, wanted))
        if wanted.mail_on(today) and any(_triggers(t, wanted) for t in things):
            yield Digest(user, things)


def _told(thing: Waiting, wanted: Reminders) -> bool:
    """Whether a mail of the person mentions the thing at all."""
    if thing.left < 0:
        return wanted.after_due
    if thing.left == 0 and wanted.on_due:
        return True
    ahead = wanted.days_before
    if wanted.wanted == Wanted.WEEKLY and ahead:  # the next mail comes in a week
        ahead = max(ahead, 7)
    return thing.left <= ahead and ahead > 0


def _triggers(thing: Waiting, wanted: Reminders) -> bool:
    """Whether the thing alone is a reason for a mail today.

    Daily: when it comes into sight, on its last day, the day after and every seventh day then.
    Weekly mails are sent for whatever they have to tell.
    """
    if wanted.wanted == Wanted.WEEKLY:
        return True
    if thing.kind == Kind.LATE_BELOW:
        return thing.left % TOLD_MANAGER == 0
    late = -thing.left
    return thing.left in (0, wanted.days_before) or (late > 0 and late % 7 == 1)


def _send(digest: Digest, today: date, connection: BaseEmailBackend) -> bool:
    try:
        reminder_mail.message(digest, today, connection).send()
    except Exception:
        logger.exception("A reminder could not be sent to user %s.", digest.user.pk)
        connection.close()
        return False
    return True


def _waiting(today: date) -> tuple[dict[int, list[Waiting]], int]:
    """By user what waits; and how many people with something to do have no account."""
    actions = list(
        Action.objects.open()
        .filter(due_date__lte=today + FURTHEST)
        .values_list("unit", "unit__name", "due_date", "responsible", "responsible__user")
        .order_by("due_date", "pk")
    )
    asked = HandUp.objects.filter(answer="", answer_by__lte=today + FURTHEST)
    judged = Action.objects.filter(status=Status.DONE, follow_up_on__lte=today + FURTHEST)
    judged = judged.exclude(pk__in=HandUp.objects.filter(answer="").values("action"))
    by_unit = [
        *_of_unit(Kind.FOLLOW_UP, judged.values_list("unit", "unit__name", F("follow_up_on"))),
        *_of_unit(Kind.QUESTION, asked.values_list("to_unit", "to_unit__name", "answer_by")),
    ]
    leaders = org.in_charge({a[0] for a in actions} | {b[1] for b in by_unit}, today)
    found: dict[int, list[Waiting]] = defaultdict(list)
    nobody: set[int] = set()
    for unit, name, due, person, user in actions:
        left = (due - today).days
        if user is None:
            nobody.add(person)
        else:
            found[user].append(Waiting(Kind.ACTION, name, due, left))
        leader = leaders.get(unit)
        if left <= -TOLD_MANAGER and leader and leader.user_id and leader.pk != person:
            found[leader.user_id].append(Waiting(Kind.LATE_BELOW, name, due, left))
    for kind, unit, name, due in by_unit:
        leader = leaders.get(unit)
        if leader and leader.user_id:
            found[leader.user_id].append(Waiting(kind, name, due, (due - today).days))
        elif leader:
            nobody.add(leader.pk)
    for step in reports.steps_due(today=today, until=today + FURTHEST):
        if step.user is None:
            nobody.add(step.person)
        else:
            thing = Waiting(Kind.REPORT, step.unit, step.day, (step.day - today).days)
            found[step.user].append(thing)
    return found, len(nobody)


def _of_unit(
    kind: Kind, rows: Iterable[tuple[int, str, date]]
) -> Iterable[tuple[Kind, int, str, date]]:
    return ((kind, unit, name, due) for unit, name, due in rows)
