"""Sentences of the municipality's report that compare the boards with each other."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

from samkoll.core.text import listing
from samkoll.documents.content import Block, Bullets, Paragraph
from samkoll.reports.composition.context import Context
from samkoll.reports.material import Material
from samkoll.reports.template_data import (
    BoardRisksPart,
    BoardsWithMorePart,
    BoardsWithoutEndedPart,
    IncludedReportsPart,
)
from samkoll.risks.queries import ReportedRisk

STATES = {
    "closed": ("avslutad", "avslutade"),
    "done": ("genomförd (effekten följs upp)", "genomförda (effekten följs upp)"),
    "ongoing": ("pågående", "pågående"),
    "planned": ("ej påbörjad", "ej påbörjade"),
    "dropped": ("genomförs inte", "genomförs inte"),
}
"""Words for one action and for several in each status, ended ones first."""


def included(context: Context, part: IncludedReportsPart) -> list[Block]:
    """The board reports that this report sums up, one line per administration."""
    by_unit: dict[tuple[str, str], list[str]] = {}
    for board in context.boards:
        by_unit.setdefault((board.unit_name, board.unit_code), []).append(board.board_name)
    lines = [f"{name} ({code}): {listing(boards)}" for (name, code), boards in by_unit.items()]
    return [Paragraph(part.lead), Bullets(tuple(lines))] if lines else []


def with_more(context: Context, part: BoardsWithMorePart) -> list[Block]:
    """The boards that rose since the year before, those that fell, and those that cannot be
    compared. A board that stands still is in no list."""
    rose: list[str] = []
    fell: list[str] = []
    unknown: list[str] = []
    for board in context.boards:
        now, before = _metric(context, board, part) if part.metric else _given(board, part)
        if now is None or before is None:
            unknown.append(board.board_name)
        elif now != before:
            (rose if now > before else fell).append(board.board_name)
    sentence = f"{part.lead} {listing(rose) if rose else 'ingen nämnd'}."
    if fell:
        sentence += f" Färre: {listing(fell)}."
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


def reported(context: Context, part: BoardRisksPart) -> list[Block]:
    """What each board was told of: one line per board, and those that were told of nothing."""
    say = _ended if part.which == "previous" else _levels
    told = [(board.board_name, board.risks(part.which)) for board in context.boards]
    lines = [f"{name}: {say(risks)}." for name, risks in told if risks]
    silent = [name for name, risks in told if not risks]
    blocks: list[Block] = [Paragraph(part.lead), Bullets(tuple(lines))] if lines else []
    if silent:
        blocks.append(Paragraph(f"Inga risker rapporterades vidare till {listing(silent)}."))
    return blocks


def _levels(risks: tuple[ReportedRisk, ...]) -> str:
    return "; ".join(f"{risk.title} (risknivå {risk.level})" for risk in risks)


def _ended(risks: tuple[ReportedRisk, ...]) -> str:
    """``2 risker, 6 åtgärder: 4 avslutade och 2 pågående``."""
    counts = Counter(action.status for risk in risks for action in risk.actions)
    states = [
        f"{count} {one if count == 1 else many}"
        for status, (one, many) in STATES.items()
        if (count := counts[status])
    ]
    told = _counted(len(risks), "risk", "risker")
    return f"{told}, {_counted(counts.total(), 'åtgärd', 'åtgärder')}: {listing(states)}"


def _counted(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
