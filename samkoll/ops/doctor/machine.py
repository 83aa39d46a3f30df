"""Checks of key file, folders and disk."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from samkoll.core import keys
from samkoll.core.text import number
from samkoll.ops import holdings
from samkoll.ops.doctor.finding import Finding, fault, ok, warning

_FULL, _NEARLY_FULL = 500, 2_000  # megabytes that are free


def key_file() -> Finding:
    """Present, of the right length, readable by its owner only."""
    check = _("Nyckelfil")
    try:
        keys.derive(settings.KEY_FILE, "backup-check")
    except keys.KeyFileUnusable as error:
        return fault(check, _("Går inte att använda."), str(error))
    return ok(check, str(settings.KEY_FILE))


def folders(*, fix: bool) -> Iterator[Finding]:
    """Facts, attachments, uploads and results: ours, 0700, and every file in them 0600."""
    for name in holdings.FOLDERS:
        folder = holdings.folder(name)
        if not folder.exists():
            yield ok(str(folder), _("Finns inte än; skapas när den behövs."))
            continue
        open_to_others = list(_open_to_others(folder))
        if fix:
            for path in open_to_others:
                path.chmod(0o700 if path.is_dir() else 0o600)
        yield _folder(folder, open_to_others, fix=fix)


def _folder(folder: Path, open_to_others: list[Path], *, fix: bool) -> Finding:
    if folder.stat().st_uid != os.geteuid():
        return fault(
            str(folder),
            _("Tillhör en annan användare."),
            _("Kör Samkoll som den användare som äger mappen, eller byt ägare med chown."),
        )
    if open_to_others and not fix:
        return fault(
            str(folder),
            _("%(count)s mappar eller filer kan läsas av andra användare.")
            % {"count": len(open_to_others)},
            _("Kör samkoll doctor --fix, som stänger dem."),
        )
    if open_to_others:
        return ok(
            str(folder), _("%(count)s rättigheter rättades.") % {"count": len(open_to_others)}
        )
    return ok(str(folder), _("Bara vår användare kan läsa den."))


def _open_to_others(folder: Path) -> Iterator[Path]:
    for here, _folders, files in os.walk(folder):
        for path in (Path(here), *(Path(here) / file for file in files)):
            try:
                mode = path.lstat().st_mode
            except FileNotFoundError:
                continue
            if stat.S_IMODE(mode) & 0o077 and not stat.S_ISLNK(mode):
                yield path


def disk() -> Finding:
    """Free space where everything is written."""
    check = _("Ledigt utrymme")
    place = next(p for p in (settings.VAR, *settings.VAR.parents) if p.exists())
    free = shutil.disk_usage(place).free // 10**6
    seen = _("%(free)s MB vid %(path)s.") % {"free": number(free), "path": settings.VAR}
    advice = _("Frigör utrymme eller ge mappen en större disk.")
    if free < _FULL:
        return fault(check, seen, advice)
    return warning(check, seen, advice) if free < _NEARLY_FULL else ok(check, seen)
