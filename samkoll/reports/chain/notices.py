"""What people are told on their start page when a report comes back or waits for them."""

from __future__ import annotations

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.audit.services import Actor
from samkoll.desk import services as desk
from samkoll.reports.models import Report, What

_SENT = (What.HANDED_IN, What.CONSULTED, What.SIGNED)


def sender(report: Report) -> User | None:
    """Whoever took the report to where it is now; None for a command or a removed user."""
    last = report.events.filter(what__in=_SENT).select_related("user").order_by("-at", "-pk")
    event = last.first()
    return event.user if event else None


def tell_returned(report: Report, sent_by: User | None, actor: Actor) -> None:
    """Tell whoever had sent the report that it came back. Nobody is told of an own step."""
    if sent_by is None or sent_by.pk == actor.pk:
        return
    with translation.override(sent_by.language):
        text = _("%(who)s lämnade tillbaka %(report)s.") % {"who": actor, "report": report}
    desk.tell(owner_id=sent_by.pk, text=text, url=reverse("reports:read", args=[report.pk]))
