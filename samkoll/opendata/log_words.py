"""What happened to open figures, in words for the change log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samkoll.audit.words import Words, words

CHANGES: dict[str, Words] = {
    "opendata.staged": _("Uppgifter från Kolada hämtade eller lästa från fil"),
    "opendata.received": _("Fil från Kolada mottagen"),
    "opendata.read_asked": _("Läsning av fil från Kolada startad"),
    "opendata.answer_asked": _("Inläsning eller ångring av uppgifter från Kolada startad"),
    "opendata.fetch_asked": _("Hämtning från Kolada startad"),
    "opendata.applied": _("Uppgifter från Kolada inlästa"),
    "opendata.discarded": _("Uppgifter från Kolada borttagna innan de lästes in"),
    "opendata.undone": _("Inläsning från Kolada ångrad"),
}
FIELDS: dict[str, Words] = {
    "municipalities": _("kommuner"),
    "retired": _("utgångna nyckeltal"),
    "renamed": _("nyckeltal med ny titel"),
    "same": _("oförändrade"),
    "answer": _("besked"),
}


def register() -> None:
    """Tell the log."""
    words.add(changes=CHANGES, fields=FIELDS)
