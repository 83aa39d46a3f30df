"""Statistics sheets: figures that everybody may see, on paper, in a workbook, by schedule."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from pypdf import PdfReader

from samkoll.core.months import Month
from samkoll.core.text import MINUS
from samkoll.desk.models import Job, JobState, Notice
from samkoll.explore import cli, jobs, sheets, sheets_services
from samkoll.explore.sheets_models import Sheet, SheetRun, SheetSchedule
from samkoll.explore.sheets_services import Choice
from samkoll.explore.tests import walk_sheets
from samkoll.explore.tests.walk_sheets import MONTH, NOW
from samkoll.org import services
from samkoll.stats import queries as stats
from samkoll.stats.engine.hierarchy import Scope
from tests.town import ACTOR, START, TODAY

HIDDEN = ("12,3", "12.3", "1974")
"""What the small school's figures would look like."""


@pytest.fixture
def facts(town):
    walk_sheets.figures(town)
    return stats.current_facts()


@pytest.fixture
def run(facts):
    return walk_sheets.run()


def sheet_of(town, who, facts) -> sheets.Sheet:
    (receiver,) = sheets.receivers(TODAY, [town.people[who].pk])
    return sheets.sheet(receiver, sheets.ground(facts, MONTH))


def kept(town, who) -> Sheet:
    return Sheet.objects.get(person=town.people[who])


def pages(data) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(bytes(data))).pages)
    return " ".join(text.replace(MINUS, "-").split())


def table(data, name) -> dict[str, tuple[object, ...]]:
    """Rows of one worksheet by their first cell."""
    frame = pl.read_excel(io.BytesIO(bytes(data)), sheet_name=name, has_header=False)
    return {str(row[0]): row[1:] for row in frame.iter_rows()}


def test_the_receivers_own_units_come_first_then_the_administration_and_the_whole(town, facts):
    rows = sheet_of(town, "upper_manager", facts).sick
    assert [(row.name, row.own) for row in rows] == [
        ("Grundskola", True),
        ("Solskolan", True),
        ("Ängsskolan", True),
        ("Barn- och utbildningsförvaltningen", False),
        ("Exempelkommunen", False),
    ]


def test_every_figure_is_the_published_one_of_the_statistics(town, facts):
    shown = sheet_of(town, "director", facts)
    for row, code in ((shown.sick[0], "BUF"), (shown.sick[-1], "EXK")):
        scope = Scope(town.units[code].pk)
        for sex in ("total", "women", "men"):
            figure = stats.figure(scope, "sick_leave", sex, MONTH, facts)
            assert getattr(row, sex).text == figure.text
    boards = {row.name: row.total.text for row in shown.boards}
    board = Scope(board=town.boards["FSN"].pk)
    assert (
        boards["Förskolenämnden"] == stats.figure(board, "sick_leave", "total", MONTH, facts).text
    )
    assert boards["Förskolenämnden"] == "10,0"


def test_whoever_leads_the_whole_municipality_is_told_of_it_once(town, facts):
    services.appoint(
        person=town.people["auditor"],
        unit=town.top,
        title="Kommundirektör",
        is_manager=True,
        valid_from=START,
        actor=ACTOR,
    )
    shown = sheet_of(town, "auditor", facts)
    assert shown.sick[0].name == "Exempelkommunen"
    assert "I hela kommunen" not in shown.sentence
    assert [series.name for series in shown.curve.series] == ["Exempelkommunen"]


def test_sexes_stand_from_the_administration_up_only(town, facts):
    own, *_inner, above, whole = sheet_of(town, "manager", facts).sick
    assert own.women.text == own.men.text == ".."
    assert above.women.value is not None or above.women.text == ".."
    assert whole.women.value is not None


def test_paper_and_workbook_show_what_the_sheet_says(town, facts, run):
    shown, files = sheet_of(town, "director", facts), kept(town, "director")
    paper = pages(files.pdf)
    assert "Statistik helåret 2023" in paper
    book = table(files.xlsx, "Dina enheter")
    for row in shown.sick:
        values = (row.total, row.women, row.men, row.short, row.long, row.before, row.change)
        texts = " ".join(each.text.replace(MINUS, "-") for each in values)
        assert texts in paper, row.name
        for cell, each in zip(book[row.name], values, strict=False):
            text = "" if cell is None else str(cell)
            assert text == each.text if each.value is None else float(text) == float(each.value)
    hours = table(files.xlsx, "Omsättning och timmar")["Exempelkommunen"]
    extra = stats.figure(Scope(town.top.pk), "extra_hours", "total", MONTH, facts)
    assert float(str(hours[5])) == float(extra.value or 0) > 0


def test_a_small_group_is_nowhere_in_any_managers_files(run):
    assert run.made == Sheet.objects.count() > 3
    for sheet in Sheet.objects.all():
        paper = pages(sheet.pdf)
        assert not any(hidden in paper for hidden in HIDDEN), sheet.units
        for name in ("Dina enheter", "Nämnder", "Omsättning och timmar", "Utveckling"):
            row = table(sheet.xlsx, name).get("Ängsskolan")
            assert row is None or {str(cell) for cell in row if cell is not None} == {".."}


def test_managers_are_told_without_a_figure_or_a_unit(town, run):
    assert run.mailed == len(mail.outbox) == Notice.objects.count()
    told = next(message for message in mail.outbox if "manager@exempel.invalid" in message.to)
    words = f"{told.subject} {told.body}"
    assert reverse("explore:sheets") in words
    assert not any(name in words for name in ("Solskolan", "procent", "%"))
    assert not any(letter.isdigit() for letter in words.split("http", maxsplit=1)[0])


def test_a_new_run_takes_the_place_of_the_earlier_and_can_be_silent(run):
    count, sent = Sheet.objects.count(), len(mail.outbox)
    walk_sheets.run(mail=False)
    assert Sheet.objects.count() == count
    assert len(mail.outbox) == sent
    assert set(Sheet.objects.values_list("run", flat=True)) == {SheetRun.objects.latest("pk").pk}


def test_a_month_without_facts_has_no_sheets_and_says_so(town, facts):
    with pytest.raises(sheets.NoSheetMonth, match="2024-01"):
        sheets.ground(facts, Month.of(2024, 1))


def test_one_sees_the_own_sheets_and_hr_sees_all(client, town):
    url = reverse("explore:sheet_file", kwargs=walk_sheets.made(town))
    for who, status in (("manager", 200), ("upper_manager", 404), ("hr_strategist", 200)):
        client.force_login(town.user(who))
        assert client.get(url).status_code == status
    assert client.get(url, {"format": "docx"}).status_code == 404


def test_fifty_sheets_are_listed_with_as_many_queries_as_one(client, town, count_queries):
    client.force_login(town.user("hr_strategist"))
    walk_sheets.made(town)
    sheet = Sheet.objects.get()
    url = reverse("explore:sheets")
    client.get(url)
    few = count_queries(lambda: client.get(url))
    for back in range(1, 40):
        sheet.pk, sheet.month = None, sheet.month - back
        sheet.save(force_insert=True)
    assert count_queries(lambda: client.get(url)) == few


def test_hr_starts_a_run_and_sees_how_it_went(client, town, facts):
    client.force_login(town.user("hr_strategist"))
    asked = client.post(reverse("explore:sheets_run"), {"run-month": "2023-12"})
    job = Job.objects.get()
    assert asked.headers["Location"] == reverse("home:job", args=[job.pk])
    jobs.make_sheets(job_id=job.pk, month=MONTH.index, mail=False)
    job.refresh_from_db()
    assert job.state == JobState.DONE
    assert "blad gjorda" in client.get(reverse("explore:sheets")).content.decode()


def test_only_those_who_may_change_statistics_make_sheets(town, facts):
    with pytest.raises(PermissionDenied, match="HR-strateg"):
        sheets_services.order(month=MONTH, mail=False, actor=town.user("manager"), now=NOW)


# --- The schedule: the worked example of docs/rules/statistics-sheet.md ---------------------------


def chosen(town, *, day=date(2023, 6, 1), **more):
    choice = {"each_tertial": True, "each_year": False, "days_after": 20, "mail": False} | more
    return sheets_services.change_schedule(
        choice=Choice(**choice), actor=town.user("hr_strategist"), today=day
    )


def due(year, month, day):
    return sheets_services.make_due(now=datetime(year, month, day, 5, tzinfo=UTC))


def test_the_schedule_makes_a_periods_sheets_once_when_its_days_have_passed(town, facts):
    chosen(town)
    assert due(2023, 9, 19) is None
    made = due(2023, 9, 20)
    assert made is not None and Month(made.month) == Month.of(2023, 8)
    assert due(2023, 9, 21) is None
    year = due(2024, 1, 20)
    assert year is not None and Month(year.month) == MONTH


def test_the_schedule_waits_for_facts_that_come_late(town, facts):
    chosen(town, day=date(2024, 1, 25))
    assert due(2024, 5, 25) is None  # April is not loaded
    assert SheetSchedule.objects.get().last_month == MONTH.index


def test_a_year_only_and_nothing_at_all(town, facts):
    chosen(town, each_tertial=False, each_year=True)
    assert due(2023, 9, 25) is None
    assert due(2024, 2, 1) is not None
    chosen(town, each_tertial=False)
    assert due(2024, 12, 31) is None


def test_the_command_writes_two_files_for_the_manager_of_a_unit(town, facts, tmp_path):
    def run(*options):
        given = [
            "--month",
            "2023-12",
            "--out",
            str(tmp_path / "out"),
            "--date",
            "2024-01-15",
            *options,
        ]
        return CliRunner().invoke(cli.sheet, given)

    assert run("--manager", "BUF-SOL").exit_code == 0
    names = {path.suffix for path in Path(tmp_path / "out").iterdir()}
    assert names == {".pdf", ".xlsx"}
    assert isinstance(run("--manager", "Ingen Alls").exception, cli.UnknownManager)
    assert isinstance(run().exception, cli.WhichManager)
