"""What risks tell about the actions that serve them, and what a follow-up of those asks."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from samkoll.actions import services as actions
from samkoll.actions.registry import origins
from samkoll.risks import queries, services
from samkoll.risks.tests.making import TODAY, add, done, with_action
from tests.town import ACTOR


def judged(action, **more):
    values: dict[str, Any] = {
        "effect": "partly",
        "evidence": "Mätningen visar 80 dB.",
        "safety_rep_took_part": True,
        "decision": "close",
    }
    return actions.follow_up(action_id=action.pk, **(values | more), actor=ACTOR, today=TODAY)


def test_an_action_shows_the_risks_that_it_serves_with_the_words_of_their_matrix(town):
    one, other = add(town), add(town, title="Buller", probability=1, consequence=1)
    action = with_action(town, one, other)
    related = origins.related([action.pk])[action.pk]
    assert [(r.label, str(r.state and r.state.word)) for r in related] == [
        ("Hög belastning", "Mycket hög\u00a0(12)"), ("Buller", "Låg\u00a0(1)"),
    ]  # fmt: skip
    assert related[0].url == f"/risker/{one.pk}/"
    assert origins.titles([action.pk]) == {action.pk: "Hög belastning; Buller"}


def test_twenty_actions_need_no_more_queries_than_two(town, count_queries):
    made = [with_action(town, add(town)).pk for _n in range(20)]
    for asked in (origins.related, origins.titles):
        two = count_queries(partial(asked, made[:2]))
        assert count_queries(partial(asked, made)) == two


def test_a_follow_up_asks_what_each_open_risk_is_worth_now_and_keeps_the_answer(town):
    risk, ended = add(town), add(town)
    action = with_action(town, risk, ended)
    services.close_risk(risk_id=ended.pk, reason="Borta.", actor=ACTOR, today=TODAY)
    part = origins.follow_ups(action)["risk"]
    names = [f"risk_{risk.pk}_probability", f"risk_{risk.pk}_consequence"]
    assert list(part.fields) == names
    judged(done(action), asked={"risk": {names[0]: 1, names[1]: 2}})
    risk.refresh_from_db()
    assert (risk.level, risk.after_level, risk.severity) == (12, 2, 1)


def test_an_action_without_open_risks_is_asked_nothing(town):
    risk = add(town)
    action = with_action(town, risk)
    services.close_risk(risk_id=risk.pk, reason="Borta.", actor=ACTOR, today=TODAY)
    assert "risk" not in origins.follow_ups(action)


def test_the_action_that_follows_serves_the_same_risks(town):
    risk = add(town)
    action = done(with_action(town, risk))
    new = actions.NewAction(title="Byt schema", due_date=date(2024, 9, 1))
    judged(action, decision="new_action", new_action=new)
    assert [each.title for each in queries.actions_of(risk)] == ["Byt schema", "Se över schemat"]
    assert queries.actions_of(risk)[0].level == 12
