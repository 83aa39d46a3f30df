"""Checks of what lies on disk against what the database counts on."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from samkoll.core.text import number
from samkoll.files import storage
from samkoll.imports.models import QuarantinedRow
from samkoll.ops import holdings
from samkoll.ops.archive.layout import PIECE
from samkoll.ops.doctor.finding import Finding, fault, ok, warning
from samkoll.ops.progress import Steps
from samkoll.ops.restore import staging

_YOUNG = 3600  # seconds; a younger file may belong to an import that has not committed yet


def listed(*, deep: bool, steps: Steps) -> Iterator[Finding]:
    """Every snapshot and attachment that the database counts on has its file and, when ``deep``,
    the right content."""
    yield _listed(_("Fakta"), "facts", holdings.listed_facts(), deep, steps)
    yield _listed(_("Bilagor"), "files", holdings.listed_files(), deep, steps)


def _listed(check: str, name: str, listed: dict[str, str], deep: bool, steps: Steps) -> Finding:
    wrong = []
    with steps.step(check, len(listed)) as tick:
        for below, sha256 in listed.items():
            path = holdings.folder(name) / below
            if not path.is_file() or (deep and _sha256(path) != sha256):
                wrong.append(below)
            tick(1)
    if wrong:
        return fault(
            check,
            _("%(count)s filer saknas eller är skadade: %(names)s.")
            % {"count": len(wrong), "names": ", ".join(wrong[:5])},
            _("Hämta filerna ur en säkerhetskopia (tar -xf) till %(folder)s.")
            % {"folder": holdings.folder(name)},
        )
    seen = _("%(count)s filer, innehållet stämmer.") if deep else _("%(count)s filer finns.")
    return ok(check, seen % {"count": len(listed)})


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        digest = hashlib.sha256()
        while piece := file.read(PIECE):
            digest.update(piece)
    return digest.hexdigest()


def strays(*, now: datetime, fix: bool) -> Iterator[Finding]:
    """Files that nothing counts on: left by a killed import, an undone batch, a killed restore."""
    yield _strays(_("Överblivna fakta"), "facts", holdings.listed_facts, now, fix)
    yield attachments_left(now=now, fix=fix)
    yield _strays(_("Överblivna uppladdningar"), "uploads", holdings.listed_uploads, now, fix)
    yield _strays(_("Överblivna resultat"), "results", holdings.listed_results, now, fix)
    if staging().exists():
        yield _half_restore(fix=fix)


def attachments_left(*, now: datetime, fix: bool) -> Finding:
    """Contents without an attachment: it was removed during a backup, or saving it was undone."""
    return _strays(_("Överblivna bilagor"), "files", holdings.listed_files, now, fix)


def _strays(
    check: str, name: str, counted: Callable[[], object], now: datetime, fix: bool
) -> Finding:
    found = _old_strays(name, counted, now)
    if not found:
        return ok(check, _("Inga."))
    if not fix:
        return warning(
            check,
            _("%(count)s filer, %(size)s MB, som databasen inte räknar med.") % _sizes(found),
            _("Kör samkoll doctor --fix, som tar bort dem."),
        )
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s)", [storage.LOCK])
        if not cursor.fetchone()[0]:
            return warning(
                check,
                _("En säkerhetskopiering pågår eller en bilaga sparas, så inget togs bort."),
                _("Kör om en stund."),
            )
        try:
            found = _old_strays(name, counted, now)  # again: now nobody reads them
            for file in found:
                (holdings.folder(name) / file.path).unlink(missing_ok=True)
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [storage.LOCK])
    return ok(check, _("%(count)s filer, %(size)s MB, togs bort.") % _sizes(found))


def _old_strays(name: str, counted: Callable[[], object], now: datetime) -> list[holdings.Found]:
    """First the files, then the list: a file that is listed in between is not taken for a stray."""
    old = [f for f in holdings.found(name) if f.changed < now.timestamp() - _YOUNG]
    names = counted()
    assert isinstance(names, dict | set)
    return [file for file in old if file.path not in names]


def _sizes(files: list[holdings.Found]) -> dict[str, object]:
    return {"count": len(files), "size": number(sum(f.size for f in files) // 10**6)}


def _half_restore(*, fix: bool) -> Finding:
    check = _("Rester av en återställning")
    if fix:
        shutil.rmtree(staging())
        return ok(check, _("Togs bort."))
    return warning(check, str(staging()), _("Kör samkoll doctor --fix, som tar bort dem."))


def quarantine(*, now: datetime) -> Finding:
    """Rows with faults are personal data and are kept for a few days only."""
    check = _("Karantän")
    overdue = QuarantinedRow.objects.expired(timezone.localdate(now)).count()
    if overdue:
        return warning(
            check,
            _("%(count)s rader skulle ha raderats.") % {"count": number(overdue)},
            _("Kontrollera att bakgrundsarbetaren är igång; den raderar dem varje natt."),
        )
    return ok(check, _("Inga rader har legat för länge."))
