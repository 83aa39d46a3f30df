"""Restore (återställning): a backup into an empty place, all of it or nothing."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from samkoll.core import keys
from samkoll.core.errors import DomainError
from samkoll.ops import archive, embedded, holdings, loading, programs
from samkoll.ops.archive.manifest import Sealed
from samkoll.ops.backup import row_counts
from samkoll.ops.progress import Steps

# Rows that an empty installation has: made by migrations and by a worker that has been running.
_OF_AN_EMPTY_PLACE = ("django_", "auth_permission", "procrastinate_")


class CannotRestore(DomainError):
    """The backup does not fit here, or the place is not empty. Nothing was changed."""


class OtherKey(CannotRestore):
    """The key file here is not the one that the backup was made with."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What came back. ``created``: when the backup was made; ``files``: attachments."""

    created: str
    facts: int
    files: int
    rows: int


def restore(source: Path, *, other_key: bool, steps: Steps) -> Restored:
    """Check all of ``source``, then bring it in. A failure leaves the place as empty as it was.

    ``other_key``: the key file of the backup is lost for ever; go on with another one, and without
    the proof that nobody changed the backup on purpose.

    Raises: CannotRestore, NotABackup, Damaged, KeyFileUnusable, NoPrograms, ProgramFailed.
    """
    try:
        file = source.open("rb")
    except OSError as error:
        raise CannotRestore(
            _("%(path)s gick inte att läsa: %(why)s.")
            % {"path": source, "why": error.strerror or str(error)}
        ) from error
    with file:
        with steps.step(_("Kontrollerar säkerhetskopian"), source.stat().st_size) as tick:
            sealed = archive.inspect(file, tick=tick)
        manifest = sealed.manifest
        _check_key(sealed, other_key=other_key)
        _check_code(manifest)
        if settings.PURPOSE != "production" and settings.EMBEDDED_DATABASE:
            embedded.ensure_running(settings.VAR, settings.PURPOSE)
        _check_place(manifest)
        with _private():
            _bring_in(file, manifest, steps)
    held = Counter(entry.folder for entry in manifest.entries)
    rows = sum(manifest.counts.values())
    return Restored(manifest.created, held["facts"], held["files"], rows)


def staging() -> Path:
    """Where a restore prepares its files; there only while one is going on or was killed."""
    return holdings.folder("facts").with_name("restoring")


def _check_key(sealed: Sealed, *, other_key: bool) -> None:
    ours = archive.key_check(keys.derive(settings.KEY_FILE, "backup-check"))
    if sealed.manifest.key_check == ours:
        if not sealed.genuine(keys.derive(settings.KEY_FILE, "backup")):
            raise archive.Damaged(_("Säkerhetskopian är ändrad: förseglingen är bruten."))
    elif not other_key:
        raise OtherKey(
            _(
                "Nyckelfilen %(path)s är en annan än den som säkerhetskopian gjordes med. Lägg "
                "tillbaka den rätta ur sin egen kopia (chmod 600). Är den förlorad för alltid: "
                "kör igen med --other-key och läs docs/operators/keys.md."
            )
            % {"path": settings.KEY_FILE}
        )


def _check_code(manifest: archive.Manifest) -> None:
    known = {f"{app}.{name}" for app, name in MigrationLoader(None).disk_migrations or {}}
    if unknown := sorted({*manifest.migrations} - known):
        more = [_("och %(count)s till") % {"count": len(unknown) - 3}] if len(unknown) > 3 else []
        raise CannotRestore(
            _(
                "Säkerhetskopian är gjord av en annan version av Samkoll (%(version)s), med "
                "ändringar av tabellerna som den här inte känner till: %(unknown)s. Installera "
                "den versionen eller en nyare."
            )
            % {"version": manifest.version, "unknown": ", ".join(unknown[:3] + more)}
        )


def _check_place(manifest: archive.Manifest) -> None:
    """Raises: CannotRestore, NoPrograms."""
    major = programs.server_version()
    programs.folder(major)
    if major < manifest.postgres:
        raise CannotRestore(
            _(
                "Säkerhetskopian är gjord på PostgreSQL %(from)s, men servern här har %(to)s. "
                "Använd en server med %(from)s eller nyare."
            )
            % {"from": manifest.postgres, "to": major}
        )
    _check_empty()
    free = shutil.disk_usage(_existing(staging())).free
    if free < manifest.size * 1.1:
        raise CannotRestore(
            _("Det behövs %(need)s MB ledigt vid %(path)s, men där finns %(free)s MB.")
            % {
                "need": int(manifest.size * 1.1) // 10**6 + 1,
                "path": settings.VAR,
                "free": free // 10**6,
            }
        )


def _check_empty() -> None:
    if _others_connected():
        raise CannotRestore(_("Andra program använder databasen. Stoppa Samkoll och försök igen."))
    full = rows_of_ours()
    if full:
        table, rows = next(iter(full.items()))
        raise CannotRestore(
            _(
                "Databasen är inte tom: tabellen %(table)s har %(rows)s rader. Återställ till en "
                "tom databas, eller ange en tom mapp med SAMKOLL_VAR."
            )
            % {"table": table, "rows": rows}
        )
    if staging().exists():  # a restore was killed; its database part never took effect
        _clear_files()
        shutil.rmtree(staging())
    for name in holdings.FOLDERS:
        if any(files for _here, _folders, files in os.walk(holdings.folder(name))):
            raise CannotRestore(
                _("Mappen %(path)s är inte tom. Flytta undan det som ligger där.")
                % {"path": holdings.folder(name)}
            )


def rows_of_ours() -> dict[str, int]:
    """Tables with rows that an empty installation does not have."""
    counts = row_counts().items()
    return {table: n for table, n in counts if n and not table.startswith(_OF_AN_EMPTY_PLACE)}


def _others_connected() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() "
            "AND pid <> pg_backend_pid() AND coalesce(backend_type, '') IN ('', 'client backend'))"
        )
        return bool(cursor.fetchone()[0])


def _existing(path: Path) -> Path:
    return next(folder for folder in (path, *path.parents) if folder.exists())


def _bring_in(file: BinaryIO, manifest: archive.Manifest, steps: Steps) -> None:
    """Files first, then the database in one transaction: until it commits, nothing counts."""
    prepared = staging()
    major = programs.server_version()
    try:
        prepared.mkdir(mode=0o700, parents=True)
        with steps.step(_("Packar upp filer"), manifest.size) as tick:
            archive.extract(file, manifest.entries, prepared, tick=tick)
        _move_in(prepared)
        connection.close()
        with steps.step(_("Läser in databasen"), None) as tick:
            loading.load(prepared / archive.DUMP, manifest.counts, programs.folder(major), tick)
    except BaseException as error:
        _undo()
        if isinstance(error, OSError):
            raise CannotRestore(
                _("Återställningen avbröts: %(why)s. Inget har ändrats.")
                % {"why": error.strerror or str(error)}
            ) from error
        raise
    shutil.rmtree(prepared)


def _move_in(prepared: Path) -> None:
    for name in holdings.FOLDERS:
        target = holdings.folder(name)
        (prepared / name).mkdir(mode=0o700, exist_ok=True)
        shutil.rmtree(target, ignore_errors=True)  # holds no file: _check_empty has looked
        target.parent.mkdir(parents=True, exist_ok=True)
        (prepared / name).rename(target)
    handle = os.open(prepared.parent, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _undo() -> None:
    """Take the files away again, unless the database was committed after all."""
    with contextlib.suppress(Exception):
        connection.close()
        if not rows_of_ours():
            _clear_files()
            shutil.rmtree(staging(), ignore_errors=True)


def _clear_files() -> None:
    for name in holdings.FOLDERS:
        shutil.rmtree(holdings.folder(name), ignore_errors=True)


@contextlib.contextmanager
def _private() -> Iterator[None]:
    """Whatever is made is for this user only."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)
