"""Rows after a departure: they must not count as permanent (docs/rules/turnover.md)."""

from __future__ import annotations

import pytest

from samkoll.core.months import Month
from samkoll.imports.tests.payroll import examined, row, text

LEFT = {"end_date": "2023-05-15", "departure": "Egen begäran"}


def months(folder, *rows) -> tuple[list[str], list[str]]:
    """The months that became facts, and the faults."""
    findings, facts = examined(text(*rows), folder)
    assert findings.read == findings.accepted + findings.quarantined + findings.protected_rows
    kept = [] if facts is None else sorted(str(Month(index)) for index in facts["month"])
    return kept, [str(fault) for fault in sorted(findings.faults.listed)]


def test_the_table_of_the_rules(tmp_path):
    kept, faults = months(
        tmp_path,
        row(month="2023-09"),
        row(month="2023-06"),
        row(month="2023-05", **LEFT),
        row(month="2023-07"),
        row(month="2023-04"),
    )
    assert kept == ["2023-04", "2023-05", "2023-09"]
    said = "kolumnen Månad: rader efter slutdatum: anställningen tog slut 2023-05"
    assert [fault[:6] for fault in faults] == ["Rad 3,", "Rad 5,"]
    assert all(said in fault for fault in faults)


@pytest.mark.parametrize(
    ("left", "later"),
    [
        (LEFT, {"form": "Timavlönad"}),
        (LEFT, {"employment": "2"}),
        ({"end_date": "2023-05-31", "departure": "Visstid slut", "form": "Visstid"}, {}),
    ],
    ids=["by the hour", "another employment", "a fixed term that became permanent"],
)
def test_who_comes_back_in_another_way_is_counted(tmp_path, left, later):
    kept, faults = months(tmp_path, row(month="2023-05", **left), row(month="2023-06", **later))
    assert (kept, faults) == (["2023-05", "2023-06"], [])


def test_a_protected_persons_late_rows_are_no_faults(tmp_path):
    kept, faults = months(
        tmp_path, row(month="2023-05", **LEFT), row(month="2023-06"), row(1, protected="Ja"),
        row(month="2023-07", protected="Ja"),
    )  # fmt: skip
    assert (kept, faults) == ([], [])


def test_late_rows_of_one_person_leave_others_alone(tmp_path):
    kept, faults = months(
        tmp_path, row(month="2023-05", **LEFT), row(month="2023-06"), row(1, month="2023-06")
    )
    assert (kept, len(faults)) == (["2023-05", "2023-06"], 1)
