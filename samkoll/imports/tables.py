"""Blocks of text as frames of text columns: whole records, by Polars or by Python's reader."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Final

import polars as pl

from samkoll.imports.encoding import Stream
from samkoll.imports.faults import FileFault
from samkoll.imports.profiles import Profile

LONGEST_RECORD: Final = 2**20
QUOTE: Final = b'"'

Uneven = list[tuple[int, list[str]]]


def records(
    stream: Stream, size: int, start: bytes = b"", *, quoted: bool = True
) -> Iterator[tuple[int, bytes]]:
    """Blocks of whole records, each with the number of its first line.

    No block ends inside a quoted line break; without ``quoted`` every line is a record.
    Raises: FileFault for a quotation mark that is never closed, or a record without end.
    """
    carry, line = start, 1
    while data := stream.read(size):
        carry += data
        end = last_record_end(carry, quoted=quoted)
        if end == 0 and len(carry) > LONGEST_RECORD + size:
            raise FileFault(_endless(carry, line))
        if end:
            yield line, carry[:end]
            line += carry.count(b"\n", 0, end)
            carry = carry[end:]
    end = last_record_end(carry, quoted=quoted)
    if quoted and carry.count(QUOTE, end) % 2:
        raise FileFault(_endless(carry, line + carry.count(b"\n", 0, end)))
    if carry:
        yield line, carry


def last_record_end(block: bytes, *, quoted: bool = True) -> int:
    """The position after the last line end that lies outside quotation marks; 0 when none does."""
    end = block.rfind(b"\n") + 1
    odd = quoted and QUOTE in block and block.count(QUOTE, 0, end) % 2
    while end and odd:
        before = block.rfind(b"\n", 0, end - 1) + 1
        odd = (odd + block.count(QUOTE, before, end)) % 2
        end = before
    return end


def first_record(block: bytes, *, quoted: bool = True) -> int:
    """The position after the first record."""
    end = block.find(b"\n") + 1
    while quoted and end and block.count(QUOTE, 0, end) % 2:
        end = block.find(b"\n", end) + 1
    return end or len(block)


def _endless(block: bytes, line: int) -> str:
    if QUOTE in block:
        return f"Rad {line} har ett citattecken som aldrig avslutas. Rätta raden och försök igen."
    return f"Rad {line} är längre än en miljon tecken: filen är inte en tabell i CSV."


def cells(record: str, separator: str) -> list[str]:
    """The cells of one record."""
    return next(csv.reader([record], delimiter=separator), [])


def split(
    text: bytes, names: list[str], separator: str, row: int
) -> tuple[pl.DataFrame, Uneven, int]:
    """The records after ``row``: even ones as a frame with ``row``, the others, the last number.

    Raises: FileFault.
    """
    frame = _fast(text, names, separator)
    if frame is None:
        return _slow(text, names, separator, row)
    return frame.with_row_index("row", offset=row + 1), [], row + frame.height


def cut(text: bytes, profile: Profile, names: list[str], row: int) -> tuple[pl.DataFrame, int]:
    """Lines after ``row`` cut at the profile's positions, and the number of the last."""
    lines = text.decode().split("\n")
    lines = lines[:-1] if lines[-1] == "" else lines
    line = pl.Series("line", lines, dtype=pl.String).str.strip_suffix("\r")
    places = zip(names, profile.columns, strict=True)
    frame = line.to_frame().select(
        pl.col("line").str.slice(first - 1, last - first + 1).alias(name)
        for name, (first, last) in ((n, profile.positions[c]) for n, c in places)
    )
    return frame.with_row_index("row", offset=row + 1), row + len(lines)


def _fast(text: bytes, names: list[str], separator: str) -> pl.DataFrame | None:
    """The block by Polars, or None when any row is blank, uneven or oddly quoted."""
    try:
        frame = pl.read_csv(
            text,
            separator=separator,
            has_header=False,
            schema=dict.fromkeys(names, pl.String),
            empty_string_is_null=False,
        )
    except pl.exceptions.PolarsError:
        return None
    # Too many fields raise; too few are filled up silently, so the separators are counted.
    found = text.count(separator.encode())
    if QUOTE in text:
        inside = pl.sum_horizontal(pl.all().str.count_matches(separator, literal=True)).sum()
        found -= int(frame.select(inside).item())
    return frame if found == frame.height * (len(names) - 1) else None


def _slow(
    text: bytes, names: list[str], separator: str, row: int
) -> tuple[pl.DataFrame, Uneven, int]:
    """The block by Python's reader, which knows where each record stands."""
    even: list[list[object]] = []
    uneven: Uneven = []
    try:
        lines = io.StringIO(text.decode(), newline="")
        for found in csv.reader(lines, delimiter=separator):
            row += 1
            if len(found) == len(names):
                even.append([row, *found])
            elif any(map(str.strip, found)):
                uneven.append((row, found))
    except csv.Error:
        raise FileFault(f"Rad {row + 1} går inte att läsa som CSV. Rätta raden.") from None
    schema = {"row": pl.Int64, **dict.fromkeys(names, pl.String)}
    return pl.DataFrame(even, schema=schema, orient="row"), uneven, row
