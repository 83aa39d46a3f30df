"""The pure machine of the chain: the table of docs/rules/report-chain.md, without a database."""

from __future__ import annotations

import pytest

from samkoll.reports.chain import steps
from samkoll.reports.chain.steps import Right, Standing, Step
from samkoll.reports.models import CommentFrom, Kind, Status

READY = Standing(
    Kind.BOARD, Status.CONSULTATION, ("a", "b"), frozenset("ab"),
    frozenset({CommentFrom.COOPERATION}),
)  # fmt: skip


def changed(**values):
    return Standing(**({f: getattr(READY, f) for f in READY.__slots__} | values))


@pytest.mark.parametrize(
    ("kind", "statuses"),
    [
        (Kind.UNIT, "draft handed_in"),
        (Kind.BOARD, "draft consultation signed decided published"),
        (Kind.MUNICIPALITY, "draft consultation signed decided published"),
        (Kind.PLAN, "draft consultation signed decided published"),
        (Kind.BRIEF, "draft signed published"),
    ],
)
def test_every_kind_passes_its_statuses_in_order(kind, statuses):
    assert list(steps.path(kind)) == statuses.split()


@pytest.mark.parametrize("kind", Kind)
def test_from_every_open_status_but_the_first_the_way_leads_back_to_the_draft(kind):
    for status in steps.path(kind)[1:]:
        back = steps.move(kind, status, Step.RETURN)
        locked = status in (Status.DECIDED, Status.PUBLISHED)
        assert (back is None) == locked, status
        assert back is None or back.target == Status.DRAFT


@pytest.mark.parametrize("kind", Kind)
def test_no_step_leads_out_of_what_is_decided_but_publishing(kind):
    out = {m.step for m in steps.MOVES[kind] if m.source in (Status.DECIDED, Status.PUBLISHED)}
    assert out <= {Step.PUBLISH}


def test_each_step_is_somebodys():
    rights = {m.step: m.rights for m in steps.MOVES[Kind.BOARD] if m.step != Step.RETURN}
    assert rights == {
        Step.CONSULT: (Right.WRITE,),
        Step.SIGN: (Right.SIGN,),
        Step.DECIDE: (Right.REGISTER,),
        Step.PUBLISH: (Right.REGISTER,),
    }


def test_signing_needs_answers_the_group_and_every_section():
    assert steps.missing(READY, Step.SIGN) == ""
    lacking = changed(signed=frozenset("a"), commented=frozenset(), unanswered=2)
    assert steps.missing(lacking, Step.SIGN) == (
        "2 frågor saknar svar. Samverkansgruppens synpunkter är inte införda. "
        "1 avsnitt är inte godkänt."
    )


def test_the_head_safety_representatives_comment_is_asked_for_and_not_needed():
    assert CommentFrom.SAFETY not in READY.commented
    assert steps.missing(READY, Step.SIGN) == ""


def test_a_brief_is_signed_without_the_group():
    assert steps.missing(changed(kind=Kind.BRIEF, status=Status.DRAFT, commented=frozenset()),
                         Step.SIGN) == ""  # fmt: skip


def test_a_step_out_of_turn_says_which_is_next():
    assert steps.missing(changed(status=Status.DRAFT), Step.DECIDE) == (
        "Läget är ”Utkast”. Nästa steg är: Lämna till samverkan."
    )
    assert steps.missing(changed(status=Status.PUBLISHED), Step.SIGN) == (
        "Läget är ”Publicerad”. Inga fler steg återstår."
    )


def test_without_figures_nothing_leaves_the_draft():
    assert "Underlaget är inte uttaget" in steps.missing(
        changed(status=Status.DRAFT, has_facts=False), Step.CONSULT
    )


def test_sections_are_signed_until_the_whole_is():
    assert steps.may_sign_sections(changed(status=Status.DRAFT)) == ""
    assert "redan godkänd" in steps.may_sign_sections(changed(status=Status.SIGNED))
    assert "lämnas in" in steps.may_sign_sections(changed(kind=Kind.UNIT, status=Status.DRAFT))


def test_comments_belong_to_the_consultation():
    assert steps.may_comment(READY) == ""
    assert steps.may_comment(changed(status=Status.DRAFT)) != ""
    assert "avslutad" in steps.may_comment(changed(status=Status.SIGNED))
