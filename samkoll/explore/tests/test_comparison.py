"""Us among other municipalities: what the page says, what it refuses to say, and the loads."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.urls import reverse

from samkoll.audit.services import CommandLine
from samkoll.core.text import parse_number
from samkoll.desk.models import Job, JobState
from samkoll.explore import comparison, comparison_fetch, comparison_own, comparison_page, jobs
from samkoll.opendata import files, services
from samkoll.opendata.client import Client as Reader
from samkoll.opendata.models import Load, LoadState, Source
from samkoll.opendata.tests import replies
from samkoll.stats.tests.filing import people, publish

NOW = datetime(2024, 7, 1, 9, 0, tzinfo=UTC)
ACTOR = CommandLine()


def loaded(*documents):
    for content in documents:
        bundle = files.read(json.dumps(content).encode(), name="svar.json")
        load = services.stage(
            bundle=bundle, source=Source.FILE, origin="svar.json", actor=ACTOR, now=NOW
        )
        services.apply(load_id=load.pk, actor=ACTOR, now=NOW)


def shown(query="") -> comparison.Comparison:
    found = comparison.comparison(QueryDict(query))
    assert found is not None
    return found


@pytest.fixture
def others(settings, db):
    """Twelve made-up municipalities, ours the lowest of them, 5,0 to 6,1 per cent."""
    settings.MUNICIPALITY_CODE = replies.OURS
    loaded(replies.everything())


@pytest.mark.usefixtures("others")
def test_our_value_stands_beside_all_and_the_county_with_means_named_apart():
    found = shown()
    everybody, county = found.references
    assert (found.our_value, everybody.now.mean, county.now.mean) == (
        Decimal("5.0"), Decimal("5.6"), Decimal("5.2"),
    )  # fmt: skip
    rows = [[str(cell.text) for cell in row.cells] for row in comparison_page.table(found).rows]
    assert rows[0][:2] == ["Provkommun 1", "5,0"]
    assert "ovägt" in rows[1][0]
    assert "vägt" in rows[2][0]
    assert parse_number(rows[1][3]) == Decimal("-0.6")


@pytest.mark.usefixtures("others")
def test_a_weighted_mean_is_shown_only_when_every_municipality_has_its_weight():
    (without, _county) = shown().references
    assert (without.now.weighted, without.now.unweighed) == (None, 12)
    heads = [
        replies.data(town, 3000 if town == "9912" else 100, code="N00053", year=year)
        for year in (2022, 2023)
        for town in replies.TOWNS
    ]
    loaded({"values": heads})
    (with_weights, _county) = shown().references
    assert with_weights.now.weighted == Decimal("5.9")  # (60.5 × 100 + 6.1 × 3,000) / 4,100
    assert with_weights.now.mean == Decimal("5.6")


@pytest.mark.usefixtures("others")
def test_our_place_is_a_quarter_and_nobody_is_ranked():
    said = comparison_page.place_sentence(shown())
    assert "fjärdedel som har lägst" in said
    named = [str(row.cells[0].text) for row in comparison_page.spread_table(shown()).rows]
    assert named == ["Alla kommuner", "Prov läns kommuner"]


@pytest.mark.usefixtures("others")
def test_a_group_made_for_us_is_ours_though_we_are_not_in_it():
    made = replies.group("G2", "Liknande kommuner, personal, Provkommun 1", ("9902", "9903"))
    loaded({"values": [made]})
    assert [each.code for each in shown().references] == ["alla", "G1", "G2"]


def test_our_own_figure_of_the_calendar_year_stands_beside_the_published(town, others):
    publish(people(town.school.pk, 50, women=30, sick_short=1216))  # 7,6 of 100 of 160 hours
    ours = comparison_own.ours(shown("ar=2023"))
    assert ours is not None
    assert ours.year.text == "7,6"
    assert ours.gap == Decimal("2.6")
    assert str(ours.year.window) == "R12 2023-12"
    assert any("kalenderår" in reason for reason in ours.reasons)


@pytest.mark.usefixtures("others")
def test_a_value_that_kolada_changed_is_shown_then_and_now():
    loaded({"values": [replies.data(replies.OURS, 5.4)]})
    (row,) = comparison_page.revisions_table(shown()).rows
    assert [str(cell.text) for cell in row.cells[1:3]] == ["5,0", "5,4"]


def test_the_page_shows_names_its_source_and_gives_files(client, town, others):
    client.force_login(town.user("employee"))
    page = client.get(reverse("explore:comparison"))
    assert "Källa: Kolada" in page.content.decode()
    book = client.get(reverse("explore:comparison"), {"format": "xlsx", "kon": "T"})
    assert book.headers["Content-Disposition"].endswith('kolada-N00090-2023.xlsx"')
    for wrong in ("nyckeltal=X", "kon=K", "ar=1999", "ar=x", "grupp=G9", "format=pdf"):
        assert client.get(f"{reverse('explore:comparison')}?{wrong}").status_code == 404


def test_three_hundred_municipalities_cost_as_many_queries_as_twelve(
    client, town, others, count_queries
):
    client.force_login(town.user("employee"))
    url = reverse("explore:comparison")
    client.get(url)
    few = count_queries(lambda: client.get(url))
    many = {f"{number:04d}": f"Provkommun {number}" for number in range(1000, 1290)}
    values = [replies.data(code, 7, sex=sex) for code in many for sex in "TKM"]
    loaded({"m": {"values": replies.towns(many)}, "d": {"values": values}})
    assert count_queries(lambda: client.get(url)) == few


def sent(client, content):
    """The job that a file sent by the form has opened, and the answer."""
    upload = SimpleUploadedFile("svar.json", json.dumps(content).encode())
    answer = client.post(reverse("explore:loads"), {"file": upload})
    return Job.objects.latest("pk"), answer


def test_a_file_is_read_by_a_worker_looked_at_and_can_be_taken_back(client, town):
    client.force_login(town.user("hr_strategist"))
    job, answer = sent(client, replies.everything())
    load = Load.objects.get()
    page = reverse("explore:load", args=[load.pk])
    assert answer.headers["Location"] == reverse("home:job", args=[job.pk])
    assert "Filen läses" in client.get(page).content.decode()
    jobs.read(job_id=job.pk, load_id=load.pk)
    job.refresh_from_db()
    assert (job.state, job.result_url) == (JobState.DONE, page)
    assert "Provkommun" not in client.get(reverse("explore:comparison")).content.decode()
    answers: dict[comparison_fetch.Answer, LoadState]
    answers = {"apply": LoadState.APPLIED, "undo": LoadState.UNDONE}
    for do, state in answers.items():
        client.post(page, {"do": do})
        jobs.answer(job_id=Job.objects.latest("pk").pk, load_id=load.pk, answer=do)
        assert Load.objects.get().state == state
    assert client.post(page, {"do": "apply"}).status_code == 403
    assert client.post(page, {"do": "undo"}).status_code == 403


def test_a_file_that_is_not_koladas_is_dropped_and_its_owner_reads_what_is_wrong(client, town):
    client.force_login(town.user("hr_strategist"))
    job, _answer = sent(client, {"values": [replies.data("99", 7)]})
    load = Load.objects.get()
    jobs.read(job_id=job.pk, load_id=load.pk)
    job.refresh_from_db()
    load.refresh_from_db()
    assert (job.state, load.state, load.content) == (JobState.FAILED, LoadState.DISCARDED, None)
    assert "kommunkoden ”99”" in job.message
    empty = client.post(reverse("explore:loads"), {"file": SimpleUploadedFile("svar.json", b" ")})
    assert (empty.status_code, Load.objects.count()) == (422, 1)


def test_a_file_can_be_dropped_before_it_is_read(client, town):
    client.force_login(town.user("hr_strategist"))
    job, _answer = sent(client, replies.everything())
    load = Load.objects.get()
    client.post(reverse("explore:load", args=[load.pk]), {"do": "discard"})
    jobs.read(job_id=job.pk, load_id=load.pk)
    job.refresh_from_db()
    assert job.message == "Inläsningen togs bort innan filen var läst."
    assert Load.objects.get().state == LoadState.DISCARDED


def test_fetching_is_a_job_whose_result_waits_for_a_yes(town, monkeypatch):
    def fetched(self, kpis, years, progress):
        progress(1, 2, "Värden")
        return files.read(json.dumps(replies.everything()).encode(), name="svar")

    monkeypatch.setattr(Reader, "fetch", fetched)
    job = comparison_fetch.order(actor=town.user("hr_strategist"), now=NOW)
    jobs.fetch(job_id=job.pk)
    job.refresh_from_db()
    assert job.result_url == reverse("explore:load", args=[Load.objects.get().pk])
    assert Load.objects.get().state == LoadState.STAGED
