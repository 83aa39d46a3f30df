"""People and safety areas as tables."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkoll.core.text import MISSING
from samkoll.org.queries import AreaRow, PersonRow
from samkoll.web.tables import Cell, Head, Kind, Row, Table


def people(rows: Iterable[PersonRow], count: int) -> Table:
    """One page of ``count`` people: name with address, and roles."""
    caption = ngettext("%(n)s person", "%(n)s personer", count) % {"n": count}
    shown = tuple(
        Row(
            (
                Cell(row.name, url=reverse("org:person", args=[row.pk]), note=row.email),
                Cell(row.roles or MISSING),
            )
        )
        for row in rows
    )
    heads = (Head(_("Namn")), Head(_("Roller i dag")))
    return Table(caption, heads, shown, empty=_("Ingen person stämmer med sökningen."))


def areas(rows: Iterable[AreaRow]) -> Table:
    """The safety areas of today."""
    heads = (
        Head(_("Skyddsområde")),
        Head(_("Enheter")),
        Head(_("Skyddsombud")),
        Head(_("Sedan"), Kind.DATE),
    )
    shown = tuple(
        Row(
            (
                Cell(row.name),
                Cell(row.units or MISSING),
                Cell(row.representatives or MISSING),
                Cell(str(row.since)),
            )
        )
        for row in rows
    )
    caption, empty = _("Skyddsområden"), _("Inga skyddsområden än.")
    return Table(caption, heads, shown, caption_hidden=True, empty=empty)
