"""How many rows of the facts a figure is made of: for its birth certificate."""

from __future__ import annotations

from collections.abc import Iterator

from samkoll.core.months import Window
from samkoll.stats.engine.breakdown import EXPRESSIONS, Group
from samkoll.stats.engine.cells import duckdb_source, quoted
from samkoll.stats.engine.cube import Cube, Sex
from samkoll.stats.engine.facts import MAN, WOMAN, FactSet
from samkoll.stats.engine.hierarchy import Scope

SEX: dict[Sex, tuple[int, ...]] = {"total": (WOMAN, MAN), "women": (WOMAN,), "men": (MAN,)}


def rows_counted(  # noqa: PLR0917 - the order of a sentence: of what, whose, which, when
    facts: FactSet, cube: Cube, scope: Scope, sex: Sex, window: Window, group: Group | None = None
) -> int:
    """Rows (one person, unit and month each) of the scope, sex and group in the window.

    Asked of the files themselves, so it is read when somebody wants to see it, not for tables.
    """
    import duckdb

    places = list(_places(cube, scope, window))
    if not places:
        return 0
    where = f"({' OR '.join(places)}) AND sex IN ({', '.join(map(str, SEX[sex]))})"
    if group:
        where += f" AND {EXPRESSIONS[group.dimension]} = {quoted(group.value)}"
    asked = f"SELECT count(*) FROM {duckdb_source(facts.files)} WHERE {where}"
    with duckdb.connect(config={"memory_limit": "200MB"}) as connection:
        found = connection.execute(asked).fetchone()
    return int(found[0]) if found else 0


def _places(cube: Cube, scope: Scope, window: Window) -> Iterator[str]:
    """Conditions on month and unit: the units of the scope may change with the boards."""
    ids = cube.hierarchy.ids
    for months, runs in cube.periods(scope):
        first = max(cube.first + months.start, window.first.index)
        last = min(cube.first + months.stop - 1, window.last.index)
        units = ", ".join(str(unit) for start, end in runs for unit in ids[start:end])
        if first <= last and units:
            yield f"(month BETWEEN {first} AND {last} AND unit IN ({units}))"
