"""Which engine makes the one pass over the facts: DuckDB in this process, or a Spark cluster.

Both run the same statement (``cells.statement``) and give the same integers. The choice is made
once, when the process starts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from samkoll.stats.engine.facts import MEASURES, FactFile

Columns = dict[str, npt.NDArray[Any]]
"""Arrays of equal length by name; no Arrow table, as pyarrow alone takes 60 MB of a process."""
EngineName = Literal["duckdb", "spark"]


@dataclass(frozen=True, slots=True)
class Choice:
    """``master``: where Spark runs. ``folder``: where its workers find the fact files, a path or
    ``s3a://…``; empty: where this server has them."""

    engine: EngineName = "duckdb"
    master: str = "local[*]"
    folder: str = ""


_chosen = Choice()


def choose(choice: Choice) -> Choice:
    """Use this engine from now on; returns the one before."""
    global _chosen
    before, _chosen = _chosen, choice
    return before


def leaf_table(
    files: Sequence[FactFile],
    measures: Sequence[str] = MEASURES,
    value: str = "",
    memory: str = "800MB",
) -> Columns:
    """The leaf cells of these files (see ``cells.statement``) by the chosen engine.

    ``memory`` bounds DuckDB's own buffers. Raises: NotInstalled when Spark cannot run here.
    """
    if _chosen.engine == "spark":
        from samkoll.stats.engine import spark

        return spark.leaf_table(files, measures, value, _chosen)
    return _by_duckdb(files, measures, value, memory)


def _by_duckdb(
    files: Sequence[FactFile], measures: Sequence[str], value: str, memory: str
) -> Columns:
    import duckdb

    from samkoll.stats.engine.cells import duckdb_source, statement

    with duckdb.connect(config={"memory_limit": memory}) as connection:
        connection.execute("SET preserve_insertion_order = false")
        found = connection.execute(statement(duckdb_source(files), measures, value)).fetchnumpy()
    return {name: np.asarray(column) for name, column in found.items()}
