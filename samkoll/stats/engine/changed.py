"""Which differences between two versions of the facts may be published.

A difference of two published figures is a figure about those whose rows were changed. So the rule
for small groups (``disclosure``) is asked once more, with the *changed* persons as the population,
for every base measure. ``docs/rules/then-and-now.md`` proves that this is enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from samkoll.stats.engine.cells import LeafCells, duckdb_source, statement
from samkoll.stats.engine.cube import Cube, Sex
from samkoll.stats.engine.disclosure import Protection, protect
from samkoll.stats.engine.facts import TRACES, FactFile, FactSet
from samkoll.stats.engine.hierarchy import Hierarchy, Scope

COMPARED = (
    "ordinary", "sick_short", "sick_long", "additional", "overtime",
    "permanent", "departures", "retirements",
)  # fmt: skip
"""The base measures whose differences may be shown at all."""
_SAME_PERSON = "month, unit, sex, value"


def months_changed(then: FactSet, now: FactSet) -> frozenset[int]:
    """Months of either version that do not come from the same snapshot in both."""
    came, comes = _origins(then), _origins(now)
    return frozenset(m for m in came.keys() | comes.keys() if came.get(m) != comes.get(m))


def _origins(facts: FactSet) -> dict[int, str]:
    return {month: file.sha256 for file in facts.files for month in file.months}


class Differences:
    """The changes from one version of the facts to another, and what of them may be told."""

    def __init__(self, then: FactSet, now: FactSet, hierarchy: Hierarchy) -> None:
        self.months = then.months | now.months
        self.changed = months_changed(then, now)
        self.protections = self._decide(then, now, hierarchy) if self.changed else ()

    def shown(self, measures: Sequence[str], scope: Scope, sex: Sex, last: int) -> bool:
        """May the difference of a figure whose window ends in the month be told?

        Every measure must allow it, also those that the figure is not made of: the difference of
        one follows from two others. A measure that nobody's change touches allows everything.
        """
        if not {*measures} <= {*COMPARED}:
            return False
        return all(p.state(scope, sex, last) != "protected" for p in self.protections)

    def _decide(self, then: FactSet, now: FactSet, hierarchy: Hierarchy) -> tuple[Protection, ...]:
        decided = []
        for cells in _changed_persons(_only(then, self.changed), _only(now, self.changed)):
            cube = Cube(cells, hierarchy, self.months)
            decided.append(protect(cube, "persons"))
        return tuple(decided)


def _only(facts: FactSet, months: frozenset[int]) -> list[FactFile]:
    kept = [replace(f, months=tuple(m for m in f.months if m in months)) for f in facts.files]
    return [file for file in kept if file.months]


def _changed_persons(then: Sequence[FactFile], now: Sequence[FactFile]) -> list[LeafCells]:
    """For each measure that anybody's change touches: the changed persons as leaf cells.

    A person is counted in one unit of the month only, and leaves a trace in all of them, so that
    nobody who moved makes a group look larger than it is.
    """
    import duckdb

    with duckdb.connect(config={"memory_limit": "400MB"}) as connection:
        for name, files in (("came", then), ("comes", now)):
            connection.execute(f"CREATE TEMP TABLE {name} AS {_persons(files)}")
        found = [connection.execute(_counted(name)).fetchnumpy() for name in COMPARED]
    return [_cells(columns) for columns in found if len(columns["month"])]


def _persons(files: Sequence[FactFile]) -> str:
    """One row for each person, unit and month."""
    if files:
        return statement(duckdb_source(files), COMPARED, "person")
    columns = ", ".join(f"0::BIGINT AS {n}" for n in ("month", "unit", "sex", "value", *COMPARED))
    return f"SELECT {columns} WHERE false"


def _counted(measure: str) -> str:
    """Those for whom the measure differs. No row is as good as a zero."""
    moved = (
        f"SELECT {_SAME_PERSON} FROM came FULL JOIN comes USING ({_SAME_PERSON}) "
        f"WHERE coalesce(came.{measure}, 0) <> coalesce(comes.{measure}, 0)"
    )
    placed = f"SELECT *, min(unit) OVER (PARTITION BY month, value) AS home FROM ({moved})"
    return (
        "SELECT month, unit, sex, "
        "CAST(sum(CASE WHEN unit = home THEN 1 ELSE 0 END) AS BIGINT) AS persons, "
        f"CAST(count(*) AS BIGINT) AS traces FROM ({placed}) GROUP BY month, unit, sex"
    )


def _cells(columns: dict[str, Any]) -> LeafCells:
    month, unit, sex, persons, traces = (
        np.asarray(columns[name]) for name in ("month", "unit", "sex", "persons", "traces")
    )
    nothing = np.zeros(len(month), np.int64)
    measures = {"persons": persons, **dict.fromkeys(TRACES, nothing), TRACES[0]: traces}
    return LeafCells(month, unit, sex, measures)
