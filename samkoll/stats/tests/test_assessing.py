"""Published figures against chance: for one figure, for many, and never for a small group."""

from __future__ import annotations

import re

import pytest

from samkoll.core.months import Month
from samkoll.stats import metrics, queries
from samkoll.stats.chance import persons
from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.tests.filing import LAST, people, publish

pytestmark = pytest.mark.django_db
SICK = metrics.lookup("sick_leave")


@pytest.fixture
def facts(town):
    """A preschool of 40, of whom four are ill half the time; schools of 12 and 7; an office of 30.

    The office was well the year before and is not now: each of 15 persons is away a quarter.
    """
    pk = {code: unit.pk for code, unit in town.units.items()}
    publish(
        people(pk["BUF-TAL"], 36, sick_short=200)
        + people(pk["BUF-TAL"], 4, start=100, sick_long=8000)
        + people(pk["BUF-SOL"], 12, sick_short=300)
        + people(pk["BUF-ANG"], 7, sick_short=1600)
        + people(pk["KSF-INT"], 30, last=LAST - 12)
        + people(pk["KSF-INT"], 15, first=LAST - 11, sick_short=4000)
        + people(pk["KSF-INT"], 15, start=16, first=LAST - 11)
    )
    return queries.current_facts()


def figure(town, facts, code, **options):
    return queries.figure(Scope(town.units[code].pk), SICK, "total", LAST, facts, **options)


def against(asked, facts):
    return queries.against_whole(asked, facts)


def funnel(figures, facts):
    return queries.funnel(figures, facts)


def change(town, facts, code):
    compared = queries.comparison(Scope(town.units[code].pk), SICK, "total", LAST, facts)
    return queries.against_last_year(compared, facts)


def test_a_few_long_spells_are_within_chance(town, facts):
    found = against(figure(town, facts, "BUF-TAL"), facts)
    assert not found.certain
    assert found.low < 0 < found.high
    assert "ligger inom slumpvariationen" in found.sentence


def test_a_change_that_many_persons_share_is_more_than_chance(town, facts):
    office, school = change(town, facts, "KSF-INT"), change(town, facts, "BUF-TAL")
    assert office.certain
    assert office.low > 0
    assert "större än vad slumpen brukar ge" in office.sentence
    assert (school.difference, school.certain) == (0, False)


def test_the_sentence_says_the_difference_of_the_shown_values(town, facts):
    found = against(figure(town, facts, "KSF-INT"), facts)
    own, whole = (figure(town, facts, code).value for code in ("KSF-INT", "EXK"))
    assert found.difference == own - whole
    assert re.search(
        r"[+−]\d+,\d procentenheter \([+−]?\d+,\d+ till [+−]?\d+,\d+\)", found.sentence
    )


def test_nothing_is_said_of_what_everybody_may_not_see(town, facts):
    hidden = figure(town, facts, "BUF-ANG")
    inner = figure(town, facts, "BUF-ANG", audience="internal")
    assert (hidden.state, inner.state) == ("protected", "shown")
    assert against(hidden, facts) is None
    assert against(inner, facts) is None
    assert change(town, facts, "BUF-ANG") is None
    assert queries.monthly(Scope(town.units["BUF-ANG"].pk), SICK, facts) == {}


def test_nothing_is_said_of_sexes_of_the_whole_itself_or_of_other_ratios(town, facts):
    top = Scope(town.top.pk)
    women = queries.figure(top, SICK, "women", LAST, facts)
    turnover = queries.figure(top, "turnover", "total", LAST, facts)
    for each in (women, turnover, figure(town, facts, "EXK")):
        assert against(each, facts) is None
    assert not queries.measurable(metrics.lookup("turnover"))
    with pytest.raises(ValueError):
        queries.monthly(top, metrics.lookup("turnover"), facts)


def test_a_funnel_has_the_shown_groups_in_the_order_given(town, facts):
    codes = ["KSF-INT", "BUF-ANG", "BUF-SOL", "BUF-TAL"]
    figures = [figure(town, facts, code) for code in codes]
    found = funnel(figures, facts)
    shown = [each for each in figures if each.state == "shown"]
    assert [each.figure for each in found.placed] == shown
    assert figures[1] not in shown
    assert found.between == 0  # too few groups to tell
    for each in found.placed:
        single = against(each.figure, facts)
        assert single.certain == (each.place != 0)
    assert queries.funnel([figures[1]], facts) is None


def test_the_months_are_those_that_the_figures_are_made_of(town, facts):
    months = queries.monthly(Scope(town.units["BUF-TAL"].pk), SICK, facts)
    whole = figure(town, facts, "BUF-TAL")
    window = [months[index] for index in range(LAST.index - 11, LAST.index + 1)]
    assert sum(above for above, _below in window) == whole.numerator
    assert sum(below for _above, below in window) == whole.denominator
    assert min(months) == (LAST - 23).index
    assert Month(max(months)) == LAST


def test_the_persons_of_one_month_are_read_once(town, facts, monkeypatch):
    first = against(figure(town, facts, "BUF-TAL"), facts)
    monkeypatch.setattr(persons, "read", None)
    assert against(figure(town, facts, "BUF-TAL"), facts) == first
    assert change(town, facts, "KSF-INT").certain


def test_nothing_is_said_against_a_whole_that_is_not_shown(town, facts, monkeypatch):
    office, real = figure(town, facts, "KSF-INT"), facts.statistics.state
    top = facts.statistics.top
    monkeypatch.setattr(
        facts.statistics,
        "state",
        lambda population, scope, *rest: (
            "protected" if scope == top else real(population, scope, *rest)
        ),
    )
    assert against(office, facts) is None
    assert funnel([office], facts) is None
