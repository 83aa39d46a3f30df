"""From a file to a document, or a sentence that says why not."""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any

from django.conf import settings

from samkoll.core.errors import DomainError
from samkoll.reports.review import document, finding
from samkoll.reports.review.document import Document

LARGEST = 50_000_000  # bytes
SECONDS = 60  # of waiting
_COMMAND = [sys.executable, "-m", "samkoll.reports.review.child"]
_SENTENCES = {
    "empty": "Filen %s är tom.",
    "too_large": "Filen %s är större än 50 MB. Spara den utan bilder eller dela upp den.",
    "pictures": "Filen %s är bara bilder och har ingen text att granska. Använd originalet, eller "
    "läs in texten med ett program för textigenkänning.",
    "locked": "Filen %s är låst med lösenord. Spara den utan lösenord.",
    "damaged": "Filen %s är skadad eller ofullständig. Öppna den och spara den på nytt.",
    "too_much": "Filen %s är för stor eller för komplicerad att läsa. Spara en enklare kopia.",
    "missing": "Filen %s finns inte eller går inte att öppna.",
}
_OTHER = "Filen %s går inte att granska. Spara den som DOCX, PDF eller TXT utan makron och bilagor."


class Unreadable(DomainError):
    """The file cannot be read; the message says why."""


class _Documents(pickle.Unpickler):
    """Unpickles our own four classes and nothing else: the child has read a stranger's file."""

    _KNOWN = {
        (cls.__module__, cls.__name__): cls
        for cls in (document.Document, document.Passage, document.Table, document.TableRow)
    } | {(finding.Place.__module__, "Place"): finding.Place}

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in self._KNOWN:
            return self._KNOWN[module, name]
        if (module, name) == ("dataclasses", "_dataclass_setstate"):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(name)


def opened(path: Path) -> Document:
    """The file as a document. Raises: Unreadable."""
    try:
        if path.stat().st_size > LARGEST:
            raise Unreadable(_SENTENCES["too_large"] % path.name)
        data = path.read_bytes()
    except OSError:
        raise Unreadable(_SENTENCES["missing"] % path.name) from None
    return read(path.name, data)


def read(name: str, data: bytes) -> Document:
    """A file's content as a document, by the ending of its name. Raises: Unreadable."""
    command = [*_COMMAND, name, Path(name).suffix.lower()]
    try:
        ran = subprocess.run(
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd=settings.ROOT,
            check=True,
            timeout=SECONDS,
        )
        answer = _Documents(io.BytesIO(ran.stdout)).load()
    except (subprocess.SubprocessError, pickle.UnpicklingError, EOFError):
        answer = "too_much"
    if isinstance(answer, Document):
        return answer
    raise Unreadable(_SENTENCES.get(str(answer), _OTHER) % name)
