"""The one pass to leaf cells on DuckDB and on Spark: when is one machine too small?

Runs only when asked for (``python -m bench.harness spark --size …``): Spark is an extra, and takes
ten seconds or more to start. Times are warm medians; both must give the same integers.
"""

from __future__ import annotations

from bench import cube
from bench.harness import median_of
from samkoll.stats.engine.choice import Choice, choose, leaf_table
from samkoll.stats.engine.facts import MEASURES, FactFile

CASE = "leaf cells"
SIZES = cube.SIZES
DEFAULT = ()
prepare = cube.prepare


def _measured(choice: Choice, employees: int, years: int) -> tuple[float, object]:
    path = cube.path_of(employees, years)
    files = (FactFile(path, "x", cube.months_of(years), "day_split"),)
    choose(choice)
    seconds = median_of(lambda: leaf_table(files), times=3)
    columns = leaf_table(files)
    sums = {name: int(columns[name].sum()) for name in MEASURES}
    return seconds, [len(columns["month"]), sums]


def duckdb(employees: int, years: int, units: int) -> tuple[float, object]:
    """In this process."""
    return _measured(Choice(), employees, years)


def local(employees: int, years: int, units: int) -> tuple[float, object]:
    """Spark in one Java process."""
    return _measured(Choice("spark", "local[2]"), employees, years)


def cluster(employees: int, years: int, units: int) -> tuple[float, object]:
    """Spark with two workers, each with an executor process of its own."""
    return _measured(Choice("spark", "local-cluster[2,1,2048]"), employees, years)


CONTESTANTS = {"DuckDB": duckdb, "Spark local[2]": local, "Spark, 2 workers": cluster}
