"""The cells of an organisation file: CSV (Windows-1252 or UTF-8, semicolon) or XLSX."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samkoll.core.errors import DomainError
from samkoll.core.text import number

MAX_BYTES = 5_000_000
MAX_UNPACKED = 50_000_000
MAX_ROWS = 20_000
_ZIP = b"PK\x03\x04"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


class FileUnreadable(DomainError):
    """The whole file is at fault; nothing of it was used."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row with its number as the user sees it (the head is row 1 in a plain file)."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The head and the rows below it that hold anything; all cells are trimmed text."""

    head: tuple[str, ...]
    rows: tuple[SheetRow, ...]


def read_sheet(data: bytes) -> Sheet:
    """Read a file by its content, whatever it is called. Raises: FileUnreadable."""
    if not data.strip():
        raise FileUnreadable(_("Filen är tom."))
    if len(data) > MAX_BYTES:
        raise FileUnreadable(
            _("Filen är större än %(limit)s MB: en organisation ryms i mycket mindre.")
            % {"limit": number(MAX_BYTES // 1_000_000)}
        )
    return _sheet(_xlsx(data) if data.startswith(_ZIP) else _csv(data))


def _sheet(rows: Iterable[tuple[int, list[str]]]) -> Sheet:
    kept = [SheetRow(n, tuple(c.strip() for c in cells)) for n, cells in rows if any(cells)]
    kept = [row for row in kept if any(row.cells)]
    if not kept:
        raise FileUnreadable(_("Filen har inga rader."))
    if len(kept) > MAX_ROWS:
        raise FileUnreadable(
            _("Filen har fler än %(limit)s rader: dela upp den.") % {"limit": number(MAX_ROWS)}
        )
    return Sheet(tuple(cell.lower() for cell in kept[0].cells), tuple(kept[1:]))


def _csv(data: bytes) -> list[tuple[int, list[str]]]:
    text = _decoded(data)
    if ";" not in text.split("\n", 1)[0] and ";" not in text:
        raise FileUnreadable(
            _("Filen har inga semikolon: spara den som CSV med semikolon mellan kolumnerna.")
        )
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=";", strict=True)
    rows = []
    try:
        before = 0
        for cells in reader:
            rows.append((before + 1, cells))
            before = reader.line_num
    except csv.Error as error:
        raise FileUnreadable(
            _("Rad %(row)d går inte att läsa: kontrollera citattecknen i raden.")
            % {"row": reader.line_num}
        ) from error
    return rows


def _decoded(data: bytes) -> str:
    if not data.startswith(_UTF16) and b"\0" not in data:
        for encoding in ("utf-8-sig", "cp1252"):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise FileUnreadable(
        _("Filen är inte text i UTF-8 eller Windows-1252: spara den som CSV eller XLSX.")
    )


def _xlsx(data: bytes) -> list[tuple[int, list[str]]]:
    _refuse_bomb(data)
    import fastexcel

    try:
        sheet = fastexcel.read_excel(data).load_sheet(
            0, header_row=None, skip_rows=0, dtypes="string", n_rows=MAX_ROWS + 2
        )
        columns = [column.to_pylist() for column in sheet.to_arrow().columns]
    except (fastexcel.FastExcelError, ValueError) as error:
        raise FileUnreadable(
            _("Filen går inte att läsa som Excel: öppna och spara den igen som XLSX.")
        ) from error
    rows = zip(*columns, strict=True)
    return [(n, [cell or "" for cell in row]) for n, row in enumerate(rows, start=1)]


def _refuse_bomb(data: bytes) -> None:
    """Unpack in pieces and stop early: the sizes that a zip file states may be lies."""
    left = MAX_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                with archive.open(member) as file:
                    while piece := file.read(min(65_536, left + 1)):
                        left -= len(piece)
                        if left < 0:
                            raise FileUnreadable(
                                _("Filen blir orimligt stor när den packas upp och läses inte.")
                            )
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise FileUnreadable(_("Filen är skadad: öppna och spara den igen som XLSX.")) from error
