"""Table 1 of the action plan: staff groups with the highest sick leave, R12 2024-04.

Figures of the facts' table, with the demo's men and women (``control.yaml``). The group of eight
is protected; so is the share of women where it would give ten or fewer women or men away.
"""

from __future__ import annotations

import pytest

from samkoll.core.months import Month, Window
from samkoll.org import queries as org
from samkoll.stats import queries
from samkoll.stats.engine.hierarchy import Scope

TABLE = {
    "Stödpedagog, funktionsnedsättning": ("20", "..", "16,9", "4,8", "12,2"),
    "Vårdbiträde/Stödbiträde, funktionsnedsättning": ("16", "..", "15,0", "5,9", "9,2"),
    "Fältsekreterare": ("..", "..", "..", "..", ".."),
    "Personlig assistent": ("64", "..", "13,7", "5,0", "8,7"),
    "Barnskötare": ("741", "90", "13,2", "5,1", "8,1"),
    "Stödassistent/Vårdare, dagverksamhet, funktionsnedsättning": (
        "78", "83", "13,0", "4,9", "8,1",
    ),
    "Elevassistent": ("106", "62", "12,3", "6,8", "5,5"),
    "Måltidspersonal": ("112", "87", "12,2", "2,5", "9,8"),
}  # fmt: skip
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
