"""The words of a reminder: counts, units and days, in the language of its reader."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from samkoll.home.reminders import Digest, Waiting

Group = tuple[str, tuple[str, ...]]
"""A heading and its lines."""


def message(digest: Digest, today: date, connection: BaseEmailBackend) -> EmailMessage:
    """The mail. Its subject tells how many things, nothing else."""
    with translation.override(digest.user.language):
        count = len(digest.things)
        subject = ngettext(
            "Samkoll: %(count)d uppgift väntar", "Samkoll: %(count)d uppgifter väntar", count
        )
        context = {
            "groups": groups(digest.things),
            "start": settings.BASE_URL + reverse("home:start"),
            "own": settings.BASE_URL + reverse("desk:settings"),
        }
        return EmailMessage(
            subject % {"count": count},
            render_to_string("home/mail/reminder.txt", context),
            to=[digest.user.email],
            headers={"Auto-Submitted": "auto-generated"},
            connection=connection,
        )


def groups(things: Iterable[Waiting]) -> tuple[Group, ...]:
    """The things under their headings, one line for each kind, unit and (unless late) day."""
    things = list(things)
    found = (
        (_("Försenat"), _lines(things, lambda t: t.left < 0 and t.kind != "late_below")),
        (_("Sista dagen är i dag"), _lines(things, lambda t: t.left == 0)),
        (_("Snart"), _lines(things, lambda t: t.left > 0)),
        (
            _("Andras åtgärder på dina enheter, försenade i en vecka eller mer"),
            _lines(things, lambda t: t.kind == "late_below"),
        ),
    )
    return tuple((heading, lines) for heading, lines in found if lines)


def _lines(things: Iterable[Waiting], belongs: Callable[[Waiting], bool]) -> tuple[str, ...]:
    chosen = [t for t in things if belongs(t)]
    counted = Counter((t.unit, t.kind, t.due if t.left > 0 else None) for t in chosen)
    oldest: dict[tuple[str, str], date] = {}
    for t in chosen:
        oldest[t.unit, t.kind] = min(t.due, oldest.get((t.unit, t.kind), t.due))
    lines = []
    for (unit, kind, due), count in counted.items():
        day = due or oldest[unit, kind]
        lines.append(
            _("%(unit)s: %(what)s, %(day)s")
            % {"unit": unit, "what": _what(kind, count), "day": day.isoformat()}
        )
    return tuple(lines)


def _what(kind: str, count: int) -> str:
    words = {
        "follow_up": ngettext(
            "%(count)d effekt att följa upp", "%(count)d effekter att följa upp", count
        ),
        "question": ngettext(
            "%(count)d lyft fråga att svara på", "%(count)d lyfta frågor att svara på", count
        ),
        "report": ngettext(
            "%(count)d rapport att föra vidare", "%(count)d rapporter att föra vidare", count
        ),
    }
    action = ngettext("%(count)d åtgärd", "%(count)d åtgärder", count)
    return words.get(kind, action) % {"count": count}
