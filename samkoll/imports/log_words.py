"""What happened to mapping profiles, in words for the change log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samkoll.audit.words import Words, words

CHANGES: dict[str, Words] = {
    "profile.begun": _("Mappningsprofil påbörjad"),
    "profile.copied": _("Mappningsprofil kopierad"),
    "profile.dropped": _("Påbörjad mappningsprofil och dess prov borttagna"),
    "profile.imported": _("Mappningsprofil inläst från fil"),
    "profile.restored": _("Mappningsprofil tagen i bruk igen"),
    "profile.retired": _("Mappningsprofil avslutad"),
    "profile.saved": _("Mappningsprofil sparad"),
}
FIELDS: dict[str, Words] = {
    "note": _("vad som är nytt"),
    "profile_columns": _("kolumner"),
    "profile_settings": _("hur filen är skriven"),
    "profile_words": _("ord"),
    "retired_at": _("avslutad"),
    "sample_bytes": _("provets storlek i byte"),
}


def register() -> None:
    """Tell the words; to be called once, in ``AppConfig.ready()``."""
    words.add(changes=CHANGES, fields=FIELDS, values={})
