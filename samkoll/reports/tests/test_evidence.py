"""What Samkoll itself knows about a question: docs/rules/evidence.md."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import translation

from samkoll.actions.models import FollowUp
from samkoll.actions.tests import making as actions
from samkoll.reports import editing, queries, services
from samkoll.reports.editing import AnswerInput, SectionInput
from samkoll.reports.evidence import queries as evidence
from samkoll.reports.evidence.registry import Counted, Registry
from samkoll.reports.evidence.registry import evidence as known_evidence
from samkoll.reports.evidence.thresholds import Threshold, thresholds
from samkoll.reports.models import Answer, Report
from samkoll.reports.tests import paper
from samkoll.reports.tests.conftest import ACTOR, TODAY
from samkoll.risks.tests import making as risks

TOOK_PART = "safety_representatives_took_part"


@pytest.fixture
def next_year(town):
    """The reports of 2025, whose figures cover 2024, by board code."""
    opened = services.open_year(year=2025, actor=ACTOR, today=TODAY)
    return {r.board.code: r for r in opened if r.board}


def followed_up(town, took_part, code="BUF-SOL"):
    action = actions.add(town, unit=town.units[code], actor="director")
    actions.change(town, action, "done", actor="director")
    actions.follow_up(town, action, actor="director", safety_rep_took_part=took_part)


def test_the_rules_worked_examples_hold():
    page = Path("docs/rules/evidence.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)` \| (\d+) of (\d+) \| (\w+) \|", page, re.M)
    assert len(rows) >= 8
    for key, met, of, said in rows:
        answer = thresholds()[key].answer(int(met), int(of))
        assert (key, met, of, answer or "nothing") == (key, met, of, said)


def test_nothing_counted_says_nothing():
    assert Threshold(100, 1, ("yes", "partly", "no")).answer(0, 0) is None


def test_every_threshold_is_a_question_of_the_board_form_with_a_provider():
    registry = known_evidence
    asked = {question.key: question for _section, question in paper.form("board").questions()}
    for key, limit in thresholds().items():
        assert key in registry.providers
        assert {*limit.says} <= {*asked[key].answers}
        assert limit.partly_from <= limit.yes_from


def test_a_question_without_a_provider_has_no_evidence(town, next_year, count_queries):
    report = next_year["GSN"]
    assert count_queries(lambda: evidence.of_questions(report, ["measures_fed_back"])) == 0
    assert evidence.of_questions(report, ["measures_fed_back"]) == {}


def test_safety_representatives_are_counted_where_the_board_is_served(town, next_year):
    followed_up(town, True)
    followed_up(town, False)
    followed_up(town, True, code="BUF-TAL")  # serves the other board
    found = evidence.of_questions(next_year["GSN"], [TOOK_PART])[TOOK_PART]
    assert (found.value, found.counted.met, found.counted.of) == ("partly", 1, 2)
    assert found.counted.missing == ("Solskolan",)
    of_other = evidence.of_questions(next_year["FSN"], [TOOK_PART])[TOOK_PART]
    assert (of_other.value, of_other.counted.of) == ("yes", 1)


def test_what_lies_outside_the_period_is_not_counted(town, next_year):
    followed_up(town, True)
    FollowUp.objects.update(on=date(2023, 12, 31))
    assert evidence.of_questions(next_year["GSN"], [TOOK_PART]) == {}


def test_routines_can_be_disproved_and_never_proved(town, next_year):
    action = actions.done(town)
    action.follow_up_on = date(2024, 6, 1)
    action.save()
    keys = ["routines_followed"]
    found = evidence.of_questions(next_year["GSN"], keys)["routines_followed"]
    assert (found.value, found.counted.met, found.counted.of) == (None, 0, 1)
    other = actions.done(town)
    actions.follow_up(town, other)
    other.refresh_from_db()
    other.follow_up_on = date(2024, 6, 1)
    other.save()
    assert evidence.of_questions(next_year["GSN"], keys)["routines_followed"].value == "partly"


def test_rounds_are_proved_only_by_all_units(town, next_year):
    risks.add(town, unit="BUF-SOL", source="round")
    found = evidence.of_questions(next_year["GSN"], ["rounds_carried_out"])["rounds_carried_out"]
    assert (found.value, found.counted.met, found.counted.of) == (None, 1, 3)
    assert found.counted.missing == ("Grundskola", "Ängsskolan")


def test_managers_are_counted_and_prove_nothing(town, next_year):
    key = "all_managers_certified"
    found = evidence.of_questions(next_year["GSN"], [key])[key]
    assert (found.value, found.counted.met, found.counted.of) == (None, 2, 3)
    assert found.counted.missing == ("Ängsskolan",)


def test_last_years_actions_stand_at_their_section(town, next_year):
    risk = risks.add(town)
    risks.with_action(town, risk)
    risks.report(town, risk, year=2024)
    known = evidence.of_section(next_year["GSN"], "previous_actions")
    assert known and (known.met, known.of) == (0, 1)
    assert evidence.of_section(next_year["GSN"], "meetings") is None


def save(report, value, comment=""):
    return editing.edit_section(
        report_id=report.pk, section="rounds", version=queries.section_state(report, "rounds")[0],
        typed=SectionInput(answers={TOOK_PART: AnswerInput(value, comment)}),
        actor=ACTOR, today=TODAY,
    )  # fmt: skip


def test_an_answer_that_is_counted_is_marked_computed_in_swedish(town, next_year):
    followed_up(town, True)
    with translation.override("en"):
        save(next_year["GSN"], "yes")
    answer = Answer.objects.get(question=TOOK_PART)
    assert answer.basis.startswith("Skyddsombud medverkade i 1 av 1")
    save(next_year["GSN"], "partly")
    assert Answer.objects.get(question=TOOK_PART).basis == ""


def test_the_form_shows_the_count_and_offers_its_answer(client, town, next_year):
    followed_up(town, True)
    client.force_login(town.user("director"))
    page = client.get(reverse("reports:edit", args=[next_year["GSN"].pk, "rounds"]))
    shown = re.sub(r"\s+", " ", page.content.decode())
    assert "Samkolls underlag ger: Ja" in shown and f'value="{TOOK_PART}:yes"' in shown
    assert Report.objects.get(pk=next_year["GSN"].pk).answers.count() == 0


def test_domains_offer_evidence_by_one_call():
    registry = Registry()
    registry.add("fed_back_to_employees", lambda subject: Counted(1, 2, "1 av 2."))
    assert registry.known(["rounds_carried_out", "fed_back_to_employees"]) == [
        "fed_back_to_employees"
    ]
