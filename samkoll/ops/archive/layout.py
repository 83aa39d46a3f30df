"""What may stand in the file, and the blocks that a tar is made of."""

from __future__ import annotations

import re
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from samkoll.core.errors import DomainError

BLOCK = 512  # bytes; headers and contents of a tar begin at multiples of it
PIECE = 2**20  # bytes read or written at a time
DUMP = "database.dump"
MANIFEST = "manifest.json"
MEMBER = re.compile(
    r"database\.dump|manifest\.json|facts/[0-9a-f]{64}\.parquet|files/[0-9a-f]{64}"
    r"|(uploads|results)/[1-9][0-9]{0,8}",
    re.ASCII,
)


class NotABackup(DomainError):
    """The file is something else, or holds what a backup never holds."""


class Damaged(DomainError):
    """The file was a backup once: it is cut off, or its content was changed."""


@dataclass(frozen=True, slots=True)
class Member:
    """A stretch of the file: ``size`` bytes from ``offset`` on."""

    name: str
    size: int
    offset: int


def padding(size: int) -> int:
    """How many bytes are missing to a whole block."""
    return -size % BLOCK


def header(name: str, size: int) -> bytes:
    """The block before a member: an ordinary file that only its owner reads."""
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(tarfile.GNU_FORMAT)


def members(file: BinaryIO, length: int) -> Iterator[Member]:
    """Every member in turn; anything but ordinary files with expected names is refused.

    Read block by block instead of by ``tarfile``: links, devices, sparse files, extended headers
    and long names have no way in, and no header can ask for memory.

    Raises: NotABackup, Damaged.
    """
    offset = 0
    while True:
        file.seek(offset)
        block = file.read(BLOCK)
        if block == bytes(BLOCK):
            return
        member = _member(block, offset)
        if member.offset + member.size + padding(member.size) > length - BLOCK:
            raise cut_off()
        yield member
        offset = member.offset + member.size + padding(member.size)


def _member(block: bytes, offset: int) -> Member:
    if offset and len(block) < BLOCK:
        raise cut_off()
    try:
        info = tarfile.TarInfo.frombuf(block, "utf-8", "strict")
    except (tarfile.TarError, UnicodeError):
        if offset:
            raise Damaged("Säkerhetskopian är skadad. Ta en annan kopia.") from None
        raise NotABackup("Filen är ingen säkerhetskopia från Samkoll.") from None
    if info.type != tarfile.REGTYPE or not MEMBER.fullmatch(info.name) or info.size < 0:
        raise NotABackup(
            f"Filen innehåller {info.name[:80]!r}, som aldrig finns i en säkerhetskopia från "
            "Samkoll. Lita inte på den; ta en annan kopia."
        )
    return Member(info.name, info.size, offset + BLOCK)


def cut_off() -> Damaged:
    """The sentence for a file that ends too early."""
    return Damaged("Säkerhetskopian är avkortad: slutet saknas. Ta en annan kopia.")


def pieces(file: BinaryIO, member: Member) -> Iterator[bytes]:
    """The content of a member, a mebibyte at a time. Raises: Damaged."""
    file.seek(member.offset)
    left = member.size
    while left:
        piece = file.read(min(left, PIECE))
        if not piece:
            raise cut_off()
        left -= len(piece)
        yield piece
