"""Reading the file: everything is checked before anything is used, and again when it is used."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from samkoll.ops.archive.layout import (
    MANIFEST,
    Damaged,
    Member,
    NotABackup,
    cut_off,
    members,
    pieces,
)
from samkoll.ops.archive.manifest import Entry, Sealed, parse

_LARGEST_MANIFEST = 64 * 2**20  # bytes; some 300,000 members
Tick = Callable[[int], None]


def inspect(file: BinaryIO, *, tick: Tick) -> Sealed:
    """Check every member against the manifest; ``tick`` is told of bytes read.

    Raises: NotABackup, Damaged.
    """
    length = file.seek(0, os.SEEK_END)
    found: list[tuple[str, int, str]] = []
    for member in members(file, length):
        if member.name == MANIFEST:
            sealed = parse(_whole(file, member))
            _compare(found, sealed.manifest.entries)
            return sealed
        digest = hashlib.sha256()
        for piece in pieces(file, member):
            digest.update(piece)
            tick(len(piece))
        found.append((member.name, member.size, digest.hexdigest()))
    raise cut_off() if found else NotABackup("Filen är ingen säkerhetskopia från Samkoll.")


def _whole(file: BinaryIO, member: Member) -> bytes:
    if member.size > _LARGEST_MANIFEST:
        raise Damaged("Säkerhetskopians innehållsförteckning är skadad.")
    return b"".join(pieces(file, member))


def _compare(found: list[tuple[str, int, str]], listed: list[Entry]) -> None:
    expected = [(entry.member, entry.size, entry.sha256) for entry in listed]
    for there, wanted in zip(found, expected, strict=False):
        if there != wanted:
            raise Damaged(
                f"Säkerhetskopian är ändrad: {there[0]} stämmer inte med "
                "innehållsförteckningen. Ta en annan kopia."
            )
    if len(found) != len(expected):
        raise Damaged("Säkerhetskopian är ändrad: delar saknas eller har lagts till.")
    if len({name for name, _size, _sha256 in found}) != len(found):
        raise Damaged("Säkerhetskopian är ändrad: en del finns två gånger.")


def extract(file: BinaryIO, entries: list[Entry], folder: Path, *, tick: Tick) -> None:
    """Write the members below ``folder``, which must be new: folders 0700, files 0600, on disk.

    Each is compared once more with what ``inspect`` approved: the file may have changed since.

    Raises: Damaged, OSError.
    """
    length = file.seek(0, os.SEEK_END)
    for entry, member in zip(entries, members(file, length), strict=False):
        target = folder / entry.folder / entry.path
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
        digest = hashlib.sha256()
        with open(os.open(target, flags, 0o600), "wb") as out:
            for piece in pieces(file, member):
                out.write(piece)
                digest.update(piece)
                tick(len(piece))
            out.flush()
            os.fsync(out.fileno())
        if digest.hexdigest() != entry.sha256:
            raise Damaged("Säkerhetskopian ändrades under återställningen. Försök igen.")
