"""Opening the parts of a year."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.org import queries as org
from samkoll.reports import policies, queries
from samkoll.reports.models import Kind, Report, Template
from samkoll.reports.parts import places
from samkoll.reports.parts.places import Giver


class YearNotOpen(DomainError):
    """The year has no board reports that parts could belong to."""


class NoPartForm(DomainError):
    """No form of a unit's part exists for that year."""


@transaction.atomic
def open_parts(*, year: int, actor: policies.Actor, now: datetime) -> int:
    """Open a part for every department and unit with a manager that has none yet, on the facts
    of its board's report. Gives how many were opened.

    A part without a board's report to belong to is not opened.
    Raises: PermissionDenied, YearNotOpen, NoPartForm.
    """
    top = org.municipality()
    require(policies.can_start_year(actor, top, now.date()))
    boards = {(r.unit_id, r.board_id or 0): r for r in queries.board_reports(year)}
    if not boards:
        raise YearNotOpen(
            _("Rapporterna för %(year)s är inte öppnade. Öppna dem först.") % {"year": year}
        )
    any_board = next(iter(boards.values()))
    all_givers = places.givers(now.date(), any_board.last_month.last_day)
    opened = _open(all_givers, boards, _form(year), year)
    audit.record("report.parts_opened", actor, top, year=year, opened=opened)
    return opened


def _form(year: int) -> Template:
    forms = Template.objects.filter(kind=Kind.UNIT, year__lte=year)
    newest = forms.order_by("-year", "-version").first()
    if newest is None:
        raise NoPartForm(
            _("Det finns ingen mall för enheternas delar för %(year)s.") % {"year": year}
        )
    return newest


def _open(
    all_givers: Iterable[Giver], boards: dict[tuple[int, int], Report], form: Template, year: int
) -> int:
    """Level by level, because a part is stored with the key of what gathers it."""
    have = {
        part.unit_id: part
        for part in Report.objects.current().filter(kind=Kind.UNIT, year=year).defer("facts")
    }
    by_unit = {giver.unit: giver for giver in all_givers}
    levels: dict[int, list[Giver]] = {}
    for giver in by_unit.values():
        if giver.unit not in have and (giver.administration, giver.board) in boards:
            levels.setdefault(giver.depth, []).append(giver)
    opened = 0
    for depth in sorted(levels):
        new = []
        for giver in levels[depth]:
            board = boards[giver.administration, giver.board]
            above = places.gatherer(giver, by_unit, have.keys())
            new.append(_part(giver, board, have.get(above, board), form))
        have |= {part.unit_id: part for part in Report.objects.bulk_create(new)}
        opened += len(new)
    return opened


def _part(giver: Giver, board: Report, above: Report, form: Template) -> Report:
    return Report(
        template=form,
        kind=Kind.UNIT,
        unit_id=giver.unit,
        part_of=above,
        year=board.year,
        month=board.month,
        previous_month=board.previous_month,
        due=board.due,
        facts=board.facts,
        extracted_at=board.extracted_at,
    )
