"""The matrix of a year: every board's report, how far it is, what is missing and from whom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from samkoll.accounts.models import User
from samkoll.reports import queries
from samkoll.reports.chain import awaited, dues
from samkoll.reports.chain import queries as chain
from samkoll.reports.chain.awaited import Party
from samkoll.reports.chain.steps import Standing
from samkoll.reports.models import LOCKED, Kind, Report, Status

_Gatherer = tuple[str, int, int | None]


@dataclass(frozen=True, slots=True)
class ChainRow:
    """One report. ``handed_in`` of ``parts``, those below its departments too; None without any.

    ``due``: the last day of what is awaited; ``left``: days to it, negative when it has passed.
    """

    report: Report
    standing: Standing
    parties: tuple[Party, ...]
    due: date | None
    left: int | None
    handed_in: int | None
    parts: int | None


def years(user: User, today: date) -> list[int]:
    """Years with reports that the user may read, the newest first."""
    found = queries.visible_to(user, today).exclude(kind=Kind.UNIT)
    return list(found.order_by("-year").values_list("year", flat=True).distinct())


def rows(user: User, year: int, today: date) -> list[ChainRow]:
    """The newest version of every report of a year but the units' parts.

    Eight queries whatever their number. Boards in order, then what is about the whole.
    """
    reports = list(
        queries.visible_to(user, today)
        .current()
        .filter(year=year)
        .exclude(kind=Kind.UNIT)
        .select_related("template", "unit", "board")
        .order_by("kind", "unit__name_order", "board__name_order", "month")
    )
    standings, set_days = chain.standings(reports), dues.days([year])
    parts = _parts(year)
    found = []
    for report in reports:
        waits = awaited.awaited(standings[report.pk])
        due = min(filter(None, (dues.due_of(report, w.due, set_days) for w in waits)), default=None)
        counted = parts.get((report.kind, report.unit_id, report.board_id))
        found.append(
            ChainRow(
                report=report,
                standing=standings[report.pk],
                parties=tuple(each.party for each in waits),
                due=due,
                left=(due - today).days if due else None,
                handed_in=counted[True] if counted else None,
                parts=counted.total() if counted else None,
            )
        )
    return found


def _parts(year: int) -> dict[_Gatherer, Counter[bool]]:
    """By the board's report that gathers them in the end: how many parts are handed in, or not."""
    parts = Report.objects.current().filter(year=year, kind=Kind.UNIT)
    told = list(
        parts.values_list(
            "unit", "board", "status", "part_of__kind", "part_of__unit", "part_of__board"
        )
    )
    above: dict[_Gatherer, _Gatherer] = {
        (Kind.UNIT, unit, board): (k or "", u or 0, b) for unit, board, _status, k, u, b in told
    }
    found: dict[_Gatherer, Counter[bool]] = {}
    for unit, board, status, *_rest in told:
        top = _top((Kind.UNIT, unit, board), above)
        found.setdefault(top, Counter())[status == Status.HANDED_IN] += 1
    return found


def _top(part: _Gatherer, above: dict[_Gatherer, _Gatherer]) -> _Gatherer:
    """Up the line of parts to the report that is no part itself."""
    while part in above:
        part = above[part]
    return part


def summed(found: Iterable[ChainRow]) -> tuple[int, int, int]:
    """How many reports, how many of them decided, how many late."""
    shown = list(found)
    decided = sum(row.report.status in LOCKED for row in shown)
    late = sum(row.left is not None and row.left < 0 for row in shown)
    return len(shown), decided, late
