"""The matrix as shown and as a file: a row for each report, filters that lie in the address."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkoll.reports.chain.awaited import Party
from samkoll.reports.chain.overview import ChainRow
from samkoll.reports.chain.pages import state
from samkoll.reports.models import CommentFrom, Kind, Status
from samkoll.web import lists
from samkoll.web.lists import Chip, Filter
from samkoll.web.tables import Cell, Head, Row, State, Table, Tone
from samkoll.web.tables import Kind as Shape

HARD = "\u00a0"
"""A space that does not break: a count stays on one line."""
YEAR, STATUS, PARTY, LATE = "ar", "lage", "vantar", "tid"


def chosen(query: QueryDict, rows: Sequence[ChainRow]) -> list[ChainRow]:
    """The rows that the address asks for; a value that nobody knows chooses nothing."""
    statuses, parties = query.getlist(STATUS), query.getlist(PARTY)
    return [
        row
        for row in rows
        if (not statuses or row.report.status in statuses)
        and (not parties or set(row.parties) & set(parties))
        and (LATE not in query or (row.left is not None and row.left < 0))
    ]


def filters(query: QueryDict, years: Sequence[int], year: int) -> list[Filter]:
    """Year, status, who is awaited and what is late."""
    here = reverse("reports:chain")
    by_year = tuple(Chip(str(each), f"{here}?{YEAR}={each}", each == year) for each in years)
    statuses = [(each.value, each.label) for each in Status if each != Status.HANDED_IN]
    parties = [(each.value, each.label) for each in Party if each != Party.UNIT]
    return [
        *([Filter(_("År"), by_year)] if len(by_year) > 1 else []),
        lists.filter_of(query, STATUS, _("Läge"), statuses),
        lists.filter_of(query, PARTY, _("Väntar på"), parties),
        lists.filter_of(query, LATE, _("Tid"), [("sen", _("Försenade"))], several=False),
    ]


def table(rows: Sequence[ChainRow], year: int) -> Table:
    """A row for each report, with the way to its steps."""
    heads = (
        Head(_("Nämnd")),
        Head(_("Läge"), Shape.STATE),
        Head(_("Delar")),
        Head(_("Svar")),
        Head(_("Avsnitt")),
        Head(_("Synpunkter")),
        Head(_("Väntar på")),
        Head(_("Senast"), Shape.DATE),
    )
    caption = _("Rapporternas väg till nämnden %(year)s") % {"year": year}
    return Table(caption, heads, tuple(map(_row, rows)), caption_hidden=True)


def _row(row: ChainRow) -> Row:
    report, standing = row.report, row.standing
    signed = len(standing.sections) - len(standing.unsigned)
    cells = (
        Cell(about(row), reverse("reports:steps", args=[report.pk]), note=_note(row)),
        Cell("", state=state(report.status)),
        Cell("–" if report.locked else _of(row.handed_in, row.parts)),
        Cell(_of(standing.asked - standing.unanswered, standing.asked)),
        Cell(_of(signed, len(standing.sections))),
        Cell(_comments(row)),
        Cell(", ".join(str(party.label) for party in row.parties) or "–"),
        _due(row),
    )
    return Row(cells, overdue=row.left is not None and row.left < 0)


def about(row: ChainRow) -> str:
    """The board's name, or what else the report is about."""
    return row.report.board.name if row.report.board else row.report.unit.name


def _note(row: ChainRow) -> str:
    if row.report.kind == Kind.BOARD:
        return row.report.unit.name
    return str(row.report.title)


def _of(done: int | None, whole: int | None) -> str:
    if not whole or done is None:
        return "–"
    return (_("%(done)s av %(all)s") % {"done": done, "all": whole}).replace(" ", HARD)


def _comments(row: ChainRow) -> str:
    """How many have commented; who has not is told by whom the report waits for."""
    if row.report.kind == Kind.BRIEF:
        return "–"
    return _of(len(row.standing.commented), len(CommentFrom))


def _due(row: ChainRow) -> Cell:
    if row.due is None or row.left is None:
        return Cell("–")
    if row.left < 0:
        late = ngettext("%(count)d dag sen", "%(count)d dagar sen", -row.left)
        word = State(late % {"count": -row.left}, Tone.DANGER)
        return Cell("", state=word, note=row.due.isoformat())
    left = ngettext("%(count)d dag kvar", "%(count)d dagar kvar", row.left)
    return Cell(row.due.isoformat(), note=left % {"count": row.left})


def exported(rows: Sequence[ChainRow]) -> Table:
    """The same rows with a column for each number, for a file."""
    labels = (_("Nämnd"), _("Förvaltning"), _("Rapport"), _("Läge"), _("Väntar på"))
    counts = (
        _("Delar inlämnade"), _("Delar"), _("Besvarade frågor"), _("Frågor"),
        _("Godkända avsnitt"), _("Avsnitt"),
    )  # fmt: skip
    heads = (
        *map(Head, labels),
        *(Head(label, Shape.NUMBER) for label in counts),
        Head(_("Samverkansgruppens synpunkter")),
        Head(_("Huvudskyddsombudets synpunkter")),
        Head(_("Senast"), Shape.DATE),
        Head(_("Dagar kvar"), Shape.NUMBER),
    )
    return Table(_("Rapporternas väg till nämnden"), heads, tuple(map(_exported, rows)))


def _exported(row: ChainRow) -> Row:
    standing = row.standing
    texts = (
        about(row),
        row.report.unit.name,
        row.report.title,
        str(row.report.get_status_display()),
        ", ".join(str(party.label) for party in row.parties),
    )
    signed = len(standing.sections) - len(standing.unsigned)
    counts = (
        row.handed_in, row.parts, standing.asked - standing.unanswered, standing.asked, signed,
        len(standing.sections),
    )  # fmt: skip
    said = (_("Ja") if of in standing.commented else _("Nej") for of in CommentFrom)
    days = (row.due.isoformat() if row.due else "", _number(row.left))
    cells = (*texts, *map(_number, counts), *said, *days)
    return Row(tuple(Cell(text) for text in cells))


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
