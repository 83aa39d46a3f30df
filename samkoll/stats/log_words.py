"""What happened to record files and derivations, in words for the change log."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from samkoll.audit.words import words


def register() -> None:
    """Tell the words; to be called once, in ``AppConfig.ready()``."""
    words.add(
        changes={
            "stats.records_kept": _("Fil från personalsystemet gäller"),
            "stats.records_withdrawn": _("Fil från personalsystemet återkallad"),
            "stats.derivation_asked": _("Framräkning av månader beställd"),
            "stats.derived": _("Månader framräknade ur personalsystemets filer"),
            "stats.derivation_undone": _("Framräkning av månader tillbakatagen"),
        }
    )
