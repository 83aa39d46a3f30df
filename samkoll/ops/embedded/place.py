"""Where one embedded server keeps its things, and the secrets among them."""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from samkoll.core.errors import DomainError

Purpose = Literal["demo", "development", "test"]
Say = Callable[[str], None]

ROLE = DATABASE = "samkoll"
PORT = "5432"  # only part of the socket's name; given so that PGPORT of the environment has no say
SOCKETS = Path("/tmp")  # not TMPDIR: every process must compute the same, short path

# Tests run without fsync, so they never share a server with data that somebody wants to keep.
_FOLDERS = {"demo": "postgres", "development": "postgres", "test": "postgres-test"}


class NotForThis(DomainError):
    """The embedded server was asked to serve something that needs a real one."""


class NotPossible(DomainError):
    """The folder, the operating system or the account does not allow an embedded server."""


def tell(sentence: str) -> None:
    """Say something to the person at the terminal."""
    sys.stderr.write(f"{sentence}\n")
    sys.stderr.flush()


@dataclass(frozen=True)
class Place:
    """The folder of one server: ``data/``, ``password``, ``log`` and three lock files."""

    root: Path
    purpose: Purpose

    @classmethod
    def of(cls, var: Path, purpose: Purpose) -> Place:
        """Raises: NotForThis."""
        if purpose not in _FOLDERS:
            raise NotForThis(
                "Den inbyggda databasen är bara till för demo, utveckling och test. "
                "Ange en riktig PostgreSQL-server i DATABASE_URL."
            )
        return cls(var.resolve() / _FOLDERS[purpose], purpose)

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def log(self) -> Path:
        return self.root / "log"

    def prepare(self) -> None:
        """Make our own folder; parents that exist keep their mode.

        As root the folder is 0711: the server's own user must pass through it, and everything
        in it has a mode of its own.

        Raises: NotPossible.
        """
        try:
            self.root.parent.mkdir(parents=True, exist_ok=True)
            self.root.mkdir(0o711 if os.geteuid() == 0 else 0o700, exist_ok=True)
        except OSError as error:
            raise NotPossible(
                f"Mappen {self.root} går inte att skapa ({error.strerror}). "
                "Ange en mapp som du får skriva i med SAMKOLL_VAR."
            ) from error
        if os.geteuid() not in (0, self.root.stat().st_uid):
            raise NotPossible(
                f"Mappen {self.root} tillhör en annan användare. "
                "Kör som den användaren, eller ange en annan mapp med SAMKOLL_VAR."
            )

    def password(self) -> str:
        """The role's password, made on first use; all processes agree on one (0600).

        Raises: NotPossible.
        """
        file = self.root / "password"
        try:
            if not file.exists():
                self._make_password(file)
            if stat.S_IMODE(file.stat().st_mode) != 0o600:  # copied carelessly
                file.chmod(0o600)
            return file.read_text().strip()
        except PermissionError as error:
            raise NotPossible(
                f"Lösenordet i {file} går inte att läsa. Kör som den användare som äger mappen, "
                "eller ange en annan mapp med SAMKOLL_VAR."
            ) from error

    def _make_password(self, file: Path) -> None:
        self.prepare()
        mine = self.root / f"password.{os.getpid()}.{secrets.token_hex(4)}"
        with open(os.open(mine, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as out:
            out.write(secrets.token_urlsafe(32))
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(mine, file)  # never replaces a file that another process just made
        except FileExistsError:
            pass
        finally:
            mine.unlink()

    def socket_folder(self) -> Path:
        """Short whatever the path of the data (a socket's path ends at about 100 characters).

        Nobody who cannot read the password can work out the name, and thus make it before us.
        """
        secret = f"{self.password()} {self.data}".encode()
        return SOCKETS / f"samkoll-{hashlib.sha256(secret).hexdigest()[:20]}"
