"""Reading the logs. Who may is decided by the page that shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model
from django.utils.translation import gettext as _

from samkoll.audit.models import Change, Reading


@dataclass(frozen=True, slots=True)
class Filter:
    """What of the log to show; empty means all."""

    who: str = ""
    what: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row of a log as a page shows it. ``changes``: (field, before, after)."""

    at: datetime
    who: str
    what: str
    subject: str
    changes: tuple[tuple[str, str, str], ...]
    details: tuple[tuple[str, str], ...]


def changes(wanted: Filter, *, offset: int = 0, limit: int = 50) -> tuple[list[Entry], int]:
    """A page of the change log, newest first, and how many rows the filter finds in all."""
    found = Change.objects.filter(
        actor_name__icontains=wanted.who,
        action__icontains=wanted.what,
        object_label__icontains=wanted.text,
    ).order_by("-at", "-id")
    return [_change(row) for row in found[offset : offset + limit]], found.count()


def readings(wanted: Filter, *, offset: int = 0, limit: int = 50) -> tuple[list[Entry], int]:
    """A page of the read log, newest first, and how many rows the filter finds in all."""
    found = Reading.objects.filter(
        actor_name__icontains=wanted.who,
        what__icontains=wanted.what,
        object_label__icontains=wanted.text,
    ).order_by("-at", "-id")
    return [_reading(row) for row in found[offset : offset + limit]], found.count()


def history(subject: Model) -> list[Entry]:
    """Everything that was done to one object, newest first. One query."""
    label, pk = subject._meta.label_lower, str(subject.pk)
    found = Change.objects.filter(object_type=label, object_id=pk).order_by("-at", "-id")
    return [_change(row) for row in found]


def _change(row: Change) -> Entry:
    fields = [*row.before, *(name for name in row.after if name not in row.before)]
    return Entry(
        at=row.at,
        who=row.actor_name,
        what=row.action,
        subject=row.object_label,
        changes=tuple((f, _shown(row.before.get(f)), _shown(row.after.get(f))) for f in fields),
        details=_details(row.details),
    )


def _reading(row: Reading) -> Entry:
    return Entry(row.at, row.actor_name, row.what, row.object_label, (), _details(row.details))


def _details(details: dict[str, object]) -> tuple[tuple[str, str], ...]:
    return tuple((name, _shown(value)) for name, value in details.items())


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(filter(None, map(_shown, value)))
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    return "" if value is None else str(value)
