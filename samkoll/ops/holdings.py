"""Which files the database counts on, and which lie on disk."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from samkoll.files import storage
from samkoll.files.models import StoredFile
from samkoll.imports.models import Batch
from samkoll.reports import queries as reports
from samkoll.reports.models import ReportFile
from samkoll.stats.models import RecordFile, Snapshot

FOLDERS = ("facts", "files", "uploads", "results")


@dataclass(frozen=True, slots=True)
class Found:
    """A file on disk: its path below its folder, and what ``stat`` says."""

    path: str
    size: int
    mode: int
    changed: float


def folder(name: str) -> Path:
    """One of ``FOLDERS`` as settings have it."""
    return Path(getattr(settings, name.upper()))


def listed_facts() -> dict[str, str]:
    """File name and SHA-256 of every snapshot and record file that the database counts on.

    What a report stands on counts also when nothing else knows of it: a pinned figure is no key.
    """
    known = set(Snapshot.objects.values_list("sha256", flat=True))
    records = set(RecordFile.objects.values_list("sha256", flat=True))
    hashes = sorted(known | records | reports.pinned_snapshots())
    return {f"{sha256}.parquet": sha256 for sha256 in hashes}


def listed_files() -> dict[str, str]:
    """Path and SHA-256 of the content of every attachment."""
    hashes = StoredFile.objects.order_by("sha256").values_list("sha256", flat=True).distinct()
    return {storage.below(sha256): sha256 for sha256 in hashes}


def listed_uploads() -> set[str]:
    """Names of the uploaded files that a batch still waits for."""
    return set(Batch.objects.exclude(upload="").values_list("upload", flat=True))


def listed_results() -> set[str]:
    """Built report files, as ``<report>/<name>``."""
    files = ReportFile.objects.values_list("report_id", "name")
    return {f"{report}/{name}" for report, name in files}


def found(name: str) -> Iterator[Found]:
    """Every ordinary file below a folder; links are not followed, what goes away is skipped."""
    top = folder(name)
    for here, folders, files in os.walk(top):
        folders.sort()
        for file in sorted(files):
            path = Path(here) / file
            try:
                info = path.lstat()
            except FileNotFoundError:
                continue
            if stat.S_ISREG(info.st_mode):
                below = path.relative_to(top).as_posix()
                yield Found(below, info.st_size, stat.S_IMODE(info.st_mode), info.st_mtime)
