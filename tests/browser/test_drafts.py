"""Nothing that was typed is lost: saved by itself, offered again, kept without contact."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from samkoll.accounts.models import User
from samkoll.desk.models import Draft
from tests.browser.check import check_page, faults

pytestmark = pytest.mark.browser
SAVED = re.compile(r"Utkastet sparades \d\d\.\d\d\.")


@pytest.fixture(autouse=True)
def the_form_alone(settings):
    settings.ROOT_URLCONF = "tests.browser.draft_page"


@pytest.fixture
def form(page, signed_in, someone, live_server):
    signed_in(page, someone)
    page.goto(f"{live_server.url}/prov")
    return page


def write(page, text="Halkrisk vid entrén"):
    page.get_by_label("Text").fill(text)


def state(page):
    return page.locator("[data-draft-state]")


def until(page, fact):
    """What the browser sends while it leaves a page arrives when it arrives: within ten seconds."""
    for _ in range(200):
        if fact():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it never came")


def test_what_is_typed_saves_itself_and_is_offered_again(form, live_server):
    write(form)
    expect(state(form)).to_have_text(SAVED)
    form.reload()
    expect(form.get_by_text("Du har ett utkast från")).to_be_visible()
    expect(form.get_by_label("Text")).to_have_value("")
    check_page(form, f"{live_server.url}/prov", picture="draft-offered")
    form.get_by_role("link", name="Återställ utkastet").click()
    expect(form.get_by_label("Text")).to_have_value("Halkrisk vid entrén")
    assert faults(form) == []


def test_a_draft_that_waits_is_not_written_over(form):
    write(form)
    expect(state(form)).to_have_text(SAVED)
    form.reload()
    write(form, "Något annat")
    form.evaluate("window.dispatchEvent(new Event('pagehide'))")
    form.wait_for_load_state("networkidle")
    assert Draft.objects.get().content == {"text": ["Halkrisk vid entrén"]}


def test_a_draft_is_restored_and_thrown_away_without_script(
    form, no_script, signed_in, someone, live_server
):
    write(form)
    expect(state(form)).to_have_text(SAVED)
    signed_in(no_script, someone).goto(f"{live_server.url}/prov")
    no_script.get_by_role("link", name="Återställ utkastet").click()
    expect(no_script.get_by_label("Text")).to_have_value("Halkrisk vid entrén")
    no_script.get_by_role("button", name="Kasta utkastet").click()
    expect(no_script.get_by_label("Text")).to_have_value("")
    expect(no_script.get_by_text("Du har ett utkast")).to_have_count(0)


def test_saving_at_once_leaves_no_draft(form):
    write(form)
    form.get_by_role("button", name="Spara").click()
    expect(form.locator("h1")).to_have_text("Klart")
    assert not Draft.objects.exists()


def test_leaving_the_page_saves_the_draft(form, live_server):
    write(form)
    form.goto(f"{live_server.url}/klart")
    until(form, Draft.objects.exists)
    form.goto(f"{live_server.url}/prov")
    expect(form.get_by_text("Du har ett utkast från")).to_be_visible()


def test_without_contact_the_text_stays_and_is_sent_when_contact_is_back(form):
    form.context.set_offline(True)
    write(form)
    expect(state(form)).to_contain_text("Ingen kontakt")
    form.get_by_role("button", name="Spara").click()
    expect(form.get_by_label("Text")).to_have_value("Halkrisk vid entrén")
    form.context.set_offline(False)
    expect(state(form)).to_have_text(SAVED)
    assert Draft.objects.get().content == {"text": ["Halkrisk vid entrén"]}


def test_what_was_typed_after_the_session_ended_is_offered_after_signing_in(
    form, signed_in, someone, live_server
):
    form.context.request.get(f"{live_server.url}/slut")
    write(form)
    expect(state(form)).to_contain_text("Du är utloggad")
    signed_in(form, someone).goto(f"{live_server.url}/prov")
    form.get_by_role("link", name="Återställ utkastet").click()
    expect(form.get_by_label("Text")).to_have_value("Halkrisk vid entrén")


def test_another_user_of_the_tab_gets_nothing(form, signed_in, live_server):
    form.context.request.get(f"{live_server.url}/slut")
    write(form)
    expect(state(form)).to_contain_text("Du är utloggad")
    other = User.objects.create_user("annan@exempel.invalid", name="Annan Exempelsson")
    signed_in(form, other).goto(f"{live_server.url}/prov")
    form.wait_for_load_state("networkidle")
    expect(form.get_by_text("Du har ett utkast")).to_have_count(0)
    assert not Draft.objects.exists()
