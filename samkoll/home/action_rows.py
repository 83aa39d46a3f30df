"""The rows of the list of actions, read fifty at a time, with what each action serves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkoll.actions import queries as actions
from samkoll.actions.models import Action, Status
from samkoll.actions.queries import ActionRow
from samkoll.actions.registry import Related, origins
from samkoll.web.page import Words
from samkoll.web.tables import Cell, State, Tone


@dataclass(frozen=True, slots=True)
class ListRow:
    """One action of the list. ``about``: what it serves, else what made it; ``cells``: the rest
    of the columns."""

    pk: int
    url: str
    title: str
    about: tuple[Words, ...]
    cells: tuple[Cell, ...]
    is_overdue: bool


def rows(found: QuerySet[Action], *, today: date) -> tuple[ListRow, ...]:
    """The actions in their order: one query, and one for each origin."""
    read = list(actions.listed(found))
    served = origins.related([action.pk for action in read])
    return tuple(
        _row(row, action.status, served.get(row.pk, ()), today)
        for row, action in zip(actions.rows(read, today), read, strict=True)
    )


def _row(row: ActionRow, status: str, served: tuple[Related, ...], today: date) -> ListRow:
    return ListRow(
        pk=row.pk,
        url=f"/atgarder/{row.pk}/",
        title=row.title,
        about=tuple(thing.label for thing in served) or (row.origin,),
        cells=(
            Cell("", state=row.severity) if row.severity else Cell(""),
            Cell(row.unit),
            Cell(row.responsible, note=row.responsible_title),
            Cell(str(row.due_date), note=_note(row, status, today)),
            Cell("", state=State(_("Försenad"), Tone.DANGER, "alarm"), note=row.status.word)
            if row.is_overdue
            else Cell("", state=row.status),
        ),
        is_overdue=row.is_overdue,
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
