"""Risk assessment before a change: what it needs before it is ready, and afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from samkoll.risks import queries, services
from samkoll.risks.services.assessing import WORDS
from samkoll.risks.tests.making import TODAY, add, assessment, with_action
from tests.town import ACTOR


def told(found, **changes):
    return replace(services.Told(**{name: getattr(found, name) for name in WORDS}), **changes)


def write(found, actor=ACTOR, version=None, **changes):
    return services.edit_assessment(
        assessment_id=found.pk,
        told=told(found, **changes),
        version=version,
        actor=actor,
        today=TODAY,
    )


def ready(found):
    return services.make_ready(assessment_id=found.pk, actor=ACTOR, today=TODAY)


def took_part(town, **changes):
    return assessment(town, safety_rep="Skyddsombudet", employees="På en träff.", **changes)


def test_it_needs_those_who_took_part_and_a_risk_or_why_there_is_none(town):
    with pytest.raises(services.IncompleteAssessment, match=r"skyddsombud .*medarbetarna.*risk"):
        ready(assessment(town))
    found = took_part(town, no_risks="Inget i arbetet ändras.")
    assert (ready(found).status, ready_day(found)) == ("decided", TODAY)


def ready_day(found):
    found.refresh_from_db()
    return found.decided_on


def test_every_serious_risk_needs_an_action(town):
    found = took_part(town)
    risk = add(town, unit="BUF-SOL", assessment=found, source="change")
    with pytest.raises(services.IncompleteAssessment, match="åtgärd för den allvarliga risken"):
        ready(found)
    with_action(town, risk)
    assert ready(found).status == "decided"


def test_a_ready_assessment_is_not_changed_and_is_followed_up_after_the_change(town):
    found = ready(took_part(town, no_risks="Inga."))
    with pytest.raises(services.NotNow, match="redan klar"):
        write(found, title="Annat")
    with pytest.raises(services.IncompleteAssessment, match="först 2024-08-01"):
        follow_up(found, TODAY)
    done = follow_up(found, date(2024, 12, 2))
    assert (done.status, done.followed_up_on) == ("followed_up", date(2024, 12, 2))


def follow_up(found, today):
    return services.follow_up_assessment(
        assessment_id=found.pk, result="Det gick bra.", actor=ACTOR, today=today
    )


def test_a_change_that_does_not_happen_says_why(town):
    found = assessment(town)
    with pytest.raises(services.IncompleteAssessment, match="inte genomförs"):
        services.withdraw_assessment(assessment_id=found.pk, reason="", actor=ACTOR, today=TODAY)
    gone = services.withdraw_assessment(
        assessment_id=found.pk, reason="Ingen budget.", actor=ACTOR, today=TODAY
    )
    assert gone.status == "withdrawn"
    with pytest.raises(services.NotNow):
        write(gone, title="Ändå")


def test_the_follow_up_lies_after_the_change(town):
    with pytest.raises(services.IncompleteAssessment, match="tre till sex månader"):
        assessment(town, follow_up_on=date(2024, 8, 1))


def test_two_who_write_at_once_see_both_versions(town):
    found = assessment(town)
    write(found, version=1, title="Ny lokal och nya tider")
    with pytest.raises(services.EditConflict) as conflict:
        write(found, version=1, title="Paviljong")
    assert conflict.value.theirs == {"title": "Ny lokal och nya tider"}


def test_managers_assess_and_affected_units_read(town):
    with pytest.raises(PermissionDenied):
        assessment(town, town.user("safety_rep"))
    found = assessment(town, unit="KSF-INT")
    assert found not in queries.assessments_visible_to(town.user("employee"), TODAY)
    services.edit_assessment(
        assessment_id=found.pk,
        told=told(found),
        affected_units=[town.school],
        actor=ACTOR,
        today=TODAY,
    )
    assert found in queries.assessments_visible_to(town.user("employee"), TODAY)
