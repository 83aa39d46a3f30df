"""The main journeys in a browser without JavaScript, from the sign-in page on."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from samkoll.accounts.models import User
from samkoll.imports import jobs
from samkoll.imports.models import Batch
from samkoll.imports.tests.payroll import row, text
from samkoll.reports.tests.conftest import extracted, reports
from samkoll.stats.models import MonthVersion

__all__ = ["extracted", "reports"]

pytestmark = pytest.mark.browser


@pytest.fixture
def town(transactional_db, town):
    """The town as a demo: everybody signs in with one click."""
    User.objects.update(is_demo=True)
    return town


@pytest.fixture
def as_(no_script, town, live_server):
    """Signs in on the sign-in page, where leaving the start page leads."""

    def sign_in(role):
        no_script.goto(live_server.url)
        no_script.get_by_role("button", name=f"Test {role}").click()
        expect(no_script.get_by_role("navigation", name="Huvudmeny")).to_be_visible()
        return no_script

    return sign_in


def test_a_director_reads_the_unit_and_writes_in_the_report(as_, extracted):
    page = as_("director")
    page.get_by_role("link", name="Enheten", exact=True).click()
    expect(page.locator("h1")).to_have_text("Barn- och utbildningsförvaltningen")
    page.get_by_role("link", name="Rapporter", exact=True).click()
    page.get_by_role("row", name="Grundskolenämnden").get_by_role("link").click()
    page.get_by_text("Skriv i rapporten").click()
    page.get_by_role("link", name="ronder").first.click()
    page.locator("[name=text-main]").fill("Ronderna är gjorda i maj.")
    page.get_by_role("button", name="Spara avsnittet").click()
    expect(page.get_by_text("Avsnittet är sparat.")).to_be_visible()
    expect(page.locator("div.doc")).to_contain_text("Ronderna är gjorda i maj.")


def test_a_payroll_file_is_checked_and_counts_after_the_second_answer(as_):
    page = as_("hr_strategist")
    page.get_by_role("link", name="Import").first.click()
    page.get_by_role("link", name="Ny import").first.click()
    rows = [row(number, unit="BUF-SOL") for number in range(3)]
    content = text(*rows).encode("cp1252")
    page.get_by_label("Fil").first.set_input_files(
        {"name": "lön.csv", "mimeType": "text/csv", "buffer": content}
    )
    page.get_by_role("button", name="Kontrollera filen").click()
    worker(jobs.preview)
    page.reload()
    expect(page.get_by_text("Alla rader är godkända.").first).to_be_visible()
    page.get_by_role("button", name="Läs in filen").click()
    worker(jobs.commit, accept_partial=False, confirm_drop=False)
    page.reload()
    expect(page.get_by_text("Filens månader räknas i statistiken.").first).to_be_visible()
    assert MonthVersion.objects.exists()


def worker(task, **options):
    """What the worker does with the batch's job meanwhile."""
    batch = Batch.objects.select_related("job").get()
    assert batch.job is not None
    task(batch_id=batch.pk, job_id=batch.job.pk, actor_id=batch.job.owner_id, **options)
