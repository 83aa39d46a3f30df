"""Files read as chunks of text columns, in memory that does not grow with the file.

CSV is cut at the ends of records, brought to UTF-8 and parsed by Polars chunk by chunk. A chunk
that Polars cannot take, or whose rows are uneven, is read again by Python's own reader, which can
say which row it was. XLSX goes through ``workbooks``.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

import polars as pl

from samkoll.imports import layout, workbooks
from samkoll.imports.encoding import Transcoder
from samkoll.imports.faults import FileFault
from samkoll.imports.layout import Layout
from samkoll.imports.profiles import Profile

CHUNK_BYTES: Final = 4 * 2**20
LONGEST_RECORD: Final = 2**20

_FOREIGN: Final = {
    b"%PDF": "en PDF",
    b"\x1f\x8b": "en gzip-fil: packa upp den först",
    b"\xd0\xcf\x11\xe0": "en äldre Excelfil (xls): spara om den som xlsx eller CSV",
    b"{\\rtf": "ett RTF-dokument",
    b"\xff\xfe": "text i UTF-16: spara om den som CSV UTF-8",
    b"\xfe\xff": "text i UTF-16: spara om den som CSV UTF-8",
    b"<": "HTML eller XML",
}


@dataclass(frozen=True, slots=True)
class Source:
    """A file that can be opened again from its start: name for the user, size in bytes."""

    name: str
    size: int
    open: Callable[[], BinaryIO]

    @classmethod
    def from_path(cls, path: Path) -> Source:
        """A file on disk. Raises: FileFault."""
        if not path.is_file():
            raise FileFault(f"Filen {path} finns inte.")
        return cls(path.name, path.stat().st_size, lambda: path.open("rb"))

    def sha256(self) -> str:
        """Hash of the whole content, read once."""
        with self.open() as stream:
            digest = hashlib.sha256()
            while block := stream.read(2**20):
                digest.update(block)
            return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Chunk:
    """Rows in file order: ``row`` (as a spreadsheet counts, heads = 1) and the logical columns.

    ``uneven`` lists rows with another number of fields than the heads, as (row, fields).
    ``ended`` is false when the chunk's last row lacks its line end.
    """

    frame: pl.DataFrame
    uneven: list[tuple[int, int]] = field(default_factory=list)
    ended: bool = True
    bytes_read: int = 0

    @property
    def last_row(self) -> int:
        """The number of the last row that is not blank; 0 when all are."""
        last = int(self.frame["row"][-1]) if self.frame.height else 0
        return max(last, self.uneven[-1][0] if self.uneven else 0)


class Reader:
    """Reads one source under one profile. ``encoding`` and ``layout`` are known while it reads."""

    def __init__(self, source: Source, profile: Profile, *, chunk_bytes: int = CHUNK_BYTES) -> None:
        self.source, self.profile, self.chunk_bytes = source, profile, chunk_bytes
        self.encoding: str | None = None
        self.layout: Layout | None = None

    def chunks(self) -> Iterator[Chunk]:
        """All rows of the file. Raises: FileFault as soon as the file as a whole is unusable."""
        with self.source.open() as stream:
            start = stream.read(8)
            if not start:
                raise FileFault(f"Filen {self.source.name} är tom.")
            if start.startswith(b"PK\x03\x04"):
                workbooks.check_size(self.source.size, self.source.name)
                yield from self._workbook(start + stream.read())
                return
            for magic, what in _FOREIGN.items():
                if start.startswith(magic):
                    raise FileFault(f"Filen {self.source.name} är inte CSV eller XLSX utan {what}.")
            yield from self._csv(stream, start)

    def heads(self) -> tuple[str, ...]:
        """The file's heads; none before the first row has been read."""
        return self.layout.heads if self.layout else ()

    def _workbook(self, content: bytes) -> Iterator[Chunk]:
        self.encoding = "xlsx"
        sheet = workbooks.load(content, self.source.name)
        heads = ["" if cell is None else str(cell) for cell in sheet.row(0)]
        self.layout = layout.find(heads, self.profile)
        names = sheet.columns
        wanted = [pl.col(names[at]).alias(name) for name, at in self.layout.positions.items()]
        rows = sheet.with_row_index("row", offset=1).slice(1)
        for part in rows.iter_slices(50_000):
            frame = part.select(pl.col("row").cast(pl.Int64), *wanted).fill_null("")
            frame = workbooks.as_written(frame, self.profile)
            yield Chunk(_without_empty(frame), bytes_read=self.source.size)

    def _csv(self, stream: BinaryIO, start: bytes) -> Iterator[Chunk]:
        transcoder = Transcoder(self.profile.encoding)
        row = read = 0
        for line, block in records(stream, self.chunk_bytes, start):
            if b"\0" in block:
                raise FileFault(f"Filen {self.source.name} är inte text: den har tomma tecken.")
            text = transcoder.utf8(block, line)
            self.encoding = transcoder.encoding or "ascii"
            if self.layout is None:
                text, row = self._take_heads(text, row, block)
            if text and self.layout is not None:
                chunk, row = self._parsed(self.layout, text, row)
                read += len(block)
                yield Chunk(chunk.frame, chunk.uneven, text.endswith(b"\n"), read)
        if self.layout is None:
            raise FileFault(f"Filen {self.source.name} är tom: den har ingen rad med rubriker.")

    def _take_heads(self, text: bytes, row: int, raw: bytes) -> tuple[bytes, int]:
        """Find the layout from the first record that is not blank or ``sep=;``."""
        while text and self.layout is None:
            end = first_record(text)
            line, text, row = text[:end], text[end:], row + 1
            cells = next(csv.reader([line.decode()], delimiter=self.profile.separator), [])
            plain = line.strip().lower()
            if plain and not (plain.startswith(b"sep=") and len(plain) <= 5):
                self.layout = layout.find(cells, self.profile, raw[: first_record(raw)])
        return text, row

    def _parsed(self, columns: Layout, text: bytes, row: int) -> tuple[Chunk, int]:
        """The block's rows after ``row``, and the number of its last row."""
        names = [f"f{position}" for position in range(len(columns.heads))]
        frame = _fast(text, names, self.profile.separator)
        uneven: list[tuple[int, int]] = []
        if frame is None:
            frame, uneven, last = _slow(text, names, self.profile.separator, row)
        else:
            last = row + frame.height
            frame = frame.with_row_index("row", offset=row + 1)
        wanted = [pl.col(names[at]).alias(name) for name, at in columns.positions.items()]
        frame = frame.select(pl.col("row").cast(pl.Int64), *wanted)
        return Chunk(_without_empty(frame), uneven), last


def records(stream: BinaryIO, size: int, start: bytes = b"") -> Iterator[tuple[int, bytes]]:
    """Blocks of whole records, each with the number of its first line.

    No block ends inside a quoted line break.
    Raises: FileFault for a quotation mark that is never closed, or a record without end.
    """
    carry, line = start, 1
    while data := stream.read(size):
        carry += data
        end = last_record_end(carry)
        if end == 0 and len(carry) > LONGEST_RECORD + size:
            raise FileFault(_endless(carry, line))
        if end:
            yield line, carry[:end]
            line += carry.count(b"\n", 0, end)
            carry = carry[end:]
    end = last_record_end(carry)
    if carry.count(b'"', end) % 2:
        raise FileFault(_endless(carry, line + carry.count(b"\n", 0, end)))
    if carry:
        yield line, carry


def last_record_end(block: bytes) -> int:
    """The position after the last line end that lies outside quotation marks; 0 when none does."""
    end = block.rfind(b"\n") + 1
    odd = b'"' in block and block.count(b'"', 0, end) % 2
    while end and odd:
        before = block.rfind(b"\n", 0, end - 1) + 1
        odd = (odd + block.count(b'"', before, end)) % 2
        end = before
    return end


def first_record(block: bytes) -> int:
    """The position after the first record."""
    end = block.find(b"\n") + 1
    while end and block.count(b'"', 0, end) % 2:
        end = block.find(b"\n", end) + 1
    return end or len(block)


def _endless(block: bytes, line: int) -> str:
    if b'"' in block:
        return f"Rad {line} har ett citattecken som aldrig avslutas. Rätta raden och försök igen."
    return f"Rad {line} är längre än en miljon tecken: filen är inte en tabell i CSV."


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
    if b'"' in text:
        inside = pl.sum_horizontal(pl.all().str.count_matches(separator, literal=True)).sum()
        found -= int(frame.select(inside).item())
    return frame if found == frame.height * (len(names) - 1) else None


def _slow(
    text: bytes, names: list[str], separator: str, row: int
) -> tuple[pl.DataFrame, list[tuple[int, int]], int]:
    """The block by Python's reader: even rows as a frame, uneven rows named, last row's number."""
    even: list[list[object]] = []
    uneven = []
    try:
        lines = io.StringIO(text.decode(), newline="")
        for cells in csv.reader(lines, delimiter=separator):
            row += 1
            if len(cells) == len(names):
                even.append([row, *cells])
            elif any(map(str.strip, cells)):
                uneven.append((row, len(cells)))
    except csv.Error:
        raise FileFault(f"Rad {row + 1} går inte att läsa som CSV. Rätta raden.") from None
    schema = {"row": pl.Int64, **dict.fromkeys(names, pl.String)}
    return pl.DataFrame(even, schema=schema, orient="row"), uneven, row


def _without_empty(frame: pl.DataFrame) -> pl.DataFrame:
    """Without rows where every column that we read is empty; they are no data and no fault."""
    empty = pl.col("month").str.strip_chars() == ""
    if not frame.select(empty.any()).item():
        return frame
    return frame.filter(~pl.all_horizontal(pl.exclude("row").str.strip_chars() == ""))
