"""Sharing one server: who uses it, who starts it, who stops it.

Two lock files beside the one that the server itself holds (``Cluster.lock``):

* ``lease.lock``: shared by everybody who uses the server, for as long as they use it.
* ``start.lock``: exclusive, held by whoever is just now starting, joining or stopping.

A leaver drops its lease, takes the start lock and tries the lease exclusively *through a new
descriptor*: that fails while anybody, forked children of ours included, holds it shared. Whoever
succeeds was the last one and stops the server. If all users are killed, the server lives on until
the next user joins and leaves.
"""

from __future__ import annotations

import atexit
from typing import Self

from samkoll.ops.embedded import server
from samkoll.ops.embedded.account import account
from samkoll.ops.embedded.cluster import Cluster
from samkoll.ops.embedded.locks import Lock
from samkoll.ops.embedded.place import NotPossible, Place, Say, tell

_LEAVE_WITHIN = 10.0  # seconds


class Lease:
    """The right to use the server; the last one given back stops it."""

    def __init__(self, cluster: Cluster, held: Lock) -> None:
        self._cluster, self._held = cluster, held
        atexit.register(self.release)

    def release(self) -> None:
        """Give it back; a second call does nothing."""
        if self._held.handle < 0:
            return
        atexit.unregister(self.release)
        self._held.close()
        root = self._cluster.place.root
        if not root.exists():  # somebody removed the whole folder
            return
        with Lock(root / "start.lock") as start, Lock(root / "lease.lock") as lease:
            # Who keeps the start lock for long starts a server, and will stop it.
            if (
                start.wait("Databasen är upptagen", tell, within=_LEAVE_WITHIN)
                and lease.exclusive()
            ):
                server.stop(self._cluster)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.release()


def attach(place: Place, say: Say) -> Lease:
    """A lease on a server that takes our connections. See ``embedded.ensure_running``."""
    place.prepare()
    cluster = Cluster(place, account())
    with Lock(place.root / "start.lock") as start:
        start.wait("Väntar på att en annan process startar databasen", say)
        server.ensure(cluster, say)
        held = Lock(place.root / "lease.lock")
        held.shared()  # cannot fail: nobody takes it exclusively without the start lock
    lease = Lease(cluster, held)
    if not cluster.lets_us_in():
        lease.release()
        raise NotPossible(
            f"Databasen släpper inte in oss med lösenordet i {place.root / 'password'}. "
            "Avsluta alla program som använder den och försök igen."
        )
    return lease
