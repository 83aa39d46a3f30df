"""Documents as answers to a browser: always to save, under a name that tells what it is.

A short document is written while its reader waits, in a process of its own (ADR 0044); a report
is built by a job, and its stored file is handed out.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.http import FileResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from samkoll.core.errors import DomainError
from samkoll.core.text import number
from samkoll.documents.content import Document, Table
from samkoll.documents.writers import PRINTED, Format, texts
from samkoll.documents.writers.look import PLAIN, Look

MOST_ROWS = 2_000
MOST_CHARACTERS = 1_000_000
SECONDS = 40  # of waiting; the work itself has fewer, see ``child``
CONTENT_TYPES: dict[str, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
    "zip": "application/zip",
}
_COMMAND = [sys.executable, "-m", "samkoll.documents.child"]
_LONGEST_NAME = 100


class TooLongToPrint(DomainError):
    """More rows or text than is written while somebody waits."""


def response(document: Document, *, form: str, look: Look = PLAIN) -> FileResponse | None:
    """The document as a download; None for a format that does not exist.

    Its name is the document's title and day: ``handlingsplan-solskolan-2026-11-22.pdf``.
    Raises: TooLongToPrint.
    """
    known = next((f for f in PRINTED if f == form), None)
    if known is None:
        return None
    _refuse_too_long(document)
    name = f"{slugify(document.name)[:_LONGEST_NAME]}-{document.produced_on.isoformat()}.{known}"
    return _attachment(BytesIO(_written(document, known, look)), name, known)


def stored(path: Path, *, form: str) -> FileResponse | None:
    """A built file under its own name; None when it is gone."""
    try:
        file = path.open("rb")
    except FileNotFoundError:
        return None
    return _attachment(file, path.name, form)


def _attachment(file: BinaryIO, name: str, form: str) -> FileResponse:
    kind = CONTENT_TYPES[form]
    return FileResponse(file, as_attachment=True, filename=name, content_type=kind)


def _refuse_too_long(document: Document) -> None:
    rows = sum(len(block.rows) for block in document.blocks if isinstance(block, Table))
    if rows > MOST_ROWS:
        raise TooLongToPrint(
            _(
                "Utskriften skulle få %(rows)s rader och kan ha högst %(most)s. "
                "Gör urvalet mindre, eller hämta listan som XLSX."
            )
            % {"rows": number(rows), "most": number(MOST_ROWS)}
        )
    if sum(map(len, texts(document))) > MOST_CHARACTERS:
        raise _too_much()


def _too_much() -> TooLongToPrint:
    return TooLongToPrint(
        _("Utskriften innehåller för mycket text. Gör urvalet mindre, eller hämta listan som XLSX.")
    )


def _written(document: Document, form: Format, look: Look) -> bytes:
    """The file, by the child. A child that fails is our fault, one that is slow the document's."""
    try:
        done = subprocess.run(
            _COMMAND,
            input=pickle.dumps((document, form, look)),
            stdout=subprocess.PIPE,
            env={},
            cwd=settings.ROOT,
            timeout=SECONDS,
            check=True,
        )
    except subprocess.TimeoutExpired:
        raise _too_much() from None
    return done.stdout
