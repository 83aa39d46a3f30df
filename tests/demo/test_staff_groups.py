"""Table 1 of the action plan: staff groups with the highest sick leave, R12 2024-04.

The table stands in ``docs/rules/small-groups.md``. The group of eight is protected; so is the share
of women where it would give ten or fewer women or men away.
"""

from __future__ import annotations

import pytest

from samkoll.core.months import Month, Window
from samkoll.org import queries as org
from samkoll.stats import queries
from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.tests.test_rules import table

TABLE = {
    name: tuple(shown) for name, _women, _men, *shown in table("small-groups.md", "staff group")
}
SICK_LEAVE = ("sick_leave", "sick_leave_short", "sick_leave_long")


@pytest.mark.django_db
def test_the_staff_groups_with_the_highest_sick_leave_are_those_of_the_action_plan():
    facts, last = queries.current_facts(), Month.of(2024, 4)
    whole = Scope(unit=org.municipality().pk)
    month = queries.breakdown(whole, "employees", last, facts, "staff_group",
                              window=Window(last, last))  # fmt: skip
    employees = {each.group: each.text for each in month}
    rates = {
        key: {
            each.group: each for each in queries.breakdown(whole, key, last, facts, "staff_group")
        }
        for key in SICK_LEAVE
    }
    found = {
        group.value: (
            employees[group],
            queries.women_share(whole, last, facts, group).text,
            *(rates[key][group].text for key in SICK_LEAVE),
        )
        for group in employees
        if group is not None
    }
    assert {name: found[name] for name in TABLE} == TABLE
    shown = [each for each in rates["sick_leave"].values() if each.value is not None]
    highest = sorted(shown, key=lambda each: each.value or 0, reverse=True)[:7]
    assert [each.group and each.group.value for each in highest] == [
        name for name in TABLE if name != "Fältsekreterare"
    ]
