"""From the four files of an HR system to months that count, by the command line and the pages."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from django.urls import reverse
from django.utils import timezone

from samkoll.audit.services import CommandLine
from samkoll.imports import pages, profiles, services
from samkoll.imports.cli import import_
from samkoll.imports.models import Batch
from samkoll.imports.tests.payroll import identity
from samkoll.stats import deriving
from samkoll.stats.models import Derivation, MonthVersion

pytestmark = pytest.mark.django_db
YEAR = ("--from", "2024-01-01", "--to", "2024-03-31")


def run(*arguments: object) -> str:
    result = CliRunner().invoke(import_, [str(each) for each in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def written(folder: Path, name: str, *rows: str) -> Path:
    heads = yaml.safe_load(profiles.available()[name].read_text("utf-8"))["columns"].values()
    path = folder / f"{name}.csv"
    path.write_text("\n".join([";".join(heads), *rows]) + "\n", encoding="cp1252")
    return path


@pytest.fixture
def employed(town, tmp_path) -> Path:
    rows = [
        f"{identity(n)};1;BUF-SOL;2020-01-01;;Tillsvidare;100;Kvinna;Lärare;Ja;;Nej"
        for n in range(12)
    ]
    return written(tmp_path, "anstallningar", *rows)


@pytest.fixture
def absent(tmp_path) -> Path:
    rows = [f"{identity(n)};1;2024-01-{n + 8:02d};2024-01-20;Sjuk;50;Nej" for n in range(3)]
    rows.append(f"{identity(4)};1;2024-01-01;;Sjuk;100;Nej")
    return written(tmp_path, "franvaro", *rows)


def test_records_become_months_when_absences_and_employments_are_there(employed, absent):
    told = run("hr", employed, "--profile", "anstallningar", *YEAR)
    assert "Månaderna är inte omräknade. Läs in både frånvaro och anställningar" in told
    told = run("hr", absent, "--profile", "franvaro", *YEAR)
    assert "Import 2: 4 rader" in told.replace(str(Batch.objects.latest("pk").pk), "2")
    assert "3 månader är omräknade." in told
    made = Derivation.objects.get(undone=False)
    assert (len(made.changed), made.report["censored"]) == (3, 1)
    assert MonthVersion.objects.current().count() == 3


def test_a_dry_run_of_absences_tells_what_the_file_holds(town, absent):
    told = run("hr", absent, "--profile", "franvaro", *YEAR, "--dry-run")
    assert "4 rader lästa: 4 godkända" in told
    assert "2024-01: 4 rader, ny månad" in told
    assert not Batch.objects.exists()


def test_the_page_tells_what_the_records_hold_and_what_became_of_them(
    client, town, employed, absent
):
    run("hr", employed, "--profile", "anstallningar", *YEAR)
    run("hr", absent, "--profile", "franvaro", *YEAR)
    batch = Batch.objects.latest("pk")
    client.force_login(town.user("hr_strategist"))
    page = client.get(reverse("imports:detail", args=[batch.pk])).content.decode()
    for text in ("Sjukposter", "3 månader är omräknade", "kan ha börjat före filerna", "Frånvaro"):
        assert text in page
    undo = client.post(reverse("imports:undo", args=[batch.pk]))
    assert undo.status_code == 302
    assert pages.derived(Batch.objects.get(pk=batch.pk)).startswith("Månaderna är inte omräknade")


def test_faulty_rows_are_written_to_a_file_that_only_the_owner_reads(town, tmp_path):
    bad = written(tmp_path, "avgangar", f"{identity()};1;2024-13-01;Pension;Nej",
                  f"{identity(1)};1;2024-02-01;Pension;Nej")  # fmt: skip
    run("hr", bad, "--profile", "avgangar", "--accept-partial")
    out = tmp_path / "ratta.csv"
    assert "innehåller personnummer" in run("faults", Batch.objects.get().pk, out)
    assert (out.stat().st_mode & 0o777, identity() in out.read_text("utf-8-sig")) == (0o600, True)
    mended = tmp_path / "rattad.csv"
    mended.write_text(out.read_text("utf-8-sig").replace("2024-13-01", "2024-03-01"), "utf-8")
    told = run("hr", mended, "--corrects", Batch.objects.get().pk)
    assert "1 rad i" in told or "1 rader" in told


def test_the_form_asks_for_the_period_of_absences(client, town, absent):
    client.force_login(town.user("hr_strategist"))
    with absent.open("rb") as file:
        answer = client.post(
            reverse("imports:upload"), {"file": file, "profile": "franvaro", "period_last": ""}
        )
    assert answer.status_code == 422
    assert "Ange dagen." in answer.content.decode()
    with absent.open("rb") as file:
        answer = client.post(
            reverse("imports:upload"),
            {"file": file, "profile": "franvaro", "period_first": "2024-01-01",
             "period_last": "2024-03-31"},
        )  # fmt: skip
    assert answer.status_code == 302
    assert services.NEEDS_PERIOD == ("absence", "employment")
    assert Batch.objects.get().period is not None


def test_the_page_of_a_derivation_tells_what_was_merged_censored_and_left_out(
    client, town, employed, absent, count_queries
):
    run("hr", employed, "--profile", "anstallningar", *YEAR)
    run("hr", absent, "--profile", "franvaro", *YEAR)
    made = Derivation.objects.latest("pk")
    made.report |= {"censored": 2, "censored_hours": 123_450, "cut_hours": 4_000, "spells": 3}
    made.save()
    client.force_login(town.user("hr_strategist"))
    page = client.get(reverse("imports:derivation", args=[made.pk])).content.decode()
    for text in (
        "3 månader räknades fram, 3 ändrades.",
        "2024-01 – 2024-03",
        "Dag 15 kan därför komma för sent",
        "1\u202f234 sjuktimmar",
        "ingen kan vara sjuk mer än sin arbetstid",
        "Anställningar",
    ):
        assert text in page, text
    listed = reverse("imports:derivations")
    assert "Genomförd" in client.get(listed).content.decode()
    once = count_queries(lambda: client.get(listed))
    deriving.undo(derivation_id=made.pk, actor=CommandLine(), now=timezone.now())
    deriving.derive(actor=CommandLine(), now=timezone.now())
    assert "Tillbakatagen" in client.get(listed).content.decode()
    assert count_queries(lambda: client.get(listed)) == once
    client.force_login(town.user("manager"))
    assert client.get(listed).status_code == 403
    assert client.get(reverse("imports:derivation", args=[made.pk])).status_code == 404
