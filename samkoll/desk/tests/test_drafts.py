"""What is typed is kept as a draft for its owner alone, until the form is saved."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django import forms
from django.test import RequestFactory
from django.urls import reverse

from samkoll.desk import drafts, queries, services
from samkoll.desk.models import Draft

NOW = datetime(2024, 5, 15, 12, 2, tzinfo=UTC)
TODAY = date(2024, 5, 15)
SAVE = reverse("desk:draft", args=["form-1"])
DISCARD = reverse("desk:discard_draft", args=["form-1"])


class Form(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField()
    share = forms.DecimalField(localize=True)
    sure = forms.BooleanField(required=False)
    areas = forms.MultipleChoiceField(choices=[("1", "a"), ("2", "b"), ("3", "c")])


@pytest.fixture
def manager(town):
    return town.user("manager")


def keep(owner, *, key="form-1", now=NOW, **content):
    services.save_draft(owner=owner, key=key, content=content or {"text": ["Halt"]}, now=now)


def page(user, query="", method="get"):
    request = getattr(RequestFactory(), method)(f"/sida/{query}")
    request.user = user
    return drafts.of(request, "form-1", today=TODAY)


def test_a_form_sends_its_fields_and_gets_no_page_back(client, manager):
    client.force_login(manager)
    answer = client.post(SAVE, {"text": "Halt", "areas": ["1", "3"], "csrfmiddlewaretoken": "x"})
    assert (answer.status_code, answer.content) == (204, b"")
    kept = Draft.objects.get(owner=manager, key="form-1")
    assert kept.content == {"text": ["Halt"], "areas": ["1", "3"]}


def test_a_later_draft_replaces_the_earlier(manager):
    keep(manager, text=["ett"])
    keep(manager, text=["två"])
    assert [draft.content for draft in Draft.objects.all()] == [{"text": ["två"]}]


def test_nobody_else_sees_or_discards_it(client, town, manager):
    keep(manager)
    outsider = town.user("outsider")
    client.force_login(outsider)
    client.post(DISCARD)
    assert not page(outsider).offered
    assert page(manager).offered


def test_a_discarded_draft_leads_back_to_its_form(client, manager):
    keep(manager)
    client.force_login(manager)
    assert client.post(DISCARD, {"next": "/sida/"}).headers["Location"] == "/sida/"
    assert queries.draft_of(manager, "form-1") is None


def test_a_discarded_draft_leads_nowhere_else(client, manager):
    client.force_login(manager)
    answer = client.post(DISCARD, {"next": "https://exempel.invalid/"})
    assert answer.headers["Location"] == "/"


def test_a_draft_of_more_than_half_a_million_characters_is_refused(client, manager):
    client.force_login(manager)
    answer = client.post(SAVE, {"text": "x" * 500_001})
    assert answer.status_code == 422
    assert "för stort" in answer.content.decode()


def test_old_drafts_and_more_than_fifty_go(manager):
    keep(manager, key="old", now=NOW - timedelta(days=91))
    for number in range(52):
        keep(manager, key=f"form-{number}", now=NOW + timedelta(seconds=number))
    kept = set(Draft.objects.values_list("key", flat=True))
    assert kept == {f"form-{number}" for number in range(2, 52)}


def test_a_page_offers_a_draft_with_its_time_and_fills_nothing(manager):
    keep(manager)
    form, draft = Form(initial={"text": "sparat"}), page(manager)
    draft.fill(form)
    assert (draft.offered, draft.saved, form["text"].value()) == (True, "14.02", "sparat")


def test_another_days_draft_says_the_day(manager):
    keep(manager, now=NOW - timedelta(days=1))
    assert page(manager).saved == "14 maj 14.02"


def test_a_restored_draft_stands_in_the_fields_also_the_hidden_version(manager):
    typed = {
        "text": ["Halt"],
        "share": ["7,"],
        "areas": ["1", "3"],
        "version": ["3"],
        "gone": ["x"],
    }
    keep(manager, **typed)
    form, draft = Form(initial={"version": 4, "sure": True}), page(manager, "?utkast=aterstall")
    draft.fill(form)
    values = {name: form[name].value() for name in form.fields}
    assert draft.restored
    assert values == {
        "version": "3",
        "text": "Halt",
        "share": "7,",
        "sure": False,
        "areas": ["1", "3"],
    }
    assert 'value="7,"' in str(form["share"])


def test_a_form_that_came_back_with_errors_offers_nothing(manager):
    keep(manager)
    shown = page(manager, method="post")
    assert (shown.offered, shown.restored) == (False, False)


def test_somebody_who_is_not_signed_in_keeps_nothing(client, db):
    assert client.post(SAVE, {"text": "Halt"}).status_code == 302
    assert not Draft.objects.exists()
