"""The doors of groups and windows: whose figures, over which months, and why there is none."""

from __future__ import annotations

import pytest

from samkoll.core.months import Window
from samkoll.stats import queries
from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.queries import Group
from samkoll.stats.tests.filing import LAST, people, publish

pytestmark = pytest.mark.django_db
TEACHER, COOK, GUARD = (Group("staff_group", name) for name in ("Lärare", "Kock", "Vakt"))
MONTH = Window(LAST, LAST)


@pytest.fixture
def staffed(town):
    """Solskolan: 35 teachers (20 women), 12 cooks (8 women), 4 guards; Internservice: 30 cooks."""
    units = {code: unit.pk for code, unit in town.units.items()}
    school, inner = units["BUF-SOL"], units["KSF-INT"]
    publish(
        people(school, 35, women=20, staff_group="Lärare")
        + people(
            school, 12, start=100, women=8, staff_group="Kock", birth_year=1961, sick_short=800
        )
        + people(school, 4, start=200, women=2, staff_group="Vakt", form=2)
        + people(inner, 30, women=15, staff_group="Kock", birth_year=2000, sick_short=800)
    )
    return units


def figure(
    group, *, metric="sick_leave", sex="total", window=None, scope=None, audience="published"
):
    place = scope or top()
    facts = queries.current_facts()
    return queries.figure(place, metric, sex, LAST, facts, audience, window=window, group=group)


def top():
    return queries.current_facts().statistics.top


def test_a_group_has_figures_of_its_own_over_any_window(staffed):
    year, month = figure(COOK), figure(COOK, window=MONTH)
    assert (year.text, year.denominator) == ("5,0", 42 * 12 * 16000)
    assert (month.text, month.denominator) == ("5,0", 42 * 16000)
    assert month.group == COOK
    assert figure(COOK, metric="employees", window=MONTH).text == "42"


def test_a_group_of_four_is_protected_and_so_is_the_smallest_beside_it(staffed):
    """The municipality's four guards would be what its 35 teachers and 42 cooks leave."""
    states = [figure(group).state for group in (GUARD, TEACHER, COOK)]
    assert states == ["protected", "protected", "shown"]


def test_groups_are_the_same_for_everybody_who_reads(staffed):
    assert figure(GUARD, audience="internal").state == "protected"


def test_the_share_of_women_needs_both_sexes(staffed):
    facts = queries.current_facts()
    of_all, of_guards = (queries.women_share(top(), LAST, facts, g) for g in (None, GUARD))
    assert (of_all.text, of_guards.text) == ("56", "..")


def test_a_breakdown_lists_the_groups_that_there_are(staffed):
    facts = queries.current_facts()
    bands = queries.breakdown(top(), "employees", LAST, facts, "age_band", window=MONTH)
    assert [queries.group_label(each.group) for each in bands if each.group] == [
        "Högst 29 år", "30–49 år", "50 år och äldre",
    ]  # fmt: skip
    forms = queries.breakdown(top(), "employees", LAST, facts, "form")
    assert [each.group.value for each in forms if each.group] == ["1", "2"]


def test_what_cannot_be_broken_down_says_why(staffed):
    unit = Scope(unit=staffed["BUF-SOL"])
    assert figure(TEACHER, scope=unit).reason == (
        "Grupper visas för kommunen, förvaltningar och nämnder."
    )
    facts = queries.current_facts()
    unknown = queries.figure(top(), "sick_leave_60", "total", LAST, facts)
    assert (unknown.state, "60 dagar" in unknown.reason) == ("missing", True)
    with pytest.raises(ValueError, match="at most twelve"):
        figure(None, window=Window(LAST - 12, LAST))
