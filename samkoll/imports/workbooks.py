"""Workbooks (XLSX, XLS): a guard against zip bombs before anything opens the file, then the sheet
that holds the data, every cell as text.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from typing import Final

import polars as pl

from samkoll.core.text import listing
from samkoll.imports import layout
from samkoll.imports.faults import FileFault
from samkoll.imports.layout import Layout
from samkoll.imports.profiles import Profile

PACKED_LIMIT: Final = 100 * 2**20
UNPACKED_LIMIT: Final = 400 * 2**20
RATIO_LIMIT: Final = 200
"""Payroll sheets shrink about 10 to 40 times; a bomb a thousand times."""
MEMBER_LIMIT: Final = 2_000
_FREE: Final = 2**20  # a small member may shrink as much as it likes
_STEP: Final = 2**16
_LOCAL_HEADER: Final = 30


def load(content: bytes, name: str, wanted: str, kind: str) -> Iterator[tuple[str, pl.DataFrame]]:
    """The sheets that may hold the data, every cell as text (null where empty).

    That is the sheet ``wanted``, or every visible sheet with content. Raises: FileFault.
    """
    if kind == "xlsx":
        guard(content, name)
    import fastexcel

    try:
        book = fastexcel.read_excel(content)
        if wanted and wanted not in book.sheet_names:
            near = listing(f"”{sheet}”" for sheet in book.sheet_names[:10])
            raise FileFault(f"Bladet ”{wanted}” finns inte i {name}. Det finns {near}.")
        for title in [wanted] if wanted else book.sheet_names:
            sheet = book.load_sheet(title, header_row=None, skip_rows=0, dtypes="string")
            if sheet.height and (wanted or sheet.visible == "visible"):
                yield title, sheet.to_polars()
    except fastexcel.FastExcelError:
        raise FileFault(
            f"Filen {name} går inte att läsa som {kind.upper()}. Spara om den."
        ) from None


def chosen(
    sheets: Iterable[tuple[str, pl.DataFrame]], profile: Profile, name: str
) -> tuple[str, pl.DataFrame, Layout]:
    """The one sheet that has the profile's heads, and where they stand.

    Raises: FileFault when no sheet or more than one has them.
    """
    found: list[tuple[str, pl.DataFrame, Layout]] = []
    fault: FileFault | None = None
    for title, sheet in sheets:
        top = sheet.head(profile.skip_rows + profile.head_rows + layout.SEARCHED).fill_null("")
        try:
            found.append((title, sheet, layout.find(top.rows(), profile)))
        except FileFault as error:
            fault = fault or error
    if len(found) > 1:
        titles = listing(f"”{title}”" for title, *_ in found)
        raise FileFault(f"Rubrikerna finns på flera blad: {titles}. Välj blad i profilen.")
    if not found:
        raise fault or FileFault(f"Filen {name} är tom: inget synligt blad har några rader.")
    return found[0]


def as_written(frame: pl.DataFrame, profile: Profile) -> pl.DataFrame:
    """Cells that the workbook keeps as numbers, with the profile's decimal sign.

    A cell shows 168,5 and holds 168.5, or 168.49999999999997 when it was worked out.
    """
    names = [n for n in (*profile.form.hours, "extent") if n in frame.columns]
    if not names or profile.decimal == "both":
        return frame
    noise = r"^-?\d+\.\d{9,}$"
    rounded = pl.col(names).cast(pl.Float64, strict=False).round(6).cast(pl.String)
    frame = frame.with_columns(
        pl.when(pl.col(names).str.contains(noise)).then(rounded).otherwise(pl.col(names))
    )
    exact = pl.col(names).str.replace(r"^(-?\d+)\.0$", "${1}")
    return frame.with_columns(
        exact.str.replace(r"^(-?\d+)\.(\d+)$", f"${{1}}{profile.decimal}${{2}}")
    )


def check_size(size: int, name: str) -> None:
    """Refuse a workbook too big to take into memory. Raises: FileFault."""
    if size > PACKED_LIMIT:
        raise FileFault(
            f"Filen {name} är större än {PACKED_LIMIT // 2**20} MB, gränsen för XLSX och XLS. "
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
