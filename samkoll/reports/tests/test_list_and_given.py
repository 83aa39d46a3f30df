"""The list by year and as a file; the page of a typed number; two who save at once."""

from __future__ import annotations

import csv
import io
import re
import threading
from decimal import Decimal

import openpyxl
import pytest
from django.db import connection
from django.urls import reverse

from samkoll.audit.services import CommandLine
from samkoll.reports import editing, services
from samkoll.reports.editing import GivenInput, SectionInput
from samkoll.reports.tests.conftest import TODAY
from samkoll.web import export
from samkoll.web.tables import Cell, Head, Row, Table

HEADS = [
    "År", "Nämnd", "Förvaltning", "Status", "Diarienummer", "Besvarade frågor", "Frågor",
    "Underlag uttaget",
]  # fmt: skip


@pytest.fixture
def as_(town, client):
    def sign_in(role):
        client.force_login(town.user(role))
        return client

    return sign_in


def url(name, *args):
    return reverse(f"reports:{name}", args=args)


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_list_as_csv_has_every_shown_report_with_its_diary_number(as_, reports):
    services.set_diary_number(
        report_id=reports["GSN"].pk, diary_number="GSN-2024/7", actor=CommandLine(), today=TODAY
    )
    response = as_("director").get(url("index"), {"format": "csv"})
    assert 'filename="arbetsmiljorapporter.csv"' in response["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[0] == HEADS
    assert [row[1] for row in rows[1:]] == ["Förskolenämnden", "Grundskolenämnden"]
    assert rows[2][3:7] == ["Utkast", "GSN-2024/7", "0", "11"]


def test_a_year_is_chosen_in_the_address(as_, reports):
    services.open_year(year=2025, actor=CommandLine(), today=TODAY)
    client = as_("hr_strategist")
    page = text(client.get(url("index"), {"ar": "2025"}))
    table = page.partition("<table")[2].partition("</table>")[0]
    assert ">2025<" in table
    assert ">2024<" not in table
    response = client.get(url("index"), {"ar": "2025", "format": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).worksheets[0]
    assert {row[0] for row in sheet.iter_rows(min_row=2, values_only=True)} == {"2025"}
    assert "arbetsmiljorapporter-2025.xlsx" in response["Content-Disposition"]


@pytest.mark.parametrize("query", ["ar=1999", "ar=x", "format=exe"])
def test_years_and_formats_that_do_not_exist_are_404(as_, reports, query):
    assert as_("director").get(f"{url('index')}?{query}").status_code == 404


def test_a_text_that_a_spreadsheet_would_compute_stays_text():
    table = Table("", (Head("a"),), (Row((Cell("=1+1"),)),))
    answer = export.response(table, form="csv", name="x")
    assert answer is not None and b"'=1+1" in answer.content


def give(report, value, actor, source="IA-systemet"):
    editing.edit_section(
        report_id=report.pk, section="injuries", version=0,
        typed=SectionInput(given={"near_misses": GivenInput(Decimal(value), None, source)}),
        actor=actor, today=TODAY,
    )  # fmt: skip


def test_a_typed_number_tells_period_source_who_and_when(as_, town, extracted):
    give(extracted["GSN"], 9, town.user("hr_partner"))
    page = text(as_("director").get(url("figure", extracted["GSN"].pk, "given.near_misses")))
    for words in ("2023-01 – 2023-12", "Angiven, inte beräknad", "IA-systemet", "Test hr_partner"):
        assert words in page


def test_a_number_that_nobody_has_typed_says_so(as_, extracted):
    page = text(as_("director").get(url("figure", extracted["GSN"].pk, "given.near_misses")))
    assert "Ingen har angett den än." in page


def test_the_sum_names_who_typed_each_part(as_, town, extracted):
    give(extracted["GSN"], 9, town.user("hr_partner"))
    page = text(as_("hr_strategist").get(url("figure", extracted["EXK"].pk, "given.near_misses")))
    assert "summan av nämndernas uppgifter" in page and "Test hr_partner" in page


@pytest.mark.django_db(transaction=True)
def test_what_was_saved_while_the_page_was_being_made_is_shown_as_saved(
    as_, town, reports, monkeypatch
):
    """The other person's transaction ends between this one's reading and its saving."""
    pk, client, save = reports["GSN"].pk, as_("director"), editing.edit_section
    other = town.user("hr_partner")

    def theirs():
        typed = SectionInput(texts={"main": "HR:s text."})
        save(report_id=pk, section="rounds", version=0, typed=typed, actor=other, today=TODAY)
        connection.close()

    def late(**values):
        thread = threading.Thread(target=theirs)
        thread.start()
        thread.join()
        return save(**values)

    monkeypatch.setattr(editing, "edit_section", late)
    answer = client.post(url("edit", pk, "rounds"), {"version": 0, "text-main": "Chefens text."})
    assert answer.status_code == 422
    assert ("HR:s text." in text(answer)) and ("Chefens text." in text(answer))
    assert 'value="1"' in text(answer)


def test_each_link_of_the_list_says_which_report_it_leads_to(extracted, as_):
    page = as_("hr_strategist").get(url("index")).content.decode()
    names = re.findall(r'<a class="ds-link" href="/rapporter/\d+/">(.+?)</a>', page)
    assert len(names) == len(set(names)) == len(extracted)
    assert 'Utkast<span class="ds-sr-only">: Grundskolenämnden 2024</span>' in names
