"""The beginning of a file: how much of it is kept, and how it seems to be written."""

from __future__ import annotations

import io

import pytest

from samkoll.imports import profiles_choosing, profiles_formats, profiles_sample
from samkoll.imports.faults import FileFault

HEADS = "Personnr;Från;Till;Orsak"
ROW = "19800101-9876;2024-01-01;2024-01-02;Sjuk"


def kept(content: bytes) -> bytes:
    return profiles_sample.beginning(io.BytesIO(content), len(content), "x.csv")


def looked_at(content: bytes, **settings: object) -> profiles_sample.Sample:
    detected = profiles_sample.detected(content, "x.csv")
    return profiles_sample.looked_at(content, "x.csv", {**detected, **settings})


def test_a_short_file_is_kept_whole_and_a_long_one_to_the_end_of_a_line():
    short = f"{HEADS}\n{ROW}".encode()
    assert kept(short) == short
    long = kept(f"{HEADS}\n{ROW}\n".encode() * 5_000)
    assert len(long) <= profiles_sample.LARGEST and long.endswith(b"\n")


def test_a_cut_inside_a_quoted_line_break_goes_back_to_before_it():
    rows = f"{ROW}\n".encode() * 7_000
    quoted = rows[: profiles_sample.LARGEST - 8] + b'\n"a\nb\nc\nd\ne"\n'
    assert kept(quoted).count(b'"') == 0


def test_a_large_workbook_and_an_empty_file_are_refused():
    with pytest.raises(FileFault, match="för stor för att prova på"):
        profiles_sample.beginning(io.BytesIO(b"PK\x03\x04"), 3 * 2**20, "x.xlsx")
    with pytest.raises(FileFault, match="är tom"):
        kept(b"")


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "cp1252", "cp850", "utf-16"])
def test_every_encoding_is_found(codec):
    content = "Månad;Kön;Övertid\n2024-01;Kvinna;1,5\n2024-02;Man;åäö\n".encode(codec)
    assert looked_at(content).heads == ("Månad", "Kön", "Övertid")


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_every_separator_is_found(separator):
    text = "\n".join(["Lista", *[HEADS, ROW, ROW]]).replace(";", separator)
    found = looked_at(text.encode())
    assert (found.heads, found.head_row) == (tuple(HEADS.split(";")), 2)


def test_heads_that_are_alike_are_numbered_and_missing_ones_named_by_place():
    found = looked_at(b"Personnr;Timmar;;Timmar\n1;2;3;4\n")
    assert found.heads == ("Personnr", "Timmar (1)", "Kolumn 3", "Timmar (2)")
    assert found.of("timmar  (2)") == ("4",)
    assert found.of("finns inte") == ()


@pytest.mark.parametrize(
    ("kind", "cells", "found"),
    [
        ("absence", {"first": ["20240101"], "hours": ["7:30"]},
         {"date_format": "ÅÅÅÅMMDD", "hours_unit": "clock"}),
        ("absence", {"first": ["31/01/2024", "01/02/2024"]}, {"date_format": "DD/MM/ÅÅÅÅ"}),
        ("absence", {"first": ["01/31/2024", "02/01/2024"]}, {"date_format": "MM/DD/ÅÅÅÅ"}),
        ("absence", {"first": ["45292", "45300"]}, {"date_format": "1900"}),
        ("time", {"month": ["202401"], "overtime": ["1,5", "2.5"]},
         {"month_format": "ÅÅÅÅMM", "decimal": "both", "hours_unit": "hours"}),
        ("time", {"month": ["jan", "feb"]}, {"month_format": "MMM"}),
        ("time", {"month": ["2021-APR"]}, {"month_format": "ÅÅÅÅ-MMM"}),
        ("time", {"ordinary": ["16800", "800"]}, {"hours_unit": "hundredths"}),
        ("employment", {"extent": ["0,75", "1"]}, {"extent_unit": "share", "decimal": ","}),
        ("employment", {"extent": ["75", "100"]}, {"extent_unit": "percent"}),
        ("departure", {"last": ["", " "]}, {}),
    ],
)  # fmt: skip
def test_how_cells_are_written(kind, cells, found):
    assert profiles_formats.written(kind, cells) == found


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("N", {"N": 0, "J": 1}), ("n", {"n": 0, "j": 1}), ("0", {"0": 0, "1": 1}),
        ("Nej", {"Nej": 0, "Ja": 1}), ("", {"Nej": 0, "Ja": 1}),
    ],
)  # fmt: skip
def test_a_word_that_the_sample_lacks_is_written_as_the_others(word, words):
    content = f"{HEADS};Rättelse\n{ROW};{word}\n".encode()
    assert profiles_choosing.first(content, "x.csv", {}, "absence")["values"]["yes_no"] == words
