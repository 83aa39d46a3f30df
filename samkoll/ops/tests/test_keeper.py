"""The keeper of processes: starts again what ends by itself, stops everything when told."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from urllib.request import urlopen

from samkoll.ops import embedded
from samkoll.ops.serving import Keeper, check_free
from samkoll.ops.tests.places import COMMAND, Place

PROGRAM = """
import os, sys, time
with open(sys.argv[1], "a") as file:
    print(os.getpid(), file=file, flush=True)
time.sleep(60)
"""


def pids(file: Path, count: int) -> list[int]:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        found = file.read_text().split() if file.exists() else []
        if len(found) >= count:
            return [int(pid) for pid in found]
        time.sleep(0.05)
    raise AssertionError(f"fewer than {count} starts")


def gone(pid: int) -> bool:
    """Ended; a zombie that nobody has buried yet counts."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def test_a_process_that_dies_is_started_again_and_all_stop_on_sigterm(tmp_path):
    keeper = Keeper([[sys.executable, "-c", PROGRAM, str(tmp_path / name)] for name in "ab"])

    def interfere() -> None:
        pids(tmp_path / "b", 1)
        os.kill(pids(tmp_path / "a", 1)[0], signal.SIGKILL)
        pids(tmp_path / "a", 2)
        os.kill(os.getpid(), signal.SIGTERM)

    before = {name: signal.getsignal(name) for name in (signal.SIGINT, signal.SIGTERM)}
    thread = threading.Thread(target=interfere)
    thread.start()
    try:
        keeper.run()
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
    thread.join()
    assert all(gone(pid) for name in "ab" for pid in pids(tmp_path / name, 1))


def until(true: Callable[[], object], seconds: float = 180) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "took too long"
        time.sleep(0.05)


def test_what_is_kept_ends_when_the_keeper_is_killed(tmp_path):
    program = [sys.executable, "-c", PROGRAM, str(tmp_path / "a")]
    code = f"from samkoll.ops.serving import Keeper; Keeper([{program!r}]).run()"
    keeper = Place(tmp_path / "var").start(sys.executable, "-c", code)
    (kept,) = pids(tmp_path / "a", 1)
    keeper.kill()
    keeper.communicate()
    until(lambda: gone(kept))


def test_nothing_starts_for_a_starter_that_is_already_dead():
    command = [sys.executable, "-m", "samkoll.ops.bound", "1", "false"]
    assert subprocess.run(command, check=False).returncode == 0


def test_a_killed_serve_leaves_no_web_no_worker_and_a_free_port(migrated, tmp_path):
    """SIGKILL reaches ``samkoll serve`` alone: gunicorn and its workers, too, must go."""
    place = migrated(tmp_path / "var")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    serve = place.start(*COMMAND, "serve", "--port", port, "--processes", "1")
    until(lambda: answers(port))
    family = children(serve.pid)
    assert len(family) >= 3  # gunicorn, its worker, the background worker
    serve.kill()
    _out, errors = serve.communicate(timeout=60)
    until(lambda: all(gone(pid) for pid in family))
    assert "Traceback" not in errors, errors
    check_free("127.0.0.1", int(port))
    assert place.run("migrate").returncode == 0  # the next to come and go stops the server
    until(lambda: not embedded.status(place.var, "test").pid)


def answers(port: str) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/konto/logga-in/", timeout=30) as page:
            return bool(page.status == 200)
    except OSError:
        return False


def children(pid: int) -> list[int]:
    """Processes below ``pid``, as the kernel tells; without the database server's own."""
    found = []
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            if Path(f"/proc/{child}/comm").read_text().strip() != "postgres":
                found += [int(child), *children(int(child))]
    return found
