"""The file of a backup: a plain tar that is read as if an enemy had written it.

``database.dump`` (``pg_dump -Fc``), ``facts/<sha256>.parquet``, ``files/<sha256>``,
``uploads/<n>``, ``results/<n>``, and last ``manifest.json``, which gives size and SHA-256 of every
other member, the real names of the numbered ones, and a seal made with the key file. See
``docs/adr/0011-backup-format.md``.
"""

from __future__ import annotations

from samkoll.ops.archive.layout import DUMP, MANIFEST, Damaged, NotABackup
from samkoll.ops.archive.manifest import Entry, Manifest, key_check
from samkoll.ops.archive.reading import extract, inspect
from samkoll.ops.archive.writing import Writer

__all__ = [
    "DUMP",
    "MANIFEST",
    "Damaged",
    "Entry",
    "Manifest",
    "NotABackup",
    "Writer",
    "extract",
    "inspect",
    "key_check",
]
