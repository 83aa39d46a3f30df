"""What goes on in the demo's units: something to do for everybody, and nothing without an owner."""

from __future__ import annotations

import pytest
from django.utils import timezone

from samkoll.accounts.models import User
from samkoll.actions.models import Action, Effect, FollowUp, HandUp, Status
from samkoll.flows import queries as flows
from samkoll.org import queries as org
from samkoll.risks.models import AssessmentStatus, ChangeAssessment, Risk, RiskStatus

pytestmark = pytest.mark.django_db


def user(name: str) -> User:
    return User.objects.get(email=f"{name}@exempelkommunen.example")


def test_every_state_of_an_action_occurs_and_some_are_late():
    assert set(Action.objects.values_list("status", flat=True)) == {
        Status.PLANNED, Status.ONGOING, Status.DONE, Status.CLOSED,
    }  # fmt: skip
    today = timezone.localdate()
    assert Action.objects.overdue(today=today).count() > 20
    assert Action.objects.to_follow_up(today=today).exists()
    assert set(FollowUp.objects.values_list("effect", flat=True)) >= {Effect.REACHED, Effect.PARTLY}


def test_nothing_is_left_behind():
    assert not flows.left_behind(timezone.localdate()).exists()
    assert Action.objects.exclude(responsible__isnull=False).count() == 0


def test_every_action_has_the_level_of_what_it_serves():
    without = Action.objects.filter(level=None)
    assert without.count() == 0


@pytest.mark.parametrize(("asked", "answers"), [("KSF-300", {"", "returns"}), ("KSF", {""})])
def test_questions_go_up_the_line_of_the_demo_users(asked, answers):
    found = HandUp.objects.filter(to_unit__code=asked).values_list("answer", flat=True)
    assert set(found) == answers


def test_a_question_taken_over_moved_the_action():
    asked = HandUp.objects.get(answer="takes_over")
    assert asked.action.unit.code == "BUF-200"


def test_proposals_wait_for_their_managers():
    proposed = Risk.objects.filter(status=RiskStatus.PROPOSED)
    assert {risk.proposed_by_id for risk in proposed} == {
        user("medarbetare").pk,
        user("skyddsombud").pk,
    }


def test_changes_are_assessed_before_and_one_is_due_for_its_follow_up():
    statuses = set(ChangeAssessment.objects.values_list("status", flat=True))
    assert statuses == {
        AssessmentStatus.DRAFT, AssessmentStatus.DECIDED, AssessmentStatus.FOLLOWED_UP,
    }  # fmt: skip
    late = ChangeAssessment.objects.filter(
        status=AssessmentStatus.DECIDED, follow_up_on__lt=timezone.localdate()
    )
    assert late.count() == 1


def test_noise_is_gathered_for_the_preschools():
    common = Risk.objects.get(title="Buller på förskolorna")
    assert common.gathered.count() == 3
    assert all(common.unit in org.above(risk.unit) for risk in common.gathered.all())
