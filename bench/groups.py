"""Sick leave by staff group in the whole municipality (total, short, long; by total, women, men).

Ours asks the breakdown that the process keeps; the alternative is hand-written SQL over the file.
What may be shown is decided once for each set of facts and is not part of either.
"""

from __future__ import annotations

from bench import cube as whole
from bench import facts as synthetic
from bench.harness import median_of
from samkoll.core.months import Month, Window
from samkoll.stats import metrics
from samkoll.stats.engine.breakdown import Breakdown, Group
from samkoll.stats.engine.cube import SEXES
from samkoll.stats.engine.facts import FactFile, FactSet
from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.sums import Asked

CASE = "by staff group"
SIZES = {name: whole.SIZES[name] for name in ("7000 x 10 y", "60000 x 10 y")}
DEFAULT = ("7000 x 10 y",)
GOALS = dict.fromkeys(SIZES, "0.020 s")
KEYS = ("sick_leave", "sick_leave_short", "sick_leave_long")
NAMES = ("ordinary", "sick_short", "sick_long")
prepare = whole.prepare


def ours(employees: int, years: int, units: int) -> tuple[float, list[str]]:
    """From the kept breakdown: exact sums, then the metrics."""
    months = whole.months_of(years)
    facts = FactSet((FactFile(whole.path_of(employees, years), "x", months, "day_split"),))
    breakdown = Breakdown(facts, synthetic.organisation(units), "staff_group")
    window = Window.rolling(Month(months[-1]))
    wanted = [metrics.lookup(key) for key in KEYS]

    def run() -> list[str]:
        shown = []
        for value in sorted(breakdown.values):
            group = Group("staff_group", value)
            for sex in SEXES:
                asked = Asked(wanted[0], Scope(unit=1), sex, window, group)
                sums = breakdown.cell(asked, NAMES).sums or {}
                shown += [str(metric.value(sums, months=12)) for metric in wanted]
        return shown

    return median_of(run, 20), run()


def by_hand(employees: int, years: int, units: int) -> tuple[float, list[str]]:
    """What one would write for just this table."""
    import duckdb

    months = whole.months_of(years)
    query = f"""
        SELECT staff_group, sex, {", ".join(f"CAST(sum({name}) AS BIGINT)" for name in NAMES)}
        FROM read_parquet('{whole.path_of(employees, years)}')
        WHERE month > {months[-13]}
        GROUP BY ALL"""
    connection = duckdb.connect()

    def run() -> list[str]:
        rows = {(group, sex): sums for group, sex, *sums in connection.execute(query).fetchall()}
        shown = []
        for group in sorted({group for group, _ in rows}):
            for sexes in ((1, 2), (1,), (2,)):
                parts = [sum(rows[group, sex][n] for sex in sexes) for n in range(3)]
                sums = dict(zip(NAMES, parts, strict=True))
                shown += [str(metrics.lookup(key).value(sums, months=12)) for key in KEYS]
        return shown

    return median_of(run, 20), run()


CONTESTANTS = {"ours": ours, "DuckDB SQL by hand": by_hand}
