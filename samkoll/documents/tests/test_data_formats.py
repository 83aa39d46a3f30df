"""The workbook has every table with numbers as numbers; the JSON has everything."""

from __future__ import annotations

import io
import json
from datetime import datetime
from decimal import Decimal

import openpyxl
import pytest

from samkoll.documents import stored
from samkoll.documents.content import Cell, Column, Row, Table
from samkoll.documents.tests import sample
from samkoll.documents.writers import render
from samkoll.stats.charts import Chart

NOTE = "Anmärkning"


@pytest.fixture(scope="module")
def document():
    return sample.sample()


@pytest.fixture(scope="module")
def book(document):
    data = render(document, formats=["xlsx"])["xlsx"]
    assert data == render(document, formats=["xlsx"])["xlsx"]
    return openpyxl.load_workbook(io.BytesIO(data))


def rows(sheet):
    return [[cell for cell in row if cell is not None] for row in sheet.values]


def test_every_table_and_chart_has_a_sheet_and_a_line_in_the_contents(book, document):
    shown = [b for b in document.blocks if isinstance(b, Table | Chart)]
    assert len(book.sheetnames) == 1 + len(shown)
    first = rows(book["Innehåll"])
    assert first[0] == [document.name]
    assert ["Diarienummer", "KS-2024/976"] in first and ["Status", "Utkast"] in first
    assert ["Tabell 3", "Sjukfrånvaro, procent"] in first
    links = [cell.hyperlink for row in book["Innehåll"].iter_rows() for cell in row]
    assert sum(link is not None for link in links) == len(shown)


def test_numbers_are_numbers_with_the_decimals_shown_and_hidden_ones_are_their_sign(book):
    sheet = book["Tabell 3"]
    assert rows(sheet)[2] == ["Sjukfrånvaro", "R12 2023-12", "R12 2022-12", "Skillnad", NOTE]
    cell = sheet.cell(4, 2)
    assert (cell.value, cell.number_format) == (4.2, "#,##0.0")
    assert rows(sheet)[8] == ["Kvinnor", "..", "..", "–", "Skyddas: gruppen är liten."]


def test_every_value_of_the_tables_stands_in_the_workbook(book, document):
    tables = [b for b in document.blocks if isinstance(b, Table)]
    for number, table in enumerate(tables, start=1):
        found = [v for row in book[f"Tabell {number}"].values for v in row if v is not None]
        values = [cell.value for row in table.rows for cell in row.cells]
        assert all(float(v) in found for v in values if v is not None)


def test_days_are_days_spans_are_repeated_and_details_keep_their_lead(book):
    sheet = book["Tabell 1"]
    assert sheet.cell(4, 5).value == datetime(2024, 3, 31)
    assert [sheet.cell(row, 1).value for row in range(4, 12)] == [sample.RISK] * 8
    assert sheet.cell(5, 3).value == "Önskad effekt: Ordning och reda."


def test_no_text_becomes_a_formula():
    table = Table("=1+1", (Column("@a"),), (Row((Cell('=HYPERLINK("x")'),)),))
    data = render(sample.document(table), formats=["xlsx"])["xlsx"]
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Tabell 1"]
    assert [sheet.cell(row, 1).data_type for row in (1, 3, 4)] == ["s"] * 3


def test_json_is_the_stored_tree_with_the_data_beside_it(document):
    data = {"figures": [{"id": "a", "value": str(Decimal("4.20"))}]}
    whole = json.loads(render(document, formats=["json"], data=data)["json"])
    assert stored.from_json(whole) == document
    assert whole["figures"] == data["figures"]
