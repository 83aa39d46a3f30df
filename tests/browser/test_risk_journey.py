"""A risk's whole way on a phone without JavaScript: found, acted on, late, handed up, answered,
done, followed up, reported to the board, printed in the report of the year."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from samkoll.accounts.models import User
from samkoll.reports.tests.conftest import extracted, reports

__all__ = ["extracted", "reports"]

pytestmark = pytest.mark.browser

RISK, ACTION = "Buller i matsalen", "Sätt upp ljudabsorbenter"


@pytest.fixture
def town(transactional_db, town):
    User.objects.update(is_demo=True)
    return town


@pytest.fixture
def as_(browser, town, live_server):
    """The start page of a role, on a phone of its own without JavaScript."""
    phones: dict[str, Page] = {}

    def start(role: str) -> Page:
        if role not in phones:
            context = browser.new_context(
                viewport={"width": 360, "height": 740}, java_script_enabled=False, locale="sv-SE"
            )
            context.set_default_timeout(10_000)
            phones[role] = context.new_page()
            phones[role].goto(live_server.url)
            phones[role].get_by_role("button", name=f"Test {role}").click()
        phones[role].goto(live_server.url)
        expect(phones[role].locator("h1")).to_have_text("Att göra")
        return phones[role]

    yield start
    for phone in phones.values():
        phone.context.close()


def choose(page: Page, question: str, answer: str) -> None:
    page.get_by_role("group", name=question).get_by_label(answer).check()


def press(page: Page, button: str) -> None:
    page.get_by_role("main").get_by_role("button", name=button, exact=True).first.click()


def menu(page: Page, entry: str) -> None:
    page.get_by_role("link", name="Mer", exact=True).click()
    page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name=entry).click()


def follow(page: Page, link: str) -> None:
    page.get_by_role("main").get_by_role("link", name=link, exact=True).first.click()


def test_from_a_found_risk_to_the_boards_report(as_, extracted, live_server):
    find(as_("manager"))
    act_too_late(as_("manager"))
    hand_up(as_("manager"))
    answer(as_("upper_manager"))
    tick_off(as_("manager"))
    carry_out(as_("manager"))
    follow_up(as_("manager"))
    report(as_("manager"))
    read(as_("director"))


def find(page: Page) -> None:
    menu(page, "Risker och åtgärder")
    follow(page, "Risker")
    follow(page, "Ny risk")
    page.get_by_label("Vad består risken i?").fill(RISK)
    choose(page, "Sannolikhet", "3. Sannolik")
    choose(page, "Konsekvens", "3. Allvarlig")
    press(page, "Spara bedömningen")
    expect(page.locator("h1")).to_have_text("Ny risk")  # serious or not is for a person to say
    expect(page.get_by_label("Vad består risken i?")).to_have_value(RISK)
    choose(page, "Är risken allvarlig?", "Ja")
    press(page, "Spara bedömningen")
    expect(page.locator("h1")).to_have_text(RISK)


def act_too_late(page: Page) -> None:
    """A day that has passed is taken with a reason, and is late at once."""
    open_risk(page)
    follow(page, "Ny åtgärd")
    page.get_by_label("Vad ska göras?").fill(ACTION)
    page.get_by_label("Önskad effekt").fill("Det går att prata utan att höja rösten.")
    passed = timezone.localdate() - timedelta(days=3)
    page.get_by_label("Klar senast").fill(passed.isoformat())
    press(page, "Lägg till åtgärden")
    expect(page.get_by_text("Slutdatumet har redan passerat.").first).to_be_visible()
    page.locator("[name=reason]").fill("Vi lovade det på ronden och skriver in det nu.")
    press(page, "Lägg till åtgärden")
    expect(page.get_by_role("main").get_by_role("link", name=ACTION).first).to_be_visible()


def hand_up(page: Page) -> None:
    expect(page.get_by_role("heading", name="Försenat", exact=True)).to_be_visible()
    open_row(page)
    follow(page, "Lyft frågan uppåt")
    choose(page, "Varför kan ni inte åtgärda det själva?", "Vi saknar resurser")
    page.get_by_label("Beskriv skälet och vad ni behöver").fill("Absorbenterna ryms inte i år.")
    press(page, "Lyft frågan")
    expect(page.get_by_text("Väntar på svar").first).to_be_visible()


def answer(page: Page) -> None:
    open_row(page)
    choose(page, "Svar", "Lämnar tillbaka med resurser")
    page.locator("[name=text]").fill("Ni får 40 000 kronor i år.")
    press(page, "Skicka svaret")


def tick_off(page: Page) -> None:
    page.get_by_role("main").get_by_role("link", name="Läs och kvittera").first.click()
    expect(page.get_by_text("Ni får 40 000 kronor i år.").first).to_be_visible()
    press(page, "Kvittera svaret")


def carry_out(page: Page) -> None:
    open_row(page)
    press(page, "Påbörja åtgärden")
    follow(page, "Markera som genomförd")
    page.get_by_label("Effekten följs upp").fill(timezone.localdate().isoformat())
    press(page, "Markera som genomförd")
    expect(page.get_by_text("Genomförd, effekten följs upp").first).to_be_visible()


def follow_up(page: Page) -> None:
    page.get_by_role("main").get_by_role("link", name="Följ upp effekten").first.click()
    choose(page, "Nåddes den önskade effekten?", "Önskad effekt nådd")
    page.get_by_label("Hur syns det?").fill("Mätningen visar 62 dB.")
    page.get_by_label("Skyddsombud medverkade").check()
    page.get_by_label(f"Sannolikhet nu: {RISK}").select_option("1")
    page.get_by_label(f"Konsekvens nu: {RISK}").select_option("3")
    choose(page, "Vad leder uppföljningen till?", "Avsluta åtgärden")
    press(page, "Spara uppföljningen")
    expect(page.get_by_text("Avslutad").first).to_be_visible()


def report(page: Page) -> None:
    open_risk(page)
    expect(page.get_by_role("main").get_by_text("Låg (3)").first).to_be_visible()
    follow(page, "Rapportera vidare")
    page.get_by_label("Nämnd").select_option(label="Grundskolenämnden")
    page.get_by_label("Rapportår").fill("2024")
    page.get_by_label(ACTION).check()
    press(page, "Rapportera vidare")
    expect(page.get_by_role("main").get_by_text("2024").first).to_be_visible()


def read(page: Page) -> None:
    menu(page, "Rapporter")
    page.get_by_role("main").get_by_role("row", name="Grundskolenämnden").get_by_role(
        "link"
    ).first.click()
    expect(page.locator("div.doc")).to_contain_text(RISK)
    expect(page.locator("div.doc")).to_contain_text(ACTION)


def open_row(page: Page) -> None:
    """The first thing to do that is about the action, by its one button."""
    row = page.get_by_role("main").get_by_role("listitem").filter(has_text=ACTION)
    row.first.get_by_role("link").click()


def open_risk(page: Page) -> None:
    menu(page, "Risker och åtgärder")
    follow(page, "Risker")
    follow(page, RISK)
