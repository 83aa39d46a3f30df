"""From the menu to a figure's birth certificate, on a phone without JavaScript."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import fastexcel
import pytest
from django.conf import settings
from playwright.sync_api import Locator, Page, expect

from samkoll.explore.tests.walk_exploring import figures

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(browser, transactional_db, town, signed_in, live_server):
    """The start page of an upper manager, with figures of two years."""
    figures(town)
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, java_script_enabled=False, locale="sv-SE"
    )
    context.set_default_timeout(10_000)
    page = signed_in(context.new_page(), town.user("upper_manager"))
    page.goto(live_server.url)
    yield page
    context.close()


def test_from_the_menu_to_where_a_figure_comes_from(phone):
    page = phone
    page.get_by_role("link", name="Mer", exact=True).click()
    page.get_by_role("navigation", name="Huvudmeny").get_by_role("link", name="Statistik").click()
    follow(page, "Sjukfrånvaro per nämnd")
    expect(table(page)).to_contain_text("Grundskolenämnden")
    narrow(page)
    assert re.findall(r"\d+,\d", table(page).locator("tbody").inner_text()) == [
        *("8,1", "8,1", "0,0"), *("10,0", "10,0", "0,0"), *("5,0", "5,0", "0,0")
    ]  # fmt: skip
    take_along(page)
    save(page)
    read_its_birth_certificate(page)


def narrow(page: Page) -> None:
    """One administration, by sex."""
    page.get_by_text("Välj vad du vill se").click()
    page.get_by_label("Enhet, kod eller namn").fill("buf")
    page.get_by_role("main").get_by_role("button", name="Visa", exact=True).click()
    follow(page, "Kön")
    expect(page).to_have_url(f"{page.url.split('?')[0]}?enhet=BUF&dela=kon")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    expect(page.locator("main figure.chart").last).to_be_visible()


def take_along(page: Page) -> None:
    """The table as CSV and XLSX, the curve as SVG: what the page shows."""
    with download(page, "CSV").open(encoding="utf-8-sig", newline="") as file:
        head, total, *_rest = csv.reader(file, delimiter=";")
    assert head[1] == "Total sjukfrånvaro, R12 2023-12, procent" and total[1] == "8,1"
    book = fastexcel.read_excel(str(download(page, "XLSX")))
    assert book.load_sheet(0).to_polars()[0, 1] == 8.1 and len(book.sheet_names) == 2
    assert "<title>Total sjukfrånvaro" in download(page, "SVG").read_text("utf-8")


def save(page: Page) -> None:
    page.get_by_text("Spara vyn").first.click()
    page.get_by_label("Vyns namn").fill("BUF efter kön")
    page.get_by_role("button", name="Spara vyn").click()
    expect(page.get_by_role("link", name="BUF efter kön")).to_have_attribute("aria-current", "true")


def read_its_birth_certificate(page: Page) -> None:
    table(page).get_by_role("link", name="10,0").first.click()
    expect(page.locator("h1")).to_have_text("Total sjukfrånvaro, kvinnor")
    for told in ("Täljare", "Nämnare", "Rader som räknats", "Underlagets kontrollsumma"):
        expect(page.get_by_role("term").filter(has_text=told)).to_be_visible()


def table(page: Page) -> Locator:
    return page.get_by_role("main").get_by_role("table").first


def follow(page: Page, link: str) -> None:
    page.get_by_role("main").get_by_role("link", name=link, exact=True).first.click()


def download(page: Page, kind: str) -> Path:
    with page.expect_download() as waiting:
        page.get_by_role("main").get_by_role("link", name=kind, exact=True).first.click()
    target = Path(settings.RESULTS) / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target
