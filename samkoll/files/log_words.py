"""What happened to attachments, in words for the change log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samkoll.audit.words import words


def register() -> None:
    """Tell the log the words."""
    words.add(
        changes={"file.stored": _("Bilaga sparad"), "file.removed": _("Bilaga borttagen")},
        fields={
            "content_type": _("filtyp"),
            "size": _("storlek"),
            "sha256": _("kontrollsumma"),
        },
    )
