"""Keyed pseudonyms of persons and employments.

HMAC-SHA256 with a key that lies outside database, snapshots and backup, cut to 64 bits: the same
person gets the same pseudonym in every file, and nobody without the key can go back or try out
the identity numbers. Among 1.2 million persons the chance of one collision is about 1 in 25
million.
"""

from __future__ import annotations

import hmac
from pathlib import Path

from samkoll.core import keys

PURPOSE = "pseudonym"


class Pseudonyms:
    """Makes pseudonyms with one key. The key is never shown."""

    __slots__ = ("_key",)

    def __init__(self, key: bytes) -> None:
        self._key = key

    @classmethod
    def from_key_file(cls, path: Path) -> Pseudonyms:
        """With the installation's key file. Raises: KeyFileUnusable."""
        return cls(keys.derive(path, PURPOSE))

    def person(self, identity: str) -> int:
        """64 bits for a normalised identity number (see ``values.identity``)."""
        return self._digest(f"person\x1f{identity}")

    def employment(self, identity: str, number: str) -> int:
        """64 bits for one employment of a person: numbers such as 1, 2 repeat between persons."""
        return self._digest(f"employment\x1f{identity}\x1f{number}")

    def _digest(self, text: str) -> int:
        return int.from_bytes(hmac.digest(self._key, text.encode(), "sha256")[:8], "big")
