"""The full cube: rolling twelve months of sick leave, every unit with roll-up, by sex and length,
every month.

The floor is one ``GROUP BY`` of the same file to leaf cells with the same sums, fetched to arrays.
Everybody sums the three measures of sick leave; the alternatives roll up with a unit-to-ancestor
join and a range window. "ours, all measures" makes leaf cells of all of them, as a server does.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np

from bench import facts as synthetic
from bench.harness import median_of
from samkoll.stats.engine.cells import leaf_cells, statement
from samkoll.stats.engine.cube import Cube
from samkoll.stats.engine.facts import MEASURES, SCHEMA_VERSION, FactFile, FactSet

CASE = "cube"
SIZES = {
    "7000 x 10 y": {"employees": 7_000, "years": 10, "units": 600},
    "60000 x 10 y": {"employees": 60_000, "years": 10, "units": 4_000},
    "1200000 x 5 y": {"employees": 1_200_000, "years": 5, "units": 4_000},
}
DEFAULT = ("7000 x 10 y",)
GOALS = dict.fromkeys(SIZES, "1.5 x, 1200 MB")
NAMES = ("ordinary", "sick_short", "sick_long")
FOLDER = Path(tempfile.gettempdir()) / "samkoll-bench"


def path_of(employees: int, years: int) -> Path:
    """The fact file of that size."""
    return FOLDER / f"facts-v{SCHEMA_VERSION}-{employees}-{years}.parquet"


def prepare(employees: int, years: int, units: int) -> None:
    """Write the fact file once."""
    FOLDER.mkdir(exist_ok=True)
    path = path_of(employees, years)
    if not path.exists():
        half = path.with_suffix(".part")
        synthetic.write(half, employees=employees, years=years, units=units)
        half.rename(path)


def months_of(years: int) -> tuple[int, ...]:
    """Its months."""
    return tuple(range(synthetic.FIRST.index, synthetic.FIRST.index + 12 * years))


def _checksum(tables: dict[str, np.ndarray]) -> list[int]:
    """Weighted sums that change when any cell changes place: (sex, window, unit) arrays."""
    weights = None
    out = []
    for name in NAMES:
        table = tables[name]
        if weights is None:
            weights = (np.arange(table.size) % 8191 + 1).reshape(table.shape)
        out.append(int((table * weights).sum() % (2**53)))
    return out


def ours(
    employees: int, years: int, units: int, measures: tuple[str, ...] = NAMES
) -> tuple[float, list[int]]:
    """One GROUP BY, then running sums."""
    months = months_of(years)
    facts = FactSet((FactFile(path_of(employees, years), "x", months, "day_split"),))
    hierarchy = synthetic.organisation(units)

    def run() -> dict[str, np.ndarray]:
        cube = Cube(leaf_cells(facts, measures), hierarchy, facts.months)
        return {name: cube.rolling(name) for name in NAMES}

    seconds = median_of(run, 3 if employees > 100_000 else 5)
    return seconds, _checksum(run())


def ours_all(employees: int, years: int, units: int) -> tuple[float, list[int]]:
    """The same with leaf cells of all measures."""
    return ours(employees, years, units, MEASURES)


def floor_all(employees: int, years: int, units: int) -> tuple[float, list[int]]:
    """The floor with all measures."""
    return floor(employees, years, units, MEASURES)


def floor(
    employees: int, years: int, units: int, measures: tuple[str, ...] = NAMES
) -> tuple[float, list[int]]:
    """The floor: one GROUP BY to leaf cells, fetched; the checksum is worked out from them."""
    import duckdb

    path = path_of(employees, years)

    def run() -> object:
        with duckdb.connect(config={"memory_limit": "800MB"}) as connection:
            query = statement(f"read_parquet('{path}')", measures)
            return connection.execute(query).fetchnumpy()

    seconds = median_of(run, 3 if employees > 100_000 else 5)
    return seconds, _from_leaf_cells(run(), years, units)


def _from_leaf_cells(cells: object, years: int, units: int) -> list[int]:
    hierarchy, months = synthetic.organisation(units), months_of(years)
    columns: dict[str, np.ndarray] = cells  # type: ignore[assignment]
    place = hierarchy.positions_of(columns["unit"])
    tables = {}
    for name in NAMES:
        leaf = np.zeros((2, len(months), len(hierarchy)), np.int64)
        leaf[columns["sex"] - 1, columns["month"] - months[0], place] = columns[name]
        for p in range(len(hierarchy) - 1, 0, -1):
            leaf[:, :, hierarchy.parent[p]] += leaf[:, :, p]
        tables[name] = np.stack(
            [leaf[:, m - 11 : m + 1].sum(axis=1) for m in range(11, len(months))], axis=1
        )
    return _checksum(tables)


def _ancestors(units: int) -> tuple[list[int], list[int], list[int]]:
    """Unit, ancestor and the ancestor's position, every pair."""
    hierarchy = synthetic.organisation(units)
    unit, above, place = [], [], []
    for p in range(len(hierarchy)):
        at = p
        while at >= 0:
            unit.append(int(hierarchy.ids[p]))
            above.append(int(hierarchy.ids[at]))
            place.append(at)
            at = hierarchy.parent[at]
    return unit, above, place


def _from_columns(columns: dict[str, np.ndarray], years: int, units: int) -> list[int]:
    """Checksum of a long result with sex, month, position and the sums."""
    first = months_of(years)[11]
    shape = (2, 12 * years - 11, units)
    tables = {}
    for name in NAMES:
        table = np.zeros(shape, np.int64)
        keep = columns["month"] >= first
        index = tuple(columns[c][keep] for c in ("sex", "month", "place"))
        table[index[0] - 1, index[1] - first, index[2]] = columns[name][keep]
        tables[name] = table
    return _checksum(tables)


def duckdb_sql(employees: int, years: int, units: int) -> tuple[float, list[int]]:
    """SQL all the way: GROUP BY, join with ancestors, range window over every month."""
    import duckdb
    import pyarrow as pa

    path, months = path_of(employees, years), months_of(years)
    unit, above, place = _ancestors(units)
    tree = pa.table({"unit": unit, "above": above, "place": place})
    sums = ", ".join(f"CAST(sum({n}) AS BIGINT) AS {n}" for n in NAMES)
    rolled = ", ".join(
        f"CAST(sum({n}) OVER (PARTITION BY place, sex ORDER BY month "
        f"RANGE BETWEEN 11 PRECEDING AND CURRENT ROW) AS BIGINT) AS {n}"
        for n in NAMES
    )
    leaf = statement(f"read_parquet('{path}')", NAMES)
    query = f"""
        WITH leaf AS ({leaf}),
        up AS (SELECT place, sex, month, {sums} FROM leaf JOIN tree USING (unit) GROUP BY ALL),
        grid AS (SELECT place, sex, month FROM (SELECT DISTINCT place FROM tree),
            (VALUES (1), (2)) s(sex), range({months[0]}, {months[-1] + 1}) m(month)),
        full_grid AS (SELECT place, sex, month, {
        ", ".join(f"coalesce({n}, 0) AS {n}" for n in NAMES)
    }
            FROM grid LEFT JOIN up USING (place, sex, month))
        SELECT place, sex, month, {rolled} FROM full_grid"""

    def run() -> dict[str, np.ndarray]:
        with duckdb.connect() as connection:
            connection.register("tree", tree)
            return connection.execute(query).fetchnumpy()

    seconds = median_of(run, 2 if employees > 100_000 else 4)
    return seconds, _from_columns(run(), years, units)


def polars_lazy(employees: int, years: int, units: int) -> tuple[float, list[int]]:
    """Polars: scan, group, join with ancestors, cumulated sums per unit and sex."""
    import polars as pl

    path, months = path_of(employees, years), months_of(years)
    unit, _, place = _ancestors(units)
    tree = pl.DataFrame({"unit": unit, "place": place}).cast({"unit": pl.Int32}).lazy()
    grid = (
        pl.DataFrame({"place": range(units)})
        .join(pl.DataFrame({"sex": [1, 2]}, schema={"sex": pl.UInt8}), how="cross")
        .join(pl.DataFrame({"month": months}, schema={"month": pl.Int32}), how="cross")
        .lazy()
    )
    names = list(NAMES)

    def run() -> pl.DataFrame:
        leaf = (
            pl.scan_parquet(path)
            .group_by("month", "unit", "sex")
            .agg(pl.col(names).cast(pl.Int64).sum())
        )
        up = leaf.join(tree, on="unit").group_by("place", "sex", "month").agg(pl.col(names).sum())
        return (
            grid.join(up, on=["place", "sex", "month"], how="left")
            .with_columns(pl.col(names).fill_null(0))
            .sort("place", "sex", "month")
            .with_columns(pl.col(names).rolling_sum(12, min_samples=1).over("place", "sex"))
            .collect(engine="streaming")
        )

    seconds = median_of(run, 2 if employees > 100_000 else 4)
    columns = {n: run()[n].to_numpy() for n in ("place", "sex", "month", *NAMES)}
    return seconds, _from_columns(columns, years, units)


def pandas(employees: int, years: int, units: int) -> tuple[float, list[int]]:
    """pandas, with the rows already in memory (loading is not counted)."""
    import pandas as pd  # type: ignore[import-untyped]

    path, months = path_of(employees, years), months_of(years)
    every = list(NAMES)
    rows = pd.read_parquet(path, columns=["month", "unit", "sex", *every])
    unit, _, place = _ancestors(units)
    tree = pd.DataFrame({"unit": unit, "place": place}).astype({"unit": "int32"})
    sexes, ends = [1, 2], list(months)
    grid = pd.MultiIndex.from_product([range(units), sexes, ends], names=["place", "sex", "month"])

    def run() -> pd.DataFrame:
        leaf = rows.groupby(["month", "unit", "sex"], sort=False)[every].sum().reset_index()
        keys = ["place", "sex", "month"]
        up = leaf.merge(tree, on="unit").groupby(keys)[every].sum()
        full = up.reindex(grid, fill_value=0).astype("int64")
        total = full.groupby(level=[0, 1]).cumsum()
        return total - total.groupby(level=[0, 1]).shift(12, fill_value=0)

    seconds = median_of(run, 3)
    out = run().reset_index()
    return seconds, _from_columns({n: out[n].to_numpy() for n in out.columns}, years, units)


CONTESTANTS = {
    "ours": ours,
    "one DuckDB GROUP BY": floor,
    "ours, all measures": ours_all,
    "GROUP BY, all measures": floor_all,
    "DuckDB SQL": duckdb_sql,
    "Polars": polars_lazy,
    "pandas (loaded)": pandas,
}
SKIP = {"1200000 x 5 y": ("pandas (loaded)",)}
