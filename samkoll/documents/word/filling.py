"""Filling a Word template, and trying one before it is taken into use."""

from __future__ import annotations

import pickle
import subprocess
import sys

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkoll.core.errors import DomainError
from samkoll.documents.content import Document
from samkoll.documents.word.fields import fields_of

SECONDS = 20  # of waiting; the work itself has fewer, see ``child``
MARKS = (b"{{", b"{%")
_COMMAND = [sys.executable, "-m", "samkoll.documents.word.child"]
_SENTENCES = {
    "forbidden": gettext_lazy(
        "Mallen försöker göra något som inte är tillåtet. Använd bara fälten i listan, villkor och "
        "slingor. Word-mallen säger: %(details)s"
    ),
    "unknown": gettext_lazy(
        "Mallen använder fältet %(details)s, som inte finns. Rätta det efter listan över fält."
    ),
    "syntax": gettext_lazy(
        "Ett fält eller ett villkor i mallen är felskrivet. Kontrollera att alla {{ och {%% "
        "avslutas. Word-mallen säger: %(details)s"
    ),
    "no_content": gettext_lazy(
        "Mallen saknar raden «Innehåll», som visar var rapportens text ska stå. Lägg till den som "
        "ett eget stycke."
    ),
    "styles": gettext_lazy(
        "Mallen saknar formaten %(details)s. Utgå från vår mall, där alla format finns."
    ),
    "damaged": gettext_lazy(
        "Mallen är skadad. Öppna den i Word, spara den på nytt och försök igen."
    ),
    "too_much": gettext_lazy(
        "Mallen tog för lång tid eller för mycket minne. Ta bort slingor som inte slutar och stora "
        "bilder."
    ),
}


class BadWordTemplate(DomainError):
    """The template cannot be used; the sentence says why and what to do."""


def filled(template: bytes, document: Document) -> bytes:
    """The template with the document's fields on its cover, in its headers and footers.

    Raises: BadWordTemplate.
    """
    return _asked(template, document, trying=False)


def check(template: bytes, sample: Document) -> None:
    """Fill a template with a sample and write the sample in its styles. Raises: BadWordTemplate."""
    _asked(template, sample, trying=True)


def _asked(template: bytes, document: Document, *, trying: bool) -> bytes:
    message = pickle.dumps((template, fields_of(document), document if trying else None))
    try:
        done = subprocess.run(
            _COMMAND,
            input=message,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={},
            cwd=settings.ROOT,
            timeout=SECONDS,
            check=True,
        )
    except subprocess.SubprocessError:
        raise BadWordTemplate(str(_SENTENCES["too_much"])) from None
    line, _newline, made = done.stdout.partition(b"\n")
    reason, _space, details = line.decode().partition(" ")
    if reason == "file":
        return made
    known = _SENTENCES.get(reason, _SENTENCES["damaged"])
    raise BadWordTemplate(str(known) % {"details": details or _("okänt")})
