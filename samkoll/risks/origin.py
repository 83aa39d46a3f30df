"""What risks tell about the actions that serve them (``actions.registry``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkoll.actions.models import Action
from samkoll.actions.registry import FollowUpPart, Origin, Related
from samkoll.core.statements import Statement, any_of
from samkoll.risks import services
from samkoll.risks.matrix import Matrix, Step
from samkoll.risks.models import Risk, RiskAction, RiskStatus
from samkoll.risks.queries import matrices_named
from samkoll.risks.services import Actor
from samkoll.risks.showing import level_state

_SHOWN = ("title", "matrix", "current_level", "severity")


def related(actions: Sequence[int]) -> dict[int, tuple[Related, ...]]:
    """The risks that each action serves. Two queries, however many actions."""
    links = RiskAction.objects.filter(action__in=actions).select_related("risk").order_by("pk")
    rows = list(links.only("action", *(f"risk__{column}" for column in _SHOWN)))
    known = matrices_named({link.risk.matrix for link in rows}) if rows else {}
    found: dict[int, tuple[Related, ...]] = {}
    for link in rows:
        risk = link.risk
        shown = Related(
            risk.title,
            reverse("risks:detail", args=[risk.pk]),
            level_state(known.get(risk.matrix), risk.current_level, risk.severity),
        )
        found[link.action_id] = (*found.get(link.action_id, ()), shown)
    return found


def titles(actions: Sequence[int]) -> dict[int, tuple[str, ...]]:
    """What the risks that each action serves are called. One query, however many actions."""
    found: dict[int, tuple[str, ...]] = {}
    for pk, title in _TITLES.ask(actions=actions):
        found[pk] = (*found.get(pk, ()), title)
    return found


def _titles(actions: list[int]) -> QuerySet[RiskAction, Any]:
    served = RiskAction.objects.filter(any_of("action", actions))
    return served.order_by("pk").values_list("action", "risk__title")


_TITLES = Statement(_titles, {"actions": list})


def follow_up(action: Action) -> FollowUpPart | None:
    """Ask what each open risk that the action serves is worth now."""
    links = RiskAction.objects.filter(action=action, risk__status=RiskStatus.OPEN)
    risks = [link.risk for link in links.select_related("risk").order_by("pk")]
    if not risks:
        return None
    known = matrices_named({risk.matrix for risk in risks})
    fields: dict[str, forms.Field] = {}
    for risk in risks:
        fields |= _questions(risk, known[risk.matrix])
    return FollowUpPart(fields, lambda values, actor, today: _save(risks, values, actor, today))


def carry_on(old: Action, new: Action, actor: Actor, today: date) -> None:
    """The new action serves the open risks that the old one served."""
    links = RiskAction.objects.filter(action=old, risk__status=RiskStatus.OPEN)
    for link in links.select_related("risk__unit").order_by("pk"):
        services.link_action(risk=link.risk, action=new, actor=actor, today=today)


ORIGIN = Origin("risk", gettext_lazy("Risk"), related, follow_up, carry_on, titles)


def _questions(risk: Risk, matrix: Matrix) -> dict[str, forms.Field]:
    return {
        _name(risk, "probability"): _choice(
            _("Sannolikhet nu: %(risk)s"), risk, matrix.probability, risk.probability
        ),
        _name(risk, "consequence"): _choice(
            _("Konsekvens nu: %(risk)s"), risk, matrix.consequence, risk.consequence
        ),
    }


def _choice(label: str, risk: Risk, steps: tuple[Step, ...], before: int | None) -> forms.Field:
    return forms.TypedChoiceField(
        label=label % {"risk": risk.title},
        choices=[("", "–"), *((step.value, f"{step.value} {step.text}") for step in steps)],
        coerce=int,
        help_text=_("Före åtgärderna: %(before)s.") % {"before": before},
    )


def _save(risks: list[Risk], values: Mapping[str, Any], actor: Actor, today: date) -> None:
    for risk in risks:
        found = [values.get(_name(risk, part)) for part in ("probability", "consequence")]
        if None not in found and "" not in found:
            services.set_after(
                risk_id=risk.pk,
                probability=int(found[0] or 0),
                consequence=int(found[1] or 0),
                actor=actor,
                today=today,
            )


def _name(risk: Risk, part: str) -> str:
    return f"risk_{risk.pk}_{part}"
