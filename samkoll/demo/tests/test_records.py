"""The four files of an HR system that ``demo generate --records`` writes."""

from __future__ import annotations

import polars as pl
import pytest

from samkoll.demo.generator import records
from samkoll.demo.generator.building import generate
from samkoll.imports import profiles


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    """Frames by profile name, and the payroll rows that they were made of."""
    folder = tmp_path_factory.mktemp("records")
    made = generate(folder, employees=60, years=1)
    paths = records.write(folder, made.payroll)
    read = {name: _read(path) for name, path in zip(records.PROFILES, paths, strict=True)}
    return read, pl.concat(map(_read, made.payroll)), paths


def _read(path):
    return pl.read_csv(path, separator=";", encoding="cp1252", infer_schema=False)


def test_each_file_has_the_heads_and_words_of_its_profile(files):
    for name, frame in files[0].items():
        profile = profiles.load(name)
        assert set(profile.columns.values()) <= set(frame.columns)
    known = {"Sjuk", "Vård av barn"}
    assert set(files[0]["franvaro"]["Orsak"]) <= known & set(
        profiles.load("franvaro").values["cause"]
    )


def test_the_files_hold_the_people_and_hours_of_the_payroll_files(files):
    read, payroll, _ = files
    hours = "Ordinarie timmar"
    assert sorted(read["arbetad-tid"][hours]) == sorted(payroll[hours])
    assert set(read["anstallningar"]["Personnummer"]) == set(payroll["Personnummer"])
    left = payroll.filter(pl.col("Avgångsorsak").fill_null("") != "").height
    assert read["avgangar"].height == left
    assert read["franvaro"].height > 50


def test_the_same_payroll_files_give_the_same_bytes(files, tmp_path):
    folder = files[2][0].parent
    again = records.write(tmp_path, sorted(folder.glob("lon_*.csv")))
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in files[2]]
