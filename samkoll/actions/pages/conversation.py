"""What was said about an action and what was done to it, in one row by time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from samkoll.actions.log_words import FIELDS
from samkoll.actions.models import Action
from samkoll.audit import queries as log
from samkoll.audit.words import in_words

COMMENTED = "action.commented"


@dataclass(frozen=True, slots=True)
class Said:
    """A comment (``text``) or a change: what was done, the fields, and the reasons."""

    at: datetime
    who: str
    text: str = ""
    what: str = ""
    changes: tuple[tuple[str, str, str], ...] = ()
    details: tuple[tuple[str, str], ...] = ()


def conversation(action: Action) -> list[Said]:
    """The newest first. Two queries, however much was said."""
    wrote = _("kommenterade")
    comments = [Said(c.at, c.author_name, c.text, wrote) for c in action.comments.all()]
    done = [_ordered(entry) for entry in log.history(action) if entry.what != COMMENTED]
    changes = [
        Said(
            entry.at,
            entry.who,
            what=entry.what,
            changes=tuple((name, old, new) for name, old, new in entry.changes if old or new),
            details=tuple(pair for pair in entry.details if pair[1]),
        )
        for entry in in_words(done)
    ]
    return sorted([*comments, *changes], key=lambda said: said.at, reverse=True)


def _ordered(entry: log.Entry) -> log.Entry:
    """The changed fields as people think of them: the log keeps no order."""
    order = {name: place for place, name in enumerate(FIELDS)}
    changes = sorted(entry.changes, key=lambda change: order.get(change[0], len(order)))
    return replace(entry, changes=tuple(changes))
