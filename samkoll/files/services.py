"""Storing, handing out and removing attachments. See docs/adr/0090."""

from __future__ import annotations

from datetime import datetime

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse

from samkoll.audit import services as audit
from samkoll.files.checking import Checked
from samkoll.files.models import StoredFile


@transaction.atomic
def store(*, upload: UploadedFile | Checked, actor: audit.Actor, now: datetime) -> StoredFile:
    """Keep an attachment; ``upload`` comes from ``files.forms.AttachmentField``, or is checked here.

    Raises: Refused, with the sentence for the user.
    """
    raise NotImplementedError


@transaction.atomic
def remove(*, stored: StoredFile, actor: audit.Actor) -> None:
    """Forget an attachment; its content goes when no other attachment has the same.

    Delete your own link to it first.
    """
    raise NotImplementedError


def response(stored: StoredFile, *, inline: bool = False) -> FileResponse:
    """The file for a browser, after your own check of access. ``inline``: pictures only."""
    raise NotImplementedError
