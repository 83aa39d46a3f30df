"""Exploring: what the address asks for, what the tables show and hide, and what it costs."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.urls import reverse

from samkoll.audit.models import Reading
from samkoll.explore.tests import walk_comparison
from samkoll.explore.tests.walk_exploring import figures
from tests.town import Town

URL = "/statistik/utforska/"


@pytest.fixture
def get(town: Town, client):
    """The page as the manager of Grundskola sees it, with a unit of eight below."""
    figures(town)
    client.force_login(town.user("upper_manager"))

    return lambda query="": client.get(URL + query)


def text(response) -> str:
    return " ".join(response.content.decode().split())


def rows(response) -> list[list[str]]:
    """The lines of a CSV file."""
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def test_the_whole_municipality_is_shown_until_something_is_chosen(get):
    shown = text(get())
    assert "Total sjukfrånvaro, Exempelkommunen:" in shown
    assert "R12 2023-12" in shown and 'aria-current="true"' in shown
    below = text(get("?enhet=BUF-GRU&dela=kon"))
    assert '<input type="hidden" name="dela"' not in below, "a department has no figures by sex"
    carried = text(get("?enhet=BUF&dela=kon"))
    assert '<input type="hidden" name="dela" value="kon">' in carried
    assert 'href="?dela=kon">Exempelkommunen</a>' in carried, "the way up keeps the rest"


def test_an_address_is_as_short_as_it_can_be(get):
    asked = "?matt=sick_leave&enhet=buf-gru+Grundskola&namnd=&dela=enheter&manad=&jamfor=fjol"
    answer = get(asked)
    assert (answer.status_code, answer["Location"]) == (302, f"{URL}?enhet=BUF-GRU&dela=enheter")


WRONG = {
    "?enhet=SOLSKOLEN": "Menade du Solskolan",
    "?namnd=Skolnämnden": "Det finns ingen nämnd",
    "?enhet=BUF-SOL&namnd=GSN": "Välj en hel förvaltning",
    "?manad=2019-01": "Välj en månad från 2022-12 till 2023-12",
    "?manad=igår": "är inte en månad",
}


def test_what_does_not_exist_is_said_beside_its_field(get):
    for query, said in WRONG.items():
        answer = get(query)
        assert answer.status_code == 422 and said in text(answer), query


def test_an_unknown_word_falls_back_to_the_default(get):
    assert get("?matt=lycka&fonster=vecka")["Location"] == f"{URL}?"


def test_small_groups_are_hidden_and_the_sign_is_explained(get, client, town):
    client.force_login(town.user("employee"))
    shown = text(get("?enhet=BUF-GRU&dela=enheter"))
    assert "Skyddad: gruppen är för liten" in shown and "Får inte spridas" not in shown


def test_who_leads_the_unit_sees_its_total_on_the_screen_and_is_logged(get, town):
    shown = text(get("?enhet=BUF-GRU&dela=enheter"))
    assert "Får inte spridas" in shown
    reading = Reading.objects.get(what="figures.internal")
    small = town.units["BUF-ANG"].pk
    assert f"{small} sick_leave" in reading.details["metrics"]


def test_a_file_never_holds_internal_figures(get):
    lines = rows(get("?enhet=BUF-GRU&dela=enheter&format=csv"))
    assert ["Ängsskolan", "..", "..", ".."] in lines
    assert not Reading.objects.exists()


def test_a_file_says_what_its_columns_hold(get):
    head, *lines = rows(get("?dela=kon&jamfor=inget&format=csv"))
    assert head == ["Kön", "Total sjukfrånvaro, R12 2023-12, procent"]
    assert lines == [["Exempelkommunen", "7,8"], ["Kvinnor", "10,0"], ["Män", "5,0"]]


def test_small_units_cannot_be_put_in_order_of_their_figures(get):
    small = text(get("?enhet=BUF-GRU&dela=enheter"))
    large = text(get("?dela=enheter"))
    assert "ordning=namn" in small and "ordning=sick_leave" not in small
    assert "ordning=sick_leave" in large


def test_pictures_carry_their_caption_source_and_words(get):
    svg = get("?dela=enheter&format=svg&del=tid")
    assert svg["Content-Type"] == "image/svg+xml"
    assert b"<title>Total sjukfr" in svg.content and "Källa: ".encode() in svg.content
    assert get("?format=png&del=tid").content.startswith(b"\x89PNG")
    assert get("?format=png").status_code == 404, "nothing is broken down"
    assert get("?format=exe").status_code == 404


def test_a_figure_leads_to_its_birth_certificate(get, client):
    shown = get("?enhet=BUF").content.decode()
    start = shown.index(reverse("explore:figure"))
    url = shown[start : shown.index('"', start)].replace("&amp;", "&")
    told = text(client.get(url))
    assert "Täljare" in told and "Nämnare" in told and "Rader som räknats" in told
    assert "1 176 (en per person, enhet och månad)" in told.replace("\u202f", " ")


NO_FIGURE = ("", "?matt=x&manad=2023-12", "?matt=sick_leave&manad=2023-12&kon=x", "?enhet=X")


def test_a_figure_that_does_not_exist_is_not_found(get, client):
    for query in NO_FIGURE:
        assert client.get(reverse("explore:figure") + query).status_code == 404, query


def test_nothing_is_loaded_yet(town, client):
    client.force_login(town.user("manager"))
    assert "Inga siffror än" in text(client.get(URL))
    assert "Inga siffror än" in text(client.get(reverse("explore:index")))


def test_every_role_and_size_costs_the_same_number_of_queries(get, client, town, count_queries):
    """But for one that asks which of the shown units a person leads, of those who lead any."""
    costs = {}
    for role in ("employee", "auditor", "manager", "hr_partner"):
        client.force_login(town.user(role))
        get()
        asked = ("", "?dela=namnder", "?dela=enheter", "?matt=lagen", "?dela=personalgrupp")
        costs[role] = {count_queries(lambda query=query: get(query)) for query in asked}
    assert costs["employee"] == costs["auditor"] and len(costs["employee"]) == 1
    assert costs["manager"] == costs["hr_partner"] == {costs["employee"].pop() + 1}


def test_other_municipalities_stand_beside_as_their_median(town, client):
    """The newest whole year that others have published; the page's own is of 2024 or later."""
    walk_comparison.figures(town)
    client.force_login(town.user("employee"))
    asked = f"{URL}?jamfor=kommuner&fonster=manad"
    head, total = rows(client.get(f"{asked}&format=csv"))
    assert re.fullmatch(r"Kommuner, median 20\d\d", head[2]) and re.fullmatch(r"\d,\d", total[2])
    assert "nyckeltal=N00090" in client.get(asked).content.decode()
    groups = rows(client.get(f"{asked}&dela=alder&format=csv"))
    assert groups[2][2] == "–", "others publish no such thing"
