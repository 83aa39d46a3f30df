"""PostgreSQL's own programs, of the version that fits the server, and how they log in."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _
from psycopg.conninfo import make_conninfo

from samkoll.core.errors import DomainError
from samkoll.ops import embedded

OLDEST = 15
_CONNECTION_WORDS = ("host", "port", "user", "dbname", "service", "passfile", "connect_timeout")


class NoPrograms(DomainError):
    """pg_dump of the server's version is not installed."""


class ProgramFailed(DomainError):
    """A program of PostgreSQL ended with a fault; the sentence carries its words."""


def server_version() -> int:
    """The major version of the server that we are connected to."""
    with connection.cursor() as cursor:
        cursor.execute("SHOW server_version_num")
        return int(cursor.fetchone()[0]) // 10_000


def folder(major: int) -> Path:
    """Where pg_dump, pg_restore and psql of this major version lie.

    Raises: NoPrograms.
    """
    if settings.EMBEDDED_DATABASE:
        return embedded.binaries()
    there = shutil.which("pg_dump")
    for found in (there and Path(there).parent, Path(f"/usr/lib/postgresql/{major}/bin")):
        if found and _major(found / "pg_dump") == major:
            return found
    raise NoPrograms(
        _(
            "Databasservern har PostgreSQL %(major)s, men pg_dump av samma version finns inte här. "
            "Installera paketet postgresql-client-%(major)s."
        )
        % {"major": major}
    )


def _major(program: Path) -> int | None:
    try:
        done = subprocess.run(
            [program, "--version"], check=False, capture_output=True, text=True, timeout=30
        )
    except OSError:
        return None
    found = re.search(r"\) (\d+)", done.stdout)
    return int(found[1]) if found else None


def login() -> tuple[str, dict[str, str]]:
    """``(--dbname=…, environment)``: the password goes by the environment, which others cannot see.

    Encryption is asked for as in ``DATABASE_URL`` (``sslmode`` and its relatives).
    """
    given = connection.get_connection_params()
    words = {
        name: value
        for name, value in given.items()
        if value not in (None, "") and (name in _CONNECTION_WORDS or name.startswith("ssl"))
    }
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    environment["LC_ALL"] = "C"  # ``failed`` reads their words in English
    environment.pop("LANGUAGE", None)
    if given.get("password"):
        environment["PGPASSWORD"] = str(given["password"])
    return f"--dbname={make_conninfo('', **words)}", environment


def failed(name: str, errors: str) -> ProgramFailed:
    """What the program complained of first, in a sentence."""
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    faults = [line for line in lines if re.search(r"\b(error|fatal):", line, re.IGNORECASE)]
    words = (faults or lines[-1:] or [_("inget besked")])[0].rstrip(".")
    return ProgramFailed(_("%(name)s gick inte: %(words)s.") % {"name": name, "words": words[:400]})
