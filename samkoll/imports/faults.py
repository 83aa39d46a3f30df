"""What can be wrong with a file: faults of the file (refuse it) and of rows (quarantine them).

No sentence here may carry an identity number or a name. A value is echoed only where it is a code
of the organisation or looks like a word that the profile knows (see ``echo``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from samkoll.core.errors import DomainError
from samkoll.core.text import nearest

LISTED: Final = 1_000
"""So many row faults are kept with their sentences; the rest are counted."""
QUARANTINE_LIMIT: Final = 100_000
"""More faulty rows than this refuse the file: something is wrong with all of it."""

_CODE = re.compile(r"[\w./-]{1,24}")


class FileFault(DomainError):
    """The file as a whole cannot be used. The sentence says what is wrong and what to do."""


class Rejected(ValueError):
    """One value cannot be used. ``kind`` is the class of fault, ``str()`` the Swedish reason."""

    def __init__(self, kind: str, reason: str) -> None:
        super().__init__(reason)
        self.kind = kind


@dataclass(frozen=True, slots=True, order=True)
class RowFault:
    """One faulty value: the row as a spreadsheet numbers it (the heads are row 1) and the column."""

    row: int
    column: str
    kind: str
    reason: str

    def __str__(self) -> str:
        return f"Rad {self.row}, kolumnen {self.column}: {self.reason}"


@dataclass(slots=True)
class FaultLog:
    """Every row fault counted by column and kind, the first ones kept, all faulty rows known."""

    listed: list[RowFault] = field(default_factory=list)
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)
    rows: set[int] = field(default_factory=set)

    def add(self, column: str, kind: str, found: Iterable[tuple[int, str]]) -> None:
        """Note (row, reason) pairs of one kind. Raises: FileFault when the quarantine is full."""
        for row, reason in found:
            self.counts[column, kind] += 1
            self.rows.add(row)
            if len(self.listed) < LISTED:
                self.listed.append(RowFault(row, column, kind, reason))
        if len(self.rows) > QUARANTINE_LIMIT:
            raise FileFault(
                f"Fler än {QUARANTINE_LIMIT} rader har fel. {self.examples()} "
                "Rätta filen eller välj en annan profil."
            )

    def examples(self, count: int = 3) -> str:
        """The first faults as one line of text."""
        return " ".join(str(fault) for fault in sorted(self.listed)[:count])


def looks_like_code(text: str) -> bool:
    """Whether a text may be shown: short, no spaces, and too few digits for an identity number."""
    return _CODE.fullmatch(text) is not None and sum(map(str.isdigit, text)) < 6


def echo(text: str, known: Iterable[str]) -> str:
    """The text in quotes with what may have been meant; silent about what nobody knows.

    A shifted column can put a name or an identity number anywhere, so only a text near to a known
    word is repeated.
    """
    near = nearest(text, known) if len(text) <= 40 else []
    if not near or not re.search(r"[^\W\d]", text) or sum(map(str.isdigit, text)) >= 6:
        return "värdet känns inte igen."
    return f"”{text}” känns inte igen. Menade du {' eller '.join(near)}?"
