"""Gives the test run its own folder and database server before Django reads its settings.

Loaded by ``-p samkoll.ops.pytest_plugin`` (pyproject.toml), in every xdist worker. With
``DATABASE_URL`` set the tests use that server instead (``make test-postgres``).
"""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VAR = ROOT / "var" / "test"

os.environ["SAMKOLL_PURPOSE"] = "test"
os.environ["SAMKOLL_VAR"] = str(VAR)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samkoll.project.settings")
# Two test runs at once, in two terminals, do not share a database; xdist adds its worker's name.
os.environ.setdefault("SAMKOLL_TEST_DATABASE", f"test_samkoll_{os.getpid()}")
# Playwright's fixtures keep an event loop in the thread where Django's database calls run.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

if not os.environ.get("DATABASE_URL"):
    from samkoll.ops import embedded

    embedded.ensure_running(VAR, "test")
