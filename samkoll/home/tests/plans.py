"""Risks and actions for the tests of the list, the start page, mails and the calendar."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from samkoll.actions.models import Action, HandUp, Severity, Status
from samkoll.risks.models import Risk, RiskAction
from tests.town import TODAY, Town


def action(town: Town, title: str = "Köp en bullermätare", **facts: Any) -> Action:
    """An action of the school, planned for in ten days, that its manager answers for."""
    facts = {
        "unit": town.school,
        "responsible": town.people["manager"],
        "responsible_title": "Rektor",
        "added_on": TODAY - timedelta(days=30),
        "due_date": TODAY + timedelta(days=10),
        **facts,
    }
    if facts.get("status") in (Status.DONE, Status.CLOSED, Status.DROPPED):
        facts.setdefault("ended_on", TODAY - timedelta(days=5))
    if facts.get("status") == Status.DONE:
        facts.setdefault("follow_up_on", TODAY + timedelta(days=85))
    if facts.get("status") == Status.CLOSED:
        facts.setdefault("effect", "reached")
    return Action.objects.create(title=title, **facts)


def risk(town: Town, *actions: Action, title: str = "Buller i matsalen", **facts: Any) -> Risk:
    """An open, serious risk of the school that the actions serve."""
    facts = {
        "unit": town.school,
        "area": "physical",
        "source": "round",
        "matrix": "4x4/1",
        "probability": 3,
        "consequence": 3,
        "level": 9,
        "wanted_level": 4,
        "wanted_probability": 2,
        "wanted_consequence": 2,
        "severity": Severity.HIGH,
        "serious": True,
        "found_on": TODAY,
        **facts,
    }
    made = Risk.objects.create(title=title, **facts)
    for served in actions:
        RiskAction.objects.create(risk=made, action=served)
        Action.objects.filter(pk=served.pk).update(level=made.level, severity=made.severity)
    return made


def hand_up(town: Town, lifted: Action, **facts: Any) -> HandUp:
    """The school asks the department above it to act."""
    facts = {
        "from_unit": town.school,
        "to_unit": town.units["BUF-GRU"],
        "origin": town.school,
        "reason_kind": "money",
        "reason": "Pengarna räcker inte.",
        "asked_on": TODAY,
        "answer_by": TODAY + timedelta(days=30),
        **facts,
    }
    return HandUp.objects.create(action=lifted, **facts)


def many(town: Town, count: int, *, today: date = TODAY) -> None:
    """Actions of all kinds over all units, with a risk each."""
    units, statuses = list(town.units.values()), list(Status)
    for number in range(count):
        status = statuses[number % 3]
        made = action(
            town,
            f"Åtgärd {number}",
            unit=units[number % len(units)],
            status=status,
            due_date=today + timedelta(days=number % 40 - 20),
        )
        risk(town, made, title=f"Risk {number}", unit=made.unit)


def none(town: Town) -> dict[str, object]:
    """Something to do for everybody of the school, for pages whose address has no parts."""
    if not Action.objects.exists():
        late = action(town, "Utbilda personalen om buller", due_date=TODAY)
        risk(town, late)
        hand_up(town, late)
        action(town, "Dämpa ljudet i matsalen", status=Status.DONE, follow_up_on=TODAY)
        action(town, "Köp bord med mjuk skiva", responsible=town.people["employee"])
    return {}


def school(town: Town) -> dict[str, object]:
    """The school and its actions."""
    none(town)
    return {"code": "BUF-SOL"}
