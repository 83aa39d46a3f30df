"""The beginning of a text file: separator, rows of heads, and an encoding that shows there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from samkoll.imports import encoding, layout, tables
from samkoll.imports.encoding import Transcoder
from samkoll.imports.faults import FileFault
from samkoll.imports.layout import Layout
from samkoll.imports.profiles import CHOICES, Profile


@dataclass(frozen=True, slots=True)
class Opening:
    """What the beginning told: ``text`` (UTF-8) is the data read with it, after row ``row``."""

    layout: Layout
    separator: str
    text: bytes
    row: int
    read: int


def opened(
    blocks: Iterator[tuple[int, bytes]], transcoder: Transcoder, profile: Profile
) -> Opening | None:
    """Read blocks until the heads are found; None for a file without rows.

    Raises: FileFault when they are not among the first rows.
    """
    most = profile.skip_rows + profile.head_rows + layout.SEARCHED + 1
    head, fault = b"", None
    for _line, block in blocks:
        head += block
        try:
            return _found(transcoder.utf8(head), head, profile)
        except FileFault as error:
            fault = error
        if transcoder.declared == "auto" and transcoder.encoding == encoding.CP1252:
            text = _in_dos(head, profile)
            if text is not None:
                transcoder.encoding = encoding.DOS
                return _found(text, head, profile)
        if head.count(b"\n") > most:
            break
    if fault is not None:
        raise fault
    return None


def _found(text: bytes, raw: bytes, profile: Profile) -> Opening:
    quoted = profile.layout == "table"
    ends, most = [0], profile.skip_rows + profile.head_rows + layout.SEARCHED
    while ends[-1] < len(text) and len(ends) <= most + 1:
        ends.append(ends[-1] + tables.first_record(text[ends[-1] :], quoted=quoted))
    if not quoted:
        found = layout.fixed(profile)
        if len(ends) <= found.rows:
            raise FileFault("Filen är slut innan raderna som profilen hoppar över.")
        return Opening(found, profile.separator, text[ends[found.rows] :], found.rows, len(raw))
    lines = [text[a:b].decode() for a, b in pairwise(ends)]
    separator, blank = _separator(lines, profile)
    rows = [[] if at == blank else tables.cells(line, separator) for at, line in enumerate(lines)]
    found = layout.find(rows, profile)
    return Opening(found, separator, text[ends[found.rows] :], found.rows, len(raw))


def _separator(lines: list[str], profile: Profile) -> tuple[str, int]:
    """What the file's own ``sep=`` line says (and which line that is), else the profile."""
    for at, line in enumerate(lines):
        plain = line.strip("\r\n ")
        if plain[:4].lower() == "sep=" and plain[4:] in (*CHOICES["separator"], ""):
            return plain[4:] or profile.separator, at
        if plain:
            break
    return profile.separator, -1


def _in_dos(head: bytes, profile: Profile) -> bytes | None:
    """The text when the heads show that it was written in DOS; Mac OS is refused.

    Heads without å, ä and ö show nothing. Raises: FileFault.
    """
    if all(wanted.isascii() for wanted in profile.columns.values()):
        return None
    for name, codec in {"dos": encoding.DOS, "mac": "mac_roman"}.items():
        text = head.decode(codec).encode()
        try:
            _found(text, head, profile)
        except FileFault:
            continue
        if name == "mac":
            raise FileFault(
                "Filen är skriven i Mac OS Roman. Spara om den som CSV UTF-8 och försök igen."
            )
        return text
    return None
