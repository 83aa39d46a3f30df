"""Backup (säkerhetskopia): database, facts, attachments, uploads and results of one moment."""

from __future__ import annotations

import contextlib
import fcntl
import importlib.metadata
import os
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from samkoll.core import keys
from samkoll.core.errors import DomainError
from samkoll.files import storage
from samkoll.ops import archive, holdings, programs
from samkoll.ops.archive.layout import PIECE
from samkoll.ops.progress import Steps, Tick

# What is worth nothing in a restored place: cached answers, and sessions of that time.
WITHOUT_ROWS = ("cache", "django_session", "usersessions_usersession")


class CannotBackUp(DomainError):
    """The backup cannot be written, or what it should hold is not whole."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a finished backup holds. ``size``: bytes of the file; ``files``: attachments."""

    path: Path
    size: int
    facts: int
    files: int
    rows: int


def back_up(target: Path, *, force: bool, now: datetime, steps: Steps) -> Written:
    """Write everything but the key file to ``target`` (0600): all of it or nothing.

    One repeatable-read transaction tells which snapshots and attachments exist and is the one that
    is dumped, so each that the dump names is in the file, and its content has been checked.

    Raises: CannotBackUp, KeyFileUnusable, NoPrograms, ProgramFailed.
    """
    seal = keys.derive(settings.KEY_FILE, "backup")
    with _opened(target, force=force) as file:
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            storage.count_on_files()
            manifest = _write(file, now, steps)
        archive.Writer(file).finish(manifest, seal)
        size = file.tell()
    held = Counter(entry.folder for entry in manifest.entries)
    return Written(target, size, held["facts"], held["files"], sum(manifest.counts.values()))


def _write(file: BinaryIO, now: datetime, steps: Steps) -> archive.Manifest:
    writer, major = archive.Writer(file), programs.server_version()
    counts = row_counts()
    with steps.step(_("Databasen"), None) as tick:
        entries = [writer.add(archive.DUMP, _dump(major, tick))]
    entries += _listed(writer, "facts", holdings.listed_facts(), steps)
    entries += _listed(writer, "files", holdings.listed_files(), steps)
    for name in ("uploads", "results"):
        entries += _others(writer, name, steps)
    recorded = MigrationRecorder(connection).applied_migrations()
    return archive.Manifest(
        created=now.isoformat(timespec="seconds"),
        version=importlib.metadata.version("samkoll"),
        purpose=settings.PURPOSE,
        postgres=major,
        migrations=sorted(f"{app}.{name}" for app, name in recorded),
        counts=counts,
        key_check=archive.key_check(keys.derive(settings.KEY_FILE, "backup-check")),
        entries=entries,
    )


def row_counts() -> dict[str, int]:
    """Rows of every table of ours, as the present transaction sees them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        tables = [str(row[0]) for row in cursor.fetchall() if row[0] not in WITHOUT_ROWS]
        counts = {}
        for table in tables:
            cursor.execute(f"SELECT count(*) FROM public.{connection.ops.quote_name(table)}")
            counts[table] = int(cursor.fetchone()[0])
    return counts


def _dump(major: int, tick: Tick) -> Iterator[bytes]:
    """The dump of the transaction that we are in. Raises: NoPrograms, ProgramFailed."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        snapshot = str(cursor.fetchone()[0])
    where, environment = programs.login()
    command = [str(programs.folder(major) / "pg_dump"), "--format=custom", "--schema=public"]
    command += ["--no-owner", "--no-acl", "--no-password", f"--snapshot={snapshot}", where]
    command += [f"--exclude-table-data=public.{table}" for table in WITHOUT_ROWS]
    with tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=errors, env=environment, cwd="/"
        )
        with process:  # ends it, should the writing of a piece fail
            assert process.stdout
            while piece := process.stdout.read(PIECE):
                tick(len(piece))
                yield piece
        if process.returncode:
            errors.seek(0)
            raise programs.failed("pg_dump", errors.read().decode(errors="replace"))


def _listed(
    writer: archive.Writer, folder: str, listed: dict[str, str], steps: Steps
) -> list[archive.Entry]:
    """Files that the database counts on, with their hashes. Raises: CannotBackUp."""
    entries = []
    with steps.step({"facts": _("Fakta"), "files": _("Bilagor")}[folder], len(listed)) as tick:
        for path, sha256 in listed.items():
            member = f"{folder}/{path.rpartition('/')[2]}"
            try:
                with (holdings.folder(folder) / path).open("rb") as file:
                    entry = writer.add(member, _pieces(file), path=path)
            except FileNotFoundError:
                raise _unsound(member, _("saknas")) from None
            if entry.sha256 != sha256:
                raise _unsound(member, _("är skadad"))
            entries.append(entry)
            tick(1)
    return entries


def _unsound(member: str, what: str) -> CannotBackUp:
    return CannotBackUp(
        _(
            "Filen %(name)s %(what)s, så det blev ingen säkerhetskopia. "
            "Hämta filen ur en äldre kopia. Kör samkoll doctor --deep för att se alla sådana fel."
        )
        % {"name": member, "what": what}
    )


def _others(writer: archive.Writer, name: str, steps: Steps) -> list[archive.Entry]:
    """Files that come and go: one that is removed under our hands is simply not in the backup."""
    entries: list[archive.Entry] = []
    with steps.step({"uploads": _("Uppladdningar"), "results": _("Resultat")}[name], None) as tick:
        for found in holdings.found(name):
            try:
                file = (holdings.folder(name) / found.path).open("rb")
            except FileNotFoundError:
                continue
            with file:
                member = f"{name}/{len(entries) + 1}"
                entries.append(writer.add(member, _pieces(file), path=found.path))
            tick(1)
    return entries


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    while piece := file.read(PIECE):
        yield piece


@contextlib.contextmanager
def _opened(target: Path, *, force: bool) -> Iterator[BinaryIO]:
    """A file beside ``target`` that takes its place when all is written and on disk."""
    if target.is_dir():
        raise CannotBackUp(_("%(path)s är en mapp. Ange ett filnamn.") % {"path": target})
    part = target.with_name(f"{target.name}.part")
    try:
        handle = os.open(part, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    except OSError as error:
        raise _cannot_write(target, error) from error
    with open(handle, "r+b") as file:
        if not _only_ours(file, part):
            raise CannotBackUp(
                _("En annan säkerhetskopiering skriver redan till %(path)s.") % {"path": target}
            )
        try:
            os.fchmod(file.fileno(), 0o600)
            _refuse_overwriting(target, force=force)
            file.truncate(0)
            yield file
            _put_in_place(file, part, target, force=force)
        except OSError as error:
            raise _cannot_write(target, error) from error
        finally:
            part.unlink(missing_ok=True)


def _only_ours(file: BinaryIO, part: Path) -> bool:
    """Locked by us, and still the file of that name (another run may just have finished)."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(os.fstat(file.fileno()), part.stat())
    except (BlockingIOError, FileNotFoundError):
        return False


def _put_in_place(file: BinaryIO, part: Path, target: Path, *, force: bool) -> None:
    file.flush()
    os.fsync(file.fileno())
    _refuse_overwriting(target, force=force)
    part.rename(target)
    folder = os.open(target.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _refuse_overwriting(target: Path, *, force: bool) -> None:
    if target.exists() and not force:
        raise CannotBackUp(
            _("%(path)s finns redan. Välj ett annat namn, eller skriv över med --force.")
            % {"path": target}
        )


def _cannot_write(target: Path, error: OSError) -> CannotBackUp:
    return CannotBackUp(
        _("%(path)s gick inte att skriva: %(why)s. Kontrollera mappen och utrymmet.")
        % {"path": target, "why": error.strerror or str(error)}
    )
