"""Writing the file in one pass and in constant memory, also members of unknown length."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import BinaryIO

from samkoll.ops.archive.layout import BLOCK, MANIFEST, header, padding
from samkoll.ops.archive.manifest import Entry, Manifest


class Writer:
    """Writes members one after the other into a file that can be sought in."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def add(self, member: str, content: Iterable[bytes], *, path: str = "") -> Entry:
        """One member; ``path`` is its real name below its folder."""
        begin = self._file.tell()
        self._file.write(bytes(BLOCK))  # the header needs the length: written afterwards
        digest, size = hashlib.sha256(), 0
        for piece in content:
            self._file.write(piece)
            digest.update(piece)
            size += len(piece)
        self._file.write(bytes(padding(size)))
        end = self._file.tell()
        self._file.seek(begin)
        self._file.write(header(member, size))
        self._file.seek(end)
        return Entry(member, path or member, size, digest.hexdigest())

    def finish(self, manifest: Manifest, key: bytes) -> None:
        """The manifest, and the two empty blocks that end a tar."""
        self.add(MANIFEST, [manifest.sealed(key)])
        self._file.write(bytes(2 * BLOCK))
