"""The rows of the list of actions, read fifty at a time, with what each action serves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkoll.actions import queries as actions
from samkoll.actions.queries import ActionRow
from samkoll.actions.registry import origins
from samkoll.web import lists
from samkoll.web.tables import Cell, Pick, Row, State, Tone

BULK_FORM = "bulk"
CHOSEN = "vald"


def rows(
    keys: Sequence[int], *, today: date, choosable: bool = False, marked: bool = False
) -> tuple[Row, ...]:
    """The actions with these keys in their order: one query, and one for each origin.

    ``choosable``: with a box that chooses the row for ``BULK_FORM``; ``marked``: already chosen.
    """
    served = origins.titles(keys)
    url, late = lists.address_of("actions:detail"), State(_("Försenad"), Tone.DANGER, "alarm")
    return tuple(
        Row(
            (
                Cell(
                    row.title,
                    url=url(row.pk),
                    note=served.get(row.pk) or row.origin,
                    pick=_pick(row, checked=marked) if choosable else None,
                ),
                Cell("", state=row.severity),
                Cell(row.unit),
                Cell(row.responsible, note=row.responsible_title),
                Cell(str(row.due_date), note=_note(row, today)),
                Cell("", state=late, note=row.status.word)
                if row.is_overdue
                else Cell("", state=row.status),
            ),
            overdue=row.is_overdue,
        )
        for row in actions.rows_of(keys, today)
    )


def _pick(row: ActionRow, *, checked: bool) -> Pick:
    label = _("Välj %(title)s") % {"title": row.title}
    return Pick(CHOSEN, str(row.pk), label, BULK_FORM, checked)


def _note(row: ActionRow, today: date) -> str:
    """What stands under the last day: how late, who has to answer, or when it is followed up."""
    said = []
    if row.is_overdue:
        days = (today - row.due_date).days
        said.append(ngettext("%(days)d dag sen", "%(days)d dagar sen", days) % {"days": days})
    if row.is_handed_up:
        said.append(_("lyft, väntar på svar"))
    if row.to_judge_on:
        said.append(_("följs upp %(day)s") % {"day": row.to_judge_on})
    return ", ".join(said)
