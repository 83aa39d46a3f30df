"""Risks: judged, proposed, judged again, ended; what the law asks for is decided by a person."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from samkoll.audit.models import Change
from samkoll.desk.models import Notice
from samkoll.risks import queries, services
from samkoll.risks.models import MatrixVersion, Risk
from samkoll.risks.tests.making import TODAY, add, done, judge, propose, with_action
from tests.town import ACTOR


def after(risk, probability=1, consequence=4, **more):
    return services.set_after(
        risk_id=risk.pk,
        probability=probability,
        consequence=consequence,
        actor=ACTOR,
        today=TODAY,
        **more,
    )


def close(risk, reason=""):
    return services.close_risk(risk_id=risk.pk, reason=reason, actor=ACTOR, today=TODAY)


def test_a_risk_remembers_the_matrix_that_judged_it_and_the_matrix_is_stored(town):
    risk = add(town)
    assert (risk.level, risk.severity, risk.matrix) == (12, 4, "4x4/1")
    assert MatrixVersion.objects.get(is_default=True).content["version"] == 1


def test_serious_is_never_taken_from_the_level(town):
    with pytest.raises(services.IncompleteRisk, match="allvarlig"):
        add(town, serious=None)
    assert add(town, serious=False).serious is False


def test_the_database_knows_no_open_risk_without_an_answer(town):
    risk = add(town)
    with pytest.raises(IntegrityError), transaction.atomic():
        Risk.objects.filter(pk=risk.pk).update(serious=None)


def test_only_managers_judge_risks(town):
    with pytest.raises(PermissionDenied, match="får bedöma riskerna"):
        add(town, town.user("hr_partner"))


@pytest.mark.parametrize("who", ["employee", "safety_rep", "hr_partner", "head_safety_rep"])
def test_those_who_meet_the_risks_propose_them(town, who):
    risk = propose(town, who)
    assert (risk.status, risk.level, risk.source) == ("proposed", None, "proposal")


@pytest.mark.parametrize(
    ("who", "said"), [("manager", "lägg till risken"), ("outsider", "där du arbetar")]
)
def test_others_do_not_propose(town, who, said):
    with pytest.raises(PermissionDenied, match=said):
        propose(town, who)


def test_a_manager_accepts_by_judging_and_the_proposer_is_told(town):
    risk = judge(town, propose(town), town.user("manager"))
    assert (risk.status, risk.level, risk.source) == ("open", 6, "proposal")
    notice = Notice.objects.get(owner=town.user("employee"))
    assert "Hala trappor" in notice.text and notice.url == f"/risker/{risk.pk}/"


def test_a_rejected_proposal_says_why_and_stays_visible_to_the_proposer(town):
    risk = propose(town, "safety_rep")
    with pytest.raises(services.IncompleteRisk, match="varför"):
        services.reject_risk(risk_id=risk.pk, reason=" ", actor=ACTOR, today=TODAY)
    services.reject_risk(risk_id=risk.pk, reason="Redan åtgärdat.", actor=ACTOR, today=TODAY)
    found = queries.visible_to(town.user("safety_rep"), TODAY).get(pk=risk.pk)
    assert (found.status, found.status_reason) == ("rejected", "Redan åtgärdat.")


def test_a_proposal_is_answered_once(town):
    risk = judge(town, propose(town))
    with pytest.raises(services.NotNow, match="redan besvarat"):
        services.reject_risk(risk_id=risk.pk, reason="Nej.", actor=ACTOR, today=TODAY)


def test_a_risk_judged_again_keeps_its_own_matrix(town):
    risk = add(town)
    services.choose_matrix(name="5x5/1", actor=ACTOR, today=TODAY)
    assert judge(town, risk, probability=4).matrix == "4x4/1"
    assert add(town).matrix == "5x5/1"


def test_two_who_judge_at_once_see_both_versions(town):
    risk = add(town)
    judge(town, risk, town.user("director"), title="Mycket hög belastning", version=1)
    with pytest.raises(services.EditConflict, match="Test director sparade") as conflict:
        judge(town, risk, title="Stress", version=1)
    assert conflict.value.version == 2
    assert conflict.value.theirs["title"] == "Mycket hög belastning"
    assert conflict.value.mine["title"] == "Stress"


def test_saving_without_a_change_is_no_new_version(town):
    risk = judge(town, add(town))
    assert judge(town, risk).version == risk.version


def test_values_after_measures_count_from_then_on_and_those_before_stay(town):
    risk = after(add(town))
    risk.refresh_from_db()
    assert (risk.level, risk.after_level, risk.current_level, risk.severity) == (12, 4, 4, 2)


def test_an_action_carries_the_level_of_the_worst_risk_that_it_serves(town):
    low = add(town, probability=1, consequence=2)
    high = add(town)
    action = with_action(town, low, high)
    assert (action.origin, action.level, action.severity) == ("risk", 12, 4)
    after(high, 1, 1)
    action.refresh_from_db()
    assert (action.level, action.severity) == (2, 1)


def test_an_action_that_serves_nothing_any_more_has_no_level_and_the_log_knows_why(town):
    risk = add(town)
    action = with_action(town, risk)
    services.unlink_action(
        risk=risk, action=action, reason="Hör till en annan risk.", actor=ACTOR, today=TODAY
    )
    action.refresh_from_db()
    assert (action.level, action.severity) == (None, None)
    logged = Change.objects.get(action="risk.action_unlinked")
    assert (logged.before, logged.details) == (
        {"action": "Se över schemat"}, {"reason": "Hör till en annan risk."},
    )  # fmt: skip


def test_a_risk_ends_when_its_actions_have_or_with_a_reason(town):
    risk = add(town)
    with pytest.raises(services.IncompleteRisk, match="ingen åtgärd"):
        close(risk)
    action = with_action(town, risk)
    with pytest.raises(services.IncompleteRisk, match="Se över schemat"):
        close(risk)
    done(action)
    assert close(risk).closed_on == TODAY


def test_a_risk_that_is_back_needs_a_reason_and_forgets_its_end(town):
    risk = close(add(town), "Verksamheten har upphört.")
    with pytest.raises(services.IncompleteRisk, match="öppnas igen"):
        services.reopen_risk(risk_id=risk.pk, reason="", actor=ACTOR, today=TODAY)
    again = services.reopen_risk(risk_id=risk.pk, reason="Den är kvar.", actor=ACTOR, today=TODAY)
    assert (again.status, again.closed_on, again.status_reason) == ("open", None, "")


def test_an_ended_risk_is_not_changed(town):
    risk = close(add(town), "Borta.")
    for change in (lambda: judge(town, risk), lambda: after(risk), lambda: close(risk, "Nej.")):
        with pytest.raises(services.NotNow, match="Öppna den igen"):
            change()


def test_steps_outside_the_matrix_change_nothing(town):
    with pytest.raises(services.IncompleteRisk):
        add(town, title=" ")
    with pytest.raises(Exception, match="1–4"):
        add(town, probability=5)
    assert not Risk.objects.exists()


def test_the_log_tells_words_and_not_keys(town):
    add(town, area="social", found_on=date(2024, 3, 1))
    told = Change.objects.get(action="risk.added").after
    assert (told["unit"], told["area"], told["found_on"]) == (
        "Barn- och utbildningsförvaltningen", "social", "2024-03-01",
    )  # fmt: skip


def test_a_source_that_nobody_knows_is_refused(town):
    with pytest.raises(Exception, match="ingen källa"):
        add(town, source="rykte")
