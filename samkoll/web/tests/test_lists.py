"""Lists live in their address: sorting, filters and pages."""

from __future__ import annotations

from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse

from samkoll.web import lists
from samkoll.web.tables import Column

COLUMNS = (Column("Enhet", key="enhet"), Column("Timmar"))


def test_an_unknown_sorting_falls_back_to_the_default():
    assert lists.sort_of(QueryDict("ordning=lösenord"), ("enhet",), "-enhet").word == "-enhet"


def test_a_head_clicked_twice_turns_the_order_and_starts_over():
    query = QueryDict("sida=3&status=ny")
    first = lists.heads(query, COLUMNS, None)[0]
    assert (first.url, first.sorted) == ("?status=ny&ordning=enhet", "none")
    again = lists.heads(query, COLUMNS, lists.Sort("enhet"))[0]
    assert (again.url, again.sorted) == ("?status=ny&ordning=-enhet", "ascending")


def test_a_column_without_key_is_not_a_link():
    assert lists.heads(QueryDict(), COLUMNS, None)[1].url == ""


def test_chips_switch_on_and_off_and_keep_the_rest_of_the_address():
    query = QueryDict("status=ny&ordning=enhet&sida=2")
    both = lists.filter_of(query, "status", "Läge", [("ny", "Ny"), ("klar", "Klar")])
    assert [(c.on, c.url) for c in both.chips] == [
        (True, "?ordning=enhet"),
        (False, "?ordning=enhet&status=ny&status=klar"),
    ]


def test_one_of_several_replaces_the_other():
    query = QueryDict("ar=2023")
    years = lists.filter_of(query, "ar", "År", [("2023", ""), ("2024", "")], several=False)
    assert [c.url for c in years.chips] == ["?", "?ar=2024"]


def test_a_page_past_the_end_shows_the_last():
    page = lists.page_of(RequestFactory().get("/?sida=99"), range(120))
    assert (page.number, len(page.object_list)) == (3, 20)


def test_only_a_filter_in_use_can_be_cleared():
    shown = [
        render_to_string("web/filters.html", {"filters": [chips(query)], "clear_url": "/rensa"})
        for query in ("", "status=a")
    ]
    assert ["/rensa" in page for page in shown] == [False, True]


def chips(query):
    return lists.filter_of(QueryDict(query), "status", "Läge", [("a", "Öppen"), ("b", "Klar")])


def test_the_addresses_of_rows_are_those_that_reverse_makes():
    url = lists.address_of("actions:edit")
    assert [url(7), url(1_234_567_890)] == [
        reverse("actions:edit", args=[pk]) for pk in (7, 1_234_567_890)
    ]
