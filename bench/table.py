"""One unit's sick-leave table (total, short, long by total, women, men; two windows), warm.

Ours asks the cube that the process keeps; the alternative is hand-written SQL over the same file.
"""

from __future__ import annotations

from pathlib import Path

from bench import cube as whole
from bench import facts as synthetic
from bench.harness import median_of
from samkoll.stats import metrics
from samkoll.stats.engine.cells import leaf_cells
from samkoll.stats.engine.cube import SEXES, Cube
from samkoll.stats.engine.facts import FactFile, FactSet
from samkoll.stats.engine.hierarchy import Scope

CASE = "sick-leave table"
SIZES = {name: whole.SIZES[name] for name in ("7000 x 10 y", "60000 x 10 y")}
DEFAULT = ("7000 x 10 y",)
GOALS = dict.fromkeys(SIZES, "1.2 x")
KEYS = ("sick_leave", "sick_leave_short", "sick_leave_long")
UNIT = 8
prepare = whole.prepare


def _facts(employees: int, years: int) -> tuple[Path, tuple[int, ...]]:
    return whole.path_of(employees, years), whole.months_of(years)


def ours(employees: int, years: int, units: int) -> tuple[float, list[str]]:
    """From the kept cube: exact sums, then the metrics."""
    path, months = _facts(employees, years)
    facts = FactSet((FactFile(path, "x", months, "day_split"),))
    cube = Cube(leaf_cells(facts), synthetic.organisation(units), facts.months)

    def run() -> list[str]:
        shown = []
        for last in (months[-1], months[-13]):
            for sex in SEXES:
                sums = cube.sums(Scope(unit=UNIT), sex, last - 11, last).sums or {}
                shown += [str(metrics.lookup(key).value(sums, months=12)) for key in KEYS]
        return shown

    return median_of(run, 20), run()


def by_hand(employees: int, years: int, units: int) -> tuple[float, list[str]]:
    """What one would write for just this table."""
    import duckdb

    path, months = _facts(employees, years)
    hierarchy = synthetic.organisation(units)
    start, end = hierarchy.range_of(Scope(unit=UNIT))
    inside = ", ".join(str(unit) for unit in hierarchy.ids[start:end])
    query = f"""
        SELECT month > {months[-13]} AS now, sex, CAST(sum(ordinary) AS BIGINT),
               CAST(sum(sick_short) AS BIGINT), CAST(sum(sick_long) AS BIGINT)
        FROM read_parquet('{path}')
        WHERE month > {months[-25]} AND unit IN ({inside})
        GROUP BY ALL"""
    connection = duckdb.connect()

    def run() -> list[str]:
        rows = {(now, sex): sums for now, sex, *sums in connection.execute(query).fetchall()}
        shown = []
        for now in (True, False):
            for sexes in ((1, 2), (1,), (2,)):
                parts = [sum(rows[now, s][n] for s in sexes) for n in range(3)]
                names = ("ordinary", "sick_short", "sick_long")
                sums = dict(zip(names, parts, strict=True))
                shown += [str(metrics.lookup(key).value(sums, months=12)) for key in KEYS]
        return shown

    return median_of(run, 20), run()


CONTESTANTS = {"ours": ours, "DuckDB SQL by hand": by_hand}
