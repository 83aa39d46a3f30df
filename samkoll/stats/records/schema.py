"""What the four kinds of record hold, column by column.

A row says what one row of the HR system's file said, after reading: identity numbers have become
keyed pseudonyms, units are codes, hours are whole hundredths, extents whole per mille. Nothing is
merged, cut or summed here; that is what ``samkoll.stats.spells`` does. ``docs/rules/spells.md``
tells the rules with numbers.

Every kind has ``row``, the row's number in the file it came from (the heads are row 1): of two
rows that say different things of the same day, the one further down goes first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, get_args

if TYPE_CHECKING:
    import polars as pl
    import pyarrow

SCHEMA_VERSION: Final = 1
Kind = Literal["absence", "employment", "time", "departure"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

OWN_SICKNESS, OTHER_CAUSE = 1, 2
"""Classes of absence. Anything but the employee's own sickness is 2 (children, parental leave,
holiday …): it matters only where it covers the same days as a sick post."""

FULL_TIME_WEEK: Final = 4_000
"""Hundredths of an hour a week, where an employment does not say: 40 hours."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its Arrow type, whether it may be null, and what it means."""

    name: str
    type: str
    meaning: str
    optional: bool = False


_PERSON = Column("person", "uint64", "keyed pseudonym of the person")
_EMPLOYMENT = Column("employment", "uint64", "keyed pseudonym of person and employment number")
_ROW = Column("row", "int32", "row of the file that it came from; the heads are row 1")

ABSENCE: Final = (
    _PERSON,
    Column(
        "employment",
        "uint64",
        "keyed pseudonym of person and employment number; 0 when the system keeps absence by "
        "person: it then counts in every employment that the person has on the day",
    ),
    Column("first", "date32", "first day of the post"),
    Column("last", "date32", "last day of the post; null while it is open", optional=True),
    Column("extent", "int16", "how much of the working time, per mille: 0 to 1000"),
    Column(
        "hours",
        "int32",
        "the post's own hours of absence in hundredths, from first to last; null when the "
        "schedule shall be used. Never in an open post or one without employment",
        optional=True,
    ),
    Column("cause", "uint8", "1 own sickness, 2 any other cause"),
    Column(
        "started",
        "date32",
        "first day of the spell that the post belongs to, where the system says so; may lie "
        "before everything in the file",
        optional=True,
    ),
    Column(
        "day_number",
        "int32",
        "number in its spell of the post's first day (1 is the spell's first day), where the "
        "system says so; goes before ``started``",
        optional=True,
    ),
    Column(
        "reversal",
        "bool",
        "true: a correction that takes its days away from every post of the same employment and "
        "cause that was registered before it (an earlier file, or further up)",
    ),
    _ROW,
)

EMPLOYMENT: Final = (
    _PERSON,
    _EMPLOYMENT,
    Column(
        "unit",
        "string",
        "the unit's code, as the organisation writes it; which unit had the code in a month is "
        "found month by month, so a row may cover a reorganisation that kept the code",
    ),
    Column("valid_from", "date32", "first day on which the row is true"),
    Column("valid_to", "date32", "last day on which it is true; null while open", optional=True),
    Column("form", "uint8", "1 permanent, 2 temporary, 3 by the hour"),
    Column("extent", "int16", "per mille of full time; 0 for employment by the hour"),
    Column("sex", "uint8", "1 woman, 2 man"),
    Column("birth_year", "int16", "four digits"),
    Column("staff_group", "string", "occupation group; empty when unknown"),
    Column("main", "bool", "the person's main employment or not; true when the file is mute"),
    Column(
        "manager",
        "uint64",
        "keyed pseudonym of the nearest manager, made as ``person``; null when unknown",
        optional=True,
    ),
    Column(
        "full_time_week",
        "int32",
        "hundredths of an hour a week at full time (4000, 3825 …); null means 4000",
        optional=True,
    ),
    _ROW,
)

TIME: Final = (
    _PERSON,
    _EMPLOYMENT,
    Column("unit", "string", "the unit's code; empty: the unit of the employment"),
    Column("month", "int32", "``Month.index``: year * 12 + month - 1"),
    Column(
        "ordinary",
        "int32",
        "ordinary working hours before absence, hundredths; null when the row does not tell "
        "(they are then worked out from the employment). Negative in a correction",
        optional=True,
    ),
    Column(
        "additional",
        "int32",
        "additional hours (mertid), hundredths; may be negative. Null in every row when the file "
        "does not tell: no figure is then made of them",
        optional=True,
    ),
    Column(
        "overtime",
        "int32",
        "overtime, hundredths; may be negative. Null as for additional hours",
        optional=True,
    ),
    _ROW,
)

DEPARTURE: Final = (
    _PERSON,
    _EMPLOYMENT,
    Column("last", "date32", "last day of the employment"),
    Column(
        "cause",
        "uint8",
        "1 pension, 2 own request, 3 redundancy, 4 sickness benefit, 5 deceased, 6 end of a fixed "
        "term, 7 other (the codes of ``departure`` in the facts)",
    ),
    _ROW,
)

COLUMNS: Final[dict[Kind, tuple[Column, ...]]] = {
    "absence": ABSENCE,
    "employment": EMPLOYMENT,
    "time": TIME,
    "departure": DEPARTURE,
}


def arrow_schema(kind: Kind) -> pyarrow.Schema:
    """The schema of a record file. Columns that may not be null are marked so."""
    import pyarrow as pa

    types = {"bool": pa.bool_(), "string": pa.string(), "date32": pa.date32()}
    fields = [
        pa.field(column.name, types.get(column.type) or getattr(pa, column.type)(), column.optional)
        for column in COLUMNS[kind]
    ]
    described = {"samkoll.records": kind, "samkoll.schema": str(SCHEMA_VERSION)}
    return pa.schema(fields, metadata=described)


def frame_schema(kind: Kind) -> dict[str, pl.DataType]:
    """The same columns for a Polars frame, in order: what ``RecordWriter.write`` takes."""
    import polars as pl

    empty = pl.DataFrame(arrow_schema(kind).empty_table())
    return dict(empty.schema)
