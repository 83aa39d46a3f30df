"""One server: make its data, start it, see whether it lives, stop it.

Everything here that changes something is called under the start lock (``lease``).
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import time
from pathlib import Path
from typing import BinaryIO

from samkoll.ops.embedded.account import VERSION, Account, reachable_binaries
from samkoll.ops.embedded.place import DATABASE, PORT, ROLE, NotPossible, Place, Say
from samkoll.ops.embedded.waiting import Progress

_SETTINGS = {
    "listen_addresses": "",  # explicit: the default also takes localhost:5432
    "port": PORT,
    "unix_socket_permissions": "0700",
    "max_connections": "60",
    "shared_buffers": "256MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "cluster_name": "samkoll",
}
# Tests can be repeated; losing their data in a power cut costs nothing.
_FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}
# The superuser has no line, hence no way in, neither by password nor by account.
_HBA = f"# Samkoll, see docs/adr/0010\nlocal all {ROLE} scram-sha-256\n"
_LOG_LIMIT = 10_000_000  # bytes
_STOP_WITHIN = 60.0  # seconds; a fast stop writes at most 256 MB
_OLD_MEMORY = "pre-existing shared memory"  # a killed server's last processes are still dying

# Children that we started; kept so that they can be reaped and are not warned about.
_children: list[subprocess.Popen[bytes]] = []


def _has_account(uid: int) -> bool:
    try:
        pwd.getpwuid(uid)
    except KeyError:
        return False
    return True


class DidNotStart(NotPossible):
    """The server ended before it took connections; the sentence names the log."""


class Cluster:
    """The server of one place, run by one account."""

    def __init__(self, place: Place, who: Account) -> None:
        self.place, self.who = place, who
        self.bin = reachable_binaries(who)
        self.socket = place.socket_folder()

    # --- looking ------------------------------------------------------------------------------

    def ready(self) -> bool:
        """Whether a server takes connections on our socket (a real connection, not a pid)."""
        command = [self.bin / "pg_isready", "-q", "-h", self.socket, "-p", PORT, "-t", "5"]
        return subprocess.run(command, check=False, **self.who.popen()).returncode == 0

    def lets_us_in(self) -> bool:
        """Whether our role gets in with our password."""
        command = [self.bin / "psql", "-XwAtqc", "SELECT 1", "-h", self.socket, "-p", PORT]
        env = {"PGPASSWORD": self.place.password()}
        return subprocess.run(
            [*command, "-U", ROLE, DATABASE],
            check=False,
            capture_output=True,
            **self.who.popen(env=env),
        ).returncode == 0

    def pid(self) -> int | None:
        """The living postmaster of exactly this data folder.

        The pid file alone proves nothing: after a crash, and always after a container's restart,
        the number may be a zombie's or belong to somebody else. A postmaster stands in its data
        folder for as long as it lives, so that is what is asked (as its own user: root in a
        container may lack the right).
        """
        try:
            pid = int((self.place.data / "postmaster.pid").read_text().split("\n", 1)[0])
        except (OSError, ValueError):
            return None
        if not Path("/proc/self/stat").exists():
            return pid if self.ready() else None
        command = ["stat", "-Lc", "%d:%i", f"/proc/{pid}/cwd"]
        where = subprocess.run(
            command, check=False, capture_output=True, text=True, **self.who.popen()
        )
        here = self.place.data.stat()
        return pid if where.stdout.strip() == f"{here.st_dev}:{here.st_ino}" else None

    # --- making the data ----------------------------------------------------------------------

    def create(self) -> None:
        """The data folder with role and database, whole or not at all (it is renamed last)."""
        fresh = self.place.root / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(0o700)
        if self.who.switch:
            os.chown(fresh, self.who.uid, self.who.gid)
        options = ["--username=postgres", "--encoding=UTF8", "--locale=C", "--data-checksums"]
        options += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"]
        options += ["--auth-local=peer", "--auth-host=reject"]  # both replaced by _HBA below
        if self.place.purpose == "test":
            options.append("--no-sync")
        with self.who.opened(fresh) as (path, handles):
            self._run("initdb", "-D", path, *options, handles=handles)
        (fresh / "pg_hba.conf").write_text(_HBA)
        self._as_superuser(
            fresh,
            f"CREATE ROLE {ROLE} LOGIN CREATEDB PASSWORD '{self.place.password()}';\n"
            f"CREATE DATABASE {DATABASE} OWNER {ROLE};\n",
        )
        self._remember_password(fresh)
        fresh.rename(self.place.data)

    def mend(self) -> None:
        """Before a start: owner, version, password and pid file as they must be.

        Raises: NotPossible.
        """
        self._own()
        version = self.place.data / "PG_VERSION"
        found = version.read_text().strip() if version.exists() else "okänd version"
        if found != VERSION:
            raise NotPossible(
                f"Mappen {self.place.data} är gjord av PostgreSQL {found}, inte {VERSION}. "
                "Flytta undan den, eller ange en annan mapp med SAMKOLL_VAR."
            )
        if self.pid() is None:  # stale: postgres itself would take a reused pid for a live server
            (self.place.data / "postmaster.pid").unlink(missing_ok=True)
        if self._remembered_password() != self._digest():
            command = f"ALTER ROLE {ROLE} PASSWORD '{self.place.password()}';\n"
            self._as_superuser(self.place.data, command)
            self._remember_password(self.place.data)

    def _own(self) -> None:
        """A rebuilt container may know our system user by another number."""
        owner = self.place.data.stat().st_uid
        if owner == self.who.uid:
            return
        if not self.who.switch or _has_account(owner):
            raise NotPossible(
                f"Databasen i {self.place.data} tillhör en annan användare. "
                "Kör som den användaren, eller ange en annan mapp med SAMKOLL_VAR."
            )
        for _path, folders, files, handle in os.fwalk(self.place.data):
            for name in (*folders, *files):
                os.chown(name, self.who.uid, self.who.gid, dir_fd=handle, follow_symlinks=False)
        os.chown(self.place.data, self.who.uid, self.who.gid)

    def _as_superuser(self, data: Path, commands: str) -> None:
        """Without any server and thus without any login: PostgreSQL's single-user mode."""
        with self.who.opened(data) as (path, handles):
            options = ["-D", path, "-c", "exit_on_error=on", "postgres"]
            self._run("postgres", "--single", *options, handles=handles, text=commands)

    def _run(self, program: str, *words: str, handles: tuple[int, ...], text: str = "") -> None:
        done = subprocess.run(
            [self.bin / program, *words],
            check=False,
            capture_output=True,
            text=True,
            input=text,
            pass_fds=handles,
            **self.who.popen(),
        )
        if done.returncode:
            with self._open_log() as log:
                log.write(f"{done.stdout}{done.stderr}".encode())
            raise DidNotStart(f"Databasen gick inte att skapa. Orsaken står i {self.place.log}.")

    def _digest(self) -> str:
        return hashlib.sha256(self.place.password().encode()).hexdigest()

    def _remember_password(self, data: Path) -> None:
        (data / "samkoll-password.sha256").write_text(self._digest())

    def _remembered_password(self) -> str:
        file = self.place.data / "samkoll-password.sha256"
        return file.read_text() if file.exists() else ""

    # --- starting and stopping ----------------------------------------------------------------

    def start(self, say: Say) -> None:
        """Start and wait until it takes connections, however long its recovery is.

        Raises: DidNotStart, NotPossible.
        """
        self._make_socket_folder()
        for _attempt in range(10):
            with self._open_log() as log:
                before = log.tell()
                process = self._launch(log.fileno())
            if self._wait(process, say):
                return
            if _OLD_MEMORY not in self._log_from(before):
                break
            time.sleep(0.2)
        raise DidNotStart(f"Databasen startade inte. Orsaken står i {self.place.log}.")

    def wait_for_living(self, say: Say) -> bool:
        """Join a server that somebody else started; ``False`` if there is none (any more).

        One whose socket file somebody removed is of no use to anyone: it is stopped.
        """
        progress = Progress("Databasen startar", say)
        while not self.ready():
            pid = self.pid()
            if pid is None:
                return False
            if self._says_ready() and not (self.socket / f".s.PGSQL.{PORT}").exists():
                self.stop()
                return False
            progress.step()
        return True

    def stop(self) -> None:
        """A fast stop (open connections are ended). Does nothing if no server runs."""
        pid = self.pid()
        if pid is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + _STOP_WITHIN
        while self.pid() == pid and time.monotonic() < deadline:
            time.sleep(0.01)
        for child in _children:
            child.poll()
        with contextlib.suppress(OSError):
            self.socket.rmdir()  # only if the server has tidied up

    def _launch(self, log: int) -> subprocess.Popen[bytes]:
        settings = _SETTINGS | (_FAST if self.place.purpose == "test" else {})
        words = [f"--{name}={value}" for name, value in settings.items()]
        with self.who.opened(self.place.data) as (path, handles):
            process = subprocess.Popen(
                [self.bin / "postgres", "-D", path, "-k", self.socket, *words],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C at the terminal ends us, and then we stop it
                pass_fds=handles,
                **self.who.popen(),
            )
        _children.append(process)
        return process

    def _wait(self, process: subprocess.Popen[bytes], say: Say) -> bool:
        progress = Progress("Databasen återställer sig efter ett avbrott", say)
        while process.poll() is None:
            if self.ready():
                return True
            progress.step()
        return False

    def _says_ready(self) -> bool:
        lines = (self.place.data / "postmaster.pid").read_text().splitlines()
        return lines[-1].strip() == "ready"

    def _make_socket_folder(self) -> None:
        """0700 and the server's own; one that is not is refused, whoever made it."""
        with contextlib.suppress(FileExistsError):
            self.socket.mkdir(0o700)
        try:
            handle = os.open(self.socket, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
        except OSError:
            raise self._foreign_socket_folder() from None
        try:
            found = os.fstat(handle)
            if found.st_uid not in (os.geteuid(), self.who.uid) or stat.S_IMODE(found.st_mode) & 0o77:
                raise self._foreign_socket_folder()
            if self.who.switch:
                os.fchown(handle, self.who.uid, self.who.gid)
        finally:
            os.close(handle)

    def _foreign_socket_folder(self) -> NotPossible:
        return NotPossible(
            f"Mappen {self.socket} är gjord av någon annan eller öppen för andra. "
            "Ta reda på varför, ta bort den och försök igen."
        )

    # --- the log ------------------------------------------------------------------------------

    def _open_log(self) -> BinaryIO:
        with contextlib.suppress(FileNotFoundError):
            if self.place.log.stat().st_size > _LOG_LIMIT:
                self.place.log.replace(self.place.log.with_name("log.old"))
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW
        return open(os.open(self.place.log, flags, 0o600), "ab")

    def _log_from(self, offset: int) -> str:
        with self.place.log.open("rb") as log:
            log.seek(offset)
            return log.read().decode(errors="replace")
