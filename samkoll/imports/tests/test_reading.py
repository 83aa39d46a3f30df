"""Files as bytes: encodings, chunk boundaries, quotes, and the faults that refuse the file."""

from __future__ import annotations

import csv
import io
import zipfile

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samkoll.imports import workbooks
from samkoll.imports.encoding import Transcoder
from samkoll.imports.faults import FileFault
from samkoll.imports.profiles import COLUMNS
from samkoll.imports.reading import Reader, Source
from samkoll.imports.tables import last_record_end
from samkoll.imports.tests import payroll
from samkoll.imports.tests.payroll import HEADS, PROFILE, row, source, text, workbook

CELL = st.text(st.sampled_from('ab;"\n å€é'), max_size=5)
RECORDS = st.lists(st.lists(CELL, min_size=17, max_size=17), min_size=1, max_size=8)


def read(content: str | bytes, chunk_bytes: int = 2**22, **options) -> pl.DataFrame:
    reader = Reader(source(content, **options), PROFILE, chunk_bytes=chunk_bytes)
    return pl.concat([chunk.frame for chunk in reader.chunks()])


def refused(content: str | bytes, **options) -> str:
    with pytest.raises(FileFault) as caught:
        read(content, **options)
    return str(caught.value)


def quoted(records: list[list[str]]) -> str:
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=";", lineterminator="\r\n").writerows([HEADS, *records])
    return file.getvalue()


@settings(max_examples=60, deadline=None)
@given(RECORDS, st.sampled_from(["cp1252", "utf-8", "utf-8-sig", "utf-16"]), st.integers(1, 300))
def test_the_chunk_size_and_encoding_never_change_what_is_read(records, encoding, size):
    content = quoted(records)
    whole = read(content, encoding=encoding)
    assert whole.equals(read(content, chunk_bytes=size, encoding=encoding))
    kept = [each for each in records if any(cell.strip() for cell in each)]
    assert whole.select(COLUMNS).rows() == [tuple(each) for each in kept]


@given(st.text(st.characters(codec="cp1252", exclude_characters="\r\n"), max_size=40))
def test_windows_1252_and_utf8_are_told_apart(line):
    for codec in ("cp1252", "utf-8"):
        raw = f"å{line}\n".encode(codec)
        if codec == "utf-8" or not _is_utf8(raw):
            assert Transcoder("auto").utf8(raw).decode() == f"å{line}\n"


def _is_utf8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


@given(st.binary(max_size=60))
def test_a_block_ends_where_no_quotation_is_open(block):
    end = last_record_end(block)
    assert end == 0 or (block[end - 1 : end] == b"\n" and block.count(b'"', 0, end) % 2 == 0)


def test_the_euro_sign_of_windows_1252_is_read():
    assert read(text(row(staff_group="5 € …")))["staff_group"].item() == "5 € …"


def test_a_byte_that_no_encoding_has_is_named_with_its_line():
    raw = text(row(0), row(1)).encode("cp1252").replace(b"1980", b"\x811980", 2)
    assert "Rad 2 har en byte (0x81)" in refused(raw)


def test_a_file_that_mixes_encodings_names_the_line():
    raw = text(row(0)).encode() + text(row(1)).encode("cp1252").split(b"\r\n", 1)[1]
    assert "Rad 3 har en byte (0xE4)" in refused(raw)


def test_a_missing_column_is_named_with_the_nearest_head():
    heads = ["Enhet kod" if head == "Enhetskod" else head for head in HEADS]
    assert refused(text(row(), heads=heads)) == (
        "Kolumnen ”Enhetskod” saknas på rad 1. Närmast kommer ”Enhet kod”."
    )


def test_a_head_that_stands_twice_is_refused():
    assert "”Månad” står två gånger" in refused(text(row(), heads=[*HEADS, "Månad"]))


def test_heads_in_other_order_case_and_company_are_found():
    content = "Notis;" + ";".join(h.upper() for h in reversed(HEADS)) + "\n"
    content += "x;" + ";".join(reversed(row().values())) + "\n"
    assert read(content).select(COLUMNS).row(0) == tuple(row().values())


def test_a_file_with_commas_is_told_from_the_profile():
    assert "skiljs åt av komma, profilen väntar semikolon" in refused(text(row()).replace(";", ","))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "är tom"), (b"\r\n\r\n", "är tom"), (b"a;b;c\n1;2;3\n", "följer inte profilen"),
     (b"%PDF-1.7 ...", "en PDF"), (b"\x1f\x8b\x08\x00abcdefgh", "gzip"),
     (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "går inte att läsa som XLS"), (b"<html></html>", "HTML"),
     (b"a\0b" * 9, "är inte text"), (b"PK\x03\x04abcdef", "skadad")],
)  # fmt: skip
def test_what_is_no_payroll_file_says_so(content, sentence):
    assert sentence in refused(content)


def test_a_quotation_mark_that_is_never_closed_is_named_with_its_line():
    content = text(row(0), row(1, staff_group='Kök "5'), row(2))
    assert "Rad 3 har ett citattecken" in refused(content)
    assert "Rad 3 har ett citattecken" in refused(content, chunk_bytes=40)


def test_uneven_rows_are_named_and_blank_ones_skipped_but_counted():
    lines = text(row(0), row(1), row(2)).split("\r\n")
    content = "\r\n".join([lines[0], lines[1], "", "2023-01;x", lines[2] + ";9", lines[3], "", ""])
    chunks = list(Reader(source(content), PROFILE).chunks())
    assert [[(n, len(c)) for n, c in chunk.uneven] for chunk in chunks] == [[(4, 2), (5, 18)]]
    assert chunks[0].frame["row"].to_list() == [2, 6]


def test_a_short_row_is_found_beside_a_quoted_separator():
    content = text(row(0, staff_group='"a;b"'), row(1))[:-2].rsplit(";", 1)[0] + "\r\n"
    (chunk,) = Reader(source(content), PROFILE).chunks()
    assert [(n, len(c)) for n, c in chunk.uneven] == [(3, 16)]
    assert chunk.frame["staff_group"].to_list() == ["a;b"]


def test_the_separator_line_of_excel_is_skipped():
    assert read("sep=;\r\n" + text(row()))["row"].to_list() == [3]


def test_a_file_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(FileFault, match="finns inte"):
        Source.from_path(tmp_path / "borta.csv")


def test_a_workbook_reads_like_the_same_file_in_csv():
    cells: list[object] = [float(c.replace(",", ".")) if "," in c else c for c in row().values()]
    frame = read(workbook(HEADS, cells, [], cells))
    assert frame["row"].to_list() == [2, 4]
    assert (frame["ordinary"][0], frame["overtime"][0], frame["month"][0]) == (
        "168",
        "2,5",
        "2023-01",
    )


def test_an_empty_workbook_is_refused():
    assert "inget synligt blad" in refused(workbook())


def archive(**members: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "")
        for name, content in members.items():
            packed.writestr(f"xl/{name}.xml", content)
    return file.getvalue()


def test_a_zip_bomb_is_refused_before_it_is_opened():
    bomb = archive(sheet=bytes(300 * 2**20))
    assert "packas upp till mer än" in refused(bomb)


def test_a_bomb_that_lies_about_its_size_is_refused():
    bomb = archive(sheet=bytes(20 * 2**20))
    liar = bomb.replace((20 * 2**20).to_bytes(4, "little"), (1000).to_bytes(4, "little"))
    with pytest.raises(FileFault, match="packas upp till mer än"):
        workbooks.guard(liar, "lön.xlsx")


def test_a_zip_file_that_is_no_workbook_is_refused():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        packed.writestr("lön.csv", payroll.text())
    assert "är en zip-fil men inte en XLSX" in refused(file.getvalue())
    assert "skadad eller ofullständig" in refused(workbook(HEADS)[:-40])
