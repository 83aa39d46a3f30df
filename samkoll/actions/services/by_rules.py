"""What other packages do to actions by rules of their own: no page calls these for a person."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.db.models import Case, IntegerField, Value, When
from django.utils.translation import gettext as _

from samkoll.actions.models import Action, HandUp
from samkoll.actions.services import common, editing
from samkoll.actions.services.common import IncompleteAction
from samkoll.actions.services.hand_ups import CannotAnswer
from samkoll.audit import services as audit
from samkoll.core.locking import held
from samkoll.org.models import Person, Unit


@transaction.atomic
def hand_over(
    *,
    action_id: int,
    responsible: Person,
    responsible_title: str = "",
    unit: Unit | None = None,
    reason: str,
    actor: audit.Actor,
    today: date,
) -> Action:
    """Move an action to another person, and perhaps unit, because the organisation changed.

    For ``flows``: a rule decides, so the actor's own permissions are not asked for; ``reason`` is
    the sentence that the page shows. Ended actions may be handed over too. Answers that the
    earlier unit has not read are the new unit's to read.

    Raises: NotHere, IncompleteAction.
    """
    action = common.lock(action_id)
    if not reason.strip():
        raise IncompleteAction(_("Skriv varför åtgärden lämnas över."))
    common.check_people([responsible], today)
    before = common.told(action, "unit")
    if unit and unit != action.unit:
        action.hand_ups.filter(origin=action.unit, seen_on=None).update(origin=unit)
        action.unit = unit
    editing.give(
        action,
        responsible,
        role=responsible_title,
        event="action.handed_over",
        reason=reason,
        actor=actor,
        today=today,
        more=before,
    )
    return action


@transaction.atomic
def readdress(*, hand_up_id: int, to_unit: Unit, reason: str, actor: audit.Actor) -> HandUp:
    """Let another unit answer a question, because the one that was asked is no more.

    For ``flows``, like ``hand_over``. No unit answers its own question: then the one above does.
    Raises: CannotAnswer (it has been answered).
    """
    question = held(HandUp.objects.select_related("to_unit", "action"), hand_up_id)
    if question.answer:
        raise CannotAnswer(_("Frågan har redan fått svar."))
    before: common.Told = {"to_unit": question.to_unit.name}
    own = to_unit.pk == question.from_unit_id
    question.to_unit = (to_unit.parent or question.to_unit) if own else to_unit
    question.save(update_fields=["to_unit"])
    after: common.Told = {"to_unit": question.to_unit.name}
    subject = question.action
    audit.record("hand_up.readdressed", actor, subject, before=before, after=after, reason=reason)
    return question


def set_level(levels: Mapping[int, tuple[int, int] | None]) -> int:
    """Store the highest level and severity of what each action serves now; None for none.

    For origins, which have logged what made the level change; one statement, and how many
    actions it changed.
    """
    known = {pk: pair for pk, pair in levels.items() if pair}
    return Action.objects.filter(pk__in=levels).update(
        level=_each({pk: level for pk, (level, _severity) in known.items()}),
        severity=_each({pk: severity for pk, (_level, severity) in known.items()}),
    )


def _each(values: Mapping[int, int]) -> Case | Value:
    """One value for each action; null for the others."""
    if not values:
        return Value(None, output_field=IntegerField())
    cases = [When(pk=pk, then=Value(value)) for pk, value in values.items()]
    return Case(*cases, default=None, output_field=IntegerField())
