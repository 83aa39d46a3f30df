"""Every answer carries the policy; refusals say why; regions and pages share a template."""

from __future__ import annotations

import logging

import pytest
from django.test import Client, RequestFactory

from samkoll.accounts.models import User
from samkoll.web import context, htmx, registry
from samkoll.web.tests.menu import full_menu

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture(autouse=True)
def the_floor_alone(settings, monkeypatch):
    settings.ROOT_URLCONF = "samkoll.web.tests.urls"
    monkeypatch.setattr(registry, "frame", full_menu())


@pytest.fixture
def someone(db):
    return User.objects.create_user("exempel@exempel.invalid", name="Exempel Exempelsson")


@pytest.fixture
def browser(someone):
    client = Client(raise_request_exception=False)
    client.force_login(someone)
    return client


@pytest.mark.parametrize("path", ["/kit", "/nowhere", "/breaks", "/forbids", "/fails"])
def test_every_answer_has_the_strict_policy(browser, path):
    answer = browser.get(path)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "data:" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "HX-Request" in answer.headers["Vary"]
    assert "no-cache" in answer.headers["Cache-Control"]


def test_the_kit_and_its_pages_ask_for_signing_in(db):
    for path in ("/kit", "/kit/formular", "/kit/bekrafta"):
        assert Client().get(path).status_code == 302


def test_the_accessibility_statement_and_the_language_are_open(db):
    assert Client().get("/tillganglighet").status_code == 200
    answer = Client().post("/sprak", {"language": "en", "next": "/tillganglighet"})
    assert answer.headers["Location"] == "/tillganglighet"


def test_a_partial_request_of_a_signed_out_person_goes_to_the_sign_in_page(db):
    answer = Client().get("/kit", headers=PARTIAL)
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].startswith("/konto/")


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/forbids", 403, "Bara enhetens chef kan se sidan."),
        ("/fails", 422, "Månaden är låst. Välj en senare månad."),
        ("/nowhere", 404, "Sidan finns inte"),
    ],
)
def test_a_refusal_says_why_as_a_page_and_as_a_notice(browser, path, status, words):
    page, notice = browser.get(path), browser.get(path, headers=PARTIAL)
    assert (page.status_code, notice.status_code) == (status, status)
    assert words in page.content.decode()
    assert words in notice.content.decode()
    assert "<html" in page.content.decode()
    assert "<html" not in notice.content.decode()
    assert notice.headers["HX-Retarget"] == "#messages"


def test_a_fault_of_ours_is_logged_with_the_number_that_the_page_shows(browser, caplog):
    with caplog.at_level(logging.ERROR, "samkoll.web.problems"):
        answer = browser.get("/breaks")
    (record,) = [r for r in caplog.records if r.name == "samkoll.web.problems"]
    number = str(record.args[0]) if isinstance(record.args, tuple) else ""
    assert answer.status_code == 500
    assert number in answer.content.decode()
    assert record.exc_info
    assert "on purpose" not in answer.content.decode()


def test_a_region_is_alone_for_htmx_and_in_the_frame_without(browser):
    whole, region = browser.post("/kit/rad/1"), browser.post("/kit/rad/1", headers=PARTIAL)
    assert region.content.decode().lstrip().startswith("<tr")
    assert "<main" in whole.content.decode()
    assert '<tr role="row" id="action-1"' in whole.content.decode()


def test_an_invalid_form_is_422_with_its_errors(browser):
    answer = browser.post("/kit/formular", {"title": ""}, headers=PARTIAL)
    assert answer.status_code == 422
    assert "Rätta det här" in answer.content.decode()


def test_a_redirect_of_a_partial_request_is_followed_as_a_page(browser):
    answer = browser.post("/kit/bekrafta", headers=PARTIAL)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (204, "/kit")


def test_a_boosted_link_asks_for_a_whole_page():
    ask = RequestFactory().get("/", headers={**PARTIAL, "HX-Request-Type": "full"})
    assert not htmx.is_partial(ask)


def test_the_menu_has_nine_entries_at_most_and_marks_the_current_one(browser):
    frame = browser.get("/kit").context["frame"]
    assert len(frame.menu) + bool(frame.more) == context.MOST_ENTRIES
    assert [item.label for item in frame.menu if item.current] == ["Risker och åtgärder"]
    assert [item.label for item in frame.phone] == ["Att göra", "Rapportera"]


def test_the_same_key_twice_in_the_menu_is_a_mistake():
    entry = registry.MenuEntry("a", "A", "home", 1, url=lambda unit: "/")
    menu = registry.Registry()
    menu.add(entry)
    with pytest.raises(ValueError, match="already registered"):
        menu.add(entry)
