"""Whole files: the facts of faultless rows, and every fault of the others with row and column."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from dataclasses import asdict

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samkoll.core.months import Month
from samkoll.imports import profiles
from samkoll.imports.examining import examine, faulty_rows
from samkoll.imports.faults import FileFault
from samkoll.imports.months import FACTS
from samkoll.imports.tests import payroll
from samkoll.imports.tests.payroll import examined, identity, row, text, workbook


def faults(folder, *rows) -> list[str]:
    findings, _ = examined(text(*rows), folder)
    assert findings.read == findings.accepted + findings.quarantined + findings.protected_rows
    return [str(fault) for fault in sorted(findings.faults.listed)]


def test_a_faultless_row_becomes_one_fact_in_integers(tmp_path):
    _, facts = examined(text(row(form="Visstid", extent="75,50", end_date="2023-01-31",
                                 departure="Visstid slut")), tmp_path)  # fmt: skip
    assert facts is not None
    assert dict(facts.schema) == {name: kind() for name, kind in FACTS.items()}
    fact = facts.row(0, named=True)
    assert fact.pop("person") == payroll.PSEUDONYMS.person(identity().replace("-", ""))
    assert fact.pop("employment") == payroll.PSEUDONYMS.employment(identity().replace("-", ""), "1")
    assert fact == {
        "unit": 1, "month": Month.of(2023, 1).index, "sex": 1, "birth_year": 1980, "form": 2,
        "main": True, "staff_group": "Handläggare", "extent": 7550, "ordinary": 16800,
        "sick_short": 800, "sick_long": 0, "additional": 0, "overtime": 250, "departure": 6,
        "sick_60": 0, "sick_days": 0, "occasions": 0, "manager": 0,
    }  # fmt: skip


WIDE = profiles.load("lon-manad-utokad")


def wide_text(**last: str) -> str:
    """A file of the wider profile with one row."""
    cells = {"sick_60": "4,00", "sick_days": "2", "occasions": "1", "manager": identity(7)}
    return text({**row(), **cells, **last}, heads=list(WIDE.columns.values()))


def test_the_optional_columns_of_the_wider_profile_are_read(tmp_path):
    months: list[pl.DataFrame] = []
    source = payroll.source(wide_text())
    found = examine(source, payroll.check(profile=WIDE), folder=tmp_path, sink=months.append)
    fact = months[0].row(0, named=True)
    assert (fact["sick_60"], fact["sick_days"], fact["occasions"]) == (400, 2, 1)
    assert fact["manager"] == payroll.PSEUDONYMS.person(identity(7).replace("-", ""))
    assert found.quarantined == 0
    told = "additional,overtime,departure,sick_60,sick_days,occasions,manager"
    assert WIDE.knows == told


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"sick_60": "8,01"}, "sick"),
        ({"sick_days": "32"}, "impossible"),
        ({"occasions": "en"}, "number"),
        ({"manager": "19801301-0000"}, "identity"),
    ],
)
def test_what_the_optional_columns_cannot_hold_is_a_fault(tmp_path, changes, kind):
    check = payroll.check(profile=WIDE)
    examine(payroll.source(wide_text(**changes)), check, folder=tmp_path)
    assert [fault.kind for fault in check.faults.listed] == [kind]


def test_a_protected_manager_is_an_unknown_one(tmp_path):
    heads, months = list(WIDE.columns.values()), list[pl.DataFrame]()
    last = {"sick_60": "", "sick_days": "", "occasions": "", "manager": identity(7)}
    theirs = {**row(7, protected="Ja"), **last, "manager": ""}
    source = payroll.source(text({**row(), **last}, theirs, heads=heads))
    examine(source, payroll.check(profile=WIDE), folder=tmp_path, sink=months.append)
    assert months[0]["manager"].to_list() == [0]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"ordinary": "16x,00"}, "Ordinarie timmar: värdet har bokstäver"),
        ({"overtime": "-1,00"}, "Övertid: värdet är negativt."),
        ({"ordinary": "800,00"}, "Ordinarie timmar: fler timmar än de 744"),
        ({"unit": "KSF-11O"}, "Enhetskod: enheten ”KSF-11O” finns inte. Menade du KSF-110 Upph"),
        ({"unit": "KSF-120", "month": "2019-12"}, "Enhetskod: enheten KSF-120 gällde inte den mån"),
        ({"unit": ""}, "Enhetskod: enhetskoden saknas."),
        ({"sex": "Kvina"}, "Kön: värdet känns inte igen. Menade du Kvinna?"),
        ({"form": "?"}, "Anställningsform: värdet känns inte igen."),
        ({"sick_long": "161,00"}, "Sjuk dag 1-14: sjuktimmarna är tillsammans fler än ”Ordinarie"),
        ({"month": "2023-13"}, "Månad: månadens nummer ligger inte mellan 01 och 12."),
        ({"month": "2031-01"}, "Månad: månaden ligger inte mellan 1990-01 och 2026-12."),
        ({"person": "19801301-1234"}, "Personnummer: personnumret är inte giltigt"),
        ({"departure": "Pension"}, "Slutdatum: datumet saknas"),
        ({"end_date": "2023-01-15"}, "Avgångsorsak: orsaken saknas"),
        ({"end_date": "2022-12-31"}, "Slutdatum: anställningen tog slut före radens månad."),
        ({"main": "Nej"}, "Huvudanställning: personens huvudanställning saknas den månaden"),
        ({"protected": "?"}, "Skyddad identitet: värdet känns inte igen."),
    ],
)
def test_a_faulty_value_is_named_with_row_and_column(tmp_path, changes, sentence):
    found = faults(tmp_path, row(0), row(1, **changes), row(2))
    assert len(found) == 1
    assert found[0].startswith(f"Rad 3, kolumnen {sentence}")


def test_an_identity_number_in_the_wrong_column_is_never_repeated(tmp_path):
    for column in payroll.PROFILE.columns:
        for sentence in faults(tmp_path, row(0), row(1, **{column: identity(7)})):
            assert identity(7) not in sentence
            assert "19800101" not in sentence


def test_a_code_used_again_means_the_unit_of_the_month(tmp_path):
    _, facts = examined(
        text(row(0, unit="ksf-120", month="2023-06"), row(0, unit="KSF-120", month="2023-07")),
        tmp_path,
    )
    assert facts is not None
    assert facts["unit"].to_list() == [2, 3]


def test_the_same_row_twice_is_a_fault_of_both(tmp_path):
    assert faults(tmp_path, row(0), row(1), row(0, ordinary="9,00")) == [
        "Rad 2, kolumnen Anställningsnummer: "
        "samma person, anställning, enhet och månad står även på rad 4.",
        "Rad 4, kolumnen Anställningsnummer: "
        "samma person, anställning, enhet och månad står även på rad 2.",
    ]


def test_two_main_employments_are_a_fault_of_all_rows_of_that_person_and_month(tmp_path):
    found = faults(tmp_path, row(0), row(0, employment="2"), row(0, month="2023-02"))
    assert [fault.split(":")[0] for fault in found] == [
        "Rad 2, kolumnen Huvudanställning", "Rad 3, kolumnen Huvudanställning"
    ]  # fmt: skip
    assert found[0].endswith("personen har fler än en huvudanställning den månaden.")


def test_a_main_employment_in_two_units_counts_where_most_hours_are(tmp_path):
    findings, facts = examined(
        text(row(0, ordinary="60,00"), row(0, unit="KSF-120", ordinary="108,00")), tmp_path
    )
    assert facts is not None
    assert dict(facts.select("unit", "main").iter_rows()) == {1: False, 2: True}
    assert findings.totals[0].persons == 1


def test_a_fault_in_the_main_row_takes_the_persons_other_rows_along(tmp_path):
    found = faults(tmp_path, row(0, ordinary="x"), row(0, employment="2", main="Nej"))
    assert found[1] == (
        "Rad 3, kolumnen Huvudanställning: personens huvudanställning saknas den månaden, "
        "eller står på en rad som har något annat fel."
    )


def test_all_rows_of_a_protected_person_are_refused_and_counted(tmp_path):
    findings, facts = examined(
        text(row(0), row(1, month="2023-02"), row(1, protected="Ja", ordinary="x")), tmp_path
    )
    assert facts is not None
    assert (findings.protected, findings.protected_rows, findings.accepted) == (1, 2, 1)
    assert findings.faults.listed == []


def test_faulty_rows_are_read_again_but_never_those_of_protected_persons(tmp_path):
    content = text(
        row(0, ordinary="x"), row(1, ordinary="y"), row(1, protected="Ja"), row(2, protected="?")
    )
    source, check = payroll.source(content), payroll.check()
    findings = examine(source, check, folder=tmp_path)
    kept = dict(faulty_rows(source, findings, check))
    assert list(kept) == [2]
    assert kept[2][1] == identity(0)
    assert list(tmp_path.iterdir()) == []


def test_temporary_numbers_are_accepted_and_counted(tmp_path):
    findings, facts = examined(text(row(0), row(1, person="19790203-TF12")), tmp_path)
    assert facts is not None
    assert (findings.unverified, facts.height) == (1, 2)


def test_uneven_rows_are_faults_of_their_first_column_that_suffers(tmp_path):
    lines = text(row(0), row(1), row(2)).splitlines()
    findings, _ = examined("\n".join([*lines[:2], "2023-01;x", lines[3], ""]), tmp_path)
    assert [str(fault) for fault in findings.faults.listed] == [
        "Rad 3, kolumnen Anställningsnummer: raden har 2 fält, men rubrikerna är 17."
    ]


@pytest.mark.parametrize("cut", [3, 12, 40, 90])
def test_half_a_file_is_refused(tmp_path, cut):
    whole = text(row(0), row(1))
    with pytest.raises(FileFault, match="Filen slutar mitt i rad 3"):
        examined(whole[:-cut], tmp_path)


def test_a_last_row_without_line_end_is_whole_when_it_is_faultless(tmp_path):
    assert examined(text(row(0), row(1))[:-2], tmp_path)[0].accepted == 2


def test_heads_without_rows_are_refused(tmp_path):
    with pytest.raises(FileFault, match="har rubriker men inga rader"):
        examined(text() + "\r\n", tmp_path)


def test_months_written_in_another_way_refuse_the_file_with_the_row(tmp_path):
    with pytest.raises(FileFault, match="Rad 3, kolumnen Månad: månaden är skriven som ÅÅÅÅMM"):
        examined(text(row(0), row(1, month="202301")), tmp_path)


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 5), st.sampled_from(["2023-01", "2023-02", "2023-1"]),
                       st.sampled_from(["1", "2"]), st.sampled_from(["8,00", "x"])),
             min_size=1, max_size=12, unique_by=lambda each: each[:3]),
    st.integers(1, 500),
)  # fmt: skip
def test_neither_chunk_size_nor_order_changes_the_result(tmp_path_factory, cells, size):
    folder = tmp_path_factory.getbasetemp()
    rows = [row(p, month=m, employment=e, main="Ja" if e == "1" else "Nej", sick_short=s)
            for p, m, e, s in cells]  # fmt: skip
    whole, facts = examined(text(*rows), folder)
    parts, again = examined(text(*rows), folder, chunk_bytes=size)
    _, turned = examined(text(*reversed(rows)), folder)
    assert (whole.accepted, sorted(whole.faults.listed)) == (
        parts.accepted, sorted(parts.faults.listed)
    )  # fmt: skip
    if facts is not None:
        assert again is not None and turned is not None
        assert facts.equals(again) and facts.equals(turned)


def test_control_totals_are_sums_of_the_accepted_rows(tmp_path):
    findings, facts = examined(
        text(row(0), row(1, ordinary="0,00", sick_short="0,00"), row(2, form="Visstid"),
             row(3, end_date="2023-01-10", departure="Pension"), row(4, overtime="z")), tmp_path
    )  # fmt: skip
    assert facts is not None
    (month,) = findings.totals
    assert month.as_dict() == {
        "month": 2023 * 12, "rows": 4, "persons": 3,
        "sums": {"permanent": 3, "departures": 1, "ordinary": 50400, "sick_short": 2400,
                 "sick_long": 0, "additional": 0, "overtime": 1000},
    }  # fmt: skip


def test_no_identity_number_is_written_to_disk(tmp_path, monkeypatch):
    seen: list[bytes] = []

    def look(*_: object) -> Iterator[object]:
        seen.extend(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
        return iter(())

    monkeypatch.setattr("samkoll.imports.rows.RowCheck.settled", look)
    examined(text(*(row(n) for n in range(50))), tmp_path)
    assert seen
    assert not any(re.search(rb"1980\d{4}-?\d{4}", content) for content in seen)


@pytest.mark.slow
def test_memory_does_not_grow_with_the_file(tmp_path):
    """Four times the rows cost at most an eighth more memory: measured 7 %, the allocator."""
    peaks = [_peak(tmp_path, months) for months in (60, 240)]
    assert peaks[1] < 1.125 * peaks[0] < 400 * 2**10, peaks


def _peak(folder, months: int) -> int:
    path = folder / f"{months}.csv"
    people = [row(n) for n in range(3000)]
    with path.open("w", encoding="cp1252", newline="") as file:
        file.write(text())
        for month in range(months):
            name = str(Month(2005 * 12 + month))
            file.writelines(";".join([name, *list(each.values())[1:]]) + "\r\n" for each in people)
    script = f"""
        from pathlib import Path
        from samkoll.imports.examining import examine
        from samkoll.imports.reading import Source
        from samkoll.imports.tests import payroll
        from samkoll.imports.units import UnitPeriod, Units
        check = payroll.check(units=Units([UnitPeriod(1, "KSF-110", "A", 0)]))
        found = examine(Source.from_path(Path({str(path)!r})), check, folder=Path({str(folder)!r}))
        assert found.accepted == {3000 * months}, found.faults.examples()
        # Not ru_maxrss: it begins with the peak of the process that started this one.
        status = Path("/proc/self/status").read_text()
        print(status.partition("VmHWM:")[2].split()[0])
    """
    run = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        capture_output=True, text=True, check=True, env=os.environ,
    )  # fmt: skip
    return int(run.stdout)


def test_the_worked_example_of_the_rules(tmp_path):
    """The table of docs/rules/import-payroll.md, "One month"."""
    findings, facts = examined(
        text(
            row(0, ordinary="60,00"),
            row(0, unit="KSF-120", ordinary="108,00"),
            row(1, ordinary="x"),
            row(1, employment="2", main="Nej", ordinary="20,00"),
            row(2),
            row(2, employment="2", ordinary="10,00"),
        ),
        tmp_path,
    )
    assert facts is not None
    assert dict(facts.select("unit", "main").iter_rows()) == {1: False, 2: True}
    assert (findings.read, findings.accepted, findings.quarantined) == (6, 2, 4)
    assert [(f.row, f.kind) for f in sorted(findings.faults.listed)] == [
        (4, "letters"), (5, "main"), (6, "main"), (7, "main")
    ]  # fmt: skip


def test_a_workbook_gives_the_same_facts_as_the_same_rows_in_csv(tmp_path):
    rows = [row(n, overtime="2,25", end_date="2023-01-31", departure="Pension") for n in range(5)]
    cells = [
        [float(c.replace(",", ".")) if "," in c else c for c in each.values()] for each in rows
    ]
    findings, facts = examined(workbook(payroll.HEADS, *cells), tmp_path)
    _, same = examined(text(*rows), tmp_path)
    assert facts is not None and same is not None
    assert (findings.encoding, facts.equals(same)) == ("xlsx", True)


ADDING = profiles.from_dict(
    {**asdict(payroll.PROFILE), "corrections": "add", "month_format": "MMM",
     "columns": {**payroll.PROFILE.columns, "year": "År"}}
)  # fmt: skip


def test_corrections_are_added_to_their_row_and_the_year_may_have_its_own_column(tmp_path):
    heads = list(ADDING.columns.values())
    rows = [
        row(0, month="jan"), row(0, month="JAN", ordinary="8,00-", sick_short="-8,00"),
        row(1, month="januari", sick_short="0,00"), row(1, month="jan", ordinary="-200"),
    ]  # fmt: skip
    months: list[pl.DataFrame] = []
    source = payroll.source(text(*({**each, "year": "2023"} for each in rows), heads=heads))
    found = examine(source, payroll.check(profile=ADDING), folder=tmp_path, sink=months.append)
    assert months[0].select("month", "ordinary", "sick_short", "overtime").rows() == [
        (2023 * 12, 16000, 0, 500)
    ]
    assert sorted(found.faults.rows) == [4, 5]
    assert found.notes == {"corrected": 2}
