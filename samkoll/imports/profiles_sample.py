"""The beginning of a file, looked at to make a profile: its rows, its heads, how it is written.

A sample is at most ``LARGEST`` bytes of whole lines of a text file, or a small workbook. It is read
with the same decoding and the same idea of heads as an import, but without a profile.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, BinaryIO, Final

from samkoll.imports import encoding, layout
from samkoll.imports import profiles_known as known
from samkoll.imports.faults import FileFault
from samkoll.imports.kinds import KINDS
from samkoll.imports.profiles import CHOICES

LARGEST: Final = 256 * 1024
LARGEST_WORKBOOK: Final = 2 * 2**20
MOST_ROWS: Final = 2_000
MOST_COLUMNS: Final = 200
_SEARCHED: Final = 15
_WORKBOOKS: Final = {b"PK\x03\x04": "xlsx", b"\xd0\xcf\x11\xe0": "xls"}
_BY_TRUST: Final = (";", "\t", "|", ",")
_LETTERS: Final = "åäöÅÄÖéÉ"


@dataclass(frozen=True, slots=True)
class Grid:
    """A sample's rows as texts, before anybody knows which of them are heads.

    ``sheets``: the workbook's sheets, none of a text. ``starts``: where the columns of a fixed text
    begin, from 1.
    """

    rows: tuple[tuple[str, ...], ...]
    encoding: str
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    starts: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """The heads of a sample and its cells, head by head. ``head_row`` counts from 1.

    Of heads that are alike the second is called "Timmar (2)", as profiles name them. ``positions``
    of a fixed text: first and last character of each column.
    """

    heads: tuple[str, ...]
    cells: tuple[tuple[str, ...], ...]
    head_row: int
    encoding: str
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    positions: tuple[tuple[int, int], ...] = ()

    def of(self, head: str) -> tuple[str, ...]:
        """The cells under a head; none when the sample does not have it."""
        at = {spelled(each): place for place, each in enumerate(self.heads)}.get(spelled(head))
        return () if at is None else self.cells[at]


def spelled(head: str) -> str:
    """A head as an import compares it: whatever its case and spaces."""
    return " ".join(head.split()).casefold()


def beginning(stream: BinaryIO, size: int, name: str) -> bytes:
    """What is kept of a file as a sample. Raises: FileFault for a large workbook or an empty file.

    A text is cut at a line end; a workbook is kept whole, as it cannot be cut.
    """
    start = stream.read(LARGEST)
    if not start:
        raise FileFault(f"Filen {name} är tom.")
    if start[:4] in _WORKBOOKS:
        if size > LARGEST_WORKBOOK:
            raise FileFault(
                f"Filen {name} är för stor för att prova på. Spara de första raderna som en egen "
                f"fil på högst {LARGEST_WORKBOOK // 2**20} MB."
            )
        return start + stream.read(LARGEST_WORKBOOK)
    if size <= len(start):
        return start
    end = b"\n\x00" if start[1::2].count(0) > len(start) // 4 else b"\n"
    kept = start[: start.rfind(end) + len(end)] or start
    if kept.count(b'"') % 2:  # cut inside a quoted line break: go back to before the quotation
        kept = kept[: kept.rfind(end, 0, kept.rfind(b'"')) + len(end)] or kept
    return kept


def is_workbook(content: bytes) -> bool:
    """Whether a sample is an Excel file."""
    return content[:4] in _WORKBOOKS


def grid(content: bytes, name: str, chosen: Mapping[str, Any]) -> Grid:
    """The rows of a sample under settings (encoding, separator, layout, sheet, starts).

    Raises: FileFault when it is no table of text.
    """
    if is_workbook(content):
        return _workbook(content, name, str(chosen.get("sheet", "")))
    text, found = _text(content, str(chosen.get("encoding", "auto")))
    lines = text.splitlines()
    if chosen.get("layout") == "fixed":
        starts = tuple(chosen.get("starts") or ()) or _starts(lines)
        rows = (_cut(line, starts) for line in lines[:MOST_ROWS])
        return Grid(tuple(rows), found, starts=starts)
    return Grid(_records(text, str(chosen.get("separator", ";"))), found)


def looked_at(content: bytes, name: str, settings: Mapping[str, Any]) -> Sample:
    """A sample's heads and cells under settings. Raises: FileFault."""
    found = grid(content, name, settings)
    deep, skip = int(settings.get("head_rows", 1)), int(settings.get("skip_rows", 0))
    at = skip if found.starts else _head_at(found.rows, skip, max(1, deep))
    heads = _heads(found, at, deep)
    data = [row for row in found.rows[at + deep :] if any(cell.strip() for cell in row)]
    cells = tuple(
        tuple(row[place] if place < len(row) else "" for row in data) for place in range(len(heads))
    )
    ends = [*(start - 1 for start in found.starts[1:]), max(map(_width, found.rows), default=1)]
    return Sample(
        heads=heads,
        cells=cells,
        head_row=at + 1,
        encoding=found.encoding,
        sheet=found.sheet,
        sheets=found.sheets,
        positions=tuple(zip(found.starts, ends, strict=False)) if found.starts else (),
    )


def detected(content: bytes, name: str) -> dict[str, Any]:
    """How a sample is written: layout, encoding, separator, sheet, rows of heads."""
    if is_workbook(content):
        return {"layout": "table", "encoding": "auto", "separator": ";", "head_rows": 1}
    text, found = _text(content, "auto")
    separator = _separator(text)
    written = {
        "layout": "table" if separator else "fixed",
        "encoding": found if found in ("cp850", "cp437") else "auto",
        "separator": separator or ";",
        "head_rows": 1,
    }
    return written if separator else {**written, **_fixed_heads(content, name, written)}


# -- texts -------------------------------------------------------------------------------------


def _text(content: bytes, declared: str) -> tuple[str, str]:
    """The text and its encoding. Raises: FileFault."""
    source = io.BytesIO(content[8:])
    stream, start, asked = encoding.utf8_stream(source, content[:8], declared)
    raw = start + stream.read()
    if asked == encoding.UTF8 and stream is not source:
        return raw.decode(), "utf-16"
    if b"\0" in raw:
        raise FileFault("Filen är inte text: den har tomma tecken.")
    found = _of_old_letters(raw) if asked == "auto" else asked
    if found is not None:
        return raw.decode(found, errors="replace").removeprefix("\ufeff"), found
    return raw.decode("utf-8-sig", errors="replace"), encoding.UTF8


def _of_old_letters(raw: bytes) -> str | None:
    """The old encoding that a text is in: the one that gives most Swedish letters; None: UTF-8."""
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(raw) - 4:
            counts = {
                codec: sum(map(raw.decode(codec, errors="replace").count, _LETTERS))
                for codec in (encoding.CP1252, encoding.DOS)
            }
            return max(counts, key=lambda codec: counts[codec])
    return None


def _separator(text: str) -> str | None:
    """The first separator, in order of trust, that gives half of the lines equally many fields."""
    lines = [line for line in text.splitlines()[:60] if line.strip()][:40]
    first = lines[0].lower() if lines else ""
    if first.startswith("sep=") and first[4:] in CHOICES["separator"]:
        return first[4:]
    for separator in _BY_TRUST:
        widths = [len(next(csv.reader([line], delimiter=separator), [])) for line in lines]
        common = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        if common > 1 and 2 * widths.count(common) >= len(widths):
            return separator
    return None


def _records(text: str, separator: str) -> tuple[tuple[str, ...], ...]:
    rows = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            rows.append(tuple(cells))
            if len(rows) >= MOST_ROWS:
                break
    except csv.Error:
        raise FileFault(f"Rad {len(rows) + 1} går inte att läsa som CSV. Rätta raden.") from None
    if rows and "".join(rows[0]).strip().lower().startswith("sep="):
        rows[0] = ()
    return tuple(rows)


# -- fixed positions ---------------------------------------------------------------------------


def _starts(lines: Sequence[str]) -> tuple[int, ...]:
    """Where columns seem to begin: after a position that is blank in every line."""
    filled = [line.rstrip() for line in lines[:200] if line.strip()]
    width = max(map(len, filled), default=1)
    used = [any(at < len(line) and line[at] != " " for line in filled) for at in range(width)]
    starts = [at + 1 for at in range(width) if used[at] and (at == 0 or not used[at - 1])]
    return tuple(starts[:MOST_COLUMNS]) or (1,)


def _fixed_heads(content: bytes, name: str, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Where the heads of a text with fixed positions stand: nobody looks for them later."""
    count, at = _best_row(grid(content, name, settings).rows, 0, 1)
    return {"skip_rows": at, "head_rows": 1} if count else {"skip_rows": 0, "head_rows": 0}


def _cut(line: str, starts: Sequence[int]) -> tuple[str, ...]:
    ends = [*(start - 1 for start in starts[1:]), len(line)]
    return tuple(line[start - 1 : end].strip() for start, end in zip(starts, ends, strict=True))


def _width(row: Sequence[str]) -> int:
    return max(1, sum(map(len, row)) + len(row))


# -- workbooks ---------------------------------------------------------------------------------


def _workbook(content: bytes, name: str, wanted: str) -> Grid:
    """The sheet asked for, or the one with most known heads."""
    from samkoll.imports import workbooks

    kind = _WORKBOOKS[content[:4]]
    found: list[tuple[str, tuple[tuple[str, ...], ...]]] = [
        (title, tuple(sheet.head(MOST_ROWS).fill_null("").iter_rows()))
        for title, sheet in workbooks.load(content, name, "", kind)
    ]
    if not found:
        raise FileFault(f"Filen {name} är tom: inget synligt blad har några rader.")
    titles = tuple(title for title, _rows in found)
    best = max(found, key=lambda each: (each[0] == wanted, *_best_row(each[1], 0, 1)[:1]))
    return Grid(best[1], kind, sheet=best[0], sheets=titles)


# -- heads -------------------------------------------------------------------------------------


def _heads(found: Grid, at: int, deep: int) -> tuple[str, ...]:
    rows = found.rows[at : at + deep] if deep else [("",) * len(found.starts)]
    return _numbered(layout.heads_of(rows)[:MOST_COLUMNS])


@lru_cache(maxsize=1)
def _every_head() -> frozenset[str]:
    return frozenset(
        key for kind in KINDS for column in KINDS[kind].columns
        for key, _tokens in known.heads_of(kind, column)
    )  # fmt: skip


def _head_at(rows: Sequence[Sequence[str]], skip: int, deep: int) -> int:
    """The row with most known heads, else the first that has more than one cell filled."""
    count, at = _best_row(rows, skip, deep)
    if count:
        return at
    filled = [
        number
        for number, row in enumerate(rows[: skip + _SEARCHED])
        if number >= skip and sum(bool(cell.strip()) for cell in row) > 1
    ]
    return filled[0] if filled else min(skip, max(len(rows) - 1, 0))


def _best_row(rows: Sequence[Sequence[str]], skip: int, deep: int) -> tuple[int, int]:
    """How many known heads the best row has, and which row that is."""
    best = (0, 0)
    for at in range(skip, min(len(rows), skip + _SEARCHED)):
        heads = {known.key(head) for head in layout.heads_of(rows[at : at + deep])}
        count = len(heads & _every_head())
        best = max(best, (count, -at))
    return best[0], -best[1]


def _numbered(heads: Sequence[str]) -> tuple[str, ...]:
    """Heads that are alike told apart, and columns without any named by their place."""
    seen: dict[str, int] = {}
    named = []
    for place, head in enumerate(heads, 1):
        plain = " ".join(head.split())
        count = seen[plain.casefold()] = seen.get(plain.casefold(), 0) + 1
        alike = sum(spelled(each) == plain.casefold() for each in heads) > 1
        named.append(f"{plain} ({count})" if alike and plain else plain or f"Kolumn {place}")
    return tuple(named)
