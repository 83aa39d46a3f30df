"""What people say about an action, and the files that they attach."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from samkoll.actions import policies, queries
from samkoll.actions.models import ActionFile, Comment
from samkoll.actions.services import common
from samkoll.actions.services.common import Actor, IncompleteAction
from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.files import services as files
from samkoll.files.checking import Checked


@transaction.atomic
def add_comment(*, action_id: int, text: str, actor: Actor, today: date) -> Comment:
    """Say something about an action. The words stand in the conversation, not in the log.

    Raises: PermissionDenied, IncompleteAction.
    """
    action = common.lock(action_id)
    require(policies.can_comment(queries.standing(actor, action, today)))
    if not text.strip():
        raise IncompleteAction(_("Skriv en kommentar först."))
    said = Comment.objects.create(
        action=action, author_id=actor.pk, author_name=str(actor)[:200], text=text.strip()
    )
    audit.record("action.commented", actor, action)
    return said


@transaction.atomic
def attach_files(
    *,
    action_id: int,
    uploads: Sequence[UploadedFile[Any] | Checked],
    actor: Actor,
    today: date,
    now: datetime,
) -> list[ActionFile]:
    """Keep files with an action, all or none. Raises: PermissionDenied, files.services.Refused."""
    action = common.lock(action_id)
    require(policies.can_work(queries.standing(actor, action, today)))
    links = []
    for upload in uploads:
        stored = files.store(upload=upload, actor=actor, now=now)
        links.append(ActionFile.objects.create(action=action, file=stored))
        audit.record("action.file_attached", actor, action, after={"file": stored.name})
    return links


@transaction.atomic
def remove_file(*, link_id: int, actor: Actor, today: date) -> None:
    """Take a file away from its action, and forget it. Raises: PermissionDenied."""
    link = ActionFile.objects.select_related("file").get(pk=link_id)
    action, stored = common.lock(link.action_id), link.file
    require(policies.can_work(queries.standing(actor, action, today)))
    link.delete()
    audit.record("action.file_removed", actor, action, before={"file": stored.name})
    files.remove(stored=stored, actor=actor)
