"""What can be wrong with a file: faults of the file (refuse it) and of rows (quarantine them).

No sentence here may carry an identity number or a name. Of all values only what looks like the
code of a unit is repeated.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
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
    """One faulty value: its row as a spreadsheet counts (the heads are row 1), and its column."""

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

    def add_uneven(self, rows: Iterable[tuple[int, list[str]]], heads: Sequence[str]) -> None:
        """Note rows with too few or too many fields, at the first column that suffers."""
        for row, cells in rows:
            fields = len(cells)
            head = heads[min(fields, len(heads) - 1)]
            reason = f"raden har {fields} fält, men rubrikerna är {len(heads)}."
            self.add(head, "fields", [(row, reason)])

    def examples(self, count: int = 3) -> str:
        """The first faults as one line of text."""
        return " ".join(str(fault) for fault in sorted(self.listed)[:count])


def looks_like_code(text: str) -> bool:
    """Whether a text may be shown as a code: no name and no identity number looks like it."""
    digits = sum(map(str.isdigit, text))
    return _CODE.fullmatch(text) is not None and digits < 6 and (digits > 0 or text.isupper())


def meant(text: str, known: Iterable[str]) -> str:
    """What may have been meant. The text itself is not repeated: a shifted column can put a name
    or an identity number anywhere."""
    near = nearest(text, known) if len(text) <= 40 else []
    return "värdet känns inte igen." + (f" Menade du {' eller '.join(near)}?" if near else "")
