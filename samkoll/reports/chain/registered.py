"""What the chain tells other packages."""

from __future__ import annotations

from samkoll.reports.models import LOCKED, Kind, Report


def decided(board: int, year: int) -> bool:
    """Whether every report to a board of a year is decided; a correction opens it again."""
    statuses = Report.objects.current().filter(kind=Kind.BOARD, board=board, year=year)
    found = set(statuses.values_list("status", flat=True))
    return bool(found) and found <= set(LOCKED)
