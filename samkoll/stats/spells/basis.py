"""What a derivation stands on: record files with their periods, and the units of all times.

A file is complete for its period. For those days it speaks instead of every file of its kind and
system that was kept before it; of days before its period that no later file covers it may speak
too: late registrations. Of days after its period it says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path

from samkoll.core.months import Month
from samkoll.stats.engine.facts import Convention
from samkoll.stats.records.schema import Kind

BEGINNING = date(1980, 1, 2)
"""No post or employment is looked at before this day."""
Days = tuple[date, date]
_ONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RecordSource:
    """One record file: where it lies, the order in which it was kept, its period, its system."""

    kind: Kind
    path: Path
    sequence: int
    first: date
    last: date
    source: str = ""


@dataclass(frozen=True, slots=True)
class UnitSpan:
    """The unit that has a code in the months ``first`` to ``last`` (indexes, inclusive)."""

    code: str
    unit: int
    first: int
    last: int


@dataclass(frozen=True)
class Basis:
    """Everything that facts are derived from. Two equal ones give the same facts."""

    files: tuple[RecordSource, ...]
    units: tuple[UnitSpan, ...]
    convention: Convention = "day_split"

    def of(self, kind: Kind) -> tuple[RecordSource, ...]:
        """The files of a kind in the order in which they were kept."""
        return tuple(sorted((f for f in self.files if f.kind == kind), key=lambda f: f.sequence))

    def covered(self, kind: Kind) -> tuple[Days, ...]:
        """The days that the files of a kind cover, in as few stretches as possible."""
        return joined((f.first, f.last) for f in self.of(kind))

    def speaks(self, file: RecordSource) -> tuple[Days, ...]:
        """The days of which a file may speak."""
        later = [
            (f.first, f.last)
            for f in self.of(file.kind)
            if f.sequence > file.sequence and f.source == file.source
        ]
        return without((BEGINNING, file.last), joined(later))

    @cached_property
    def months(self) -> tuple[int, ...]:
        """Months that absences and employments cover wholly, and time where there is any."""
        return tuple(sorted(set.intersection(*(self._whole(kind) for kind in self._needed))))

    @cached_property
    def incomplete(self) -> tuple[int, ...]:
        """Months of which some kind has days, but which are not derived."""
        touched = {
            index
            for kind in self._needed
            for first, last in self.covered(kind)
            for index in range(Month.containing(first).index, Month.containing(last).index + 1)
        }
        return tuple(sorted(touched.difference(self.months)))

    @property
    def _needed(self) -> tuple[Kind, ...]:
        return ("absence", "employment", "time") if self.of("time") else ("absence", "employment")

    def _whole(self, kind: Kind) -> set[int]:
        return {month for days in self.covered(kind) for month in whole_months(days)}


def whole_months(days: Days) -> range:
    """Indexes of the months all of whose days lie in the stretch."""
    first, last = Month.containing(days[0]), Month.containing(days[1])
    start = first.index + (days[0] > first.first_day)
    return range(start, last.index + (days[1] == last.last_day))


def joined(stretches: Iterable[Days]) -> tuple[Days, ...]:
    """The same days in as few stretches as possible, in order."""
    found: list[Days] = []
    for first, last in sorted(stretches):
        if found and first <= found[-1][1] + _ONE:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return tuple(found)


def without(days: Days, gone: Sequence[Days]) -> tuple[Days, ...]:
    """What is left of a stretch when disjoint, ordered stretches are taken out of it."""
    left, start = [], days[0]
    for first, last in gone:
        if first > start:
            left.append((start, min(first - _ONE, days[1])))
        start = max(start, last + _ONE)
    return (*(piece for piece in left if piece[0] <= piece[1]), *_rest(start, days[1]))


def _rest(first: date, last: date) -> tuple[Days, ...]:
    return ((first, last),) if first <= last else ()


def disjoint(spans: Iterable[UnitSpan]) -> tuple[UnitSpan, ...]:
    """Spans of which no two of a code share a month: of two units the later one has the code."""
    by_code: dict[str, list[UnitSpan]] = {}
    for span in spans:
        by_code.setdefault(span.code.strip().upper(), []).append(span)
    found = []
    for code, all_of in by_code.items():
        following = None
        for span in sorted(all_of, key=lambda each: (each.first, each.unit), reverse=True):
            last = span.last if following is None else min(span.last, following - 1)
            if span.first <= last:
                found.append(UnitSpan(code, span.unit, span.first, last))
                following = span.first
    return tuple(found)
