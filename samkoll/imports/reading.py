"""Files read as chunks of text columns, in memory that does not grow with the file.

Text is cut at the ends of records, brought to UTF-8 and parsed chunk by chunk (``tables``), and
what is no data is sifted away (``sifting``). Workbooks go through ``workbooks``.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO, Final

import polars as pl

from samkoll.imports import encoding, tables, workbooks
from samkoll.imports.encoding import Stream, Transcoder
from samkoll.imports.faults import FileFault
from samkoll.imports.layout import Layout
from samkoll.imports.openings import opened
from samkoll.imports.profiles import Profile
from samkoll.imports.sifting import Sieve
from samkoll.imports.tables import Uneven

CHUNK_BYTES: Final = 4 * 2**20
SHEET_ROWS: Final = 50_000

_WORKBOOKS: Final = {b"PK\x03\x04": "xlsx", b"\xd0\xcf\x11\xe0": "xls"}
_FOREIGN: Final = {
    b"%PDF": "en PDF",
    b"\x1f\x8b": "en gzip-fil: packa upp den först",
    b"{\\rtf": "ett RTF-dokument",
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
    """Rows in file order: ``row`` (as a spreadsheet counts from 1) and the logical columns.

    ``uneven`` lists rows with another number of fields than the heads, with their cells.
    ``ended`` is false when the chunk's last row lacks its line end.
    """

    frame: pl.DataFrame
    uneven: Uneven = field(default_factory=list)
    ended: bool = True
    bytes_read: int = 0

    @property
    def last_row(self) -> int:
        """The number of the last row that is not blank; 0 when all are."""
        last = int(self.frame["row"][-1]) if self.frame.height else 0
        return max(last, self.uneven[-1][0] if self.uneven else 0)


class Reader:
    """Reads one source under one profile.

    ``encoding``, ``layout`` and ``sheet`` are known while it reads; ``left_out`` counts what was
    sifted away.
    """

    def __init__(self, source: Source, profile: Profile, *, chunk_bytes: int = CHUNK_BYTES) -> None:
        self.source, self.profile, self.chunk_bytes = source, profile, chunk_bytes
        self.encoding: str | None = None
        self.layout: Layout | None = None
        self.sheet = ""
        self.left_out: Counter[str] = Counter()
        self._separator = profile.separator

    def chunks(self) -> Iterator[Chunk]:
        """All rows of the file. Raises: FileFault as soon as the file as a whole is unusable."""
        with self.source.open() as stream:
            start = stream.read(8)
            if not start:
                raise FileFault(f"Filen {self.source.name} är tom.")
            kind = _WORKBOOKS.get(start[:4])
            if kind:
                workbooks.check_size(self.source.size, self.source.name)
                yield from self._workbook(start + stream.read(), kind)
                return
            for magic, what in _FOREIGN.items():
                if start.startswith(magic):
                    raise FileFault(
                        f"Filen {self.source.name} är inte CSV, XLSX eller XLS utan {what}."
                    )
            plain, start, declared = encoding.utf8_stream(stream, start, self.profile.encoding)
            self._wide = plain is not stream
            yield from self._text(plain, start, declared)

    def heads(self) -> tuple[str, ...]:
        """The file's heads; none before the first row has been read."""
        return self.layout.heads if self.layout else ()

    def _begin(self, found: Layout) -> Sieve:
        self.layout, self._sieve = found, Sieve(self.profile, found, self.left_out)
        return self._sieve

    # -- workbooks ---------------------------------------------------------------------------

    def _workbook(self, content: bytes, kind: str) -> Iterator[Chunk]:
        self.encoding = kind
        sheets = workbooks.load(content, self.source.name, self.profile.sheet, kind)
        self.sheet, sheet, found = workbooks.chosen(sheets, self.profile, self.source.name)
        sieve = self._begin(found)
        names = [f"f{at}" for at in range(sheet.width)]
        rows = sheet.rename(dict(zip(sheet.columns, names, strict=True)))
        for part in rows.with_row_index("row", offset=1).slice(found.rows).iter_slices(SHEET_ROWS):
            frame, _none = sieve(part.fill_null(""), [])
            frame = workbooks.as_written(frame, self.profile)
            yield Chunk(frame, bytes_read=self.source.size)

    # -- text --------------------------------------------------------------------------------

    def _text(self, stream: Stream, start: bytes, declared: str) -> Iterator[Chunk]:
        transcoder = Transcoder(declared)
        quoted = self.profile.layout == "table"
        records = tables.records(stream, self.chunk_bytes, start, quoted=quoted)
        blocks = self._without_nulls(records)
        opening = opened(blocks, transcoder, self.profile)
        if opening is None:
            raise FileFault(f"Filen {self.source.name} är tom: den har ingen rad med rubriker.")
        self._begin(opening.layout)
        self._separator = opening.separator
        row, read, text = opening.row, opening.read, opening.text
        while True:
            self.encoding = "utf-16" if self._wide else transcoder.encoding or "ascii"
            if text:
                chunk, row = self._parsed(text, row, read)
                yield chunk
            line, block = next(blocks, (0, b""))
            if not block:
                return
            read += len(block)
            text = transcoder.utf8(block, line)

    def _without_nulls(self, blocks: Iterator[tuple[int, bytes]]) -> Iterator[tuple[int, bytes]]:
        for line, block in blocks:
            if b"\0" in block:
                raise FileFault(f"Filen {self.source.name} är inte text: den har tomma tecken.")
            yield line, block

    def _parsed(self, text: bytes, row: int, read: int) -> tuple[Chunk, int]:
        """The block's rows after ``row``, and the number of its last row."""
        names = [f"f{position}" for position in range(len(self.heads()))]
        uneven: Uneven = []
        if self.profile.layout == "fixed":
            frame, last = tables.cut(text, self.profile, names, row)
        else:
            frame, uneven, last = tables.split(text, names, self._separator, row)
        frame, uneven = self._sieve(frame, uneven)
        return Chunk(frame, uneven, text.endswith(b"\n"), read), last
