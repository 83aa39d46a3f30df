"""Sentences of the municipality's report that compare the boards with each other."""

from __future__ import annotations

from decimal import Decimal

from samkoll.core.text import listing
from samkoll.reports.composition.context import Context
from samkoll.reports.content import Block, Bullets, Paragraph
from samkoll.reports.material import Material
from samkoll.reports.template_data import (
    BoardsWithMorePart,
    BoardsWithoutEndedPart,
    IncludedReportsPart,
)


def included(context: Context, part: IncludedReportsPart) -> list[Block]:
    """The board reports that this report sums up, one line per administration."""
    by_unit: dict[tuple[str, str], list[str]] = {}
    for board in context.boards:
        by_unit.setdefault((board.unit_name, board.unit_code), []).append(board.board_name)
    lines = [f"{name} ({code}): {listing(boards)}" for (name, code), boards in by_unit.items()]
    return [Paragraph(part.lead), Bullets(tuple(lines))] if lines else []


def with_more(context: Context, part: BoardsWithMorePart) -> list[Block]:
    """The boards that rose since the year before, and those that cannot be compared."""
    rose, unknown = [], []
    for board in context.boards:
        now, before = _metric(context, board, part) if part.metric else _given(board, part)
        if now is None or before is None:
            unknown.append(board.board_name)
        elif now > before:
            rose.append(board.board_name)
    sentence = f"{part.lead} {listing(rose) if rose else 'ingen nämnd'}."
    if unknown:
        sentence += f" Uppgift att jämföra med saknas för {listing(unknown)}."
    return [Paragraph(sentence)]


Pair = tuple[Decimal | None, Decimal | None]


def _metric(context: Context, board: Material, part: BoardsWithMorePart) -> Pair:
    now, before = (
        context.figures.shown(board.scope, part.metric, "total", month)
        for month in (context.report.month, context.report.previous_month)
    )
    return now.value, before.value


def _given(board: Material, part: BoardsWithMorePart) -> Pair:
    rows = [board.given.get(key) for key in part.given]
    return (
        _added([row.current if row else None for row in rows]),
        _added([row.previous if row else None for row in rows]),
    )


def _added(values: list[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(values) else None


def without_ended(context: Context, part: BoardsWithoutEndedPart) -> list[Block]:
    """The boards that reported risks last year and have closed no action since."""
    names = [
        board.board_name
        for board in context.boards
        if board.previous_risks
        and not any(
            action.status == "closed" for risk in board.previous_risks for action in risk.actions
        )
    ]
    return [Paragraph(f"{part.lead} {listing(names)}.")] if names else []
