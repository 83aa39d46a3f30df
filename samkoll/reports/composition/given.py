"""Numbers that people typed: tables and lists, always marked as given and not computed."""

from __future__ import annotations

from decimal import Decimal

from samkoll.documents.content import Block, Cell, Column, Note, Row, Table
from samkoll.reports.composition.context import GIVEN, NOT_GIVEN, Context, with_unit
from samkoll.reports.material import Given, Material
from samkoll.reports.template_data import GivenField, GivenPart, GivenTablePart

SUMMED = f"{GIVEN}: summan av nämndernas uppgifter"


def given_table(context: Context, part: GivenTablePart) -> list[Block]:
    """Counts of this period, and of the one before where anybody typed one."""
    numbers = {field.key: of(context, field) for field in part.fields}
    compare = part.previous_column and any(
        given and given.previous is not None for given in numbers.values()
    )
    columns = [Column(part.head, weight=3), Column(part.column, "number")]
    if compare:
        columns.append(Column(part.previous_column, "number"))
    rows = []
    for field in part.fields:
        given = numbers[field.key]
        now, before = (given.current, given.previous) if given else (None, None)
        cells = (Cell(field.label, head=True), _cell(given, now, field))
        rows.append(Row((*cells, _cell(given, before, field)) if compare else cells))
    return [Table(part.caption, tuple(columns), tuple(rows))]


def given_list(context: Context, part: GivenPart) -> list[Block]:
    """Given numbers that no table carries, as one marked remark; nothing when none is typed."""
    lines, sources = [], []
    for field in part.fields:
        given = of(context, field)
        if given and given.current is not None:
            lines.append(f"{context.say(field.label)}: {with_unit(given.current, field)}")
            sources.append(given.source.removeprefix(f"{GIVEN}: "))  # the note's lead says it
    return [Note(GIVEN, _sourced(lines, sources), "given")] if lines else []


def _sourced(lines: list[str], sources: list[str]) -> str:
    """Each line with its source, or the one source of them all at the end."""
    if len(set(sources)) == 1:
        return " ".join(
            [*(f"{line}." for line in lines), *(f"Källa: {s}." for s in sources[:1] if s)]
        )
    pairs = zip(lines, sources, strict=True)
    return " ".join(
        f"{line} (källa: {source})." if source else f"{line}." for line, source in pairs
    )


def of(context: Context, field: GivenField) -> Given | None:
    """The number of this report: its own, or the sum of the boards'."""
    if context.report.form.sums_up and field.roll_up == "sum":
        return _sum(context.boards, field.key)
    return context.report.given.get(field.key)


def _sum(boards: tuple[Material, ...], key: str) -> Given | None:
    """Sums over all boards; no sum while a board has yet to give its number."""
    rows = [board.given.get(key) for board in boards]
    given = [row for row in rows if row is not None]
    if not given:
        return None
    whole = len(given) == len(rows)
    current = [row.current for row in given]
    previous = [row.previous for row in given]
    return Given(_added(current) if whole else None, _added(previous) if whole else None, SUMMED)


def _added(values: list[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(values) else None


def _cell(given: Given | None, value: Decimal | None, field: GivenField) -> Cell:
    if given is None or value is None:
        return Cell.missing(NOT_GIVEN)
    if given.source == SUMMED:
        mark = f"{SUMMED}."
    else:
        mark = f"{GIVEN}: {given.source}." if given.source else f"{GIVEN}."
    return Cell.figure(value, field.decimals, figure_id=f"given.{field.key}", mark=mark)
