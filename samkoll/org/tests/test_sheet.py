"""Reading cells: both text encodings, XLSX, and files that are built to hurt."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from samkoll.core.errors import DomainError
from samkoll.org.importing.lines import read_lines
from samkoll.org.importing.plan import make_plan
from samkoll.org.importing.sheet import MAX_UNPACKED, FileUnreadable, read_sheet
from samkoll.org.importing.tree import Known
from samkoll.org.tests.files import GOOD, HEAD

NOTHING = Known(units={}, boards={}, successions=frozenset())


def workbook(rows: list[list[object]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        dates = book.add_format({"num_format": "yyyy-mm-dd"})
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                sheet.write(r, c, value, dates if isinstance(value, datetime) else None)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_reads_both_encodings_alike(encoding):
    assert read_sheet(GOOD.encode(encoding)) == read_sheet(GOOD.encode())


def test_reads_a_workbook_with_real_dates_and_counts_its_empty_rows():
    head: list[object] = [*HEAD.split(";")]
    sheet = read_sheet(
        workbook([[], head, ["EXK", "Åmål", "kommun", None, None, datetime(2015, 1, 1)], [], ["X"]])
    )
    assert [row.number for row in sheet.rows] == [3, 5]
    lines, faults = read_lines(sheet)
    assert [(line.code, line.name, line.starts) for line in lines] == [
        ("EXK", "Åmål", date(2015, 1, 1))
    ]
    assert {fault.row for fault in faults} == {5}


def test_a_zip_bomb_is_refused_before_it_is_unpacked():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (MAX_UNPACKED + 1))
    with pytest.raises(FileUnreadable, match="orimligt stor"):
        read_sheet(file.getvalue())


@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda t: t.encode("utf-8", "replace")))
def test_any_bytes_are_read_or_refused_in_a_sentence(data):
    try:
        read_lines(read_sheet(data))
    except DomainError as error:
        assert str(error).endswith(".")


cells = st.lists(
    st.sampled_from(
        ["", "A", "B", "C", "kommun", "enhet", "nämnd", "2020-01-01", "2021-12-31", "x;"]
    )
    | st.text(st.characters(blacklist_characters='\r\n"', blacklist_categories=["Cs"]), max_size=6),
    min_size=8,
    max_size=8,
)


@given(st.lists(cells, max_size=8))
def test_any_rows_become_a_plan_or_faults_that_name_a_row(rows):
    text = "\n".join([HEAD, *(";".join(row) for row in rows)])
    try:
        lines, faults = read_lines(read_sheet(text.encode()))
    except DomainError:
        return
    plan = make_plan(lines, NOTHING, day=date(2024, 1, 1))
    for fault in (*faults, *plan.faults):
        assert 1 <= fault.row <= len(rows) + 1 and fault.sentence.endswith((".", "?"))
    assert not (plan.faults and plan.changes)
