"""Which engine sums the facts, and what is said when Spark cannot run."""

from __future__ import annotations

import builtins
from pathlib import Path

import pytest

from samkoll.stats.engine import spark
from samkoll.stats.engine.choice import Choice, choose, leaf_table
from samkoll.stats.engine.facts import FactFile

FILE = FactFile(Path("/facts/ab.parquet"), "ab", (24288, 24290), "day_split")


@pytest.fixture
def chosen():
    """Spark is chosen, and no session is started."""
    spark._session.cache_clear()
    before = choose(Choice("spark"))
    yield
    choose(before)


def test_without_java_a_sentence_says_what_to_install(chosen, monkeypatch):
    monkeypatch.setattr("shutil.which", lambda name: None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(spark.NotInstalled, match="kräver Java"):
        leaf_table([FILE])


def test_without_pyspark_a_sentence_says_what_to_install(chosen, monkeypatch):
    real = builtins.__import__

    def missing(name, *arguments):
        if name.startswith("pyspark"):
            raise ImportError(name)
        return real(name, *arguments)

    monkeypatch.setattr("shutil.which", lambda name: "/usr/bin/java")
    monkeypatch.setattr(builtins, "__import__", missing)
    with pytest.raises(spark.NotInstalled, match="kräver pyspark"):
        leaf_table([FILE])


def test_the_workers_read_the_same_files_from_a_folder_or_from_storage():
    assert "parquet.`file:///facts/ab.parquet` WHERE month IN (24288, 24290)" in (
        spark.spark_source([FILE], "")
    )
    assert "parquet.`s3a://bucket/facts/ab.parquet`" in spark.spark_source(
        [FILE], "s3a://bucket/facts/"
    )
