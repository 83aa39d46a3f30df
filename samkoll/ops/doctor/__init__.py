"""What is wrong with an installation and what to do about it (``samkoll doctor``)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from samkoll.ops.doctor import database, files, jobs, machine
from samkoll.ops.doctor.finding import Finding, Level
from samkoll.ops.progress import SILENT, Steps

__all__ = ["Finding", "Level", "examine", "worst"]


def examine(
    *, now: datetime, deep: bool = False, fix: bool = False, steps: Steps = SILENT
) -> list[Finding]:
    """Every check in turn. ``deep`` reads all fact files; ``fix`` removes what nothing counts on.

    Without a usable database the checks that need it are left out.
    """
    return list(_examine(now, deep, fix, steps))


def worst(findings: list[Finding]) -> Level:
    """The gravest level among them."""
    return max((finding.level for finding in findings), default=Level.OK)


def _examine(now: datetime, deep: bool, fix: bool, steps: Steps) -> Iterator[Finding]:
    yield machine.key_file()
    yield from machine.folders(fix=fix)
    yield machine.disk()
    reached = database.reachable()
    yield reached
    if reached.level is Level.FAULT:
        return
    yield database.embedded_in_production()
    migrated = database.migrated()
    yield migrated
    yield database.clock(now)
    if migrated.level is Level.FAULT:
        return
    yield from files.listed(deep=deep, steps=steps)
    yield from files.strays(now=now, fix=fix)
    yield files.quarantine(now=now)
    yield jobs.worker(now)
    yield jobs.stalled(now)
    yield jobs.failed(now)
