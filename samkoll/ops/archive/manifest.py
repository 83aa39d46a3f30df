"""The list at the end of the file: what is in it, how it must look, and a seal over both."""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any

from samkoll.ops.archive.layout import DUMP, Damaged, NotABackup

FORMAT = 1
TABLE = re.compile(r"[a-z_][a-z0-9_]{0,62}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Entry:
    """One member: its name in the tar, where it belongs below its folder, size and SHA-256."""

    member: str
    path: str
    size: int
    sha256: str

    @property
    def folder(self) -> str:
        """``facts``, ``files``, ``uploads`` or ``results``; empty for the database."""
        return self.member.partition("/")[0] if "/" in self.member else ""


@dataclass(frozen=True, slots=True)
class Manifest:
    """``counts``: rows of each table. ``postgres``: major version of the server that was dumped.

    ``migrations``: every migration that had run, as ``app.name``. ``key_check``: tells whether a
    key file is the one that pseudonyms and uploads of this backup were made with.
    """

    created: str
    version: str
    purpose: str
    postgres: int
    migrations: list[str]
    counts: dict[str, int]
    key_check: str
    entries: list[Entry]

    @property
    def size(self) -> int:
        """Bytes of all members together."""
        return sum(entry.size for entry in self.entries)

    def sealed(self, key: bytes) -> bytes:
        """As it stands in the file."""
        content = {"format": FORMAT, **asdict(self)}
        seal = hmac.digest(key, _canonical(content), "sha256").hex()
        return json.dumps({"manifest": content, "seal": seal}, indent=1).encode()


def key_check(key: bytes) -> str:
    """A fingerprint of the key for one purpose; nothing about the key follows from it."""
    return hashlib.sha256(key).hexdigest()


@dataclass(frozen=True, slots=True)
class Sealed:
    """A manifest as it was read, before anybody knows whether to trust it."""

    manifest: Manifest
    content: dict[str, Any]
    seal: str

    def genuine(self, key: bytes) -> bool:
        """Whether the seal was made over just this content with the key."""
        expected = hmac.digest(key, _canonical(self.content), "sha256").hex()
        return hmac.compare_digest(expected.encode(), self.seal.encode())


def parse(data: bytes) -> Sealed:
    """Read a manifest from a file that may be anybody's.

    Raises: NotABackup, Damaged.
    """
    try:
        found = json.loads(data)
        content, seal = dict(found["manifest"]), str(found["seal"])
        given = content["format"]
    except (ValueError, KeyError, TypeError, RecursionError):
        raise Damaged("Säkerhetskopians innehållsförteckning är skadad.") from None
    if given != FORMAT:
        raise NotABackup(
            f"Säkerhetskopian har format {str(given)[:20]}, men den här versionen av Samkoll läser "
            f"format {FORMAT}. Återställ med den version av Samkoll som gjorde kopian."
        )
    try:
        return Sealed(_manifest(content), content, seal)
    except (KeyError, TypeError, ValueError):
        raise Damaged("Säkerhetskopians innehållsförteckning är skadad.") from None


def _manifest(content: dict[str, Any]) -> Manifest:
    entries = [_entry(item) for item in content["entries"]]
    places = {(entry.folder, entry.path) for entry in entries}
    counts = {str(table): int(rows) for table, rows in content["counts"].items()}
    if entries[:1] == [] or entries[0].member != DUMP or len(places) != len(entries):
        raise ValueError("the members are not those of a backup")
    if not all(TABLE.fullmatch(table) for table in counts):
        raise ValueError("not the name of a table")
    return Manifest(
        created=str(content["created"]),
        version=str(content["version"]),
        purpose=str(content["purpose"]),
        postgres=int(content["postgres"]),
        migrations=[str(name) for name in content["migrations"]],
        counts=counts,
        key_check=str(content["key_check"]),
        entries=entries,
    )


def _entry(item: dict[str, Any]) -> Entry:
    entry = Entry(str(item["member"]), str(item["path"]), int(item["size"]), str(item["sha256"]))
    path = PurePosixPath(entry.path)
    plain = path.as_posix() == entry.path and not path.is_absolute() and "\0" not in entry.path
    if not plain or ".." in path.parts or entry.path == ".":
        raise ValueError("a path that leads out of its folder")
    numbered, name = entry.folder in ("uploads", "results"), entry.member.rpartition("/")[2]
    if not numbered and entry.path != (f"{name[:2]}/{name}" if entry.folder == "files" else name):
        raise ValueError("a fact file, an attachment or the dump under a foreign name")
    return entry


def _canonical(content: dict[str, Any]) -> bytes:
    return json.dumps(content, sort_keys=True, separators=(",", ":")).encode()
