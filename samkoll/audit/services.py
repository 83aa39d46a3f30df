"""Writing the logs. Call ``record`` inside the transaction that makes the change."""

from __future__ import annotations

import getpass
from dataclasses import dataclass
from typing import Any, Protocol

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.functional import Promise

from samkoll.audit.models import Change, Reading


class Actor(Protocol):
    """Whoever acts: a user, or the command line."""

    @property
    def pk(self) -> Any: ...
    def __str__(self) -> str: ...


@dataclass(frozen=True)
class CommandLine:
    """The actor of a command: no user of Samkoll, but somebody on the server."""

    pk: None = None

    def __str__(self) -> str:
        return f"Kommandoraden ({getpass.getuser()})"


def record(
    action: str,
    actor: Actor,
    subject: models.Model,
    *,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
    **details: object,
) -> Change:
    """Log that ``actor`` did ``action`` ("report.answered") to ``subject``.

    ``before`` and ``after`` hold the fields that changed; ``details`` what else explains it.
    """
    return Change.objects.create(
        actor_id=actor.pk,
        actor_name=str(actor)[:200],
        action=action,
        object_type=subject._meta.label_lower,
        object_id=str(subject.pk),
        object_label=str(subject)[:300],
        before=_plain(before or {}),
        after=_plain(after or {}),
        details=_plain(details),
    )


def read(what: str, actor: Actor, subject: models.Model, **details: object) -> Reading:
    """Log that ``actor`` read something sensitive about ``subject``."""
    return Reading.objects.create(
        actor_id=actor.pk,
        actor_name=str(actor)[:200],
        what=what,
        object_type=subject._meta.label_lower,
        object_id=str(subject.pk),
        object_label=str(subject)[:300],
        details=_plain(details),
    )


def state(subject: models.Model, *fields: str) -> dict[str, object]:
    """The named fields of an object as they are now, for ``before`` and ``after``."""
    return {name: subject.serializable_value(name) for name in fields}


def _plain(values: dict[str, object]) -> dict[str, object]:
    return {key: _value(value) for key, value in values.items()}


def _value(value: object) -> object:
    if isinstance(value, dict):
        return {str(key): _value(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_value(item) for item in value]
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, Promise):
        return str(value)
    try:
        return DjangoJSONEncoder().default(value)
    except TypeError:
        return str(value)
