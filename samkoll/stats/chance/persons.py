"""One pass over the facts: how hours are spread over persons, for every published scope at once.

Sick hours come in lumps: one person who is ill all year is twelve per cent of a group of eight.
So the unit of chance is the person, not the hour. For two windows (this one and the one before)
each person's hours are summed within each scope, and then multiplied and summed over the persons.
Whoever works in two units of a department is one person of the department.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from samkoll.stats.engine.cells import duckdb_source
from samkoll.stats.engine.facts import FactSet
from samkoll.stats.engine.hierarchy import Hierarchy, Scope

Floats = npt.NDArray[np.float64]
COLUMNS = ("x1", "y1", "x0", "y0")
"""Numerator and denominator of one person: in the window, and in the window before."""
WINDOW = 12
_PAIRS = [(a, b) for n, a in enumerate(COLUMNS) for b in COLUMNS[n:]]
_THIRDS = (("x1", "x1", "x1"), ("x1", "x1", "y1"), ("x1", "y1", "y1"), ("y1", "y1", "y1"))


@dataclass(frozen=True, slots=True)
class Moments:
    """One scope: persons with hours in either window, and sums over them.

    ``sums``      Σ of (x1, y1, x0, y0), in hundredths of hours
    ``products``  Σ of each times each: 4 x 4
    ``thirds``    Σ of x1³, x1²·y1, x1·y1², y1³
    """

    persons: int
    sums: Floats
    products: Floats
    thirds: Floats


class Persons:
    """The moments of every published scope for one pair of windows."""

    def __init__(self, scopes: Sequence[Scope], rows: Sequence[tuple[float, ...]]) -> None:
        self._rows = {scopes[int(row[0])]: row[1:] for row in rows}

    def of(self, scope: Scope) -> Moments | None:
        """The scope's moments; None when nobody there has hours."""
        row = self._rows.get(scope)
        if row is None:
            return None
        numbers = np.asarray(row[1:], np.float64)
        sums, pairs, thirds = np.split(numbers, [4, 4 + len(_PAIRS)])
        products = np.zeros((4, 4))
        for (a, b), value in zip(_PAIRS, pairs, strict=True):
            i, j = COLUMNS.index(a), COLUMNS.index(b)
            products[i, j] = products[j, i] = value
        return Moments(int(row[0]), sums, products, thirds)


def read(
    facts: FactSet,
    hierarchy: Hierarchy,
    last: int,
    numerator: Sequence[str],
    denominator: Sequence[str],
    *,
    memory: str = "800MB",
) -> Persons:
    """The moments of twelve months to ``last`` and of the twelve before, of these columns of hours.

    Months without facts count nothing: the caller asks only for windows that are complete.
    """
    import duckdb

    months = range(last - 2 * WINDOW + 1, last + 1)
    scopes = hierarchy.published_scopes(months)
    spans, members = _members(hierarchy, scopes, months)
    with duckdb.connect(config={"memory_limit": memory}) as connection:
        connection.execute("SET preserve_insertion_order = false")
        connection.register("spans", spans)
        connection.register("members", members)
        rows = connection.execute(
            statement(duckdb_source(facts.files), last, numerator, denominator)
        ).fetchall()
    return Persons(scopes, rows)


def statement(source: str, last: int, numerator: Sequence[str], denominator: Sequence[str]) -> str:
    """The statement over the facts' columns, ``spans`` (months with the same boards) and
    ``members`` (which units a scope has in each span)."""
    above, below = " + ".join(numerator), " + ".join(denominator)
    now = f"month > {last - WINDOW}"
    hours = ", ".join(
        f"SUM(CASE WHEN {when} THEN {what} ELSE 0 END)::BIGINT AS {name}"
        for name, when, what in (
            ("x1", now, above), ("y1", now, below),
            ("x0", f"NOT ({now})", above), ("y0", f"NOT ({now})", below),
        )
    )  # fmt: skip
    again = ", ".join(f"SUM({name})::BIGINT AS {name}" for name in COLUMNS)
    sums = ", ".join(f"SUM({name})::BIGINT" for name in COLUMNS)
    pairs = ", ".join(f"SUM({a} * {b})::DOUBLE" for a, b in _PAIRS)
    thirds = ", ".join(f"SUM({a}::DOUBLE * {b} * {c})" for a, b, c in _THIRDS)
    return f"""
WITH placed AS (
  SELECT person, unit, span, {hours} FROM {source} JOIN spans USING (month)
  GROUP BY person, unit, span
), whole AS (
  SELECT scope, person, {again} FROM placed JOIN members USING (unit, span)
  GROUP BY scope, person
)
SELECT scope, COUNT(*), {sums}, {pairs}, {thirds} FROM whole
WHERE x1 + y1 + x0 + y0 > 0 GROUP BY scope"""


def _members(
    hierarchy: Hierarchy, scopes: Sequence[Scope], months: range
) -> tuple[dict[str, npt.NDArray[np.int64]], dict[str, npt.NDArray[np.int64]]]:
    """Months by span, and units by scope and span; boards change only between spans."""
    periods = [hierarchy.period_of(month) for month in months]
    firsts = {period: month for period, month in zip(periods[::-1], months[::-1], strict=True)}
    found: list[tuple[int, int, int]] = []
    for period, month in firsts.items():
        for number, scope in enumerate(scopes):
            for start, end in hierarchy.runs(scope, month):
                found += [(number, unit, period) for unit in hierarchy.ids[start:end].tolist()]
    table = np.array(found, np.int64).reshape(-1, 3)
    spans = {"month": np.array(months, np.int64), "span": np.array(periods, np.int64)}
    return spans, {"scope": table[:, 0], "unit": table[:, 1], "span": table[:, 2]}
