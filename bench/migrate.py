"""``samkoll migrate`` on an empty database, the embedded one; starting it is not counted."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from bench import installation

CASE = "migrate"
SIZES: dict[str, dict[str, object]] = {"empty database": {}}
GOALS = {"empty database": "20 s"}


def ours() -> tuple[float, bool]:
    """All migrations of all packages."""
    installation.FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=installation.FOLDER) as folder:
        installation.use(Path(folder))
        from samkoll.project.boot import boot

        boot()
        from django.conf import settings
        from django.core.management import call_command
        from django.db import connection

        from samkoll.ops import embedded

        with embedded.ensure_running(settings.VAR, "development"):
            start = time.perf_counter()
            call_command("migrate", interactive=False, verbosity=0)
            seconds = time.perf_counter() - start
            made = "stats_snapshot" in connection.introspection.table_names()
            connection.close()
        return seconds, made


CONTESTANTS = {"ours": ours}
