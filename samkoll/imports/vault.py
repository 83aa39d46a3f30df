"""Encrypted files: uploads lie on disk only like this, from the first byte until the batch ends.

AES-256-GCM in chunks of one mebibyte. Each chunk is bound to its file, its number and to whether
it is the last, so none can be changed, moved, dropped or cut off unnoticed.
"""

from __future__ import annotations

import hashlib
import io
import os
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from samkoll.core import keys
from samkoll.core.errors import DomainError

PURPOSE: Final = "upload"
CHUNK: Final = 2**20
_MAGIC: Final = b"SKV1"
_SALT: Final = 8
_TAG: Final = 16


class VaultDamaged(DomainError):
    """The stored file cannot be read: it was changed, cut off, or written with another key."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A file in the vault: its name there, and size and hash of its content in clear."""

    name: str
    size: int
    sha256: str


class Vault:
    """Keeps encrypted files in a folder that only the service's user can read."""

    def __init__(self, folder: Path, key: bytes) -> None:
        self._folder, self._cipher = folder, AESGCM(key)

    @classmethod
    def from_key_file(cls, folder: Path, path: Path) -> Vault:
        """With the installation's key file. Raises: KeyFileUnusable."""
        return cls(folder, keys.derive(path, PURPOSE))

    def create(self) -> Deposit:
        """A new file to write to, piece by piece."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return Deposit(self._folder / secrets.token_hex(16), self._cipher)

    def store(self, blocks: Iterable[bytes]) -> Stored:
        """Write the blocks encrypted and durable. Nothing is left when it fails."""
        deposit = self.create()
        try:
            for block in blocks:
                deposit.write(block)
            return deposit.finish()
        except BaseException:
            deposit.abandon()
            raise

    def open(self, name: str) -> BinaryIO:
        """The decrypted content as a stream. Raises: VaultDamaged, also while reading."""
        try:
            file = (self._folder / name).open("rb")
        except OSError as error:
            raise VaultDamaged(
                "Den uppladdade filen finns inte kvar. Ladda upp den igen."
            ) from error
        return cast(BinaryIO, io.BufferedReader(_Decrypted(file, self._cipher, name), CHUNK))

    def delete(self, name: str) -> None:
        """Remove a file; one that is gone already is no fault."""
        if name:
            (self._folder / name).unlink(missing_ok=True)

    def names(self) -> list[str]:
        """Every file in the vault, for ``samkoll doctor``."""
        return sorted(path.name for path in self._folder.glob("*") if path.is_file())

    def seal(self, content: bytes, bound_to: str) -> bytes:
        """A small piece (a quarantined row) encrypted, readable only for what it is bound to."""
        nonce = secrets.token_bytes(12)
        return nonce + self._cipher.encrypt(nonce, content, bound_to.encode())

    def unseal(self, sealed: bytes, bound_to: str) -> bytes:
        """The piece again. Raises: VaultDamaged."""
        try:
            return self._cipher.decrypt(sealed[:12], sealed[12:], bound_to.encode())
        except InvalidTag as error:
            raise VaultDamaged("Raden går inte att läsa med den här nyckelfilen.") from error


class Deposit:
    """A file on its way into the vault; what has been written is encrypted already."""

    def __init__(self, path: Path, cipher: AESGCM) -> None:
        self._path, self._cipher, self._salt = path, cipher, secrets.token_bytes(_SALT)
        self._file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self._file.write(_MAGIC + self._salt)
        self._digest, self._carry = hashlib.sha256(), b""
        self._number = self.size = 0

    def write(self, block: bytes) -> None:
        """Add a piece. A chunk is written when more than one is known, as the last is marked."""
        self._digest.update(block)
        self.size += len(block)
        self._carry += block
        while len(self._carry) > CHUNK:
            self._seal(self._carry[:CHUNK], last=False)
            self._carry = self._carry[CHUNK:]

    def finish(self) -> Stored:
        """Write the last chunk and make the file last through a power cut."""
        self._seal(self._carry, last=True)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        return Stored(self._path.name, self.size, self._digest.hexdigest())

    def abandon(self) -> None:
        """Remove what has been written."""
        self._file.close()
        self._path.unlink(missing_ok=True)

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        nonce = _nonce(self._salt, self._number)
        self._number += 1
        self._file.write(self._cipher.encrypt(nonce, chunk, _bound(self._path.name, last)))


class _Decrypted(io.RawIOBase):
    """Reads a vault file chunk by chunk."""

    def __init__(self, file: BinaryIO, cipher: AESGCM, name: str) -> None:
        self._file, self._cipher, self._name = file, cipher, name
        head = file.read(len(_MAGIC) + _SALT)
        self._salt, self._number = head[len(_MAGIC) :], 0
        self._next, self._plain = file.read(CHUNK + _TAG), b""
        if head[: len(_MAGIC)] != _MAGIC or not self._next:
            raise VaultDamaged("Den uppladdade filen är skadad. Ladda upp den igen.")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        if not self._plain and self._next:
            self._plain = self._decrypt()
        count = min(len(buffer), len(self._plain))
        buffer[:count], self._plain = self._plain[:count], self._plain[count:]
        return count

    def _decrypt(self) -> bytes:
        sealed, self._next = self._next, self._file.read(CHUNK + _TAG)
        nonce = _nonce(self._salt, self._number)
        self._number += 1
        try:
            return self._cipher.decrypt(nonce, sealed, _bound(self._name, not self._next))
        except InvalidTag as error:
            raise VaultDamaged("Den uppladdade filen är skadad. Ladda upp den igen.") from error

    def close(self) -> None:
        self._file.close()
        super().close()


def _nonce(salt: bytes, number: int) -> bytes:
    return salt + number.to_bytes(4, "big")


def _bound(name: str, last: bool) -> bytes:
    return f"{name}:{int(last)}".encode()
