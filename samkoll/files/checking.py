"""From an upload to content that may be stored, or a sentence. Knows no database."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import unicodedata
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkoll.core.errors import DomainError
from samkoll.core.text import number
from samkoll.files import kinds
from samkoll.files.kinds import Kind, NotTaken, Reason

SECONDS = 60  # of waiting; the work itself has fewer, see ``child``
_LONGEST_NAME = 150
_COMMAND = [sys.executable, "-m", "samkoll.files.child"]

SENTENCES = {
    Reason.EMPTY: gettext_lazy("Filen %(name)s är tom. Välj en annan fil."),
    Reason.TOO_LARGE: gettext_lazy(
        "Filen %(name)s är större än %(limit)s MB. Spara en mindre kopia, eller dela upp den."
    ),
    Reason.UNKNOWN: gettext_lazy(
        "Filen %(name)s är av ett slag som inte kan bifogas. Spara den som PDF, JPEG, PNG, WebP, "
        "DOCX, XLSX, PPTX, ODT, ODS, TXT eller CSV."
    ),
    Reason.HEIC: gettext_lazy(
        "Bilden %(name)s är i formatet HEIC, som inte kan bifogas. Spara den som JPEG."
    ),
    Reason.OLD_OFFICE: gettext_lazy(
        "Filen %(name)s är i ett äldre Office-format eller låst med lösenord. Spara den som DOCX, "
        "XLSX, PPTX eller PDF utan lösenord."
    ),
    Reason.MACROS: gettext_lazy(
        "Filen %(name)s innehåller makron eller inbäddade program. Spara den utan dem, eller som "
        "PDF."
    ),
    Reason.LOCKED: gettext_lazy(
        "Filen %(name)s är låst med lösenord. Spara den utan lösenord och försök igen."
    ),
    Reason.ACTIVE_PDF: gettext_lazy(
        "PDF-filen %(name)s innehåller skript eller annat som kör av sig självt. Skriv ut den till "
        "en ny PDF och bifoga den."
    ),
    Reason.FILES_IN_PDF: gettext_lazy(
        "PDF-filen %(name)s innehåller andra filer. Skriv ut den till en ny PDF och bifoga den, "
        "och bifoga de andra filerna för sig."
    ),
    Reason.PIXELS: gettext_lazy(
        "Bilden %(name)s har för många bildpunkter. Spara en mindre kopia och försök igen."
    ),
    Reason.DAMAGED: gettext_lazy(
        "Filen %(name)s är skadad eller ofullständig. Öppna den, spara den på nytt och försök igen."
    ),
    Reason.TOO_MUCH: gettext_lazy(
        "Filen %(name)s är för komplicerad för att kontrolleras. Spara den som en enklare PDF."
    ),
}


class Refused(DomainError):
    """The file is too large, of a kind that is not taken, damaged, or does things by itself."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that may be stored: its shown name, its kind by content, and the content to keep."""

    name: str
    content_type: str
    content: bytes


def check(upload: UploadedFile[Any]) -> Checked:
    """Look at an uploaded file, in a process of its own. Raises: Refused."""
    typed = plain_name(upload.name or "")
    try:
        kind, content = _inspected(upload, os.path.splitext(typed)[1])
    except NotTaken as refusal:
        raise Refused(_sentence(refusal.reason, typed)) from None
    return Checked(named_for(typed, kind), kind.content_type, content)


def plain_name(typed: str) -> str:
    """The name as it was typed, without folders and what cannot be seen (also turned writing)."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", typed))[-1]
    seen = "".join(c for c in last if unicodedata.category(c)[0] != "C")
    return " ".join(seen.split()).strip(". ") or _("bilaga")


def named_for(name: str, kind: Kind) -> str:
    """The name with an ending that tells the truth; a wrong one is kept before the right one."""
    stem, ending = os.path.splitext(name)
    if ending.lower() in kind.endings:
        return f"{stem[:_LONGEST_NAME]}{ending}"
    return f"{name[:_LONGEST_NAME]}{kind.endings[0]}"


def _inspected(upload: UploadedFile[Any], ending: str) -> tuple[Kind, bytes]:
    if (upload.size or 0) > settings.MAX_FILE_MEGABYTES * 1_000_000:
        raise NotTaken(Reason.TOO_LARGE)
    content = upload.read()
    head, _newline, kept = _answer(content, ending).partition(b"\n")
    word, _space, told = head.decode().partition(" ")
    if word == "reason":
        raise NotTaken(Reason(told))
    return kinds.BY_TYPE[told], kept


def _answer(content: bytes, ending: str) -> bytes:
    """What the child says; one that dies of the file, or at its limits, has said enough."""
    try:
        done = subprocess.run(
            [*_COMMAND, ending],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd=settings.ROOT,
            timeout=SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NotTaken(Reason.TOO_MUCH) from None
    if done.returncode:
        raise NotTaken(Reason.TOO_MUCH)
    return done.stdout


def _sentence(reason: Reason, name: str) -> str:
    return str(SENTENCES[reason]) % {"name": name, "limit": number(settings.MAX_FILE_MEGABYTES)}
