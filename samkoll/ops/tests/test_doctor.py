"""The doctor: every illness is seen, has a cure, and only what is safe is removed."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django import app

from samkoll.audit.services import CommandLine
from samkoll.files import services, storage
from samkoll.files.tests.uploads import checked
from samkoll.imports.models import Batch, MappingProfile, QuarantinedRow
from samkoll.ops import cli, holdings, jobs, programs
from samkoll.ops.doctor import Finding, Level, database, examine, machine, worst
from samkoll.reports import services as reports
from samkoll.reports.models import Report
from samkoll.stats.models import Snapshot

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def private_folders(settings):
    for name in holdings.FOLDERS:
        holdings.folder(name).mkdir(mode=0o700)


def found(check: str, *, deep: bool = False, fix: bool = False) -> Finding:
    findings = {one.check: one for one in examine(now=timezone.now(), deep=deep, fix=fix)}
    return findings[check]


def put(name: str, *, folder: str = "facts", old: bool = True, content: bytes = b"PAR1") -> Path:
    path = holdings.folder(folder) / name
    path.parent.mkdir(exist_ok=True, mode=0o700)
    path.write_bytes(content)
    path.chmod(0o600)
    if old:
        then = timezone.now().timestamp() - 2 * 3600
        os.utime(path, (then, then))
    return path


def listed(content: bytes = b"PAR1") -> Path:
    sha256 = hashlib.sha256(content).hexdigest()
    Snapshot.objects.create(
        sha256=sha256, source="lon", convention="day_split", rows=1, created_at=timezone.now()
    )
    return put(f"{sha256}.parquet", content=content)


def batch(**fields: object) -> Batch:
    profile = MappingProfile.objects.create(
        name="p", version=1, title="p", source="lon", content={}, sha256="0" * 64
    )
    return Batch.objects.create(
        file_name="lön.csv",
        sha256="1" * 64,
        size=1,
        profile=profile,
        actor_name="Test",
        created_at=timezone.now(),
        **fields,
    )


def test_a_healthy_place_has_no_fault(settings):
    listed()
    findings = examine(now=timezone.now(), deep=True)
    assert [one for one in findings if one.level is Level.FAULT] == []
    assert len(findings) >= 15


def test_a_listed_fact_file_that_is_gone_is_a_fault_with_its_name():
    path = listed()
    path.unlink()
    seen = found("Fakta")
    assert (seen.level, path.name in seen.seen, "säkerhetskopia" in seen.advice) == (
        Level.FAULT,
        True,
        True,
    )


def test_a_changed_fact_file_is_found_when_looking_deep():
    listed().write_bytes(b"PAR2")
    assert found("Fakta").level is Level.OK
    assert found("Fakta", deep=True).level is Level.FAULT


def test_only_old_and_unlisted_files_are_removed_and_only_by_fix():
    kept, young = listed(), put("young.parquet", old=False)
    stray = put("stray.parquet")
    assert found("Överblivna fakta").level is Level.WARNING
    assert stray.exists()
    assert "1 filer" in found("Överblivna fakta", fix=True).seen
    assert [path.exists() for path in (kept, young, stray)] == [True, True, False]


def test_facts_that_a_report_stands_on_are_looked_for_and_never_taken_for_strays(town):
    reports.open_year(year=2024, actor=CommandLine(), today=date(2024, 5, 15))
    sha256 = hashlib.sha256(b"PAR1").hexdigest()
    Report.objects.filter(board__code="KS").update(facts=[{"sha256": sha256, "months": []}])
    assert sha256 in found("Fakta").seen
    path = put(f"{sha256}.parquet")
    assert found("Fakta", deep=True).level is Level.OK
    found("Överblivna fakta", fix=True)
    assert path.exists()


def attached() -> Path:
    stored = services.store(upload=checked(), actor=CommandLine(), now=timezone.now())
    return storage.path_of(stored.sha256)


def test_an_attachment_without_its_content_is_a_fault():
    path = attached()
    assert found("Bilagor", deep=True).level is Level.OK
    path.write_bytes(b"Nej")
    assert found("Bilagor").level is Level.OK
    assert found("Bilagor", deep=True).level is Level.FAULT
    path.unlink()
    assert path.name in found("Bilagor").seen


def test_contents_that_no_attachment_has_are_removed_at_night():
    kept = attached()
    stray, part = put(f"bb/{'b' * 64}", folder="files"), put("part-1", folder="files")
    young = put(f"cc/{'c' * 64}", folder="files", old=False)
    assert "2 filer" in found("Överblivna bilagor").seen
    jobs.remove_attachments_left(timestamp=0)
    exist = [path.exists() for path in (kept, young, stray, part)]
    assert exist == [True, True, False, False]


def test_uploads_that_a_batch_waits_for_and_built_reports_stay():
    batch(upload="a" * 32)
    kept, stray = put("a" * 32, folder="uploads"), put("b" * 32, folder="uploads")
    report = put("7/x.pdf", folder="results")
    examine(now=timezone.now(), fix=True)
    assert [path.exists() for path in (kept, stray, report)] == [True, False, False]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_removed_while_a_backup_reads():
    stray = put("stray.parquet")
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock_shared(%s)", [storage.LOCK])
        assert "säkerhetskopiering pågår" in found("Överblivna fakta", fix=True).seen
        assert stray.exists()
    finally:
        other.close()
    found("Överblivna fakta", fix=True)
    assert not stray.exists()


def test_folders_and_files_open_to_others_are_closed_by_fix(settings):
    path = listed()
    path.chmod(0o644)
    settings.FACTS.chmod(0o755)
    check = str(settings.FACTS)
    assert (found(check).level, "2 mappar" in found(check).seen) == (Level.FAULT, True)
    assert found(check, fix=True).level is Level.OK
    modes = {p.stat().st_mode & 0o777 for p in (path, settings.FACTS)}
    assert modes == {0o600, 0o700}


def test_a_key_file_that_others_can_read_is_a_fault(settings, tmp_path):
    settings.KEY_FILE = tmp_path / "key"
    assert found("Nyckelfil").level is Level.FAULT
    settings.KEY_FILE.write_bytes(b"k" * 32)
    settings.KEY_FILE.chmod(0o644)
    assert "chmod 600" in found("Nyckelfil").advice
    settings.KEY_FILE.chmod(0o600)
    assert found("Nyckelfil").level is Level.OK


def test_rows_kept_too_long_are_seen():
    today = timezone.localdate()
    one = batch()
    for row, days in enumerate((0, -1)):
        QuarantinedRow.objects.create(
            batch=one, row=row, payload=b"x", expires_on=today + timedelta(days)
        )
    assert found("Karantän").seen.startswith("1 rader")


def test_waiting_work_without_a_worker_is_seen():
    app.configure_task("no.such.task").defer()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_events SET at = now() - interval '5 minutes'")
    assert found("Bakgrundsarbetare").level is Level.WARNING
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    assert found("Bakgrundsarbetare").level is Level.OK


def test_work_of_a_dead_worker_and_failed_work_are_seen():
    for status in ("doing", "failed"):
        job = app.configure_task(f"task.{status}").defer()
        with connection.cursor() as cursor:
            cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE id = %s", [job])
            cursor.execute("UPDATE procrastinate_jobs SET status = %s WHERE id = %s", [status, job])
    assert found("Avbrutna arbeten").seen.startswith("1 ")
    assert "task.failed" in found("Misslyckade arbeten").seen


def test_a_full_disk_is_a_fault(monkeypatch):
    usage = shutil.disk_usage("/")._replace(free=100_000_000)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage)
    assert machine.disk().level is Level.FAULT


def test_clocks_that_differ_and_unapplied_migrations_are_seen():
    assert database.clock(timezone.now() + timedelta(minutes=3)).level is Level.WARNING
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'desk'")
    assert "samkoll migrate" in found("Tabeller").advice


def test_an_old_server_or_none_ends_the_examination(monkeypatch):
    monkeypatch.setattr(programs, "server_version", lambda: 14)
    findings = examine(now=timezone.now())
    assert (findings[-1].check, findings[-1].level) == ("Databas", Level.FAULT)


def test_the_embedded_server_is_a_fault_in_production(settings):
    settings.EMBEDDED_DATABASE = settings.PRODUCTION = True
    assert database.embedded_in_production().level is Level.FAULT


def test_the_rest_of_a_killed_restore_is_removed_by_fix(settings):
    rest = settings.FACTS.with_name("restoring")
    (rest / "facts").mkdir(parents=True)
    check = "Rester av en återställning"
    assert found(check).level is Level.WARNING
    assert found(check, fix=True).level is Level.OK
    assert not rest.exists()


def test_the_command_prints_json_and_exits_with_1_at_a_fault():
    listed().unlink()
    done = CliRunner().invoke(cli.doctor, ["--json"])
    said = json.loads(done.stdout)
    levels = {check["check"]: check["level"] for check in said["checks"]}
    assert (done.exit_code, said["level"], levels["Fakta"]) == (1, "fault", "fault")


def test_the_table_says_what_to_do():
    listed().unlink()
    done = CliRunner().invoke(cli.doctor)
    assert (done.exit_code, "Hämta filerna" in done.stdout) == (1, True)


def test_the_worst_of_nothing_is_well():
    assert worst([]) is Level.OK
