"""Storing, handing out and removing attachments. See docs/adr/0090-attachments.md."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse
from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.audit import services as audit
from samkoll.core.errors import DomainError
from samkoll.files import checking, kinds, storage
from samkoll.files.checking import Checked, Refused
from samkoll.files.models import StoredFile

__all__ = ["Checked", "ContentGone", "Refused", "remove", "response", "store"]

_PICTURES = {kind.content_type for kind in kinds.PICTURES}


class ContentGone(DomainError):
    """The row is there, but its content is not on disk. ``samkoll doctor`` says so too."""


@transaction.atomic
def store(*, upload: UploadedFile[Any] | Checked, actor: audit.Actor, now: datetime) -> StoredFile:
    """Keep an attachment. The same content is kept once, however often it is attached.

    Give what ``forms.AttachmentField`` has checked; an upload of another way is checked here, which
    takes some tenths of a second. Link to the row by a foreign key with PROTECT.

    Raises: Refused, with the sentence for the user.
    """
    checked = upload if isinstance(upload, Checked) else checking.check(upload)
    storage.count_on_files()
    stored = StoredFile.objects.create(
        name=checked.name,
        content_type=checked.content_type,
        size=len(checked.content),
        sha256=storage.keep(checked.content),
        owner_id=actor.pk if isinstance(actor, User) else None,
        owner_name=str(actor)[:200],
        stored_at=now,
    )
    after = audit.state(stored, "name", "content_type", "size", "sha256")
    audit.record("file.stored", actor, stored, after=after)
    return stored


@transaction.atomic
def remove(*, stored: StoredFile, actor: audit.Actor) -> None:
    """Forget an attachment, once your own link to it is gone. After the commit its content goes,
    unless another attachment has the same.

    While a backup reads, the content stays; the nightly round takes it.
    """
    before = audit.state(stored, "name", "content_type", "size", "sha256")
    audit.record("file.removed", actor, stored, before=before)
    sha256 = stored.sha256
    stored.delete()
    transaction.on_commit(partial(_drop_content, sha256))


def _drop_content(sha256: str) -> None:
    with transaction.atomic():
        if storage.may_remove() and not StoredFile.objects.filter(sha256=sha256).exists():
            storage.path_of(sha256).unlink(missing_ok=True)


def response(stored: StoredFile, *, inline: bool = False) -> FileResponse:
    """The file for a browser, after your own check of access: to save, never to run.

    ``inline``: shown in the page; pictures only, all else is saved.

    Raises: ContentGone.
    """
    try:
        file = storage.path_of(stored.sha256).open("rb")
    except FileNotFoundError:
        raise ContentGone(
            _(
                "Innehållet i %(name)s finns inte kvar på servern. "
                "Be administratören hämta det ur en säkerhetskopia."
            )
            % {"name": stored.name}
        ) from None
    shown = inline and stored.content_type in _PICTURES
    answer = FileResponse(
        file, as_attachment=not shown, filename=stored.name, content_type=stored.content_type
    )
    answer.headers["X-Content-Type-Options"] = "nosniff"
    return answer
