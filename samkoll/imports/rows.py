"""Rows checked and turned into facts: text columns in, integers out, every fault named.

The rules are in ``docs/rules/import-payroll.md``. What needs more than one row (the same row twice,
one main employment a month) is decided in ``staging``.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Final

import polars as pl

from samkoll.core.months import Month
from samkoll.imports import values
from samkoll.imports.faults import FaultLog, FileFault, RowFault
from samkoll.imports.lookups import Lookup, Values
from samkoll.imports.profiles import OPTIONAL, Profile
from samkoll.imports.pseudonyms import Pseudonyms
from samkoll.imports.units import Units

HOURS: Final = ("ordinary", "sick_short", "sick_long", "additional", "overtime")

FACTS: Final[dict[str, type[pl.DataType]]] = {
    "person": pl.UInt64,
    "employment": pl.UInt64,
    "unit": pl.Int32,
    "month": pl.Int32,
    "sex": pl.UInt8,
    "birth_year": pl.Int16,
    "form": pl.UInt8,
    "main": pl.Boolean,
    "staff_group": pl.String,
    "extent": pl.Int16,
    **dict.fromkeys(HOURS, pl.Int32),
    "departure": pl.UInt8,
    "sick_60": pl.Int32,
    "sick_days": pl.Int16,
    "occasions": pl.Int16,
    "manager": pl.UInt64,
}
"""The fact schema: the same columns and types, in this order, as ``samkoll.stats`` publishes."""

_SEPARATOR: Final = "\x1f"
_GROUP_LENGTH: Final = 100


@dataclass(slots=True)
class Checked:
    """One chunk after its checks: facts of faultless rows with their ``row`` number."""

    facts: pl.DataFrame
    rows: int


@dataclass(slots=True)
class Tally:
    """What the rows held, apart from faults. No numbers of persons are kept, only pseudonyms."""

    protected_rows: int = 0
    protected: set[int] = field(default_factory=set)
    unverified: set[int] = field(default_factory=set)


class RowCheck:
    """Checks chunks of one file under one profile; ``faults`` and ``tally`` grow along."""

    def __init__(
        self, profile: Profile, units: Units, pseudonyms: Pseudonyms, *, today: date
    ) -> None:
        self.profile, self.units, self.pseudonyms, self.today = profile, units, pseudonyms, today
        self.faults, self.tally = FaultLog(), Tally()
        self._depth = units.depth
        self._lookups = self._make_lookups()

    def __call__(self, frame: pl.DataFrame) -> Checked:
        """Facts of the faultless rows. Raises: FileFault when the file breaks with the profile."""
        rows = frame.height
        frame = self._without_protected(frame)
        good = self._across(self._values(frame))
        self.tally.unverified.update(good.filter(~pl.col("verified"))["person"].unique())
        unknown = [pl.lit(0, FACTS[n]).alias(n) for n in OPTIONAL if n not in self.profile.columns]
        return Checked(good.with_columns(unknown).select("row", *FACTS), rows)

    def storable(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The rows of which a (faulty) original may be kept: surely not of a protected person."""
        flag = self._lookups["protected"](frame["protected"])["flag"]
        person = self._lookups["person"](_pairs(frame))["person"]
        protected = list(self.tally.protected)
        hidden = person.is_in(protected).fill_null(value=False)
        if "manager" in self._lookups:
            manager = self._lookups["manager"](frame["manager"])["manager"]
            hidden |= manager.is_in(protected).fill_null(value=False)
        return frame.filter((flag == 0).fill_null(value=False) & ~hidden)

    # -- single values -----------------------------------------------------------------------

    def _make_lookups(self) -> dict[str, Lookup]:
        profile, words = self.profile, self.profile.values

        def one(name: str, read: Callable[..., int | str], **options: object) -> Lookup:
            call = partial(read, **options)
            return Lookup({name: FACTS.get(name, pl.Int32)}, lambda text: (call(text),))

        hours = one("hours", values.hours, decimal=profile.decimal, unit=profile.hours_unit)

        optional = {
            "sick_60": hours,
            "sick_days": one("sick_days", values.count),
            "occasions": one("occasions", values.count),
            "manager": one("manager", self._manager),
        }
        return {
            "protected": one("flag", values.word, words=words["yes_no"]),
            "month": one("month", self._month),
            "person": Lookup(_PERSON, self._person),
            "unit": Lookup(self._unit_columns(), self._unit),
            "sex": one("sex", values.word, words=words["sex"]),
            "form": one("form", values.word, words=words["form"]),
            "main": Lookup({"main": pl.Boolean}, self._yes_no),
            "extent": one("extent", values.extent, decimal=profile.decimal),
            "staff_group": one("staff_group", lambda text: text.strip()[:_GROUP_LENGTH]),
            **dict.fromkeys(HOURS, hours),
            "end_date": one("end_date", values.month_of_date),
            "departure": one("departure", values.word, words=words["departure"], blank=0),
            **{name: optional[name] for name in OPTIONAL if name in profile.columns},
        }

    def _values(self, frame: pl.DataFrame) -> pl.DataFrame:
        """All columns read, for the rows in which every text could be."""
        names = [name for name in self._lookups if name != "protected"]
        read = [self._read(name, frame) for name in names]
        wide = pl.concat([frame.select("row"), *read], how="horizontal")
        return wide.drop_nulls([values.columns[0] for values in read])

    def _read(self, name: str, frame: pl.DataFrame) -> pl.DataFrame:
        """The column's values. What was rejected is logged, and null in the first of them."""
        lookup, texts = self._lookups[name], _pairs(frame) if name == "person" else frame[name]
        found = lookup(texts)
        if found.to_series(0).null_count():
            wrong = found.to_series(0).is_null()
            for row, text in zip(frame["row"].filter(wrong), texts.filter(wrong), strict=True):
                fault = lookup.fault(text)
                self._note(name, fault.kind, [(row, str(fault))])
        return found.rename({"hours": name}, strict=False)

    def _month(self, text: str) -> int:
        return values.month(text, self.profile.month_format, Month.containing(self.today) + 1)

    def _yes_no(self, text: str) -> Values:
        return (bool(values.word(text, self.profile.values["yes_no"])),)

    def _person(self, text: str) -> Values:
        number, employment = text.split(_SEPARATOR)
        found = values.identity(number, self.today)
        return (
            self.pseudonyms.person(found.number),
            self.pseudonyms.employment(found.number, employment.strip()),
            found.birth_year,
            found.verified,
        )

    def _manager(self, text: str) -> int:
        """The manager's pseudonym as a person; 0 for a blank cell."""
        if not text.strip():
            return 0
        return self.pseudonyms.person(values.identity(text, self.today).number)

    def _unit_columns(self) -> dict[str, type[pl.DataType]]:
        names = [f"{name}{k}" for k in range(self._depth) for name in ("pk", "first", "last")]
        return {"code": pl.String, **dict.fromkeys(names, pl.Int32)}

    def _unit(self, text: str) -> Values:
        periods = self.units.periods(text)
        flat = [value for p in periods for value in (p.pk, p.first, p.last)]
        return (periods[0].code, *flat, *[None] * (3 * self._depth - len(flat)))

    # -- faults ------------------------------------------------------------------------------

    def _without_protected(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Drop rows of protected persons before anything else of them is looked at.

        Their pseudonyms are remembered until the end of the file: their other rows go too. A
        value that is neither yes nor no is a fault, and such a row is not stored either.
        """
        flag = self._read("protected", frame).to_series()
        hidden = frame.filter(flag == 1)
        if hidden.height:
            self.tally.protected_rows += hidden.height
            known = self._lookups["person"](_pairs(hidden))["person"].drop_nulls()
            self.tally.protected.update(known.unique())
        return frame.filter(flag == 0)

    def _across(self, wide: pl.DataFrame) -> pl.DataFrame:
        """Checks between the columns of a row; rows with a fault are logged and dropped."""
        wide = wide.with_columns(unit=self._unit_of_month())
        rules = self._rules()
        broken = wide.select(
            condition.alias(str(at)) for at, (*_, condition, _) in enumerate(rules)
        )
        for (column, kind, _, reason), wrong in zip(rules, broken, strict=True):
            if wrong.any():
                self._note(column, kind, wide.filter(wrong).select("row", reason).iter_rows())
        ended_here = (pl.col("end_date") == pl.col("month")) & (pl.col("departure") > 0)
        return wide.filter(~broken.fold(operator.or_)).with_columns(
            departure=pl.when(ended_here).then("departure").otherwise(0).cast(pl.UInt8)
        )

    def _unit_of_month(self) -> pl.Expr:
        """The unit whose validity covers the row's month, among those that had the code."""
        return pl.coalesce(
            pl.when(pl.col("month").is_between(f"first{k}", f"last{k}")).then(f"pk{k}")
            for k in range(self._depth)
        )

    def _rules(self) -> list[tuple[str, str, pl.Expr, pl.Expr]]:
        """(column, kind, condition of the fault, reason)."""
        head, end, cause = self.profile.head, pl.col("end_date"), pl.col("departure")
        sick = pl.col("sick_short") + pl.col("sick_long")
        of_long_spells = [
            ("sick_60", "sick", pl.col("sick_60") > sick,
             pl.lit("timmarna i långa sjukperioder är fler än sjuktimmarna tillsammans.")),
        ] if "sick_60" in self.profile.columns else []  # fmt: skip
        return [
            ("unit", "unit_month", pl.col("unit").is_null(),
             pl.format("enheten {} gällde inte den månaden.", "code")),
            ("sick_short", "sick", sick > pl.col("ordinary"),
             pl.lit(f"sjuktimmarna är tillsammans fler än ”{head('ordinary')}”.")),
            ("departure", "departure", (end == pl.col("month")) & (cause == 0),
             pl.lit(f"orsaken saknas trots att ”{head('end_date')}” ligger i månaden.")),
            ("end_date", "departure", (end == 0) & (cause > 0),
             pl.lit(f"datumet saknas trots att ”{head('departure')}” är ifylld.")),
            ("end_date", "ended", (end > 0) & (end < pl.col("month")),
             pl.lit("anställningen tog slut före radens månad.")),
            *of_long_spells,
        ]  # fmt: skip

    def _note(self, column: str, kind: str, found: Iterable[tuple[int, str]]) -> None:
        """Log (row, reason) pairs. Raises: FileFault when they tell of another way of writing."""
        head = self.profile.head(column)
        if kind == values.MONTH_FORMAT:
            row, reason = next(iter(found))
            raise FileFault(str(RowFault(row, head, kind, reason)))
        self.faults.add(head, kind, found)


_PERSON: Final[dict[str, type[pl.DataType]]] = {
    "person": pl.UInt64,
    "employment": pl.UInt64,
    "birth_year": pl.Int16,
    "verified": pl.Boolean,
}


def _pairs(frame: pl.DataFrame) -> pl.Series:
    pair = pl.concat_str("person", "employment", separator=_SEPARATOR)
    return frame.select(pair).to_series()
