"""Counting persons over a window: what no sum of monthly cells can say.

Everybody is counted once, where the main employment is in the window's *last* month, whatever
happened in other units before. So the counts add up over units, boards and sexes like any other
cell, and a cube holds them: its month m stands for the window that ends with m. Who left earlier
is not counted. ``docs/rules/distinct.md`` tells the rules with numbers.

Persons are independent of each other, so a large set of facts is worked through in parts of
persons, and memory stays bounded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from samkoll.stats.engine.cells import Integers, LeafCells, duckdb_source
from samkoll.stats.engine.facts import FactSet

FREQUENT = 6
"""Occasions in twelve months that make short absence repeated."""
NARROW, WIDE = 10, 30
"""Employees for one manager: fewer and more are outside the span that is followed."""
ROWS_AT_ONCE, MOST_PARTS = 500_000, 16
"""A part of the persons has about so many rows; every part reads the facts, so not too many."""

STOCKS = (
    "counted", "steady", "well", "frequent",
    "over_overtime_year", "over_overtime_month", "over_additional_year",
)  # fmt: skip
FLOWS = ("hired",)
LEADERS = ("managers", "led", "managers_in_span")
MEASURES = STOCKS + FLOWS + LEADERS
"""
counted  ordinary working time in the main employment in the window's last month
steady   those of them who had it in all twelve months
well     those of the steady without an hour of own sickness in the window, in any employment
frequent those of the counted with six or more occasions that began in the window
over_*   those of the counted beyond a limit: of the calendar year so far, or in one month of twelve
hired    permanent in the month, and not in the month before
managers employees whom somebody names as nearest manager in the month, where they are employed
led      everybody whom those managers lead, counted where the manager is
managers_in_span  those managers who lead ten to thirty
"""
CELL = ("month", "unit", "sex", *MEASURES)
MOVE = ("month", "was_in", "unit", "sex", "count")
"""Columns of the statements' results."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Hours that are too many, in hundredths, each from a month (index) on; oldest first."""

    overtime_year: tuple[tuple[int, int], ...] = ()
    overtime_month: tuple[tuple[int, int], ...] = ()
    additional_year: tuple[tuple[int, int], ...] = ()

    def known(self, name: str, month: int) -> bool:
        """Is there a limit in that month?"""
        steps: tuple[tuple[int, int], ...] = getattr(self, name)
        return any(first <= month for first, _ in steps)


@dataclass(frozen=True, slots=True)
class Moves:
    """Permanent employees who changed main unit: columns of equal length.

    ``month`` is the first in the new unit. Changes between two units that both had permanent
    employees in both months; otherwise a unit opened or closed and nobody moved.
    """

    month: Integers
    source: Integers
    target: Integers
    sex: Integers
    count: Integers


@dataclass(frozen=True, slots=True)
class PersonCells:
    """What the pass over persons found."""

    cells: LeafCells
    moves: Moves


def person_cells(
    facts: FactSet, limits: Limits, *, memory: str = "800MB", rows_at_once: int = ROWS_AT_ONCE
) -> PersonCells:
    """Read the facts and count persons. ``memory`` bounds DuckDB's own buffers."""
    import duckdb

    cells, moves = [_table({}, CELL)], [_table({}, MOVE)]
    if not facts.months:
        return PersonCells(_cells(cells[0]), _moves(moves, set()))
    with duckdb.connect(config={"memory_limit": memory}) as connection:
        source = duckdb_source(facts.files)
        found = connection.execute(f"SELECT count(*) FROM {source}").fetchone()
        parts = min(1 + (found[0] if found else 0) // rows_at_once, MOST_PARTS)
        for part in range(parts):
            view = f"SELECT * FROM {source} WHERE person % {parts} = {part}"
            led = f"SELECT * FROM {source} WHERE manager % {parts} = {part}"
            connection.execute(f"CREATE OR REPLACE TEMP TABLE spans AS {spans(view, limits)}")
            cells += [
                _table(connection.execute(each).fetchnumpy(), CELL)
                for each in (counting("spans"), leading(view, led))
            ]
            cells = [_summed(cells)]
            moves.append(_table(connection.execute(moving("spans")).fetchnumpy(), MOVE))
        alive = f"SELECT DISTINCT unit, month FROM {source} WHERE main AND form = 1"
        units = set(connection.execute(alive).fetchall())
    return PersonCells(_cells(cells[0]), _moves(moves, units))


def months_of(source: str) -> str:
    """One row for each person and month, over ``source``: the main employment and all hours."""
    return f"""SELECT person, month,
  MAX(CASE WHEN main THEN unit END) AS unit,
  MAX(CASE WHEN main THEN sex END) AS sex,
  MAX(CASE WHEN main AND ordinary > 0 THEN 1 ELSE 0 END) AS there,
  MAX(CASE WHEN main AND form = 1 THEN 1 ELSE 0 END) AS permanent,
  SUM(sick_short + sick_long) AS sick,
  MAX(occasions) AS occasions,
  SUM(overtime) AS overtime,
  SUM(additional) AS additional
FROM ({source}) AS facts
GROUP BY person, month"""


def spans(source: str, limits: Limits) -> str:
    """Each person-month with what the window that ends with it holds of the person."""
    return f"""SELECT month, unit, sex, there, permanent,
  SUM(there) OVER twelve AS months_there,
  SUM(sick) OVER twelve AS sick,
  SUM(occasions) OVER twelve AS occasions,
  MAX(CASE WHEN overtime > {_limit(limits.overtime_month)} THEN 1 ELSE 0 END)
    OVER twelve AS over_overtime_month,
  CASE WHEN SUM(overtime) OVER year > {_limit(limits.overtime_year)} THEN 1 ELSE 0 END
    AS over_overtime_year,
  CASE WHEN SUM(additional) OVER year > {_limit(limits.additional_year)} THEN 1 ELSE 0 END
    AS over_additional_year,
  CASE WHEN LAG(month) OVER each = month - 1 THEN LAG(permanent) OVER each ELSE 0 END
    AS was_permanent,
  LAG(unit) OVER each AS was_in
FROM ({months_of(source)}) AS months
WINDOW each AS (PARTITION BY person ORDER BY month),
  twelve AS (PARTITION BY person ORDER BY month RANGE BETWEEN 11 PRECEDING AND CURRENT ROW),
  year AS (PARTITION BY person, CAST(FLOOR(month / 12) AS INT) ORDER BY month)"""


def counting(table: str) -> str:
    """Counts of persons by month, unit and sex."""
    counted = {
        "counted": "there = 1",
        "steady": "there = 1 AND months_there = 12",
        "well": "there = 1 AND months_there = 12 AND sick = 0",
        "frequent": f"there = 1 AND occasions >= {FREQUENT}",
        **{name: f"there = 1 AND {name} = 1" for name in STOCKS if name.startswith("over_")},
        "hired": "permanent = 1 AND was_permanent = 0",
    }
    return _grouped(table, [counted.get(name, "") for name in MEASURES])


def leading(own: str, led: str) -> str:
    """Counts of managers and of those they lead; ``own`` has the managers' own rows."""
    counted = {
        "managers": "TRUE",
        "managers_in_span": f"people BETWEEN {NARROW} AND {WIDE}",
    }
    table = f"""(SELECT here.month, here.unit, here.sex, people
FROM ({months_of(own)}) AS here
JOIN (SELECT manager, month, COUNT(*) AS people FROM ({led}) AS facts
  WHERE main AND ordinary > 0 AND manager <> 0 AND manager <> person
  GROUP BY manager, month) AS team
ON here.person = team.manager AND here.month = team.month
WHERE here.unit IS NOT NULL) AS leaders"""
    sums = [counted.get(name, "") for name in MEASURES]
    return _grouped(table, sums, led="people")


def moving(table: str) -> str:
    """Permanent employees who have another main unit than in the month before."""
    return f"""SELECT month, was_in, unit, sex, COUNT(*) AS count FROM {table}
WHERE permanent = 1 AND was_permanent = 1 AND unit <> was_in
GROUP BY month, was_in, unit, sex"""


def _grouped(table: str, counted: list[str], **summed: str) -> str:
    """Sums in the order of ``MEASURES``; 0 for what this statement does not count."""
    sums = []
    for name, condition in zip(MEASURES, counted, strict=True):
        each = f"CASE WHEN {condition} THEN 1 ELSE 0 END" if condition else summed.get(name, "0")
        sums.append(f"  CAST(SUM({each}) AS BIGINT) AS {name}")
    columns = ",\n".join(sums)
    return (
        f"SELECT month, unit, sex,\n{columns}\nFROM {table}\n"
        "WHERE unit IS NOT NULL\nGROUP BY month, unit, sex"
    )


def _limit(steps: tuple[tuple[int, int], ...]) -> str:
    """The limit of a row's month as SQL; NULL, which nothing exceeds, before the first."""
    if not steps:
        return "CAST(NULL AS BIGINT)"
    newest_first = sorted(steps, reverse=True)
    return "CASE " + " ".join(f"WHEN month >= {m} THEN {h}" for m, h in newest_first) + " END"


def _table(columns: Mapping[str, npt.NDArray[Any]], names: Sequence[str]) -> Integers:
    """Columns of a result side by side; no rows without columns."""
    if not columns:
        return np.empty((0, len(names)), np.int64)
    return np.column_stack([np.asarray(columns[name], np.int64) for name in names])


def _summed(tables: list[Integers]) -> Integers:
    """Rows of several results as one table in which each place stands once."""
    table = np.concatenate(tables)
    if not len(table):
        return table
    table = table[np.lexsort(table[:, 2::-1].T)]
    starts = np.ones(len(table), np.bool_)
    starts[1:] = (table[1:, :3] != table[:-1, :3]).any(axis=1)
    sums = np.add.reduceat(table[:, 3:], np.flatnonzero(starts))
    return np.hstack([table[starts, :3], sums])


def _cells(table: Integers) -> LeafCells:
    month, unit, sex, *sums = (np.ascontiguousarray(column) for column in table.T)
    return LeafCells(month, unit, sex, dict(zip(MEASURES, sums, strict=True)))


def _moves(tables: list[Integers], alive: set[tuple[int, int]]) -> Moves:
    """In the order of months, without the moves out of a closed unit or into a new one."""
    found = np.concatenate(tables)
    kept = [
        (source, month) in alive and (target, month - 1) in alive
        for month, source, target, *_ in found.tolist()
    ]
    table = found[np.array(kept, np.bool_)]
    table = table[np.lexsort(table.T[::-1])]
    return Moves(*(np.ascontiguousarray(column) for column in table.T))
