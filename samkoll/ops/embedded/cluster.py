"""One server seen from outside: is it there, who is it, does it let us in; and its programs."""

from __future__ import annotations

import contextlib
import os
import socket
import struct
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

from samkoll.ops.embedded.account import Account, reachable_binaries
from samkoll.ops.embedded.locks import Lock
from samkoll.ops.embedded.place import DATABASE, PORT, ROLE, NotPossible, Place

_LOG_LIMIT = 10_000_000  # bytes


class DidNotStart(NotPossible):
    """PostgreSQL ended with a fault; the sentence names the log."""


class Cluster:
    """The data folder of one place and the server on it, run by one account."""

    def __init__(self, place: Place, who: Account) -> None:
        self.place, self.who = place, who
        self.bin = reachable_binaries(who)
        self.socket_folder = place.socket_folder()
        self._where = ("-h", str(self.socket_folder), "-p", PORT, "-U", ROLE, "-d", DATABASE)
        self.socket = self.socket_folder / f".s.PGSQL.{PORT}"

    def lock(self) -> Lock:
        """The lock that every process of the server (and of initdb) inherits and so holds.

        It is free exactly when none of them lives, which no pid can tell: a pid may be a zombie's,
        or, after a restart of the container, somebody else's.
        """
        return Lock(self.place.root / "server.lock")

    def pid(self) -> int | None:
        """The process that listens on our socket, told by the kernel over a real connection.

        ``None`` if nobody answers, if it is not the server's user (an impostor), or if it lives
        in another container, where we could not signal it.
        """
        with socket.socket(socket.AF_UNIX) as line:
            try:
                line.settimeout(5)
                line.connect(str(self.socket))
                pid, uid = _peer(line)
            except OSError:
                return None
        return pid if pid and uid == self.who.uid else None

    def ready(self) -> bool:
        """Whether the server takes connections; not while it recovers or stops."""
        if self.pid() is None:
            return False
        command = [str(self.bin / "pg_isready"), "-q", *self._where]
        return subprocess.run(command, check=False, **self.who.popen()).returncode == 0

    def lets_us_in(self) -> bool:
        """Whether our role gets into our database with our password."""
        command = [str(self.bin / "psql"), "-XwAtqc", "SELECT 1"]
        who = self.who.popen(env={"PGPASSWORD": self.place.password()})
        return not subprocess.run(
            [*command, *self._where], check=False, capture_output=True, **who
        ).returncode

    def run(self, program: str, data: Path, *words: str, guard: Lock, text: str = "") -> None:
        """Run ``initdb`` or ``postgres --single`` on a data folder.

        Raises: DidNotStart.
        """
        with self.who.opened(data) as (path, handles):
            done = subprocess.run(
                [str(self.bin / program), *words[:1], "-D", path, *words[1:]],
                check=False,
                capture_output=True,
                text=True,
                input=text,
                pass_fds=(*handles, guard.handle),
                **self.who.popen(),
            )
        if done.returncode:
            with self.open_log() as log:
                log.write(f"{done.stdout}{done.stderr}".encode())
            raise DidNotStart(
                f"Databasen i {self.place.root} gick inte att skapa. "
                f"Orsaken står i {self.place.log}."
            )

    def open_log(self) -> BinaryIO:
        """For appending; begun anew, with one old file, when it has grown large."""
        log = self.place.log
        with contextlib.suppress(FileNotFoundError):
            if log.stat().st_size > _LOG_LIMIT:
                log.replace(log.with_name("log.old"))
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW
        return open(os.open(log, flags, 0o600), "ab")


def _peer(line: socket.socket) -> tuple[int, int]:
    """``(pid, uid)`` of the process that listens at the other end."""
    if sys.platform == "linux":
        pid, uid, _gid = struct.unpack(
            "3i", line.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
        )
        return pid, uid
    # macOS: SOL_LOCAL, LOCAL_PEERPID and the head of struct xucred (LOCAL_PEERCRED)
    (pid,) = struct.unpack("i", line.getsockopt(0, 2, 4))
    _version, uid = struct.unpack("Ii", line.getsockopt(0, 1, 76)[:8])
    return pid, uid
