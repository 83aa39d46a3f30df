"""What an embedded server is doing, for ``samkoll doctor`` and for tests."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from samkoll.ops.embedded.account import Account, existing
from samkoll.ops.embedded.cluster import Cluster
from samkoll.ops.embedded.place import Place


@dataclass(frozen=True)
class Status:
    """``pid``: the living postmaster. ``ready``: it takes connections. ``version`` of the data."""

    data: Path
    log: Path
    version: str | None
    pid: int | None
    ready: bool


def look(place: Place) -> Status:
    """Changes nothing: no folder, no user, no password comes into being."""
    version = place.data / "PG_VERSION"
    nothing = Status(place.data, place.log, None, None, ready=False)
    who = _account()
    if who is None or not (place.root / "password").exists() or not version.exists():
        return nothing
    cluster = Cluster(place, who)
    found = version.read_text().strip()
    return Status(place.data, place.log, found, cluster.pid(), ready=cluster.ready())


def _account() -> Account | None:
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), switch=False)
    user = existing()
    return Account(user.pw_uid, user.pw_gid, switch=True) if user else None
