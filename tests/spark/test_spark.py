"""The leaf statement on Spark, in worker processes of their own: the same integers as DuckDB's.

Not part of ``make test``: ``make test-spark``.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from bench import facts as synthetic
from samkoll.stats.engine import spark
from samkoll.stats.engine.breakdown import EXPRESSIONS
from samkoll.stats.engine.cells import leaf_cells
from samkoll.stats.engine.choice import Choice, choose, leaf_table
from samkoll.stats.engine.facts import MEASURES, FactSet

MASTER = "local-cluster[2,1,1024]"
"""Two workers, each starting an executor in a process of its own."""


@pytest.fixture(scope="module")
def facts(tmp_path_factory):
    """Two snapshots of a municipality: the later one has the last six months of the earlier."""
    folder = tmp_path_factory.mktemp("facts")
    first = synthetic.write(folder / "a.parquet", employees=900, years=2, units=60).files[0]
    later = synthetic.write(folder / "b.parquet", employees=950, years=2, units=60, seed=2).files[0]
    months = first.months
    kept = (replace(first, months=months[:-6]), replace(later, months=months[-6:]))
    return FactSet(kept)


@pytest.fixture
def on_spark(facts):
    """What a call gives with Spark chosen."""

    def run(call, folder=""):
        before = choose(Choice("spark", MASTER, folder))
        try:
            return call()
        finally:
            choose(before)

    return run


def rows(columns, keys):
    """The columns' rows in an order of their own, as plain values."""
    return sorted(zip(*(columns[name].tolist() for name in keys), strict=True))


def test_two_separate_worker_processes_answer(on_spark, facts):
    on_spark(lambda: leaf_table(facts.files, ["ordinary"]))
    session = spark._session(MASTER)
    executors = session.sparkContext._jsc.sc().statusTracker().getExecutorInfos()
    ports = {executor.port() for executor in executors}
    assert len(ports) == 3  # the driver's and the two executors'


def test_every_cell_is_equal_to_the_last_digit(on_spark, facts):
    ours, theirs = leaf_cells(facts), on_spark(lambda: leaf_cells(facts))
    first, second = (np.lexsort((cells.sex, cells.unit, cells.month)) for cells in (ours, theirs))
    for key in ("month", "unit", "sex"):
        assert np.array_equal(getattr(ours, key)[first], getattr(theirs, key)[second])
    for name in MEASURES:
        assert np.array_equal(ours.measures[name][first], theirs.measures[name][second]), name
        assert theirs.measures[name].dtype == np.int64


@pytest.mark.parametrize("dimension", EXPRESSIONS)
def test_every_cell_of_a_breakdown_is_equal(on_spark, facts, dimension):
    def cells():
        return leaf_table(facts.files, value=EXPRESSIONS[dimension])

    keys = ("month", "unit", "sex", "value", *MEASURES)
    assert rows(cells(), keys) == rows(on_spark(cells), keys)


def test_the_workers_may_find_the_files_elsewhere(on_spark, facts, tmp_path):
    for file in facts.files:
        (tmp_path / file.path.name).write_bytes(file.path.read_bytes())
    folder = f"file://{tmp_path}"
    table = on_spark(lambda: leaf_table(facts.files, ["ordinary"]), folder)
    assert rows(table, ("month", "unit", "sex", "ordinary")) == rows(
        leaf_table(facts.files, ["ordinary"]), ("month", "unit", "sex", "ordinary")
    )
