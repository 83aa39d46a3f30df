"""Whole installations for tests: a folder of their own, a server of their own, real commands."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
COMMAND = [sys.executable, "-m", "samkoll.project.cli"]
BOOT = "from samkoll.project.boot import boot; boot()\n"

# Town, three fact files, an attachment, an upload that a batch waits for, a built report.
FURNISH = """
import hashlib, os
from django.conf import settings
from django.utils import timezone
from samkoll.audit.services import CommandLine
from samkoll.files import services
from samkoll.imports.models import Batch, MappingProfile
from samkoll.stats.models import Snapshot
from tests.town import Town
town = Town.build()
os.umask(0o077)
for name in (settings.FACTS, settings.UPLOADS, settings.RESULTS / "7"):
    name.mkdir(parents=True)
for n in range(3):
    data = os.urandom(3_000_000 + n)
    sha256 = hashlib.sha256(data).hexdigest()
    (settings.FACTS / f"{sha256}.parquet").write_bytes(data)
    Snapshot.objects.create(
        sha256=sha256, source="lon", convention="day_split", rows=1, created_at=timezone.now()
    )
services.store(
    upload=services.Checked("intyg.txt", "text/plain", b"Hej"),
    actor=CommandLine(),
    now=timezone.now(),
)
(settings.UPLOADS / ("0f" * 16)).write_bytes(b"encrypted")
(settings.RESULTS / "7" / "Å.pdf").write_bytes(b"%PDF")
profile = MappingProfile.objects.create(
    name="p", version=1, title="p", source="lon", content={}, sha256="0" * 64
)
Batch.objects.create(
    file_name="lön.csv", sha256="1" * 64, size=9, profile=profile, upload="0f" * 16,
    actor_name="Test", created_at=timezone.now(),
)
"""

# A digest of every table's rows, whatever their order.
DIGEST = """
from django.db import connection
from samkoll.ops.backup import row_counts
rows = "SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM public.{} t"
for table in row_counts():
    with connection.cursor() as cursor:
        cursor.execute(rows.format(table))
        print(table, cursor.fetchone()[0])
"""


@dataclass(frozen=True)
class Place:
    """One installation below ``var``."""

    var: Path

    def run(self, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """A ``samkoll`` command, to its end."""
        return self._finished([*COMMAND, *words], settings)

    def python(self, code: str) -> str:
        """Python with Django ready; what it printed."""
        done = self._finished([sys.executable, "-c", BOOT + code], {})
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self, *command: str) -> subprocess.Popen[str]:
        """A process that goes on."""
        return subprocess.Popen(
            command,
            env=self.environment(),
            cwd=ROOT,
            text=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def environment(self, **settings: str) -> dict[str, str]:
        mine = {"SAMKOLL_VAR": str(self.var), "SAMKOLL_PURPOSE": "test", **settings}
        return {**{k: v for k, v in os.environ.items() if k != "DATABASE_URL"}, **mine}

    def with_key_of(self, other: Place) -> Place:
        """Give it the key file of another place."""
        (self.var / "keys").mkdir(parents=True, mode=0o700)
        shutil.copy2(other.var / "keys" / "samkoll.key", self.var / "keys" / "samkoll.key")
        return self

    def files(self) -> dict[str, bytes]:
        """Content of every fact file, attachment, upload and result."""
        folders = [self.var / name for name in ("facts", "files", "uploads", "results")]
        found = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
        return {str(path.relative_to(self.var)): path.read_bytes() for path in found}

    def rows(self) -> str:
        """A digest of every table."""
        return self.python(DIGEST)

    def _finished(
        self, command: list[str], settings: dict[str, str]
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            command,
            check=False,
            env=self.environment(**settings),
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=120,
        )
