"""What every check of rows does: read columns by their texts, hide protected persons, note faults.

``rows.RowCheck`` makes person-months of chunks, ``records.RecordCheck`` the four kinds of record.
"""

from __future__ import annotations

import operator
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, Final

import polars as pl

from samkoll.core.months import Month
from samkoll.imports import dates, identities, numbers, values
from samkoll.imports.dates import BETWEEN, MONTH_FORMAT
from samkoll.imports.faults import FaultLog, FileFault, RowFault, looks_like_code
from samkoll.imports.lookups import Lookup, Values
from samkoll.imports.profiles import Profile
from samkoll.imports.pseudonyms import Pseudonyms
from samkoll.imports.staging import Settled, Stage
from samkoll.imports.units import Units

ZEROS, UNIT_ZEROS, UNKNOWN = "zeros", "unit_zeros", "unknown"

Rule = tuple[str, str, pl.Expr, pl.Expr]
"""Of a row: column, kind of the fault, its condition, and the reason."""

_SEPARATOR: Final = "\x1f"
_GROUP_LENGTH: Final = 100
PERSON: Final[dict[str, type[pl.DataType]]] = {
    "person": pl.UInt64,
    "employment": pl.UInt64,
    "birth_year": pl.Int16,
    "verified": pl.Boolean,
}


@dataclass(slots=True)
class Checked:
    """One chunk after its checks: facts of faultless rows with their ``row`` number."""

    facts: pl.DataFrame
    rows: int


@dataclass(slots=True)
class Tally:
    """What the rows held, apart from faults. No numbers of persons are kept, only pseudonyms.

    ``notes`` counts what was put right or read in a general way: texts of each kind.
    """

    protected_rows: int = 0
    protected: set[int] = field(default_factory=set)
    unverified: set[int] = field(default_factory=set)
    notes: Counter[str] = field(default_factory=Counter)
    unknown: set[str] = field(default_factory=set)


class Check(ABC):
    """Checks chunks of one file under one profile; ``faults`` and ``tally`` grow along."""

    def __init__(
        self, profile: Profile, units: Units, pseudonyms: Pseudonyms, *, today: date
    ) -> None:
        self.profile, self.units, self.pseudonyms, self.today = profile, units, pseudonyms, today
        self.faults, self.tally = FaultLog(), Tally()
        self._protection = self._one("flag", self._word("yes_no", blank=None))
        self._lookups = self._make_lookups()

    @property
    @abstractmethod
    def key(self) -> str:
        """The column by which facts are put aside until the whole file has been read."""

    @abstractmethod
    def settled(self, stage: Stage) -> Iterator[Settled]:
        """What the whole file decides: the facts that count and their totals, part by part."""

    @abstractmethod
    def _make_lookups(self) -> dict[str, Lookup]:
        """How each logical column is read."""

    @abstractmethod
    def _facts(self, wide: pl.DataFrame) -> pl.DataFrame:
        """The facts (with ``row``) of rows whose every text could be read."""

    def __call__(self, frame: pl.DataFrame) -> Checked:
        """Facts of the faultless rows. Raises: FileFault when the file breaks with the profile."""
        rows = frame.height
        good = self._facts(self._values(self._without_protected(frame)))
        self.tally.unverified.update(good.filter(~pl.col("verified"))["person"].unique())
        return Checked(good.drop("verified"), rows)

    def storable(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The rows of which a (faulty) original may be kept: surely not of a protected person."""
        protected = list(self.tally.protected)
        hidden = self._lookups["person"](self._texts("person", frame))["person"]
        hidden = hidden.is_in(protected).fill_null(value=False)
        if "manager" in self._lookups:
            manager = self._lookups["manager"](frame["manager"])["manager"]
            hidden |= manager.is_in(protected).fill_null(value=False)
        if "protected" in frame.columns:
            flag = self._protection(frame["protected"])["flag"]
            hidden |= (flag != 0).fill_null(value=True)
        return frame.filter(~hidden)

    # -- single values -----------------------------------------------------------------------

    def _one(self, name: str, read: Callable[[str], Any], kind: Any = pl.Int32) -> Lookup:
        return Lookup({name: kind}, lambda text: (read(text),))

    def _maybe(self, name: str, read: Callable[[str], Any], kind: Any = pl.Int32) -> Lookup:
        """A column that may be blank: null then."""
        return Lookup({f"{name}_read": pl.Boolean, name: kind}, lambda text: (True, read(text)))

    def _word(self, name: str, blank: int | None = None) -> Callable[[str], int]:
        """Reads the words of a list; those that only the fallback knows are noted."""
        words, fallback = self.profile.values[name], self.profile.fallback.get(name)
        read = partial(values.word, words=words, blank=blank, fallback=fallback)
        return read if fallback is None else partial(self._noting, read=read, words=words)

    def _noting(self, text: str, read: Callable[[str], int], words: Mapping[str, int]) -> int:
        code = read(text)
        if text.strip() and values.lookup(text, words) is None:
            self.tally.notes[UNKNOWN] += 1
            if looks_like_code(text.strip()) and len(self.tally.unknown) < 10:
                self.tally.unknown.add(text.strip())
        return code

    def _yes_no(self, text: str, blank: int | None = None) -> bool:
        return bool(values.word(text, self.profile.values["yes_no"], blank=blank))

    def _day(self, text: str) -> date | None:
        return dates.day(text, self.profile.date_format, self.today)

    def _needed_day(self, text: str) -> date:
        return dates.needed(self._day, text)

    def _month(self, text: str) -> int:
        last = Month.containing(self.today) + 1
        return dates.month(text, self.profile.month_format, last)

    def _hours(self, read: Callable[..., int]) -> Callable[[str], int]:
        return partial(read, decimal=self.profile.decimal, unit=self.profile.hours_unit)

    def _extent(self, read: Callable[..., int] = numbers.extent) -> Callable[[str], int]:
        return partial(read, decimal=self.profile.decimal, unit=self.profile.extent_unit)

    def _group(self, text: str) -> str:
        return text.strip()[:_GROUP_LENGTH]

    def _person(self, text: str) -> Values:
        number, employment = text.split(_SEPARATOR)
        found = identities.identity(number, self.today)
        self.tally.notes[ZEROS] += found.restored
        own = self.pseudonyms.employment(found.number, employment.strip())
        return (
            self.pseudonyms.person(found.number),
            own if employment.strip() or "employment" in self.profile.form.required else 0,
            found.birth_year,
            found.verified,
        )

    def _manager(self, text: str) -> int | None:
        """The manager's pseudonym as a person; None for a blank cell."""
        if not text.strip():
            return None
        return self.pseudonyms.person(identities.identity(text, self.today).number)

    def _unit_code(self, text: str) -> str:
        """The code as the organisation writes it."""
        code = self.units.periods(text)[0].code
        self.tally.notes[UNIT_ZEROS] += code.casefold() != text.strip().casefold()
        return code

    # -- columns -----------------------------------------------------------------------------

    def _texts(self, name: str, frame: pl.DataFrame) -> pl.Series:
        """The texts of a logical column; a person together with the employment's number."""
        if name == "person":
            number = pl.col("employment") if "employment" in frame.columns else pl.lit("")
            both = pl.concat_str("person", number, separator=_SEPARATOR)
            return frame.select(both).to_series()
        if name == "month" and "year" in frame.columns:
            year = pl.col("year").str.strip_chars()
            both = pl.concat_str(year, pl.col("month").str.strip_chars(), separator=BETWEEN)
            return frame.select(both).to_series()
        return frame[name]

    def _values(self, frame: pl.DataFrame) -> pl.DataFrame:
        """All columns read, for the rows in which every text could be."""
        read = [self._read(name, lookup, frame) for name, lookup in self._lookups.items()]
        wide = pl.concat([frame.select("row"), *read], how="horizontal")
        return wide.drop_nulls([found.columns[0] for found in read])

    def _read(self, name: str, lookup: Lookup, frame: pl.DataFrame) -> pl.DataFrame:
        """The column's values. What was rejected is logged, and null in the first of them."""
        texts = self._texts(name, frame)
        found = lookup(texts)
        if found.to_series(0).null_count():
            wrong = found.to_series(0).is_null()
            for row, text in zip(frame["row"].filter(wrong), texts.filter(wrong), strict=True):
                fault = lookup.fault(text)
                self._note(name, fault.kind, [(row, str(fault))])
        return found.rename({"hours_of_any": name}, strict=False)

    # -- faults ------------------------------------------------------------------------------

    def _without_protected(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Drop rows of protected persons before anything else of them is looked at.

        Their pseudonyms are remembered until the end of the file: their other rows go too. A
        value that is neither yes nor no is a fault, and such a row is not stored either.
        """
        if "protected" not in frame.columns:
            return frame
        flag = self._read("protected", self._protection, frame).to_series()
        hidden = frame.filter(flag == 1)
        if hidden.height:
            self.tally.protected_rows += hidden.height
            known = self._lookups["person"](self._texts("person", hidden))["person"].drop_nulls()
            self.tally.protected.update(known.unique())
        return frame.filter(flag == 0)

    def _obeying(self, wide: pl.DataFrame, rules: list[Rule]) -> pl.DataFrame:
        """The rows that break no rule between columns; the others are logged."""
        if not rules:
            return wide
        broken = wide.select(
            condition.fill_null(value=False).alias(str(at))
            for at, (*_, condition, _reason) in enumerate(rules)
        )
        for (column, kind, _, reason), wrong in zip(rules, broken, strict=True):
            if wrong.any():
                self._note(column, kind, wide.filter(wrong).select("row", reason).iter_rows())
        return wide.filter(~broken.fold(operator.or_))

    def _note(self, column: str, kind: str, found: Iterable[tuple[int, str]]) -> None:
        """Log (row, reason) pairs. Raises: FileFault when they tell of another way of writing."""
        head = self.profile.head(column)
        if kind == MONTH_FORMAT:
            row, reason = next(iter(found))
            raise FileFault(str(RowFault(row, head, kind, reason)))
        self.faults.add(head, kind, found)
