"""Reminders: what is due soon for the morning's mail, and a word from HR to whoever is awaited."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from samkoll.audit import services as audit
from samkoll.core.access import ALLOW, Verdict, deny, require
from samkoll.core.locking import held
from samkoll.desk import services as desk
from samkoll.reports.chain import awaited, people, policies, queries
from samkoll.reports.chain.services import NotReady, event
from samkoll.reports.chain.steps import Right
from samkoll.reports.models import Report, What


def can_remind(actor: policies.Actor, report: Report, today: date) -> Verdict:
    """Remind whoever is awaited: HR, and those who write the report."""
    if any(policies.holds(actor, report, right, today) for right in (Right.MUNICIPAL, Right.WRITE)):
        return ALLOW
    return deny(_("Det här gör HR-strategen och den som skriver rapporten."))


@transaction.atomic
def remind(*, report_id: int, actor: policies.Actor, now: datetime) -> int:
    """Leave a notice with everybody who is awaited; gives how many. Once a day at most.

    Raises: PermissionDenied, NotReady.
    """
    today = timezone.localtime(now).date()
    rows = Report.objects.select_related("template", "unit", "board", "part_of__unit")
    report = held(rows, report_id)
    require(can_remind(actor, report, today))
    if report.events.filter(what=What.REMINDED, at__date=today).exists():
        raise NotReady(_("En påminnelse har redan skickats i dag."))
    parties = [each.party for each in awaited.awaited(queries.standing(report))]
    found = people.awaited_people([(report, party) for party in parties], today)
    persons = {p.user: p for each in found.values() for p in each if p.user_id}
    others = [user for user in persons if user and user.pk != actor.pk]
    if not others:
        raise NotReady(_("Det finns ingen att påminna."))
    for user in others:
        with translation.override(user.language):
            text = _("%(who)s påminner om %(report)s.") % {"who": actor, "report": report}
        desk.tell(owner_id=user.pk, text=text, url=reverse("reports:steps", args=[report.pk]))
    event(report, What.REMINDED, actor, now)
    audit.record("report.reminded", actor, report, to=[str(user) for user in others])
    return len(others)
