"""A list is found again as it was left: by its owner, under a name of its own."""

from __future__ import annotations

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from samkoll.desk import queries, services
from samkoll.desk.models import SavedView

SAVE = reverse("desk:save_view", args=["actions"])


@pytest.fixture
def manager(town):
    return town.user("manager")


def save(owner, name="Försenade", query="status=late", page="actions"):
    return services.save_view(owner=owner, page=page, name=name, query=query)


def views(user, query="", page="actions"):
    return queries.saved_views(user, page, QueryDict(query))


def test_a_saved_view_is_a_link_and_marked_where_it_is_shown(manager):
    save(manager, query="status=late&ordning=-klar&sida=3&q=")
    shown = views(manager, "ordning=-klar&status=late&sida=2")
    assert [(v.name, v.url, v.current) for v in shown.views] == [
        ("Försenade", "?ordning=-klar&status=late", True)
    ]
    assert not shown.can_save
    assert views(manager, "status=open").can_save
    assert not views(manager).can_save


@given(st.dictionaries(st.sampled_from("abc"), st.lists(st.text(max_size=5), max_size=3)))
def test_the_same_filters_are_the_same_view_in_whatever_order(filters):
    one, other = QueryDict(mutable=True), QueryDict(mutable=True)
    for name, values in filters.items():
        one.setlist(name, values)
        other.setlist(name, values[::-1])
    turned = QueryDict(mutable=True)
    for name in reversed(list(other)):
        turned.setlist(name, other.getlist(name))
    saved = queries.normalised(one)
    assert saved == queries.normalised(turned) == queries.normalised(QueryDict(saved))


def test_views_are_their_owners_and_their_lists(town, manager):
    save(manager)
    assert not views(town.user("outsider")).views
    assert not views(manager, page="risks").views


def test_views_cost_one_query_however_many(manager, count_queries):
    save(manager)
    one = count_queries(lambda: views(manager))
    for number in range(20):
        save(manager, name=f"Vy {number}")
    assert count_queries(lambda: views(manager)) == one == 1


def test_a_name_is_used_once_also_in_capitals(manager):
    save(manager)
    with pytest.raises(services.CannotSaveView, match="redan en vy som heter FÖRSENADE"):
        save(manager, name="FÖRSENADE")
    other = save(manager, name="Mina")
    with pytest.raises(services.CannotSaveView, match="Välj ett annat namn"):
        services.rename_view(view=other, name="Försenade")
    save(manager, page="risks")


def test_a_list_has_thirty_views_and_an_address_an_end(manager):
    for number in range(30):
        save(manager, name=f"Vy {number}")
    with pytest.raises(services.CannotSaveView, match="redan 30 vyer"):
        save(manager)
    with pytest.raises(services.CannotSaveView, match="Filtren är för många"):
        save(manager, page="risks", query="q=" + "x" * 2000)


def test_saving_leads_back_to_the_list_and_says_so(client, manager):
    client.force_login(manager)
    sent = {"name": " Försenade ", "query": "status=late", "next": "/atgarder/?status=late"}
    answer = client.post(SAVE, sent)
    assert answer.headers["Location"] == "/atgarder/?status=late"
    assert SavedView.objects.get(owner=manager).name == "Försenade"


def test_a_name_that_is_taken_asks_again_and_keeps_what_was_typed(client, manager):
    save(manager)
    client.force_login(manager)
    sent = {"name": "Försenade", "query": "status=open", "next": "/atgarder/"}
    answer = client.post(SAVE, sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "redan en vy som heter Försenade" in text
    assert 'value="status=open"' in text and 'href="/atgarder/"' in text
    assert client.post(SAVE, {**sent, "name": "Öppna"}).status_code == 302


def test_a_view_is_renamed_and_removed_by_its_owner_only(client, town, manager):
    view = save(manager)
    rename = reverse("desk:rename_view", args=[view.pk])
    remove = reverse("desk:remove_view", args=[view.pk])
    client.force_login(town.user("outsider"))
    assert client.post(rename, {"name": "X"}).status_code == 404
    assert client.post(remove).status_code == 404
    client.force_login(manager)
    assert client.post(rename, {"name": "", "next": "/a/"}).status_code == 422
    assert client.post(rename, {"name": "Sena", "next": "/a/"}).headers["Location"] == "/a/"
    assert views(manager).views[0].name == "Sena"
    assert client.post(remove, {"next": "https://exempel.invalid/"}).headers["Location"] == "/"
    assert not SavedView.objects.exists()


def test_the_lists_own_part_has_links_a_form_and_every_view_to_change(manager):
    save(manager, name="<Sena>")
    request = RequestFactory().get("/atgarder/", {"status": "open", "sida": "2"})
    request.user = manager
    saved = queries.saved_views(manager, "actions", request.GET)
    text = render_to_string("desk/_saved_views.html", {"saved": saved}, request)
    assert "&lt;Sena&gt;" in text and 'href="?status=late"' in text
    assert 'name="query" value="status=open"' in text
    assert 'name="next" value="/atgarder/?status=open&amp;sida=2"' in text
    assert text.count("csrfmiddlewaretoken") == 2
