"""The two versions of an action that two people changed at once, side by side."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samkoll.actions.services import EditConflict
from samkoll.audit.words import words
from samkoll.core.text import MISSING, listing
from samkoll.web.tables import Cell, Head, Row, Table


def conflict(error: EditConflict) -> Table:
    """Field by field what is stored and what was typed, where they differ."""
    heads = (
        Head(_("Fält")),
        Head(_("Sparat av %(name)s") % {"name": error.changed_by}),
        Head(_("Det du skrev")),
    )
    rows = tuple(
        Row((
            Cell(str(words.fields.get(name, name)).capitalize()),
            Cell(_shown(error.theirs[name])),
            Cell(_shown(mine)),
        ))
        for name, mine in error.mine.items()
    )  # fmt: skip
    return Table(
        _("Det som skiljer"), heads, rows, empty=_("Ingenting: ni skrev samma sak. Spara igen.")
    )


def _shown(value: object) -> str:
    if isinstance(value, list):
        return listing(map(str, value)) if value else MISSING
    return MISSING if value in (None, "") else str(value)
