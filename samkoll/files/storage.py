"""Where the contents lie: one file for each content, named by its hash, for our user only."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

from django.conf import settings
from django.db import connection

LOCK = 7_265_001
"""Advisory lock of the database. Shared by whoever counts on files that lie there: attachments
that are being stored, and backups. Exclusive for whoever removes files that nothing counts on."""


def below(sha256: str) -> str:
    """Where a content lies below the folder of attachments."""
    return f"{sha256[:2]}/{sha256}"


def path_of(sha256: str) -> Path:
    """The file of a content."""
    return Path(settings.FILES) / below(sha256)


def count_on_files() -> None:
    """Until the present transaction ends, nobody removes files. Waits for one who is at it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [LOCK])


def may_remove() -> bool:
    """Whether files may be removed until the present transaction ends; does not wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        return bool(cursor.fetchone()[0])


def keep(content: bytes) -> str:
    """Write a content, whole and durable or not at all; returns its SHA-256.

    A file with the same content is replaced by the same: damage heals, and it is young again for
    those who look for old files that nothing counts on.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    path, top = path_of(sha256), Path(settings.FILES)
    for folder in (top, path.parent):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = top / f"part-{secrets.token_hex(8)}"
    try:
        with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
    _sync(path.parent)
    return sha256


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
