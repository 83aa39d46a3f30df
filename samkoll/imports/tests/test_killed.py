"""SIGKILL at any moment of an import leaves all of it or nothing.

A child process counts its own function calls during ``import_file`` and kills itself at a given
one. Beside twenty random moments some are chosen by name, among them ``publish``: the facts have
got their final name, and the database has not committed.
"""

from __future__ import annotations

import hashlib
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection

from samkoll.imports.models import Batch, BatchMonth, QuarantinedRow
from samkoll.imports.tests.payroll import identity, row, text
from samkoll.stats.models import MonthVersion, Snapshot

NURSERY = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
path, facts, uploads, key, database = sys.argv[1:]

import django
django.setup()
from django.conf import settings
from django.db import connection
connection.settings_dict["NAME"] = database
settings.FACTS, settings.UPLOADS, settings.KEY_FILE = Path(facts), Path(uploads), Path(key)

import duckdb, polars, pyarrow.parquet
from samkoll.audit.services import CommandLine
from samkoll.imports import profiles, services
from samkoll.imports.reading import Source


def grow_up(moment):
    calls = 0

    def at_name(frame, event, argument):
        if event == "call" and frame.f_code.co_name == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    def at_count(frame, event, argument):
        nonlocal calls
        calls += 1
        if calls == int(moment):
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(at_count if moment.isdigit() else at_name)
    services.import_file(
        source=Source.from_path(Path(path)), profile=profiles.load(), actor=CommandLine(),
        now=datetime(2024, 5, 15, tzinfo=UTC), accept_partial=True,
    )
    sys.setprofile(None)
    print("calls", calls, flush=True)


for line in sys.stdin:
    child = os.fork()
    if child == 0:
        try:
            grow_up(line.strip())
        finally:
            os._exit(0)
    print("status", os.waitpid(child, 0)[1], flush=True)
"""


class Nursery:
    """One process with everything loaded; forks a child that imports the file and dies in it."""

    def __init__(self, path: Path, database: str) -> None:
        folders = (django_settings.FACTS, django_settings.UPLOADS, django_settings.KEY_FILE)
        self._process = subprocess.Popen(
            [sys.executable, "-c", NURSERY, path, *folders, database],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=django_settings.ROOT,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "samkoll.project.settings"},
        )

    def run(self, moment: int | str) -> tuple[int, int]:
        """The signal that ended the child (0: none), and its calls when it reached the end."""
        assert self._process.stdin is not None and self._process.stdout is not None
        print(moment, file=self._process.stdin, flush=True)
        calls = 0
        while True:
            word, value = self._process.stdout.readline().split()
            if word == "status":
                return int(value), calls
            calls = int(value)

    def close(self) -> None:
        """End the process and wait for it."""
        self._process.communicate()


@pytest.fixture
def nursery(town, settings, tmp_path) -> Iterator[Nursery]:
    rows = [row(n, unit="BUF-SOL", month=m) for n in range(40) for m in ("2023-01", "2023-02")]
    path = tmp_path / "lön.csv"
    path.write_text(text(*rows, row(99, unit="BORTA")), encoding="cp1252", newline="")
    nursery = Nursery(path, connection.settings_dict["NAME"])
    yield nursery
    nursery.close()


def counts(folder: Path) -> bool:
    """Whether the import counts; fails unless it does so wholly or not at all."""
    tables = (Batch.objects.committed(), MonthVersion.objects.current(), BatchMonth.objects)
    found = [table.count() for table in tables]
    assert found in ([0, 0, 0], [1, 2, 2]), found
    assert QuarantinedRow.objects.count() == (1 if found[0] else 0)
    for snapshot in Snapshot.objects.all():
        content = (folder / f"{snapshot.sha256}.parquet").read_bytes()
        assert hashlib.sha256(content).hexdigest() == snapshot.sha256
    return found[0] == 1


def forget() -> None:
    """Back to the empty state, so that the next moment starts alike."""
    for model in (MonthVersion, Snapshot, Batch):
        model.objects.all().delete()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_kill_at_any_moment_leaves_all_or_nothing(nursery, settings):
    ended, calls = nursery.run(0)
    assert (ended, counts(settings.FACTS)) == (0, True)
    forget()
    draw = random.Random(20261122)
    moments: list[int | str] = [draw.randrange(1, calls * 95 // 100) for _ in range(20)]
    for moment in [*moments, "publish", "write_quarantine", "summary", "refuse_repeated"]:
        assert nursery.run(moment)[0] == signal.SIGKILL, moment
        if counts(settings.FACTS):
            forget()
    files = [path.read_bytes() for path in settings.FACTS.rglob("*") if path.is_file()]
    assert not any(identity(n).encode() in content for content in files for n in range(40))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_kill_after_the_commit_leaves_all_of_it(nursery, settings):
    assert nursery.run("run_and_clear_commit_hooks")[0] == signal.SIGKILL
    assert counts(settings.FACTS)


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_after_a_kill_between_rename_and_commit_the_file_imports_as_if_nothing_had_been(
    nursery, settings
):
    nursery.run("publish")
    assert list(settings.FACTS.glob("*.parquet"))
    assert not counts(settings.FACTS)
    assert nursery.run(0)[0] == 0
    assert counts(settings.FACTS)
    assert len(list(settings.FACTS.glob("*.parquet"))) == 1
