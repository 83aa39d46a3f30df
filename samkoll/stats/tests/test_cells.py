"""The one statement over the facts, and the set of files that it reads."""

from __future__ import annotations

from pathlib import Path

import pytest

from samkoll.stats.engine.cells import duckdb_source, leaf_cells, statement
from samkoll.stats.engine.facts import FactFile, FactSet, MixedConventions
from samkoll.stats.tests import world

JANUARY = 2023 * 12
SNAPSHOT = Path(__file__).with_name("leaf_cells.sql")


def file(name="a", months=(JANUARY,), convention="day_split"):
    return FactFile(Path(f"{name}.parquet"), name * 64, tuple(months), convention)


def test_the_statement_is_the_reviewed_one():
    """Plain SQL that DuckDB and Spark share. Changed on purpose? Review the file and update it."""
    source = duckdb_source((file("a", [JANUARY, JANUARY + 2]), file("b", [JANUARY + 1])))
    assert statement(source) + "\n" == SNAPSHOT.read_text()


def test_only_the_current_months_of_a_snapshot_are_read(tmp_path):
    town = world.make(1, months=6)
    (whole,) = world.write(town, tmp_path).files
    some = FactSet((FactFile(whole.path, whole.sha256, tuple(town.months[2:4]), "day_split"),))
    assert set(leaf_cells(some).month.tolist()) == set(town.months[2:4])


def test_a_path_with_a_quote_is_read_as_a_path(tmp_path):
    odd = tmp_path / "o'brien"
    odd.mkdir()
    town = world.make(1, months=2)
    assert len(leaf_cells(world.write(town, odd)).month) > 0


def test_a_month_from_two_snapshots_is_a_fault_of_ours():
    with pytest.raises(ValueError, match="two snapshots"):
        FactSet((file("a"), file("b")))


def test_mixed_conventions_are_refused():
    mixed = FactSet((file("a"), file("b", [JANUARY + 1], "whole_spell")))
    with pytest.raises(MixedConventions, match="två olika sätt"):
        _ = mixed.convention
    assert mixed.convention_of([JANUARY]) == "day_split"


def test_the_key_depends_on_content_and_months_alone():
    one = FactSet((file("a"), file("b", [JANUARY + 1])))
    turned = FactSet((file("b", [JANUARY + 1]), file("a")))
    less = FactSet((file("a"),))
    assert one.key == turned.key != less.key
    assert one.refs()[0] == {"sha256": "a" * 64, "months": [JANUARY]}
