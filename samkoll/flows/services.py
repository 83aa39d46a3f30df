"""What somebody who leaves, or a unit that closes, leaves behind gets a new owner who is told."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkoll.actions import services as actions
from samkoll.actions.models import Action
from samkoll.audit.services import Actor
from samkoll.desk import services as desk
from samkoll.flows import queries
from samkoll.org import queries as org
from samkoll.org.models import Person, Unit
from samkoll.risks import services as risks


@transaction.atomic
def hand_over(*, actor: Actor, today: date) -> int:
    """Give every action that nobody can answer for a unit and a person of today; how many.

    Open risks and assessments of a closed unit go the same way as its actions.
    A question up the line that waits for a closed unit waits for the one that carries it on.
    An action of a closed unit goes to the unit that carries it on, else to the nearest open one
    above. An action whose responsible person has no position or role left goes to the manager of
    its unit, else to the nearest manager above. Where no manager is left all the way up it stays,
    and is taken up again the next night. Run any number of times.

    Source: docs/rules/hand-over.md
    """
    _readdress(actor, today)
    _move_risks(actor, today)
    found = list(queries.left_behind(today))
    if not found:
        return 0
    places = {unit.pk: org.carried_on_by(unit, today) for unit in {a.unit for a in found}}
    leaders = org.in_charge({unit.pk for unit in places.values()}, today)
    working = set(org.working_here(today).filter(pk__in={a.responsible_id for a in found}))
    told: Counter[Person] = Counter()
    for action in found:
        unit = places[action.unit_id]
        stays = action.responsible in working
        person = action.responsible if stays else leaders.get(unit.pk)
        if person is None:
            continue
        actions.hand_over(
            action_id=action.pk,
            unit=unit,
            responsible=person,
            responsible_title=action.responsible_title if stays else "",
            reason=_why(action, unit, stays=stays),
            actor=actor,
            today=today,
        )
        told[person] += 1
    for person, count in told.items():
        _tell(person, count)
    return told.total()


def _readdress(actor: Actor, today: date) -> None:
    for asked in queries.unanswerable(today):
        unit = org.carried_on_by(asked.to_unit, today)
        names = {"old": asked.to_unit, "new": unit}
        reason = _("%(old)s har upphört och %(new)s ska nu svara.") % names
        actions.readdress(hand_up_id=asked.pk, to_unit=unit, reason=reason, actor=actor)


def _move_risks(actor: Actor, today: date) -> None:
    for risk in queries.risks_left(today):
        unit = org.carried_on_by(risk.unit, today)
        risks.move_risk(risk_id=risk.pk, unit=unit, reason=_closed(risk.unit, unit), actor=actor)
    for left in queries.assessments_left(today):
        unit = org.carried_on_by(left.unit, today)
        reason = _closed(left.unit, unit)
        risks.move_assessment(assessment_id=left.pk, unit=unit, reason=reason, actor=actor)


def _closed(old: Unit, new: Unit) -> str:
    return _("%(old)s har upphört. Det som pågick där hör nu till %(new)s.") % {
        "old": old,
        "new": new,
    }


def _why(action: Action, unit: Unit, *, stays: bool) -> str:
    left = "" if stays else _("%(name)s har slutat.") % {"name": action.responsible}
    closed = "" if unit == action.unit else _closed(action.unit, unit)
    return f"{left} {closed}".strip()


def _tell(person: Person, count: int) -> None:
    if person.user_id is None:
        return
    text = ngettext(
        "Du har tagit över %(count)d åtgärd efter någon som slutat eller en enhet som upphört.",
        "Du har tagit över %(count)d åtgärder efter någon som slutat eller en enhet som upphört.",
        count,
    )
    url = reverse("home:start")
    desk.tell(owner_id=person.user_id, text=text % {"count": count}, url=url)
