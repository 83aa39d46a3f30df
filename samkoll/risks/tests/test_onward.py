"""Reported onward: what a board reads, how often, and how it is taken back."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from samkoll.audit.models import Change
from samkoll.risks import queries, services
from samkoll.risks.registry import reports
from samkoll.risks.tests.making import TODAY, add, report, with_action
from tests.town import ACTOR


def test_a_risk_is_reported_with_at_least_one_action(town):
    with pytest.raises(services.CannotReport, match="minst en åtgärd"):
        report(town, add(town))


def test_a_risk_is_reported_once_to_a_board_and_year(town):
    risk = add(town)
    with_action(town, risk)
    report(town, risk)
    with pytest.raises(services.CannotReport, match="redan"):
        report(town, risk)


def test_the_same_risk_next_year_keeps_last_years_actions_apart(town):
    risk = add(town)
    old = with_action(town, risk, title="Rekrytera")
    report(town, risk, 2023)
    new = with_action(town, risk, title="Prioritera")
    report(town, risk, 2024, actions=[new])
    found = queries.reported_onward(units=[town.education.pk], years=[2023, 2024])
    gsn = town.boards["GSN"].pk
    titles = {
        year: [a.title for a in found[town.education.pk, gsn, year][0].actions]
        for year in (2023, 2024)
    }
    assert titles == {2023: [old.title], 2024: [new.title]}


def test_risks_of_units_below_count_for_the_administration_and_highest_come_first(town):
    for unit, probability in (("BUF-SOL", 2), ("BUF", 4)):
        risk = add(town, unit=unit, probability=probability, title=unit)
        with_action(town, risk)
        report(town, risk)
    place = (town.education.pk, town.boards["GSN"].pk, 2024)
    found = queries.reported_onward(units=[town.education.pk], years=[2024])[place]
    assert [risk.title for risk in found] == ["BUF", "BUF-SOL"]


def test_twenty_risks_need_no_more_queries_than_two(town, count_queries):
    def reported(count):
        for _n in range(count):
            risk = add(town)
            with_action(town, risk)
            report(town, risk)

    def ask():
        return queries.reported_onward(units=[town.education.pk], years=[2024])

    reported(2)
    two = count_queries(ask)
    reported(18)
    assert count_queries(ask) == two


def test_a_risk_is_taken_out_with_a_reason_and_the_log_keeps_what_it_said(town):
    risk = add(town)
    with_action(town, risk)
    told = report(town, risk, reason="Kräver lång tid.")
    services.withdraw_report(reported=told, reason="Löst.", actor=ACTOR, today=TODAY)
    assert queries.onward_of(risk) == []
    logged = Change.objects.get(action="risk.report_withdrawn")
    assert (logged.before["year"], logged.details["reason"]) == (2024, "Löst.")


def test_what_a_board_has_decided_on_stays(town, monkeypatch):
    risk = add(town)
    with_action(town, risk)
    told = report(town, risk)
    monkeypatch.setattr(reports, "decided", lambda board, year: year == 2024)
    with pytest.raises(services.CannotReport, match="redan beslutat"):
        services.withdraw_report(reported=told, reason="Nej.", actor=ACTOR, today=TODAY)
    with pytest.raises(services.CannotReport, match="redan beslutat"):
        report(town, risk, board="FSN")


def test_only_managers_report_onward(town):
    risk = add(town)
    with_action(town, risk)
    with pytest.raises(PermissionDenied, match="Bara chefer"):
        services.report_onward(
            risk=risk,
            board=town.boards["GSN"],
            year=2024,
            actor=town.user("hr_partner"),
            today=TODAY,
        )
