"""The keeper of processes: starts again what ends by itself, stops everything when told."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from pathlib import Path

from samkoll.ops.serving import Keeper

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
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False


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
