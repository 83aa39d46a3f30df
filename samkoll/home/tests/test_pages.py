"""Start, search, choice of unit, unit page, jobs and logs: what they show and what they cost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from samkoll.audit import services as audit
from samkoll.audit import words
from samkoll.desk import services as desk
from samkoll.org import services as org
from tests.town import ACTOR, TODAY


def text(response) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture
def manager(town, client):
    client.force_login(town.user("manager"))
    return client


def test_an_empty_list_says_what_will_be_here(manager):
    page = text(manager.get(reverse("home:start")))
    assert "Inget väntar på dig" in page and "Dina roller i dag: Chef" in page


def test_running_and_failed_jobs_are_on_the_list(town, manager):
    running = desk.open_job(owner=town.user("manager"), label="Skapa filer")
    failed = desk.open_job(owner=town.user("manager"), label="Läs in löner")
    desk.progress(job_id=running.pk, done=1, total=4, step="PDF")
    desk.fail(job_id=failed.pk, now=timezone.now(), message="Filen saknas.")
    page = text(manager.get(reverse("home:start")))
    assert page.index("Gick inte") < page.index("Skapa filer")


@pytest.mark.parametrize(
    "end, said",
    [
        (lambda job: desk.progress(job_id=job.pk, done=3, total=9, step="Rapport 3"), "Rapport 3"),
        (
            lambda job: desk.finish(
                job_id=job.pk,
                now=timezone.now(),
                message="Nio rapporter.",
                result_url="/rapporter/",
            ),
            "Nio rapporter.",
        ),
        (lambda job: desk.fail(job_id=job.pk, now=timezone.now(), message="Typst."), "Typst."),
    ],
)
@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_job_shows_how_far_it_has_come_with_and_without_script(town, manager, end, said, headers):
    job = desk.open_job(owner=town.user("manager"), label="Skapa filer")
    end(job)
    response = manager.get(reverse("home:job", args=[job.pk]), headers=headers)
    assert said in text(response)
    assert ("<html" in text(response)) is not bool(headers)


def test_somebody_elses_job_does_not_exist(town, manager):
    job = desk.open_job(owner=town.user("director"), label="Hemligt")
    assert manager.get(reverse("home:job", args=[job.pk])).status_code == 404


def test_the_unit_of_the_address_is_remembered_for_the_next_page(town, manager):
    assert "Solskolan" in text(manager.get(reverse("home:start")))
    manager.get(reverse("home:unit", args=["KSF-INT"]))
    assert "Internservice" in text(manager.get(reverse("home:start")))


def test_only_those_with_more_than_one_unit_get_a_picker(town, client):
    client.force_login(town.user("manager"))
    assert reverse("home:pick") not in text(client.get(reverse("org:index")))
    client.force_login(town.user("upper_manager"))
    assert reverse("home:pick") in text(client.get(reverse("org:index")))


def test_a_unit_tells_what_it_has_been(town, manager):
    org.rename_unit(unit=town.school, name="Nya Solskolan", valid_from=TODAY, actor=ACTOR)
    org.close_unit(
        unit=town.units["BUF-ANG"], last_day=TODAY, successors=(town.school,), actor=ACTOR
    )
    page = text(manager.get(reverse("home:unit", args=["BUF-SOL"])))
    assert "Hette Solskolan från 2020-01-01." in page
    assert "Ersatte" in page and "Ängsskolan" in page
    old = text(manager.get(reverse("home:unit", args=["BUF-ANG"])))
    assert "Enheten är avslutad" in old and "Ersattes av" in old


def test_an_unknown_unit_is_not_found(manager):
    assert manager.get(reverse("home:unit", args=["NIX"])).status_code == 404


@pytest.mark.parametrize(
    "rest", ["", "?manad=2023-12&format=csv", "siffra/sick_leave/total/2023-12/"]
)
def test_a_code_in_small_letters_leads_to_the_units_one_address(manager, rest):
    found = manager.get(f"/e/buf-sol/{rest}")
    assert (found.status_code, found["Location"]) == (302, f"/e/BUF-SOL/{rest}")


def test_search_finds_units_for_all_and_people_for_those_who_may(town, client):
    client.force_login(town.user("manager"))
    page = text(client.get(reverse("home:search"), {"q": "tal"}))
    assert "Tallbackens förskola" in page
    assert "Test director" not in text(client.get(reverse("home:search"), {"q": "director"}))
    client.force_login(town.user("administrator"))
    assert "Test director" in text(client.get(reverse("home:search"), {"q": "director"}))


def test_the_change_log_shows_before_and_after_to_those_who_may(town, client):
    org.rename_unit(unit=town.school, name="Nya Solskolan", valid_from=TODAY, actor=ACTOR)
    client.force_login(town.user("auditor"))
    page = text(client.get(reverse("home:changes"), {"vad": "unit.renamed"}))
    assert "<del>Solskolan</del>" in page and "<ins>Nya Solskolan</ins>" in page
    assert "Enhet bytte namn" in page and "namn:" in page and "unit.renamed:" not in page
    client.force_login(town.user("director"))
    refused = client.get(reverse("home:changes"))
    assert refused.status_code == 403 and "Administratör och Revisor" in text(refused)


def test_the_read_log_shows_who_read_what(town, client):
    audit.read("figures.internal", town.user("manager"), town.school, month="2024-03")
    client.force_login(town.user("auditor"))
    page = text(client.get(reverse("home:readings"), {"vem": "manager"}))
    assert "Siffror om en liten grupp" in page and "Solskolan" in page
    assert "månad: 2024-03" in page


@pytest.mark.parametrize("number", ["0", "-3", "x", "99999999", "²"])
def test_a_page_number_that_makes_no_sense_shows_a_page(town, client, number):
    client.force_login(town.user("auditor"))
    assert client.get(reverse("home:changes"), {"sida": number}).status_code == 200


@pytest.mark.parametrize(
    "name, arguments",
    [
        ("home:start", []),
        ("home:search", []),
        ("home:pick", []),
        ("home:unit", ["EXK"]),
        ("home:changes", []),
        ("home:readings", []),
    ],
)
def test_twenty_rows_need_no_more_queries_than_two(town, client, count_queries, name, arguments):
    client.force_login(town.user("auditor"))
    url = f"{reverse(name, args=arguments)}?q=e"
    for _twice in range(2):
        client.get(url)
    few = count_queries(lambda: client.get(url))
    for number in range(20):
        town.unit(f"X{number}", f"Enhet {number}", "administration", "EXK")
        audit.read("figures.internal", town.user("manager"), town.school)
        desk.open_job(owner=town.user("auditor"), label=f"Arbete {number}")
    assert count_queries(lambda: client.get(url)) == few


def test_every_action_of_the_code_has_words():
    root = Path(words.__file__).parents[1]
    code = "".join(
        path.read_text(encoding="utf-8") for path in root.rglob("*.py") if "tests" not in path.parts
    )
    said = set(re.findall(r"(?:record|_recorded)\(\s*\"([a-z_]+\.[a-z_]+)\"", code))
    assert said - set(words.words.changes) == set()
