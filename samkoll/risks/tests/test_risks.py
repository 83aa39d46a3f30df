"""Risks: the matrix, the links to actions, and what is reported onward."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from samkoll.actions import services as actions
from samkoll.audit.services import CommandLine
from samkoll.risks import matrix, queries, services

TODAY = date(2024, 5, 15)
ACTOR = CommandLine()


def add(town, actor=ACTOR, unit="BUF", probability=3, consequence=4, title="Hög belastning"):
    return services.add_risk(
        unit=town.units[unit],
        title=title,
        probability=probability,
        consequence=consequence,
        serious=True,
        found_on=TODAY,
        actor=actor,
        today=TODAY,
    )


def with_action(town, risk, title="Se över schemat"):
    action = actions.add_action(
        unit=risk.unit, title=title, wanted_effect="Lugn.", due_date=date(2024, 12, 31),
        responsible_title="Förvaltningschef", actor=ACTOR, today=TODAY,
    )  # fmt: skip
    services.link_action(risk=risk, action=action, actor=ACTOR, today=TODAY)
    return action


def report(town, risk, year=2024, board="GSN", **more):
    return services.report_onward(
        risk=risk, board=town.boards[board], year=year, actor=ACTOR, today=TODAY, **more
    )


@pytest.mark.parametrize(
    ("probability", "consequence", "level", "band"),
    [(1, 1, 1, "Låg"), (2, 2, 4, "Medel"), (2, 4, 8, "Hög"), (3, 4, 12, "Mycket hög")],
)  # fmt: skip
def test_the_level_is_the_product_and_has_a_word(probability, consequence, level, band):
    found = matrix.load().level(probability, consequence)
    assert (found, matrix.load().band(found)) == (level, band)


@pytest.mark.parametrize(("probability", "consequence"), [(0, 1), (5, 1), (1, 0), (1, 5)])
def test_steps_outside_the_matrix_are_refused(probability, consequence):
    with pytest.raises(matrix.OutsideMatrix, match="1–4"):
        matrix.load().level(probability, consequence)


def test_the_worst_consequence_proposes_serious_whatever_the_probability():
    assert matrix.load().proposes_serious(1, 4) and not matrix.load().proposes_serious(2, 3)


def test_a_risk_remembers_the_matrix_that_judged_it(town):
    risk = add(town)
    assert (risk.level, risk.matrix) == (12, "4x4/1")


def test_only_managers_judge_risks(town):
    with pytest.raises(PermissionDenied, match="får bedöma riskerna"):
        add(town, town.user("hr_partner"))


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
    old = with_action(town, risk, "Rekrytera")
    report(town, risk, 2023)
    new = with_action(town, risk, "Prioritera")
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


def test_visible_to_those_who_may_read_the_units_risks(town):
    risk = add(town, unit="BUF-SOL")
    assert risk in queries.visible_to(town.user("safety_rep"), TODAY)
    assert risk not in queries.visible_to(town.user("outsider"), TODAY)
