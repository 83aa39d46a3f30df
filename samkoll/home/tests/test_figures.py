"""Figures on a unit's page: who sees what of small groups, in which order, and what is logged."""

from __future__ import annotations

import re
from decimal import Decimal
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from samkoll.audit.models import Reading
from samkoll.stats import metrics
from samkoll.stats import queries as stats
from samkoll.stats.tests.filing import people, publish


def text(response) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


@pytest.fixture
def staffed(town):
    """Solskolan 35, Ängsskolan 7, Tallbacken 25 with much sick leave, Internservice 25."""
    units = {code: unit.pk for code, unit in town.units.items()}
    publish(
        people(units["BUF-SOL"], 35, women=20, sick_short=400)
        + people(units["BUF-ANG"], 7, women=7, sick_short=800)
        + people(units["BUF-TAL"], 25, women=13, sick_short=3200)
        + people(units["KSF-INT"], 25, women=13, sick_short=160)
    )
    return town


def page(town, client, who: str, code: str) -> str:
    client.force_login(town.user(who))
    return text(client.get(reverse("home:unit", args=[code])))


@pytest.mark.parametrize("who", ["employee", "outsider", "safety_rep", "auditor", "administrator"])
def test_a_small_group_is_hidden_from_everybody_outside_its_line(staffed, client, who):
    seen = page(staffed, client, who, "BUF-ANG")
    assert "5,0 %" not in seen and "för liten" in seen
    assert not Reading.objects.exists()


@pytest.mark.parametrize("who", ["upper_manager", "director", "hr_partner"])
def test_its_own_line_sees_totals_from_five_persons_and_that_is_logged(staffed, client, who):
    seen = page(staffed, client, who, "BUF-ANG")
    assert "5,0 %" in seen and "Den får inte spridas" in seen
    reading = Reading.objects.get()
    assert (reading.actor_name, reading.object_label) == (f"Test {who}", "Ängsskolan")


def test_the_manager_of_one_school_does_not_see_inside_the_other(staffed, client):
    assert "5,0 %" not in page(staffed, client, "manager", "BUF-ANG")


def test_nobody_sees_fewer_than_five(town, client):
    publish(people(town.units["BUF-ANG"].pk, 4, sick_short=800))
    assert "5,0 %" not in page(town, client, "upper_manager", "BUF-ANG")
    assert not Reading.objects.exists()


def test_published_figures_are_for_everybody_with_how_they_were_computed(staffed, client):
    seen = page(staffed, client, "employee", "KSF")
    assert "Sjukfrånvaron var 1,0 procent (R12 2023-12), som ett år innan." in seen
    assert "Så är siffrorna räknade" in seen and "kontrollsumma" in seen


def test_the_units_that_deviate_most_come_first(staffed, client):
    seen = page(staffed, client, "employee", "EXK")
    below = seen[seen.index("Enheter under Exempelkommunen") :]
    assert below.index("Barn- och utbildningsförvaltningen") < below.index(
        "Kommunstyrelsens förvaltning"
    )
    assert "Lägre än kommunen" in below


def test_a_closed_unit_shows_the_figures_of_its_last_month(staffed, client):
    from datetime import date

    from samkoll.org import services
    from tests.town import ACTOR

    services.close_unit(unit=staffed.office, last_day=date(2023, 6, 30), actor=ACTOR)
    assert "R12 2023-06" in page(staffed, client, "employee", "KSF-INT")


def test_without_facts_the_page_says_what_will_be_here(town, client):
    assert "Inga siffror än" in page(town, client, "employee", "BUF")


def test_the_page_compares_total_short_and_long_by_sex_with_last_year(staffed, client):
    seen = page(staffed, client, "employee", "KSF")
    for row in ("Total sjukfrånvaro, kvinnor", "Kort sjukfrånvaro (0–14 dagar), män"):
        assert row in seen
    assert "Totalt från 1,0" in seen or "totalt från 1,0" in seen
    assert "Total sjukfrånvaro, kvinnor" not in page(staffed, client, "employee", "KSF-INT")


def test_the_month_is_chosen_by_the_address(staffed, client):
    client.force_login(staffed.user("employee"))
    address = reverse("home:unit", args=["KSF"])
    assert "R12 2023-03" in text(client.get(address, {"manad": "2023-03"}))
    refused = client.get(address, {"manad": "2030-01"})
    assert refused.status_code == 422 and "från 2022-12 till 2023-12" in text(refused)
    assert client.get(address, {"manad": "i går"}).status_code == 422


def test_a_file_has_the_published_figures_of_its_table_whoever_asks(staffed, client):
    client.force_login(staffed.user("upper_manager"))
    address = reverse("home:unit", args=["BUF-GRU"])
    assert "5,0" in text(client.get(address))
    answer = client.get(address, {"format": "csv", "tabell": "enheter"})
    content = answer.content.decode("utf-8-sig")
    assert "sjukfranvaro-enheter-BUF-GRU-2023-12.csv" in answer["Content-Disposition"]
    assert content.splitlines()[0].startswith("Enhet;Sjukfrånvaro R12, procent;")
    assert "Ängsskolan;..;..;" in content and "5,0" not in content
    assert Reading.objects.count() == 1  # the page, not the file


def test_a_workbook_has_numbers_and_how_they_were_computed(staffed, client):
    client.force_login(staffed.user("employee"))
    answer = client.get(
        reverse("home:unit", args=["KSF"]), {"format": "xlsx", "tabell": "jamforelse"}
    )
    book = load_workbook(BytesIO(answer.content))
    table, about = book.worksheets
    assert (table["A2"].value, table["B2"].value) == ("Total sjukfrånvaro, totalt", 1.0)
    assert "Underlagets kontrollsumma" in {row[0].value for row in about.iter_rows()}


@pytest.mark.parametrize("query", [{"format": "pdf"}, {"format": "csv", "tabell": "x"}])
def test_a_file_that_does_not_exist_is_not_found(staffed, client, query):
    client.force_login(staffed.user("employee"))
    assert client.get(reverse("home:unit", args=["KSF"]), query).status_code == 404


def certificate(town, client, who: str, *parts: str):
    client.force_login(town.user(who))
    return client.get(reverse("home:figure", args=parts))


def test_a_figure_tells_its_parts_its_snapshot_and_its_import(staffed, client):
    seen = text(certificate(staffed, client, "employee", "KSF", "sick_leave", "total", "2023-12"))
    for said in ("480,00 timmar", "Formel", "2023-01 – 2023-12", "kontrollsumma", "version 1"):
        assert said in seen


@pytest.mark.parametrize("who", ["employee", "upper_manager"])
def test_the_page_of_a_protected_figure_reveals_nothing(staffed, client, who):
    answer = certificate(staffed, client, who, "BUF-ANG", "sick_leave", "total", "2023-12")
    seen = text(answer)
    assert "Siffran visas inte" in seen
    assert "Täljare" not in seen and "Nämnare" not in seen and "5,0" not in seen
    assert not Reading.objects.exists()


@pytest.mark.parametrize(
    "parts",
    [
        ("KSF", "nix", "total", "2023-12"),
        ("KSF", "sick_leave", "alla", "2023-12"),
        ("KSF", "sick_leave", "total", "2023-13"),
        ("KSF", "sick_leave", "total", "2031-01"),
        ("NIX", "sick_leave", "total", "2023-12"),
    ],
)
def test_a_figure_that_does_not_exist_is_not_found(staffed, client, parts):
    assert certificate(staffed, client, "employee", *parts).status_code == 404


@pytest.mark.parametrize(
    "value, metric, said",
    [
        ("1", "extra_hours", "1 timme"),
        ("0", "extra_hours", "0 timmar"),
        ("1", "employees", "1 person"),
        ("1", "sick_leave", "1,0 %"),
        ("-12933", "extra_hours", "−12\u202f933 timmar"),
    ],
)
def test_one_of_something_is_said_in_the_singular(value, metric, said):
    found = stats.with_unit(Decimal(value), metrics.lookup(metric))
    assert found.replace("\u00a0", " ") == said


def test_every_figure_of_the_page_leads_to_where_it_comes_from(staffed, client):
    client.force_login(staffed.user("employee"))
    html = client.get(reverse("home:unit", args=["KSF"])).content.decode()
    links = set(re.findall(r'href="(/e/[^"]+/siffra/[^"]+)"', html))
    assert {url.split("/")[4] for url in links} >= {"sick_leave", "turnover", "extra_hours"}
    assert all(client.get(url).status_code == 200 for url in sorted(links)[:8])


def test_twenty_units_below_with_figures_need_no_more_queries_than_two(town, client, count_queries):
    def grow(numbers):
        for number in numbers:
            town.unit(f"X{number}", f"Enhet {number}", "department", "KSF")
            units.append(town.units[f"X{number}"].pk)
        publish([row for unit in units for row in people(unit, 12)], batch=str(len(units)))

    units: list[int] = []
    client.force_login(town.user("employee"))
    address = reverse("home:unit", args=["KSF"])
    grow(range(2))
    client.get(address)
    two = count_queries(lambda: client.get(address))
    grow(range(2, 20))
    client.get(address)
    assert count_queries(lambda: client.get(address)) == two
    assert "Enhet 19" in text(client.get(address))
