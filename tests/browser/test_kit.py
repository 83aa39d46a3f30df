"""The kit in a browser: accessible, refuses partial requests without losing the page."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from samkoll.web import registry
from samkoll.web.tests.menu import full_menu
from tests.browser.check import check_page, check_without_script, faults

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def the_floor_alone(settings, monkeypatch):
    settings.ROOT_URLCONF = "samkoll.web.tests.urls"
    monkeypatch.setattr(registry, "frame", full_menu())


@pytest.fixture
def kit(page, signed_in, someone, live_server):
    signed_in(page, someone)
    page.goto(f"{live_server.url}/kit")
    return page


@pytest.mark.parametrize("path", ["kit", "kit/formular", "kit/bekrafta"])
def test_a_page_of_the_floor_is_accessible_at_both_widths(kit, live_server, path):
    check_page(kit, f"{live_server.url}/{path}", picture=path.replace("/", "-"))


@pytest.mark.parametrize(("path", "status"), [("forbids", 403), ("fails", 422), ("nowhere", 404)])
def test_a_page_that_says_no_is_accessible(kit, live_server, path, status):
    check_page(kit, f"{live_server.url}/{path}", status=status, picture=path)


def test_the_menu_of_a_phone_opens_without_script(no_script, signed_in, someone, live_server):
    no_script.set_viewport_size({"width": 360, "height": 800})
    signed_in(no_script, someone)
    check_without_script(no_script, f"{live_server.url}/kit")
    expect(no_script.get_by_role("link", name="Statistik", exact=True)).to_be_hidden()
    no_script.get_by_role("link", name="Mer", exact=True).click()
    expect(no_script.get_by_role("link", name="Statistik", exact=True)).to_be_visible()


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [("403", "Bara enhetens chef"), ("404", "Sidan finns inte"), ("422", "redan låst")],
)
def test_a_refused_partial_request_says_why_and_changes_nothing(kit, kind, sentence):
    kit.get_by_role("button", name=f"Pröva {kind}").click()
    expect(kit.locator("#messages")).to_contain_text(sentence)
    expect(kit.get_by_role("button", name=f"Pröva {kind}")).to_be_visible()
    assert faults(kit) == []


def test_a_row_is_swapped_where_it_stands(kit):
    kit.locator("#action-1").get_by_role("button", name="Avsluta").click()
    expect(kit.locator("#action-1")).to_contain_text("Klar")
    expect(kit.locator("tr#action-1")).to_have_count(1)


def test_a_row_becomes_a_page_without_script(no_script, signed_in, someone, live_server):
    signed_in(no_script, someone).goto(f"{live_server.url}/kit")
    no_script.locator("#action-1").get_by_role("button", name="Avsluta").click()
    expect(no_script.locator("h1")).to_have_text("Åtgärd (exempel)")
    expect(no_script.locator("tr#action-1")).to_contain_text("Klar")


def test_a_form_with_errors_moves_to_their_summary(kit, live_server):
    kit.goto(f"{live_server.url}/kit/formular")
    kit.get_by_label("Beskrivning").fill("Halkrisk vid entrén")
    kit.get_by_role("button", name="Spara").click()
    expect(kit.get_by_role("group", name="Rätta det här")).to_be_focused()
    expect(kit.get_by_label("Beskrivning")).to_have_value("Halkrisk vid entrén")
    kit.get_by_role("link", name="Risk: Detta fält").first.click()
    expect(kit.get_by_label("Risk", exact=True)).to_be_focused()
    assert faults(kit) == []


def test_a_lost_connection_says_that_nothing_is_lost(kit):
    kit.context.set_offline(True)
    kit.get_by_role("button", name="Pröva 422").click()
    expect(kit.locator("#messages")).to_contain_text("Det du har skrivit finns kvar")


def test_a_slash_goes_to_the_search_box(kit):
    kit.keyboard.press("/")
    expect(kit.get_by_role("searchbox")).to_be_focused()
