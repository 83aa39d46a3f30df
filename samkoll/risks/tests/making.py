"""Risks, actions and assessments for the tests: one line each."""

from __future__ import annotations

from datetime import date
from typing import Any

from samkoll.actions import services as actions
from samkoll.risks import services
from tests.town import ACTOR

TODAY = date(2024, 5, 15)


def add(town, actor=ACTOR, unit="BUF", **changes):
    values = {
        "unit": town.units[unit],
        "title": "Hög belastning",
        "probability": 3,
        "consequence": 4,
        "serious": True,
        "found_on": TODAY,
    }
    return services.add_risk(**(values | changes), actor=actor, today=TODAY)


def propose(town, who="employee", unit="BUF-SOL", **changes):
    values = {"unit": town.units[unit], "title": "Hala trappor", "found_on": TODAY}
    return services.propose_risk(**(values | changes), actor=town.user(who), today=TODAY)


def judge(town, risk, actor=ACTOR, **changes):
    values = {
        "title": risk.title,
        "probability": 2,
        "consequence": 3,
        "serious": False,
        "found_on": risk.found_on,
        "source": risk.source,
    }
    return services.judge_risk(risk_id=risk.pk, **(values | changes), actor=actor, today=TODAY)


def with_action(town, *risks, title="Se över schemat", due=date(2024, 12, 31)):
    return services.act_on_risks(
        risks=risks, title=title, wanted_effect="Lugn.", due_date=due, actor=ACTOR, today=TODAY
    )


def done(action):
    return actions.change_status(action_id=action.pk, status="done", actor=ACTOR, today=TODAY)


def report(town, risk, year=2024, board="GSN", **more):
    return services.report_onward(
        risk=risk, board=town.boards[board], year=year, actor=ACTOR, today=TODAY, **more
    )


def assessment(town, actor=ACTOR, unit="BUF-SOL", **changes):
    values: dict[str, Any] = {
        "title": "Ny lokal",
        "what": "Verksamheten flyttar till en paviljong.",
        "affected": "All personal i skolan.",
        "change_on": date(2024, 8, 1),
        "follow_up_on": date(2024, 12, 1),
    }
    told = services.Told(**(values | changes))
    return services.open_assessment(unit=town.units[unit], told=told, actor=actor, today=TODAY)
