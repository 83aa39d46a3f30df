"""The demo backed up, restored into an empty place, and its reports built there: the same bytes."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import datetime
from pathlib import Path

import pytest

from samkoll.ops.pytest_plugin import VAR
from tests.demo.conftest import COMMAND

pytestmark = pytest.mark.skipif(
    "DATABASE_URL" in os.environ, reason="needs two databases, as only the embedded server has"
)


@pytest.fixture(scope="module")
def restored(demo_run: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty place that got nothing but the backup and the key file."""
    place = tmp_path_factory.mktemp("restored") / "var"
    backup = place.with_name("demo.backup")
    call(VAR, "backup", str(backup))
    (place / "keys").mkdir(parents=True, mode=0o700)
    shutil.copy2(VAR / "keys" / "samkoll.key", place / "keys")
    call(place, "restore", str(backup))
    return place


def call(var: Path, *words: str) -> None:
    env = {**os.environ, "SAMKOLL_VAR": str(var), "SAMKOLL_PURPOSE": "demo"}
    done = subprocess.run(
        [*COMMAND, *words], check=False, env=env, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def test_the_facts_are_the_same_byte_for_byte(restored: Path) -> None:
    assert files(restored / "facts") == files(VAR / "facts")


def test_reports_built_in_the_restored_place_are_the_same(
    restored: Path, out: Path, tmp_path: Path
) -> None:
    """Pages, Word files and PDF alike; only the day that is printed on them must be given."""
    before = files(out)
    some = next(path for path in out.rglob("*.pdf"))
    day = datetime.fromtimestamp(some.stat().st_mtime).date().isoformat()
    call(restored, "report", "build", "--year", "2024", "--date", day, "--out", str(tmp_path))
    after = files(tmp_path)
    assert sorted(after) == sorted(before)
    assert len(after) == 50
    assert [name for name in after if after[name] != before[name]] == []
