"""From the boards' answers to the municipality's: docs/rules/roll-up-of-answers.md."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samkoll.reports.roll_up import ORDER, roll_up
from samkoll.reports.template_data import Question


def question(rule, expected="yes"):
    return Question("q", "Fråga?", ORDER, expected, rule)


def rolled(rule, *answers, **options):
    boards = {f"Nämnd {place}": answer for place, answer in enumerate(answers)}
    return roll_up(question(rule), boards, **options)


@pytest.mark.parametrize(
    ("rule", "answers", "proposal"),
    [
        ("all_strict", ["yes", "yes"], "yes"),
        ("all_strict", ["yes", "partly"], "no"),
        ("all_strict", ["yes", "no", None], "no"),
        ("all_strict", ["yes", None], None),
        ("all_strict", ["yes", "not_applicable"], "yes"),
        ("all_graded", ["yes", "yes"], "yes"),
        ("all_graded", ["no", "no"], "no"),
        ("all_graded", ["yes", "no"], "partly"),
        ("all_graded", ["yes", "partly", None], "partly"),
        ("all_graded", ["no", None], None),
        ("any", ["no", "yes", None], "yes"),
        ("any", ["no", "partly"], "partly"),
        ("any", ["no", "no"], "no"),
        ("any", ["no", None], None),
        ("manual", ["yes", "yes"], None),
        ("all_strict", ["not_applicable", "not_applicable"], "not_applicable"),
        ("any", [], None),
    ],
)
def test_each_rule_says_what_the_answers_come_to(rule, answers, proposal):
    assert rolled(rule, *answers).proposal == proposal


def test_an_override_wins_and_the_proposal_stays_visible():
    result = rolled(
        "all_graded", "yes", "partly", override="yes", reason="Planerade ronder är klara."
    )
    assert (result.value, result.proposal) == ("yes", "partly")


def test_the_expected_answer_and_not_applicable_do_not_deviate():
    result = rolled("all_graded", "yes", "no", "not_applicable", "partly", "no")
    assert result.deviating == (("partly", ("Nämnd 3",)), ("no", ("Nämnd 1", "Nämnd 4")))


def test_a_yes_deviates_where_no_is_expected():
    assert roll_up(question("any", "no"), {"A": "yes", "B": "no"}).deviating == (("yes", ("A",)),)


answers = st.lists(st.sampled_from([*ORDER, None]), max_size=9)
rules = st.sampled_from(["all_strict", "all_graded", "any"])


@given(rules, answers, st.randoms())
def test_the_order_of_the_boards_does_not_matter(rule, values, random):
    mixed = [*values]
    random.shuffle(mixed)
    assert rolled(rule, *values).proposal == rolled(rule, *mixed).proposal


@given(rules, answers)
def test_a_decided_proposal_stands_whatever_the_missing_boards_answer(rule, values):
    """Only where no board's answer could still change it may the rule decide early."""
    proposal = rolled(rule, *values).proposal
    if (
        proposal is not None
        and None in values
        and any(v in ("yes", "partly", "no") for v in values)
    ):
        for late in ("yes", "partly", "no", "not_applicable"):
            assert rolled(rule, *[late if v is None else v for v in values]).proposal == proposal
