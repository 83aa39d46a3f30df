"""What happened to statistics sheets, in words for the change log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samkoll.audit.words import words


def register() -> None:
    """Tell the log the words."""
    words.add(
        changes={
            "sheets.asked": _("Statistikblad beställda"),
            "sheets.made": _("Statistikblad gjorda"),
            "sheets.scheduled": _("Schema för statistikblad ändrat"),
        },
        fields={
            "each_tertial": _("efter varje tertial"),
            "each_year": _("efter varje år"),
            "days_after": _("dagar efter periodens slut"),
            "made": _("gjorda"),
            "mailed": _("brev skickade"),
        },
    )
