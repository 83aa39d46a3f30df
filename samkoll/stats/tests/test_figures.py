"""Figures for pages and reports: values, states, audiences, and the command."""

from __future__ import annotations

from decimal import Decimal

import pytest

from samkoll.org.models import Unit
from samkoll.stats import queries
from samkoll.stats.engine.facts import MixedConventions
from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.tests.filing import LAST, people, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def staffed(town):
    """Solskolan 35 (20 women), Ängsskolan 7, Internservice 25; 2022 and 2023."""
    units = {code: unit.pk for code, unit in town.units.items()}
    sick = {"sick_short": 480, "sick_long": 320}
    publish(
        people(units["BUF-SOL"], 35, women=20)
        + people(units["BUF-ANG"], 7, women=7, overtime=150)
        + people(units["KSF-INT"], 25, women=13, **sick)
    )
    return units


def shown(scope, metric="sick_leave", sex="total", month=LAST, audience="published"):
    return queries.figure(scope, metric, sex, month, queries.current_facts(), audience)


def test_a_published_figure_tells_where_it_comes_from(staffed):
    figure = shown(Scope(unit=staffed["KSF-INT"]))
    assert (figure.state, figure.value, figure.text) == ("shown", Decimal("5.0"), "5,0")
    assert (figure.numerator, figure.denominator) == (25 * 12 * 800, 25 * 12 * 16000)
    assert str(figure.window) == "R12 2023-12"
    assert figure.size is None
    assert len(figure.snapshots) == 1


def test_a_small_group_is_protected_and_so_is_what_would_give_it_away(staffed):
    """Ängsskolan has 7; Solskolan is the other school of the department."""
    small = shown(Scope(unit=staffed["BUF-ANG"]))
    assert (small.state, small.text, small.numerator) == ("protected", "..", None)
    assert shown(Scope(unit=staffed["BUF-SOL"])).state == "protected"
    assert shown(Scope(unit=staffed["BUF-GRU"])).state == "shown"


def test_the_line_sees_totals_from_five_persons_and_no_sexes(staffed):
    place = Scope(unit=staffed["BUF-ANG"])
    figure = shown(place, audience="internal")
    assert (figure.state, figure.size) == ("shown", 7)
    assert shown(place, sex="women", audience="internal").state == "protected"


def test_figures_by_sex_are_published_from_administration_up(staffed):
    assert shown(Scope(unit=staffed["KSF-INT"]), sex="women").state == "protected"
    assert shown(Scope(unit=staffed["KSF"]), sex="women").state == "shown"


def test_a_window_without_all_its_months_is_missing(staffed):
    figure = shown(Scope(unit=staffed["EXK"]), month=LAST + 1)
    assert (figure.state, figure.value, figure.text) == ("missing", None, "–")


def test_an_empty_unit_is_empty(staffed):
    figure = shown(Scope(unit=staffed["BUF-FSK"]))
    assert (figure.state, figure.value) == ("empty", None)


def test_a_change_is_the_difference_of_what_is_shown(staffed):
    found = queries.comparison(
        Scope(unit=staffed["EXK"]), "sick_leave", "total", LAST, queries.current_facts()
    )
    assert (found.change, found.text) == (Decimal("0.0"), "0,0")


def test_short_and_long_refuse_mixed_conventions_but_the_total_does_not(staffed):
    publish(
        people(staffed["KSF-INT"], 25, first=LAST, last=LAST), batch="2", convention="whole_spell"
    )
    place = Scope(unit=staffed["KSF-INT"])
    with pytest.raises(MixedConventions):
        shown(place, "sick_leave_short")
    assert shown(place, "sick_leave").state != "missing"


def test_twenty_figures_ask_the_database_what_two_ask(staffed, count_queries):
    place = Scope(unit=staffed["EXK"])

    def ask(times):
        facts = queries.current_facts()
        for _ in range(times):
            queries.figure(place, "sick_leave", "total", LAST, facts)

    assert count_queries(lambda: ask(2)) == count_queries(lambda: ask(20))


def test_the_same_facts_and_organisation_share_a_cube(staffed):
    facts = queries.current_facts()
    cube = queries.cube_for(facts)
    assert queries.cube_for(queries.current_facts()) is cube


def test_a_change_of_the_organisation_gives_a_new_cube(staffed, town):
    cube = queries.cube_for(queries.current_facts())
    Unit.objects.filter(pk=staffed["KSF"]).update(name="Kansliet")
    assert queries.cube_for(queries.current_facts()) is not cube
    assert shown(Scope(unit=staffed["KSF"])).scope_label == "Kansliet"
