"""The rows of the list of actions, read fifty at a time, with what each action serves."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkoll.actions import queries as actions
from samkoll.actions.models import Action, Status
from samkoll.actions.queries import ActionRow
from samkoll.actions.registry import Related, origins
from samkoll.web.tables import Cell, Pick, Row, State, Tone

BULK_FORM = "bulk"
CHOSEN = "vald"


def rows(
    found: QuerySet[Action], *, today: date, choosable: bool = False, marked: bool = False
) -> tuple[Row, ...]:
    """The actions in their order: one query, and one for each origin.

    ``choosable``: with a box that chooses the row for ``BULK_FORM``; ``marked``: already chosen.
    """
    read = list(actions.listed(found))
    served = origins.related([action.pk for action in read])
    return tuple(
        _row(
            row,
            action.status,
            served.get(row.pk, ()),
            today,
            _pick(row, checked=marked) if choosable else None,
        )
        for row, action in zip(actions.rows(read, today), read, strict=True)
    )


def _pick(row: ActionRow, *, checked: bool) -> Pick:
    label = _("Välj %(title)s") % {"title": row.title}
    return Pick(CHOSEN, str(row.pk), label, BULK_FORM, checked)


def _row(
    row: ActionRow, status: str, served: tuple[Related, ...], today: date, pick: Pick | None
) -> Row:
    about = "; ".join(str(thing.label) for thing in served) or row.origin
    return Row(
        (
            Cell(row.title, url=reverse("actions:detail", args=[row.pk]), note=about, pick=pick),
            Cell("", state=row.severity) if row.severity else Cell(""),
            Cell(row.unit),
            Cell(row.responsible, note=row.responsible_title),
            Cell(str(row.due_date), note=_note(row, status, today)),
            Cell("", state=State(_("Försenad"), Tone.DANGER, "alarm"), note=row.status.word)
            if row.is_overdue
            else Cell("", state=row.status),
        ),
        overdue=row.is_overdue,
    )


def _note(row: ActionRow, status: str, today: date) -> str:
    """What stands under the last day: how late, who has to answer, or when it is followed up."""
    said = []
    if row.is_overdue:
        days = (today - row.due_date).days
        said.append(ngettext("%(days)d dag sen", "%(days)d dagar sen", days) % {"days": days})
    if row.is_handed_up:
        said.append(_("lyft, väntar på svar"))
    if status == Status.DONE and row.follow_up_on:
        said.append(_("följs upp %(day)s") % {"day": row.follow_up_on})
    return ", ".join(said)
