"""Facts: immutable Parquet files of person-months, and the set of them that a figure stands on.

One row per person, employment, unit and month, sorted by month, unit and sex. All hours are
integers, hundredths of an hour. ``docs/rules/sick-leave.md`` says what each column means.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from samkoll.core.errors import DomainError

if TYPE_CHECKING:
    import pyarrow

SCHEMA_VERSION = 2
Convention = Literal["day_split", "whole_spell"]
CONVENTIONS: tuple[Convention, ...] = get_args(Convention)
"""day_split: days 1-14 of a spell are short; whole_spell: spells of at most 14 days are short."""

COLUMNS: tuple[tuple[str, str], ...] = (
    ("person", "uint64"),
    ("employment", "uint64"),
    ("unit", "int32"),
    ("month", "int32"),
    ("sex", "uint8"),
    ("birth_year", "int16"),
    ("form", "uint8"),
    ("main", "bool"),
    ("staff_group", "string"),
    ("extent", "int16"),
    ("ordinary", "int32"),
    ("sick_short", "int32"),
    ("sick_long", "int32"),
    ("additional", "int32"),
    ("overtime", "int32"),
    ("departure", "uint8"),
    ("sick_60", "int32"),
    ("sick_days", "int16"),
    ("occasions", "int16"),
    ("manager", "uint64"),
)
OPTIONAL: tuple[str, ...] = (
    "additional", "overtime", "departure", "sick_60", "sick_days", "occasions", "manager",
)  # fmt: skip
"""Columns that a payroll system may not have. A snapshot says which of them it knows; the others
are zeros that mean nothing, and no figure is made of them."""
WOMAN, MAN = 1, 2
PERMANENT, TEMPORARY, HOURLY = 1, 2, 3
FULL_TIME = 10_000

HOURS = ("ordinary", "sick_short", "sick_long", "additional", "overtime", "sick_60")
DAYS = ("sick_days", "occasions")
COUNTS = ("persons", "permanent", "departures", "retirements", "full_time")
MEASURES = HOURS + DAYS + COUNTS
"""The base measures of a leaf cell (month, unit, sex)."""
TRACES = HOURS + DAYS
"""What shows that there was somebody, even where nobody is counted."""


class MixedConventions(DomainError):
    """The facts split sick leave into short and long by different conventions."""


@dataclass(frozen=True, slots=True)
class FactFile:
    """One snapshot, the months (``Month.index``) of it that are current, and which of the
    ``OPTIONAL`` columns it knows."""

    path: Path
    sha256: str
    months: tuple[int, ...]
    convention: Convention
    knows: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class FactSet:
    """The snapshots that a figure stands on. Each month comes from exactly one of them."""

    files: tuple[FactFile, ...]

    def __post_init__(self) -> None:
        if len(self.months) != sum(len(file.months) for file in self.files):
            raise ValueError("a month comes from two snapshots")

    @property
    def months(self) -> frozenset[int]:
        """Indexes of every month that has facts."""
        return frozenset(month for file in self.files for month in file.months)

    @property
    def convention(self) -> Convention | None:
        """How short and long are told apart; None without facts. Raises: MixedConventions."""
        return self.convention_of(self.months)

    def convention_of(self, months: Iterable[int]) -> Convention | None:
        """The convention of the snapshots behind these months. Raises: MixedConventions."""
        wanted = frozenset(months)
        found = {file.convention for file in self.files if wanted.intersection(file.months)}
        if len(found) > 1:
            raise MixedConventions(
                "Underlaget delar upp kort och lång sjukfrånvaro på två olika sätt. "
                "Läs in månaderna på nytt med samma profil."
            )
        return next(iter(found), None)

    def unknown_of(self, columns: Iterable[str], months: Iterable[int]) -> tuple[str, ...]:
        """Those of the columns that some snapshot behind these months does not know."""
        wanted = frozenset(months)
        files = [file for file in self.files if wanted.intersection(file.months)]
        return tuple(
            name
            for name in columns
            if name in OPTIONAL and any(name not in file.knows for file in files)
        )

    def hashes_of(self, months: Iterable[int]) -> tuple[str, ...]:
        """Content hashes of the snapshots behind these months, sorted."""
        wanted = frozenset(months)
        return tuple(sorted(f.sha256 for f in self.files if wanted.intersection(f.months)))

    def refs(self) -> list[dict[str, object]]:
        """What a report pins: JSON-able, stable, enough to find the same facts years later."""
        ordered = sorted(self.files, key=lambda file: file.sha256)
        return [{"sha256": f.sha256, "months": sorted(f.months)} for f in ordered if f.months]

    @property
    def key(self) -> str:
        """A hash of the content and the choice of months: equal keys mean equal figures."""
        return hashlib.sha256(repr(self.refs()).encode()).hexdigest()


def arrow_schema(metadata: Mapping[str, str]) -> pyarrow.Schema:
    """The schema of a fact file, with ``samkoll.*`` metadata (source, convention, batch,
    and ``knows``: the optional columns that are real, with commas between)."""
    import pyarrow as pa

    kinds = {"bool": pa.bool_(), "string": pa.string()}
    fields = [pa.field(n, kinds.get(k) or getattr(pa, k)(), nullable=False) for n, k in COLUMNS]
    described = {"samkoll.schema": str(SCHEMA_VERSION)}
    described.update({f"samkoll.{key}": value for key, value in metadata.items()})
    return pa.schema(fields, metadata=described)
