"""Sharing one server: who uses it, who starts it, who stops it.

Two files, locked with ``flock``, which the kernel drops with the process, also at SIGKILL; there
is no list of pids that could go stale:

* ``lease.lock``: shared by everybody who uses the server, for as long as they use it.
* ``start.lock``: exclusive, held by whoever is just now starting, joining or stopping.

A leaver drops its lease, takes the start lock and tries the lease exclusively *through a new
descriptor*: that fails while anybody, forked children of ours included, holds it shared. Whoever
succeeds was the last one and stops the server. If all users are killed, the server lives on until
the next user joins and leaves.
"""

from __future__ import annotations

import atexit
import fcntl
import os
from pathlib import Path
from types import TracebackType
from typing import Self

from samkoll.ops.embedded.account import account
from samkoll.ops.embedded.cluster import Cluster
from samkoll.ops.embedded.place import NotPossible, Place, Say, tell
from samkoll.ops.embedded.waiting import Progress


class Lock:
    """An open lock file; closing it gives up the lock."""

    def __init__(self, file: Path) -> None:
        try:
            self._handle: int | None = os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            raise NotPossible(
                f"{file} går inte att öppna ({error.strerror}). Kör som den användare som äger "
                "mappen, eller ange en annan mapp med SAMKOLL_VAR."
            ) from error

    def take(self, kind: int) -> bool:
        """Try at once; ``kind`` is ``fcntl.LOCK_SH`` or ``LOCK_EX``."""
        assert self._handle is not None
        try:
            fcntl.flock(self._handle, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def wait(self, say: Say) -> Self:
        """Exclusive, however long another process needs for its start."""
        progress = Progress("Väntar på att en annan process startar databasen", say)
        while not self.take(fcntl.LOCK_EX):
            progress.step()
        return self

    def close(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


class Lease:
    """The right to use the server; the last one given back stops it."""

    def __init__(self, cluster: Cluster, held: Lock) -> None:
        self._cluster, self._held = cluster, held
        self._released = False
        atexit.register(self.release)

    def release(self) -> None:
        """Give it back; a second call does nothing."""
        if self._released:
            return
        self._released = True
        atexit.unregister(self.release)
        self._held.close()
        root = self._cluster.place.root
        if not root.exists():  # somebody removed the whole folder
            return
        with Lock(root / "start.lock").wait(tell), Lock(root / "lease.lock") as lease:
            if lease.take(fcntl.LOCK_EX):
                self._cluster.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()


def attach(place: Place, say: Say) -> Lease:
    """A lease on a server that takes our connections. See ``embedded.ensure_running``."""
    place.prepare()
    cluster = Cluster(place, account())
    with Lock(place.root / "start.lock").wait(say):
        if not cluster.wait_for_living(say):
            if not place.data.exists():
                cluster.create()
            cluster.mend()
            cluster.start(say)
        held = Lock(place.root / "lease.lock")
        held.take(fcntl.LOCK_SH)  # cannot fail: it is taken exclusively under the start lock only
        lease = Lease(cluster, held)
    if not cluster.lets_us_in():
        lease.release()
        raise NotPossible(
            f"Databasen släpper inte in oss med lösenordet i {place.root / 'password'}. "
            "Avsluta alla program som använder den och försök igen."
        )
    return lease
