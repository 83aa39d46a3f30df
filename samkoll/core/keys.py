"""Keys derived from one secret file that lies outside database, snapshots and backup.

Lose the file and pseudonyms can no longer be matched with new payroll files, and stored uploads
cannot be read; leak it and pseudonyms can be traced back. ``docs/operators/keys.md`` tells.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from samkoll.core.errors import DomainError

LENGTH = 32


class KeyFileUnusable(DomainError):
    """The key file is missing, too short, or readable by others."""


def create(path: Path) -> None:
    """Make a new secret at ``path``, readable by its owner only. An existing file is left alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "wb") as file:
        file.write(secrets.token_bytes(LENGTH))


def derive(path: Path, purpose: str) -> bytes:
    """The 32-byte key for one purpose ("pseudonym", "upload", …), stable for a given file.

    Raises: KeyFileUnusable.
    """
    try:
        secret = path.read_bytes()
    except OSError as error:
        raise KeyFileUnusable(
            f"Nyckelfilen {path} går inte att läsa. Återställ den från sin egen säkerhetskopia."
        ) from error
    if len(secret) != LENGTH:
        raise KeyFileUnusable(f"Nyckelfilen {path} är skadad: den ska vara {LENGTH} byte lång.")
    if path.stat().st_mode & 0o077:
        raise KeyFileUnusable(f"Nyckelfilen {path} kan läsas av andra. Kör: chmod 600 {path}")
    return HKDF(algorithm=SHA256(), length=LENGTH, salt=None, info=purpose.encode()).derive(secret)
