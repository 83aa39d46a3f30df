"""What a check found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Level(IntEnum):
    """How grave. ``fault``: something does not work, or data is in danger."""

    OK = 0
    WARNING = 1
    FAULT = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One check: what it looked at, what it saw, and what to do (empty when nothing)."""

    check: str
    level: Level
    seen: str
    advice: str = ""


def ok(check: str, seen: str) -> Finding:
    """All is well."""
    return Finding(check, Level.OK, seen)


def warning(check: str, seen: str, advice: str) -> Finding:
    """It works, but somebody should look at it."""
    return Finding(check, Level.WARNING, seen, advice)


def fault(check: str, seen: str, advice: str) -> Finding:
    """It does not work, or data is in danger."""
    return Finding(check, Level.FAULT, seen, advice)
