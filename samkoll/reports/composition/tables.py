"""Tables of computed figures: now, before and difference, with the notes that they need."""

from __future__ import annotations

from decimal import Decimal

from samkoll.core.months import Month, Window
from samkoll.documents.content import Block, Cell, Column, Row, Table
from samkoll.reports.composition.context import MISSING_MARK, PROTECTED_MARK, Context
from samkoll.reports.figures import FigureKey, Shown
from samkoll.reports.template_data import BoardFiguresPart, FigureRow, FiguresPart, Sex
from samkoll.stats import metrics
from samkoll.stats.engine.hierarchy import Scope

ROUNDING = (
    "Kort och lång sjukfrånvaro avrundas var för sig. Därför kan deras summa avvika från den "
    "totala sjukfrånvaron med en tiondels procentenhet."
)


def figures(context: Context, part: FiguresPart) -> list[Block]:
    """A table bound to metrics. Rows without a metric are sub-heads."""
    rows = tuple(_row(context, row) for row in part.rows)
    notes = (ROUNDING,) if _rounding_shows(context, part) else ()
    table = Table(
        context.say(part.caption), (Column(part.head, weight=3), *periods(context)), rows, notes
    )
    return [table]


def periods(context: Context) -> tuple[Column, ...]:
    """The heads ``R12 2023-12``, ``R12 2022-12`` and ``Skillnad``."""
    report = context.report
    return (
        Column(str(report.window), "number", 1.2),
        Column(str(report.previous_window), "number", 1.2),
        Column("Skillnad", "number"),
    )


def _row(context: Context, row: FigureRow) -> Row:
    if not row.metric:
        return Row.group(row.label, 4)
    cells = compared(context, context.report.scope, row.metric, row.sex)
    return Row((Cell(row.label, head=True), *cells))


def compared(
    context: Context, scope: Scope, metric: str, sex: Sex, *, linked: bool = True
) -> tuple[Cell, Cell, Cell]:
    """Now, before, and the difference of the two shown values."""
    report = context.report
    now = context.figures.shown(scope, metric, sex, report.month)
    before = context.figures.shown(scope, metric, sex, report.previous_month)
    change = metrics.difference(now.value, before.value)
    decimals = metrics.lookup(metric).terms.decimals
    keys = [
        str(FigureKey(metric, sex, month)) if linked else ""
        for month in (report.month, report.previous_month)
    ]
    difference = (
        Cell.figure(change, decimals)
        if change is not None
        else Cell.protected()
        if "protected" in (now.state, before.state)
        else Cell.missing()
    )
    return cell(now, decimals, keys[0]), cell(before, decimals, keys[1]), difference


def cell(shown: Shown, decimals: int, figure_id: str = "") -> Cell:
    """One figure, linked to its birth certificate; protected and missing ones say why."""
    if shown.value is not None:
        return Cell.figure(shown.value, decimals, figure_id=figure_id)
    if shown.state == "protected":
        return Cell.protected(PROTECTED_MARK)
    return Cell.missing(MISSING_MARK)


def _rounding_shows(context: Context, part: FiguresPart) -> bool:
    """Whether shown parts differ from their shown whole anywhere in the table."""
    if not part.parts_of_whole:
        return False
    report = context.report
    return any(
        _differs(context, part.parts_of_whole, row.sex, month)
        for row in part.rows
        if row.metric == part.parts_of_whole[0]
        for month in (report.month, report.previous_month)
    )


def _differs(context: Context, keys: tuple[str, ...], sex: Sex, month: Month) -> bool:
    shown = [context.figures.shown(context.report.scope, key, sex, month) for key in keys]
    values = [figure.value for figure in shown if figure.value is not None]
    return len(values) == len(keys) and values[0] != sum(values[1:], Decimal(0))


def board_figures(context: Context, part: BoardFiguresPart) -> list[Block]:
    """One metric for every board, in the order of the boards' reports."""
    rows = tuple(
        Row(
            (
                Cell(board.board_name, head=True),
                *compared(context, board.scope, part.metric, "total", linked=False),
            )
        )
        for board in context.boards
    )
    return [Table(part.caption, (Column("Nämnd", weight=3), *periods(context)), rows)]


def compared_months(context: Context) -> tuple[int, ...]:
    """Every month of the two windows, for the convention and the snapshots behind them."""
    report = context.report
    windows: tuple[Window, ...] = (report.previous_window, report.window)
    return tuple(month.index for window in windows for month in window)
