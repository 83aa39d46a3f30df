"""Moving an action on: started, done, dropped, opened again."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from samkoll.actions import policies, queries
from samkoll.actions.models import STEPS, Action, Status
from samkoll.actions.services import common
from samkoll.actions.services.common import Actor, BadStep, Told
from samkoll.core.access import require

FOLLOW_UP_AFTER = timedelta(days=90)
"""From the day on which an action was done to the day on which its effect is judged."""

STATUS_FIELDS = ("action_status", "ended_on", "follow_up_on", "effect")


@transaction.atomic
def change_status(
    *,
    action_id: int,
    status: str,
    on: date | None = None,
    follow_up_on: date | None = None,
    reason: str = "",
    actor: Actor,
    today: date,
) -> Action:
    """Start an action, say that it is done, drop it, or open it again.

    ``on``: the day on which it was done or dropped, else today. ``follow_up_on``: when the effect
    of a done one is judged, else 90 days after it was done. Dropping and opening again need a
    reason. Closing is ``follow_up``'s: it needs a judged effect.

    Raises: PermissionDenied, BadStep.
    """
    action = common.lock(action_id)
    standing = queries.standing(actor, action, today)
    opens_again = bool(action.ended_on)
    forward = status in (Status.ONGOING, Status.DONE) and not opens_again
    require(policies.can_work(standing) if forward else policies.can_change(standing))
    _check_step(action, status)
    before = common.told(action, *STATUS_FIELDS)
    if status == Status.DONE:
        _done(action, on or today, follow_up_on, today)
    elif status == Status.DROPPED:
        _drop(action, on or today, reason, today)
    else:
        reopen(action, reason)
    log_status(action, before, actor, reason)
    return action


def reopen(action: Action, reason: str) -> None:
    """Work goes on: how it ended is forgotten here and kept in the change log."""
    if action.ended_on and not reason.strip():
        raise BadStep(_("Skriv varför åtgärden öppnas igen."))
    action.status = Status.ONGOING
    action.ended_on, action.follow_up_on, action.effect = None, None, ""


def log_status(action: Action, before: Told, actor: Actor, reason: str = "") -> None:
    """Store and log what a step changed."""
    common.save(action, "action.status", before, actor, reason=reason.strip())


def _check_step(action: Action, status: str) -> None:
    if status == Status.CLOSED:
        raise BadStep(_("Följ upp effekten för att avsluta åtgärden."))
    if status not in Status.values:
        raise BadStep(_("Det finns ingen status som heter %(status)s.") % {"status": status})
    if status not in STEPS[action.status]:
        raise BadStep(
            _("Åtgärden har redan gått vidare: den är ”%(now)s” och kan inte bli ”%(then)s”.")
            % {"now": action.get_status_display(), "then": Status(status).label}
        )


def _done(action: Action, on: date, follow_up_on: date | None, today: date) -> None:
    check_past(on, today)
    wanted = follow_up_on or max(on + FOLLOW_UP_AFTER, today)
    if wanted < on:
        raise BadStep(_("Effekten kan inte följas upp innan åtgärden är genomförd."))
    action.status, action.ended_on, action.follow_up_on = Status.DONE, on, wanted


def _drop(action: Action, on: date, reason: str, today: date) -> None:
    if not reason.strip():
        raise BadStep(_("Skriv varför åtgärden inte genomförs."))
    check_past(on, today)
    verdict = policies.can_end(common.open_hand_up(action))
    if not verdict:
        raise BadStep(verdict.reason)
    action.status, action.ended_on, action.follow_up_on = Status.DROPPED, on, None


def check_past(on: date, today: date) -> None:
    """What has happened did not happen tomorrow. Raises: BadStep."""
    if on > today:
        raise BadStep(_("Dagen kan inte ligga i framtiden."))
