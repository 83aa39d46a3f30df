"""Synthetic fact files of any size, deterministic and fast. For benchmarks only."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from samkoll.core.months import Month
from samkoll.stats.engine.facts import OPTIONAL, FactFile, FactSet, arrow_schema
from samkoll.stats.engine.hierarchy import BoardSpan, Hierarchy, UnitNode

FIRST = Month.of(2015, 1)
KNOWS = {"knows": ",".join(OPTIONAL)}


def organisation(units: int, *, administrations: int = 6, boards: int = 9) -> Hierarchy:
    """A municipality, administrations, departments of about ten units, and boards below them."""
    nodes = [UnitNode(1, None, "municipality", "EXK")]
    nodes += [UnitNode(2 + a, 1, "administration", f"A{a}") for a in range(administrations)]
    departments = max(administrations, units // 11)
    first = 2 + administrations
    for d in range(departments):
        nodes.append(UnitNode(first + d, 2 + d % administrations, "department", f"D{d}"))
    for n in range(units - len(nodes)):
        nodes.append(UnitNode(first + departments + n, first + n % departments, "unit", f"U{n}"))
    spans = [BoardSpan(2 + a, a) for a in range(administrations)]
    spans += [
        BoardSpan(first + d, administrations + d % administrations)
        for d in range(departments)
        if d % administrations < boards - administrations and d // administrations % 2
    ]
    return Hierarchy(nodes, {b: f"N{b}" for b in range(boards)}, spans)


def write(path: Path, *, employees: int, years: int, units: int, seed: int = 1) -> FactSet:
    """One sorted file with ``employees * years * 12`` rows, month by month, in bounded memory."""
    rng = np.random.default_rng(seed)
    home = rng.integers(8, units + 1, employees).astype(np.int32)
    sex = np.where(rng.random(employees) < 0.78, 1, 2).astype(np.uint8)
    order = np.lexsort((sex, home))
    home, sex = home[order], sex[order]
    person = rng.permutation(employees).astype(np.uint64)
    born = rng.integers(1957, 2004, employees).astype(np.int16)
    form = rng.choice([1, 2, 3], employees, p=[0.81, 0.12, 0.07]).astype(np.uint8)
    groups = pa.array([f"Grupp {n}" for n in range(40)])
    schema = arrow_schema(
        {"source": "payroll", "convention": "day_split", "batch": "bench"} | KNOWS
    )
    months = tuple(range(FIRST.index, FIRST.index + years * 12))
    with pq.ParquetWriter(path, schema, compression="zstd", compression_level=1) as writer:
        for month in months:
            ordinary = rng.integers(8000, 17601, employees).astype(np.int32)
            sick = (rng.random(employees) < 0.12) * ordinary
            short = np.where(rng.random(employees) < 0.6, sick // 4, 0)
            columns = [
                person,
                person + np.uint64(1 << 40),
                home,
                np.full(employees, month, np.int32),
                sex,
                born,
                form,
                np.ones(employees, np.bool_),
                groups.take(pa.array(rng.integers(0, 40, employees))),
                rng.choice([5000, 7500, 10000], employees).astype(np.int16),
                ordinary,
                short.astype(np.int32),
                np.where(short == 0, sick // 2, 0).astype(np.int32),
                (rng.random(employees) < 0.05).astype(np.int32) * 325,
                (rng.random(employees) < 0.05).astype(np.int32) * 275,
                np.where(rng.random(employees) < 0.008, rng.integers(1, 8, employees), 0).astype(
                    np.uint8
                ),
                np.where(short == 0, sick // 3, 0).astype(np.int32),
                (sick // 800).astype(np.int16),
                (short > 0).astype(np.int16),
                home.astype(np.uint64),
            ]
            writer.write_table(
                pa.Table.from_arrays([pa.array(c) for c in columns], schema=schema),
                row_group_size=131_072,
            )
    return FactSet((FactFile(path, "bench", months, "day_split", frozenset(OPTIONAL)),))
