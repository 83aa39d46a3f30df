"""The demo suite: Exempelkommunen, loaded once a run as ``make demo`` does, read by all tests.

Run it with ``SAMKOLL_SUITE=demo pytest tests/demo`` (``make test`` does). Tests read the demo's own
database inside transactions that are rolled back; pages are served by a real ``samkoll serve``.
"""

from __future__ import annotations

import fcntl
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import DjangoDbBlocker

from samkoll.ops.pytest_plugin import DEMO, VAR

OUT = VAR / "out"
COMMAND = [sys.executable, "-m", "samkoll.project.cli"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if not DEMO:
        for item in items:
            if "tests/demo" in item.nodeid:
                item.add_marker(pytest.mark.skip(reason="SAMKOLL_SUITE=demo runs these"))


def _loaded() -> Path:
    """Load the demo once, whichever xdist worker comes first; the others wait for it."""
    VAR.mkdir(parents=True, exist_ok=True)
    done = VAR / "loaded"
    with (VAR / "loading").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            run = subprocess.run(
                [*COMMAND, "demo", "run", "--out", str(OUT)],
                check=False,
                capture_output=True,
                text=True,
            )
            assert run.returncode == 0, run.stdout[-4000:] + run.stderr[-4000:]
            done.write_text(run.stdout, encoding="utf-8")
    return done


@pytest.fixture(scope="session")
def demo_run() -> str:
    """What ``samkoll demo run`` printed."""
    return _loaded().read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def django_db_setup(demo_run: str, django_db_blocker: DjangoDbBlocker) -> None:
    """Tests use the demo's database itself; each runs in a transaction that is rolled back."""


@pytest.fixture(scope="session")
def out(demo_run: str) -> Path:
    """The folder with the ten reports of the demo."""
    return OUT


@pytest.fixture(autouse=True)
def own_folders() -> None:
    """The demo's own folders are used here."""


@pytest.fixture(scope="session")
def served(demo_run: str) -> Iterator[str]:
    """The address of a running web with the demo, one for each xdist worker."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (VAR / f"serve-{os.environ.get('PYTEST_XDIST_WORKER', 'one')}.log").open("wb")
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", str(port), "--processes", "1"], stdout=log, stderr=log
    )
    address = f"http://127.0.0.1:{port}"
    try:
        _wait_for(address, process)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        assert process.poll() is None, "samkoll serve ended; see the serve log"
        try:
            urllib.request.urlopen(f"{address}/konto/logga-in/", timeout=5).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the web did not answer within a minute")
