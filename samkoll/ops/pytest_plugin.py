"""Gives the test run its own folder and database server before Django reads its settings.

Loaded by ``-p samkoll.ops.pytest_plugin`` (pyproject.toml), in every xdist worker. There are two
suites: the usual one, and with ``SAMKOLL_SUITE=demo`` the one that runs on a loaded demo
(``tests/demo``). With ``DATABASE_URL`` set the usual suite uses that server instead.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEMO = os.environ.get("SAMKOLL_SUITE") == "demo"
VAR = ROOT / "var" / ("test-demo" if DEMO else "test")
PURPOSE = "demo" if DEMO else "test"

os.environ["SAMKOLL_PURPOSE"] = PURPOSE
os.environ["SAMKOLL_VAR"] = str(VAR)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samkoll.project.settings")
# Two test runs at once, in two terminals, do not share a database; xdist adds its worker's name.
os.environ.setdefault("SAMKOLL_TEST_DATABASE", f"test_samkoll_{os.getpid()}")
# Playwright's fixtures keep an event loop in the thread where Django's database calls run.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

if DEMO and "PYTEST_XDIST_WORKER" not in os.environ:
    shutil.rmtree(VAR, ignore_errors=True)

(VAR / "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise warns when it is missing

if not os.environ.get("DATABASE_URL"):
    from samkoll.ops import embedded

    embedded.ensure_running(VAR, "demo" if DEMO else "test")
