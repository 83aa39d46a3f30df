"""Backup and restore between real installations; refusals leave everything as it was."""

from __future__ import annotations

import contextlib
import hashlib
import io
import os
import shutil
import signal
import stat
import time
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from samkoll.audit.services import CommandLine
from samkoll.core import keys
from samkoll.files import services as files
from samkoll.files import storage
from samkoll.ops import archive, programs
from samkoll.ops import backup as backup_module
from samkoll.ops.backup import CannotBackUp, Written, back_up
from samkoll.ops.progress import SILENT
from samkoll.ops.restore import CannotRestore, OtherKey, restore
from samkoll.ops.tests.places import COMMAND, FURNISH, Place
from samkoll.stats.models import Snapshot


@pytest.fixture(scope="module")
def home(migrated, tmp_path_factory) -> Place:
    """An installation with something in every corner."""
    place: Place = migrated(tmp_path_factory.mktemp("home") / "var")
    place.python(FURNISH)
    return place


@pytest.fixture(scope="module")
def kept(home: Place, tmp_path_factory) -> Path:
    """Its backup."""
    file = Path(tmp_path_factory.mktemp("kept")) / "samkoll.backup"
    done = home.run("backup", str(file))
    assert done.returncode == 0, done.stderr
    assert "ingår inte" in done.stdout
    return file


@pytest.fixture
def away(tmp_path) -> Place:
    return Place(tmp_path / "var")


def read(file: Path) -> archive.Manifest:
    with file.open("rb") as opened:
        return archive.inspect(opened, tick=lambda _amount: None).manifest


def rewritten(kept: Path, target: Path, home: Place, **changed: object) -> Path:
    """The same backup with another manifest, sealed with the right key."""
    secret = keys.derive(home.var / "keys" / "samkoll.key", "backup")
    manifest, data = read(kept), kept.read_bytes()
    content = {name: getattr(manifest, name) for name in manifest.__dataclass_fields__}
    with target.open("w+b") as file:
        last = manifest.entries[-1]
        file.write(data[: data.index(archive.MANIFEST.encode())])
        assert file.tell() % 512 == 0, last
        archive.Writer(file).finish(archive.Manifest(**(content | changed)), secret)
    return target


def test_a_restored_place_has_the_same_rows_and_the_same_files(home, kept, away):
    done = away.with_key_of(home).run("restore", str(kept))
    assert done.returncode == 0, done.stderr + done.stdout
    assert "3 faktafiler, 1 bilagor" in done.stdout
    assert away.files() == home.files()
    assert away.rows() == home.rows()
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (away.var / "facts").iterdir()}
    assert (modes, stat.S_IMODE((away.var / "facts").stat().st_mode)) == ({0o600}, 0o700)
    assert not (away.var / "restoring").exists()
    again = away.run("restore", str(kept))
    assert (again.returncode, "inte tom" in again.stderr) == (2, True)
    assert away.files() == home.files()


def test_the_key_is_not_in_it_and_nobody_else_reads_it(home, kept):
    secret = (home.var / "keys" / "samkoll.key").read_bytes()
    assert secret not in kept.read_bytes()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]


@pytest.fixture
def fact(transactional_db, settings) -> Path:
    """One listed fact file in this process's own database and folders."""
    content = b"PAR1"
    sha256 = hashlib.sha256(content).hexdigest()
    Snapshot.objects.create(
        sha256=sha256, source="lon", convention="day_split", rows=1, created_at=timezone.now()
    )
    folder = Path(settings.FACTS)
    folder.mkdir()
    path = folder / f"{sha256}.parquet"
    path.write_bytes(content)
    return path


def back_up_to(target: Path, *, force: bool = False) -> Written:
    return back_up(target, force=force, now=timezone.now(), steps=SILENT)


def test_an_older_backup_is_only_overwritten_by_force(fact, tmp_path):
    file = tmp_path / "b"
    file.write_text("old")
    with pytest.raises(CannotBackUp, match="--force"):
        back_up_to(file)
    assert file.read_text() == "old"
    assert back_up_to(file, force=True).facts == 1
    assert read(file).counts["stats_snapshot"] == 1


def test_a_missing_or_damaged_fact_file_stops_the_backup(fact, tmp_path):
    fact.write_bytes(b"PAR2")
    with pytest.raises(CannotBackUp, match="är skadad"):
        back_up_to(tmp_path / "b")
    fact.unlink()
    with pytest.raises(CannotBackUp, match="saknas"):
        back_up_to(tmp_path / "b")
    assert not list(tmp_path.glob("b*"))


def test_a_missing_attachment_stops_the_backup(fact, tmp_path):
    upload = files.Checked("a.txt", "text/plain", b"Hej")
    stored = files.store(upload=upload, actor=CommandLine(), now=timezone.now())
    assert back_up_to(tmp_path / "b").files == 1
    storage.path_of(stored.sha256).unlink()
    with pytest.raises(CannotBackUp, match=f"files/{stored.sha256} saknas"):
        back_up_to(tmp_path / "c")


def test_a_fault_of_pg_dump_leaves_no_file(fact, tmp_path, monkeypatch):
    monkeypatch.setattr(programs, "login", lambda: ("--dbname=no_such_database_xyz", {}))
    with pytest.raises(programs.ProgramFailed, match="pg_dump gick inte"):
        back_up_to(tmp_path / "b")
    assert not list(tmp_path.glob("b*"))


def test_what_cannot_be_written_is_a_sentence(fact, tmp_path):
    for target in (tmp_path, tmp_path / "none" / "b", Path("/proc/b")):
        with pytest.raises(CannotBackUp, match=str(target)):
            back_up_to(target)


def test_snapshots_committed_during_the_backup_are_left_for_the_next(fact, tmp_path, monkeypatch):
    """The list is of the moment of the dump, so nothing that the dump names is missing."""
    dump = backup_module._dump

    def meanwhile(*arguments):
        with contextlib.closing(connection.copy()) as other, other.cursor() as cursor:
            cursor.execute(
                "INSERT INTO stats_snapshot (sha256, source, convention, knows, rows, created_at) "
                "VALUES (%s, 'lon', 'day_split', '[]', 1, now())",
                ["f" * 64],
            )
        return dump(*arguments)

    monkeypatch.setattr(backup_module, "_dump", meanwhile)
    written = back_up_to(tmp_path / "b")
    assert (written.facts, read(tmp_path / "b").counts["stats_snapshot"]) == (1, 1)


@pytest.fixture
def here(home, settings):
    """This process with the key of the backup, enough for what needs no database."""
    settings.KEY_FILE = home.var / "keys" / "samkoll.key"


def test_another_key_is_refused_before_anything_happens(kept, tmp_path, settings):
    settings.KEY_FILE = tmp_path / "other.key"
    with pytest.raises(keys.KeyFileUnusable):
        restore(kept, other_key=False, steps=SILENT)
    keys.create(settings.KEY_FILE)
    with pytest.raises(OtherKey, match="--other-key"):
        restore(kept, other_key=False, steps=SILENT)


def test_without_the_key_file_nothing_is_made(home, kept, away):
    done = away.run("restore", str(kept))
    assert (done.returncode, str(away.var / "keys" / "samkoll.key") in done.stderr) == (2, True)
    assert "--other-key" in done.stderr
    assert not away.var.exists()
    away.with_key_of(home)
    assert away.run("restore", str(kept)).returncode == 0


def test_whoever_edits_the_manifest_breaks_the_seal(here, kept, tmp_path):
    data = kept.read_bytes().replace(b'"org_unit": 10', b'"org_unit": 11')
    (tmp_path / "b").write_bytes(data)
    with pytest.raises(archive.Damaged, match="förseglingen"):
        restore(tmp_path / "b", other_key=False, steps=SILENT)


def test_a_cut_off_a_changed_and_a_foreign_file_are_refused(here, kept, tmp_path):
    data = kept.read_bytes()
    bad = {
        "avkortad": data[: len(data) // 2],
        "stämmer inte": data[:5000] + bytes([data[5000] ^ 1]) + data[5001:],
        "ingen säkerhetskopia": b"PK" + data[2:],
    }
    for words, content in bad.items():
        (tmp_path / "b").write_bytes(content)
        with pytest.raises((archive.Damaged, archive.NotABackup), match=words):
            restore(tmp_path / "b", other_key=False, steps=SILENT)
    with pytest.raises(CannotRestore, match="gick inte att läsa"):
        restore(tmp_path / "none", other_key=False, steps=SILENT)


def test_a_backup_of_newer_tables_is_refused(here, home, kept, tmp_path):
    newer = rewritten(kept, tmp_path / "b", home, migrations=["org.9999_later"])
    with pytest.raises(CannotRestore, match=r"annan version.*org\.9999_later"):
        restore(newer, other_key=False, steps=SILENT)


def test_a_fault_in_the_middle_leaves_the_place_empty(home, kept, away, tmp_path):
    """Sealed with the right key, but a table has not the rows that it should have."""
    counts = read(kept).counts | {"org_unit": 11}
    wrong = rewritten(kept, tmp_path / "b", home, counts=counts)
    done = away.with_key_of(home).run("restore", str(wrong))
    assert (done.returncode, "fel antal rader i org_unit" in done.stderr) == (2, True), done
    assert away.files() == {}
    assert away.rows() == ""
    assert not (away.var / "restoring").exists()


def test_a_restore_that_is_killed_can_be_done_again(home, kept, migrated, tmp_path):
    away = migrated(tmp_path / "var").with_key_of(home)
    process = away.start(*COMMAND, "restore", str(kept))
    deadline = time.monotonic() + 60
    while not (away.var / "restoring").exists():
        assert process.poll() is None
        assert time.monotonic() < deadline
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert (away.var / "restoring").exists()
    if (away.var / "facts").exists():  # as if killed a moment later, with the files in place
        shutil.rmtree(away.var / "facts")
    shutil.copytree(home.var / "facts", away.var / "facts")
    done = away.run("restore", str(kept))
    assert done.returncode == 0, done.stderr + done.stdout
    assert away.files() == home.files()


def test_a_place_with_files_or_with_others_at_work_is_refused(home, kept, away):
    away.with_key_of(home)
    (away.var / "facts").mkdir()
    (away.var / "facts" / "mine").write_text("x")
    done = away.run("restore", str(kept))
    assert (done.returncode, "facts är inte tom" in done.stderr) == (2, True), done
    assert away.files() == {"facts/mine": b"x"}
    shutil.rmtree(away.var / "facts")
    code = f"""
import subprocess
from django.db import connection
connection.ensure_connection()
print(subprocess.run({[*COMMAND, "restore", str(kept)]!r}, capture_output=True, text=True).stderr)
"""
    assert "Stoppa Samkoll" in away.python(code)


def test_only_constant_memory_is_used_for_writing():
    """Pieces pass through: what is written is never collected."""
    file = io.BytesIO()
    entry = archive.Writer(file).add("uploads/1", (b"x" * 512 for _ in range(3)), path="a")
    assert (entry.size, file.tell()) == (1536, 2048)
