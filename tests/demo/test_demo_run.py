"""What ``samkoll demo run`` leaves: files, a table, users, a log, and no identity numbers."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from samkoll.accounts.models import User
from samkoll.audit.models import Change
from samkoll.core.months import Month
from samkoll.demo.generator import generate
from samkoll.home.todo import Asker, todo
from samkoll.imports import queries as imports
from samkoll.imports.models import Batch, BatchState
from samkoll.org import queries as org
from samkoll.stats import queries as stats
from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.models import MonthVersion
from tests.demo.conftest import COMMAND

FORMATS = ("docx", "html", "json", "pdf", "xlsx")
REPORTS = (
    "BUF-FSN", "BUF-GSN", "GAF-GAN", "KSF-KS", "KUF-KFN", "MBF-BTN", "MBF-NSN", "SOF-SN",
    "SOF-VON", "EXK",
)  # fmt: skip
PLAIN = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
AGAIN = {"audit.change", "audit.reading", "reports.reportfile"}
"""What building the files again writes: log lines, and when the files were made. What is read in
the browser by another process meanwhile goes into the read log."""
DIGITS = re.compile(rb"\d{6,}-?\d{4,}")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, "demo", "run", *arguments], check=False, capture_output=True, text=True
    )


def hashes(folder: Path) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in folder.iterdir()}


def counts() -> dict[str, int]:
    models = [m for m in apps.get_models() if m.__module__.startswith("samkoll.")]
    by_name = {m._meta.label_lower: m._default_manager.count() for m in models}
    return {name: count for name, count in by_name.items() if name not in AGAIN}


def test_all_ten_reports_are_there_in_every_format(out):
    expected = {f"arbetsmiljorapport-2024-{r}.{f}" for r in REPORTS for f in FORMATS}
    assert set(hashes(out)) == expected
    assert min(path.stat().st_size for path in out.iterdir()) > 15_000


def test_the_table_tells_steps_times_figures_and_where_to_sign_in(demo_run):
    for step in ("Skriver lönefiler", "Läser in lon_2023.csv", "10 rapporter, 50 filer"):
        assert step in demo_run
    assert re.search(r"│ Allt +│ +│ +\d+,\d s │", demo_run)
    assert re.search(r"Sjukfrånvaro, procent +│ +7,7 │ +8,5 │ +−0,8 │", demo_run)
    assert reverse("account_login") in demo_run


@pytest.mark.django_db
def test_a_second_run_changes_nothing_but_builds_the_same_files(out, tmp_path):
    before = counts()
    again = run("--out", str(tmp_path))
    assert again.returncode == 0, again.stderr
    assert "Demon var redan inläst." in again.stdout
    assert "Skriver lönefiler" not in again.stdout
    assert counts() == before
    assert hashes(tmp_path) == hashes(out)


def test_another_demo_is_refused_with_one_sentence(demo_run, tmp_path):
    refused = run("--seed", "2", "--out", str(tmp_path))
    assert refused.returncode == 2
    assert refused.stderr.startswith("Här finns redan en demo med seed 1. Ta bort mappen")
    assert "Traceback" not in refused.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.django_db
def test_every_demo_user_signs_in_with_one_click(client, settings):
    settings.STORAGES = {**settings.STORAGES, "staticfiles": PLAIN}  # served files are not needed
    users = list(User.objects.all())
    assert len(users) == 13
    assert all(user.is_demo for user in users)
    buttons = client.get(reverse("account_login")).content.decode()
    for user in users:
        assert user.name in buttons
        answer = client.post(reverse("account_demo"), {"user": user.pk})
        assert answer.status_code == 302
        page = client.get(answer.url)
        assert page.status_code == 200
        assert user.name in page.content.decode()
        client.logout()


@pytest.mark.django_db
def test_the_log_tells_who_did_what():
    actions = set(Change.objects.values_list("action", flat=True))
    assert actions >= {
        "organisation.imported", "user.added", "role.assigned", "safety_area.added",
        "stats.published", "risk.reported", "action.status", "report.opened", "report.facts",
        "report.year_started",
        "report.edited", "report.override", "report.diary_number", "report.file_built",
        "demo.loaded",
    }  # fmt: skip
    overriding = Change.objects.filter(action="report.override")
    assert set(overriding.values_list("actor_name", flat=True)) == {"Demo Strategqvist"}
    assert not Change.objects.filter(actor_name="").exists()


@pytest.mark.django_db
def test_about_seven_thousand_employees_of_which_most_permanent():
    months = MonthVersion.objects.current()
    assert months.count() == 40
    rows = months.aggregate(Sum("rows"))["rows__sum"]
    assert 6_800 <= rows / 40 <= 7_200
    last = months.get(month=2023 * 12 + 11).totals
    assert 5_600 <= last["permanent"] <= 5_800


@pytest.mark.django_db
def test_persons_with_protected_identity_are_refused_and_counted():
    batches = Batch.objects.committed().order_by("pk")
    assert [batch.persons_protected for batch in batches] == [3, 3, 3, 3]
    assert not batches.exclude(rows_quarantined=0).exists()


@pytest.mark.django_db
def test_one_file_waits_for_the_strategist_with_faults_and_a_large_drop():
    batch = Batch.objects.get(state=BatchState.PREVIEWED)
    assert (batch.file_name, batch.actor_name) == ("lon_2024-05.csv", "Demo Strategqvist")
    assert batch.rows_quarantined == batch.faults.count() == 6
    assert len({(fault.column, fault.kind) for fault in batch.faults.all()}) == 6
    april, may = imports.changes_of(batch)
    assert (str(april.month), april.is_large_drop) == ("2024-04", True)
    assert (str(may.month), may.old) == ("2024-05", None)


@pytest.mark.django_db
def test_those_who_lead_write_and_import_have_something_to_do():
    now, waiting = timezone.localtime(), {}
    for user in User.objects.all():
        if rows := todo(Asker(user, org.permissions_of(user, now.date()), now)):
            waiting[user.name] = rows
    found = {name: {row.about for row in rows} for name, rows in waiting.items()}
    assert found.pop("Demo Systemlind") == {"lon_2024-05.csv"}
    assert found.pop("Demo Strategqvist") == {"lon_2024-05.csv", "Exempelkommunen 2024"}
    to_write = {"Natur- och stadsmiljönämnden 2024", "Kommunstyrelsen 2024"}
    assert found.pop("Demo Partnerström") == to_write
    assert found.pop("Demo Medarbetarsson") == {"Packa om till mindre kartonger"}
    assert "Receptionen är obemannad när dörren står öppen" in found.pop("Demo Chefsson")
    assert "Nytt lönesystem" in found.pop("Demo Överordnadsson")
    assert "Gemensamma prioriteringar" in found.pop("Demo Förvaltningslund")
    to_comment = {"Natur- och stadsmiljönämnden 2024", "Socialnämnden 2024"}
    assert found.pop("Demo Huvudskyddberg") == to_comment
    assert "Vård- och omsorgsnämnden 2024" in found.pop("Demo Protokollsson")
    assert not found


@pytest.mark.django_db
def test_no_twelve_months_of_the_whole_show_the_other_documents_figure():
    facts, scope = stats.current_facts(), Scope(unit=org.municipality().pk)
    ends = [Month(month) for month in sorted(facts.months)[11:]]
    assert len(ends) == 29
    shown = {str(m): stats.comparison(scope, "sick_leave", "total", m, facts) for m in ends}
    texts = {month: found.current.text for month, found in shown.items()}
    assert texts["2023-12"] == "7,7"
    assert "7,8" not in texts.values()


def test_files_alone_are_written_without_a_database(tmp_path):
    env = {**os.environ, "SAMKOLL_PURPOSE": "demo", "SAMKOLL_VAR": str(tmp_path / "var")}
    words = ["demo", "generate", "--employees", "60", "--years", "1", "--out", str(tmp_path)]
    done = subprocess.run([*COMMAND, *words], check=False, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "lon_2023.csv").exists()
    assert not list(tmp_path.glob("var/postgres*/**/PG_VERSION"))


@pytest.fixture(scope="module")
def identity_numbers(tmp_path_factory) -> set[str]:
    """The numbers of the demo's payroll files, which are the same bytes for the same seed."""
    files = generate(tmp_path_factory.mktemp("payroll"))
    found = set()
    for path in files.payroll:
        text = path.read_text(encoding="cp1252")
        found |= {line.split(";")[1].replace("-", "") for line in text.splitlines()[1:]}
    assert len(found) > 14_000
    return found


def written() -> Iterator[tuple[Path, bytes]]:
    """Every file below the demo's folder, the database's included; those that vanish are left."""
    for path in sorted(Path(settings.VAR).rglob("*")):
        try:
            if path.is_file() and path != settings.KEY_FILE:
                yield path, path.read_bytes()
        except FileNotFoundError:
            continue


def numbers_in(data: bytes, known: set[str]) -> set[str]:
    """Known numbers among the runs of digits: twelve in a row, or ten with the hyphen."""
    short = {number[2:] for number in known}
    found = set()
    for run_ in set(DIGITS.findall(data)):
        hyphen = b"-" in run_
        digits = run_.replace(b"-", b"").decode()
        found |= {digits[n : n + 12] for n in range(len(digits) - 11)} & known
        if hyphen:
            found |= {digits[n : n + 10] for n in range(len(digits) - 9)} & short
    return found


def test_no_identity_number_and_no_key_is_written_anywhere(demo_run, identity_numbers):
    key = settings.KEY_FILE.read_bytes()
    files = 0
    for path, data in written():
        files += 1
        assert key not in data and key.hex().encode() not in data, path
        assert not numbers_in(data, identity_numbers), path
    assert files > 100


def test_facts_hold_pseudonyms_only_and_are_closed_to_others(demo_run, identity_numbers):
    as_numbers = pl.Series([int(number) for number in identity_numbers], dtype=pl.UInt64)
    files = list(settings.FACTS.glob("*.parquet"))
    assert len(files) == 4
    for path in files:
        assert path.stat().st_mode & 0o777 == 0o600
        frame = pl.read_parquet(path)
        assert not frame["person"].is_in(as_numbers.implode()).any()
        assert not frame["employment"].is_in(as_numbers.implode()).any()
    assert settings.FACTS.stat().st_mode & 0o777 == 0o700


def test_the_search_for_numbers_finds_them():
    known = {"198001019876"}
    for text in (b"x19800101-9876y", b"00198001019876", b";800101-9876;"):
        assert numbers_in(text, known)
    assert not numbers_in(b"198001019875 8001019876", known)
