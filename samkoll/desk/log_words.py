"""What people change about their own desk, in words for the change log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samkoll.audit.words import Words, words
from samkoll.desk.models import Wanted


def _wanted(value: str) -> Words:
    """The word for a choice; another package may have a field of the same name."""
    return dict(Wanted.choices).get(value, value)


def register() -> None:
    """Tell the log the words."""
    words.add(
        changes={
            "reminders.changed": _("Påminnelser ändrade"),
            "calendar.opened": _("Kalenderadress skapad"),
            "calendar.closed": _("Kalenderadress stängd"),
        },
        fields={
            "wanted": _("påminnelser med e-post"),
            "weekday": _("veckodag"),
            "days_before": _("dagar i förväg"),
            "on_due": _("på sista dagen"),
            "after_due": _("när dagen har passerat"),
        },
        values={"wanted": _wanted},
    )
