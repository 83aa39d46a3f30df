"""The pages of an import, from upload to undo, with the jobs that a worker runs in between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from samkoll.audit.services import CommandLine
from samkoll.desk.models import Job, JobState
from samkoll.imports import decisions, jobs, services
from samkoll.imports.models import Batch, BatchState
from samkoll.imports.tests import payroll
from samkoll.imports.tests.payroll import row, text
from samkoll.imports.uploads import ToVault, VaultFile

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 5, 15, 12, tzinfo=UTC)


@pytest.fixture
def hr(town, client: Client) -> Client:
    client.force_login(town.user("hr_strategist"))
    return client


def people(count: int, **changes: str) -> list[dict[str, str]]:
    return [row(n, unit="BUF-SOL", **changes) for n in range(count)]


def file(*rows: dict[str, str], name: str = "lön.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text(*rows).encode("cp1252"))


def send(client: Client, *rows: dict[str, str]) -> Batch:
    answer = client.post("/import/ny/", {"file": file(*rows), "profile": "lon-manad"})
    assert answer.status_code == 302, answer.content.decode()
    return Batch.objects.latest("pk")


def work(batch: Batch, task: Any = jobs.preview, **options: bool) -> Batch:
    """What the worker does with the batch's job."""
    batch.refresh_from_db()
    assert batch.job is not None
    task(batch_id=batch.pk, job_id=batch.job.pk, actor_id=batch.job.owner_id, **options)
    batch.refresh_from_db()
    return batch


def page(client: Client, batch: Batch, tail: str = "", status: int = 200) -> str:
    answer = client.get(f"/import/{batch.pk}/{tail}")
    assert answer.status_code == status
    return answer.content.decode()


def test_a_file_goes_from_upload_to_statistics_in_two_answers(hr):
    batch = send(hr, *people(3))
    assert "Kontroll av lön.csv" in page(hr, batch)
    work(batch)
    shown = page(hr, batch)
    assert "Alla rader är godkända." in shown and "ny månad" in shown
    assert hr.post(f"/import/{batch.pk}/las-in/").status_code == 302
    work(batch, jobs.commit, accept_partial=False, confirm_drop=False)
    assert batch.state == BatchState.COMMITTED
    assert "Filens månader räknas i statistiken." in page(hr, batch)
    assert Job.objects.filter(state=JobState.DONE).count() == 2


def test_a_confirmation_that_is_missing_is_asked_for_in_the_page(hr):
    batch = work(send(hr, *people(3), row(8, unit="BUF-SOK")))
    shown = page(hr, batch)
    assert "1 rad har fel, 3 är godkända." in shown
    assert "Menade du BUF-SOL Solskolan" in shown
    answer = hr.post(f"/import/{batch.pk}/las-in/")
    assert answer.status_code == 422
    assert "1 rad har fel. Rad 5, kolumnen Enhetskod" in answer.content.decode()
    assert hr.post(f"/import/{batch.pk}/las-in/", {"accept_partial": "on"}).status_code == 302
    work(batch, jobs.commit, accept_partial=True, confirm_drop=False)
    assert (batch.rows_accepted, batch.quarantined.count()) == (3, 1)


def test_a_large_drop_is_shown_and_must_be_confirmed(hr):
    services.import_file(
        source=payroll.source(text(*people(20))),
        profile=payroll.PROFILE,
        actor=CommandLine(),
        now=NOW,
    )
    batch = work(send(hr, *people(10)))
    assert "stor minskning" in page(hr, batch)
    assert hr.post(f"/import/{batch.pk}/las-in/").status_code == 422
    assert hr.post(f"/import/{batch.pk}/las-in/", {"confirm_drop": "on"}).status_code == 302


def test_an_unusable_file_is_shown_with_its_reason(hr):
    answer = hr.post(
        "/import/ny/", {"file": SimpleUploadedFile("x.csv", b"a;b\n1;2\n"), "profile": "lon-manad"}
    )
    assert answer.status_code == 302
    batch = work(Batch.objects.get())
    assert "följer inte profilen lon-manad" in page(hr, batch)


def test_a_file_above_the_stated_size_is_refused_by_the_form(hr, settings):
    settings.MAX_UPLOAD_MEGABYTES = 0
    answer = hr.post("/import/ny/", {"file": file(*people(1)), "profile": "lon-manad"})
    assert answer.status_code == 422
    assert "läs in den från kommandoraden" in answer.content.decode()
    assert "högst 0 MB" in hr.get("/import/ny/").content.decode()


def test_no_byte_of_an_upload_lies_on_disk_in_clear(hr, settings, tmp_path, monkeypatch):
    written: list[bytes] = []
    monkeypatch.setattr("samkoll.imports.uploads.ToVault.file_complete", _look(written, tmp_path))
    send(hr, *people(200))
    assert written
    assert not any(b"1980" in content for content in written)


def _look(written: list[bytes], folder: Path) -> Callable[[ToVault, int], VaultFile]:
    complete = ToVault.file_complete

    def look(self: ToVault, size: int) -> VaultFile:
        done = complete(self, size)
        written.extend(path.read_bytes() for path in folder.rglob("*") if path.is_file())
        return done

    return look


def test_an_upload_that_is_not_taken_is_deleted_with_the_request(hr, settings):
    answer = hr.post("/import/ny/", {"file": file(*people(1)), "profile": "annan"})
    assert answer.status_code == 422
    assert not list(settings.UPLOADS.iterdir())


def test_an_upload_needs_its_csrf_token(town):
    client = Client(enforce_csrf_checks=True)
    client.force_login(town.user("hr_strategist"))
    answer = client.post("/import/ny/", {"file": file(*people(1)), "profile": "lon-manad"})
    assert answer.status_code == 403


def test_a_job_is_left_for_the_worker(hr, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        batch = send(hr, *people(1))
    left = ProcrastinateJob.objects.get(task_name=services.PREVIEW)
    assert left.args["batch_id"] == batch.pk
    assert {services.PREVIEW, services.COMMIT} <= set(app.tasks)


def test_a_file_dropped_while_it_is_read_never_counts(hr, monkeypatch):
    batch = work(send(hr, *people(1)))
    decided = decisions.decide

    def drop(*args: Any, **options: Any) -> None:
        monkeypatch.setattr("samkoll.imports.decisions.decide", decided)
        services.discard(batch_id=batch.pk, actor=CommandLine(), now=NOW)

    monkeypatch.setattr("samkoll.imports.decisions.decide", drop)
    with pytest.raises(services.Overtaken):
        services.commit(batch_id=batch.pk, actor=CommandLine(), now=NOW)
    batch.refresh_from_db()
    assert batch.state == BatchState.REFUSED


def test_an_empty_file_and_no_file_are_refused_by_the_form(hr):
    empty = hr.post(
        "/import/ny/", {"file": SimpleUploadedFile("x.csv", b""), "profile": "lon-manad"}
    )
    assert (empty.status_code, "är tom" in empty.content.decode()) == (422, True)
    assert hr.post("/import/ny/", {"profile": "lon-manad"}).status_code == 422


def test_the_same_file_again_says_so(hr):
    batch = work(send(hr, *people(2)))
    services.commit(batch_id=batch.pk, actor=CommandLine(), now=timezone.now())
    answer = hr.post("/import/ny/", {"file": file(*people(2)), "profile": "lon-manad"})
    assert answer.status_code == 422
    assert "Filen är redan inläst" in answer.content.decode()


def test_progress_ends_by_loading_the_page_anew(hr):
    batch = send(hr, *people(1))
    assert "Kontroll av" in page(hr, batch, "framsteg/")
    work(batch)
    answer = hr.get(f"/import/{batch.pk}/framsteg/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Refresh"] == "true"
    assert hr.get(f"/import/{batch.pk}/framsteg/").status_code == 302


def test_a_commit_is_not_started_twice(hr):
    batch = work(send(hr, *people(1)))
    assert hr.post(f"/import/{batch.pk}/las-in/").status_code == 302
    assert hr.post(f"/import/{batch.pk}/las-in/").status_code == 422


def test_a_dropped_file_is_gone(hr, settings):
    batch = work(send(hr, *people(1)))
    assert hr.post(f"/import/{batch.pk}/avbryt/").status_code == 302
    assert "Avbruten innan den lästes in." in page(hr, batch)
    assert not [path for path in settings.UPLOADS.iterdir() if path.is_file()]


def test_undo_asks_first(hr):
    batch = work(send(hr, *people(1)))
    services.commit(batch_id=batch.pk, actor=CommandLine(), now=timezone.now())
    assert "Varje månad i filen blir som den var" in page(hr, batch, "angra/")
    assert hr.post(f"/import/{batch.pk}/angra/").status_code == 302
    assert "Importen är ångrad." in page(hr, batch)


def test_a_job_that_fails_says_why_on_the_page(hr, settings):
    batch = send(hr, *people(1))
    for stored in settings.UPLOADS.iterdir():
        stored.write_bytes(b"skada")
    work(batch)
    assert "Den uppladdade filen är skadad." in page(hr, batch)


def test_faults_are_listed_fifty_to_a_page(hr):
    batch = work(send(hr, *people(60, sex="X")))
    first, second = page(hr, batch, "fel/"), page(hr, batch, "fel/?sida=2")
    assert first.count("Värdet känns inte igen.") == 50
    assert second.count("Värdet känns inte igen.") == 10


def test_others_see_nothing_of_it(town, client, hr):
    batch = send(hr, *people(1))
    for who in ("manager", "hr_partner", "auditor"):
        client.force_login(town.user(who))
        page(client, batch, status=404)
        assert client.get("/import/").status_code == 403


def test_twenty_imports_need_no_more_queries_than_two(hr, count_queries):
    def add(numbers: range) -> None:
        for n in numbers:
            services.receive(
                name=f"{n}.csv",
                blocks=[text(*people(1, staff_group=str(n))).encode()],
                profile=payroll.PROFILE,
                actor=CommandLine(),
                now=NOW + timedelta(minutes=n),
            )

    add(range(2))
    hr.get("/import/")
    two = count_queries(lambda: hr.get("/import/"))
    add(range(2, 20))
    assert count_queries(lambda: hr.get("/import/")) == two


def test_twenty_months_and_faults_need_no_more_queries_than_two(hr, count_queries):
    def seen(months: int) -> object:
        rows = [
            each
            for m in range(months)
            for each in people(2, month=f"202{m // 12}-{m % 12 + 1:02d}")
        ]
        batch = work(send(hr, *rows, *people(months, sex="X")))
        page(hr, batch)
        return count_queries(lambda: page(hr, batch))

    assert seen(2) == seen(20)
