"""The same rows are the same file, in whatever pieces and order they came."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from samkoll.stats import parquet
from samkoll.stats.records import RecordWriter, StagedRecords, writer
from samkoll.stats.records.schema import frame_schema

SIZE = 700


@pytest.fixture(autouse=True)
def small_groups(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "ROW_GROUP", 100)


def rows() -> pl.DataFrame:
    """Departures in an order of their own, some of them alike but for the row or not at all."""
    rng = np.random.default_rng(5)
    person = rng.integers(0, 2**64, SIZE // 4, np.uint64)[rng.integers(0, SIZE // 4, SIZE)]
    columns = {
        "person": person,
        "employment": person,
        "last": np.datetime64("2024-01-01") + rng.integers(0, 9, SIZE),
        "cause": rng.integers(1, 8, SIZE),
        "row": rng.integers(2, 9, SIZE),
    }
    return pl.DataFrame(columns).cast(frame_schema("departure"))  # type: ignore[arg-type]


def written(folder: Path, frames: list[pl.DataFrame]) -> StagedRecords:
    with RecordWriter(folder, "departure") as sink:
        for frame in frames:
            sink.write(frame)
        return sink.finish()


def by_ranges_of_persons(frame: pl.DataFrame) -> list[pl.DataFrame]:
    part = pl.col("person") // 2**61
    return [frame.filter(part == number) for number in range(8)]


def test_any_cut_of_the_rows_gives_the_same_file(tmp_path):
    whole = rows()
    one = written(tmp_path, [whole])
    assert written(tmp_path, [whole[:90], whole[400:], whole[90:400]]) == one
    assert written(tmp_path, by_ranges_of_persons(whole)) == one
    order = ["person", "employment", "row", "last", "cause"]
    assert pl.read_parquet(one.path).equals(whole.sort(order))


def test_ranges_of_persons_need_no_sorting_of_the_whole(tmp_path, monkeypatch):
    monkeypatch.delattr(writer, "sort_file")
    assert written(tmp_path, by_ranges_of_persons(rows())).rows == SIZE
    with pytest.raises(NameError):
        written(tmp_path, by_ranges_of_persons(rows())[::-1])


def test_what_is_null_comes_last_within_and_between_frames(tmp_path, monkeypatch):
    schema = frame_schema("absence")
    same = {
        "person": 1, "employment": 1, "extent": 1000, "cause": 1, "reversal": False, "row": 2,
        "hours": None, "started": None, "day_number": None,
    }  # fmt: skip
    days = [{**same, "first": day, "last": last} for day, last in ((9, None), (9, 12), (8, None))]
    frame = pl.DataFrame(days).cast(schema).select(list(schema))  # type: ignore[arg-type]
    monkeypatch.delattr(writer, "sort_file")
    with RecordWriter(tmp_path, "absence") as sink:
        for one in (frame[2:], frame[1:2], frame[:1]):
            sink.write(one)
        staged = sink.finish()
    assert pl.read_parquet(staged.path)["last"].is_null().to_list() == [True, False, True]
