"""XLSX: a guard against zip bombs before anything opens the file, then its first sheet as text."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Final

import polars as pl

from samkoll.imports.faults import FileFault
from samkoll.imports.profiles import Profile

PACKED_LIMIT: Final = 100 * 2**20
UNPACKED_LIMIT: Final = 400 * 2**20
RATIO_LIMIT: Final = 200
"""Payroll sheets shrink about 10 to 40 times; a bomb a thousand times."""
MEMBER_LIMIT: Final = 2_000
_FREE: Final = 2**20  # a small member may shrink as much as it likes
_STEP: Final = 2**16
_LOCAL_HEADER: Final = 30


def load(content: bytes, name: str) -> pl.DataFrame:
    """The first visible sheet with content, every cell as text (null where empty), heads first.

    Raises: FileFault.
    """
    guard(content, name)
    import fastexcel

    try:
        book = fastexcel.read_excel(content)
        for index in range(len(book.sheet_names)):
            sheet = book.load_sheet(index, header_row=None, skip_rows=0, dtypes="string")
            if sheet.visible == "visible" and sheet.height:
                return sheet.to_polars()
    except fastexcel.FastExcelError:
        raise FileFault(f"Filen {name} går inte att läsa som XLSX. Spara om den.") from None
    raise FileFault(f"Filen {name} är tom: inget synligt blad har några rader.")


def as_written(frame: pl.DataFrame, profile: Profile) -> pl.DataFrame:
    """Cells that the spreadsheet keeps as numbers and dates, in the profile's way of writing.

    A cell shows 168,5 and holds 168.5; typing 2023-01 makes it the first of January.
    """
    number = pl.col("extent", "ordinary", "sick_short", "sick_long", "additional", "overtime")
    frame = frame.with_columns(
        number.str.replace(r"^(\d+)\.(\d+)$", f"${{1}}{profile.decimal}${{2}}")
    )
    pattern = {"ÅÅÅÅ-MM": "${1}-${2}", "ÅÅÅÅMM": "${1}${2}"}.get(profile.month_format)
    if pattern is None:
        return frame
    return frame.with_columns(pl.col("month").str.replace(r"^(\d{4})-(\d\d)-01 00:00:00$", pattern))


def check_size(size: int, name: str) -> None:
    """Refuse a workbook too big to take into memory. Raises: FileFault."""
    if size > PACKED_LIMIT:
        raise FileFault(
            f"Filen {name} är större än {PACKED_LIMIT // 2**20} MB, gränsen för XLSX. "
            "Spara den som CSV i stället."
        )


def guard(content: bytes, name: str) -> None:
    """Refuse a workbook that would unpack to far more than any payroll file needs.

    The sizes that an archive declares can be false, so every member is unpacked against the limit.
    Raises: FileFault.
    """
    try:
        members = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except zipfile.BadZipFile:
        raise FileFault(f"Filen {name} är en skadad eller ofullständig XLSX.") from None
    names = {member.filename for member in members}
    if "[Content_Types].xml" not in names or not any(n.startswith("xl/") for n in names):
        raise FileFault(f"Filen {name} är en zip-fil men inte en XLSX.")
    if len(members) > MEMBER_LIMIT or sum(m.file_size for m in members) > UNPACKED_LIMIT:
        raise FileFault(_too_big(name))
    left = UNPACKED_LIMIT
    for member in members:
        left -= _unpacked(content, member, left, name)


def _unpacked(content: bytes, member: zipfile.ZipInfo, left: int, name: str) -> int:
    """The true unpacked size of a member; FileFault when it passes ``left`` or the ratio."""
    if member.flag_bits & 1 or member.compress_type not in (
        zipfile.ZIP_STORED,
        zipfile.ZIP_DEFLATED,
    ):
        raise FileFault(f"Filen {name} är krypterad eller packad på ett okänt sätt.")
    at = member.header_offset + _LOCAL_HEADER
    extra = content[at - 4 : at]
    at += int.from_bytes(extra[:2], "little") + int.from_bytes(extra[2:], "little")
    packed = memoryview(content)[at : at + member.compress_size]
    if member.compress_type == zipfile.ZIP_STORED:
        return len(packed)
    allowed = min(left, max(_FREE, RATIO_LIMIT * len(packed)))
    try:
        return _inflated(packed, allowed)
    except zlib.error:
        raise FileFault(f"Filen {name} är en skadad eller ofullständig XLSX.") from None
    except OverflowError:
        raise FileFault(_too_big(name)) from None


def _inflated(packed: memoryview, allowed: int) -> int:
    """How many bytes a deflated stream gives. Raises: OverflowError as soon as it passes."""
    size, unpack = 0, zlib.decompressobj(-zlib.MAX_WBITS)
    for start in range(0, len(packed), _STEP):
        rest: bytes | memoryview = packed[start : start + _STEP]
        while rest and not unpack.eof:
            size += len(unpack.decompress(rest, _FREE))
            rest = unpack.unconsumed_tail
            if size > allowed:
                raise OverflowError
    return size


def _too_big(name: str) -> str:
    return (
        f"Filen {name} packas upp till mer än vad en lönefil behöver "
        f"(gränsen är {UNPACKED_LIMIT // 2**20} MB). Spara den som CSV i stället."
    )
