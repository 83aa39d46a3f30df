"""Spells to person-months a second time: day by day, slowly, as the rules are written.

Knows nothing of the SQL: files are lists of rows, and every question is asked of one day.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from samkoll.core.months import Month
from samkoll.core.working_days import is_working_day
from samkoll.stats.spells.basis import BEGINNING

ONE = timedelta(days=1)
FOREVER = date(9999, 12, 31)


@dataclass(frozen=True)
class File:
    kind: str
    rows: list[dict[str, Any]]
    first: date
    last: date
    sequence: int


class Oracle:
    def __init__(self, files, units, convention, months):
        self.files, self.units, self.convention, self.months = files, units, convention, months
        self.rows, self.of = defaultdict(list), defaultdict(list)
        for file in files:
            for row in file.rows:
                self.rows[file.kind].append((file, row))
                self.of[file.kind, row["person"]].append((file, row))
        self._stints, self._sickness = {}, {}

    # -- files ---------------------------------------------------------------------------------

    def speaks(self, file, day):
        """No later file covers the day, and it is not after the file's own period."""
        later = (f for f in self.files if f.kind == file.kind and f.sequence > file.sequence)
        return day <= file.last and not any(f.first <= day <= f.last for f in later)

    # -- employments ---------------------------------------------------------------------------

    @cached_property
    def departures(self):
        found = defaultdict(list)
        for file, row in self.rows["departure"]:
            if self.speaks(file, row["last"]):
                found[row["employment"]].append((file.sequence, row))
        return {
            employment: {
                row["last"]: row["cause"]
                for n, row in sorted(rows, key=lambda each: each[1]["row"])
                if n == max(number for number, _ in rows)
            }
            for employment, rows in found.items()
        }

    def stint(self, person, employment, day):
        """The row that is true of an employment on a day."""
        if (employment, day) not in self._stints:
            self._stints[employment, day] = self._stint(person, employment, day)
        return self._stints[employment, day]

    def _stint(self, person, employment, day):
        true = [
            ((file.sequence, row["valid_from"], row["row"]), row)
            for file, row in self.of["employment", person]
            if row["employment"] == employment
            and row["valid_from"] <= day <= (row["valid_to"] or FOREVER)
            and self.speaks(file, day)
        ]
        if not true:
            return None
        row = max(true, key=lambda each: each[0])[1]
        ends = [d for d in self.departures.get(employment, ()) if d >= row["valid_from"]]
        return None if ends and day > min(ends) else row

    @cached_property
    def employments(self):
        """Employments of each person, with the last day of those that have ended."""
        until = max(f.last for f in self.files if f.kind == "employment")
        found: dict[int, dict[int, date | None]] = defaultdict(dict)
        for person, employment in {
            (row["person"], row["employment"]) for _, row in self.rows["employment"]
        }:
            days = [d for d in self.span("employment") if self.stint(person, employment, d)]
            if days:
                found[person][employment] = days[-1] if days[-1] < until else None
        return found

    def span(self, kind):
        """Every day that can matter, for a kind."""
        return self._spans[kind]

    @cached_property
    def _spans(self):
        return {kind: self._span(kind) for kind in ("absence", "employment")}

    def _span(self, kind):
        starts = {"employment": "valid_from", "absence": "first"}[kind]
        first = min((row[starts] for _, row in self.rows[kind]), default=date(2024, 1, 1))
        first = max(first, date(2023, 6, 1)) if kind == "employment" else first
        last = max(f.last for f in self.files if f.kind == kind)
        return [first + timedelta(days=n) for n in range((last - first).days + 1)]

    def unit(self, code, month):
        held = [
            u for u in self.units if u.code == code.strip().upper() and u.first <= month <= u.last
        ]
        return max(held, key=lambda u: (u.first, u.unit)).unit if held else None

    # -- absence -------------------------------------------------------------------------------

    def winner(self, person, employment, cause, day):
        names = (employment, 0) if employment in self.employments[person] else (employment,)
        posts = [
            (file, row)
            for file, row in self.of["absence", person]
            if row["cause"] == cause
            and row["employment"] in names
            and row["first"] <= day <= (row["last"] or FOREVER)
            and self.speaks(file, day)
        ]
        key = lambda each: (each[0].sequence, each[1]["row"])  # noqa: E731
        back = max((key(each) for each in posts if each[1]["reversal"]), default=(-1, -1))
        left = [each for each in posts if not each[1]["reversal"] and key(each) > back]
        newest = max((file.sequence for file, _ in left), default=0)
        left = [each for each in left if each[0].sequence == newest]
        inner = [a for a in left if not any(encloses(a[1], b[1]) for b in left)]
        return max(inner, key=key, default=None)

    def sickness(self, person, employment, day):
        """The post that makes an employee sick on a day, and how much."""
        if (employment, day) not in self._sickness:
            self._sickness[employment, day] = self._sick(person, employment, day)
        return self._sickness[employment, day]

    def _sick(self, person, employment, day):
        ended = self.employments[person].get(employment)
        if ended and day > ended:
            return None
        own = self.winner(person, employment, 1, day)
        if own is None:
            return None
        other, extent = self.winner(person, employment, 2, day), own[1]["extent"]
        if other and beats(other, own):
            extent = min(extent, 1000 - other[1]["extent"])
        return (own[1], extent) if extent > 0 else None

    def spells(self, person):
        """Day number and length of spell for each sick day of a person, and when spells began."""
        held = self.known(person)
        sick = {
            day: [found for e in held if (found := self.sickness(person, e, day))]
            for day in self.span("absence")
        }
        days = sorted(day for day, found in sick.items() if found)
        for before, after in itertools.pairwise(days):
            between = [before + ONE * n for n in range(1, (after - before).days)]
            if between and not any(map(is_working_day, between)):
                sick |= {key: [None] for key in between}
        days = sorted(day for day, found in sick.items() if found)
        numbers: dict[date, tuple[int, int]] = {}
        begun = []
        for spell in split(days, 5):
            island = split(spell, 1)[0]
            told = [ahead(post[0], island[0]) for day in island for post in sick[day] if post]
            extra = max([0, *(n for n in told if n is not None)])
            if not extra:
                begun.append(spell[0])
            length = extra + len(spell)
            numbers |= {day: (extra + n, length) for n, day in enumerate(spell, start=1)}
        return numbers, begun

    def known(self, person):
        """Employments that absence or employment rows name."""
        named = {row["employment"] for _, row in self.of["absence", person]}
        return (named - {0}) | set(self.employments[person])

    # -- person-months -------------------------------------------------------------------------

    def facts(self):
        return [row for person in sorted(self.employments) for row in self.of_person(person)]

    def of_person(self, person):
        numbers, begun = self.spells(person)
        rows = []
        for month in self.months:
            found = [
                row
                for employment in self.employments[person]
                for row in self.of_employment(person, employment, month, numbers)
            ]
            if not found:
                continue
            found.sort(key=lambda r: (not r["main"], -r["_ordinary"], r["employment"], r["unit"]))
            for n, row in enumerate(found):
                main = row["main"] = n == 0
                in_month = [d for d in numbers if Month.containing(d).index == month]
                row["sick_days"] = len(in_month) if main else 0
                starts = [d for d in begun if Month.containing(d).index == month]
                row["occasions"] = len(starts) if main else 0
                del row["_ordinary"]
            rows += found
        return rows

    def of_employment(self, person, employment, month, numbers):
        start = Month(month)
        days = [start.first_day + ONE * n for n in range(start.last_day.day)]
        stints = {day: row for day in days if (row := self.stint(person, employment, day))}
        where = {d: u for d, r in stints.items() if (u := self.unit(r["unit"], month))}
        if not where:
            return []
        weight: Counter[int] = Counter()
        scheduled: Counter[int] = Counter()
        cells = {}
        for day, unit in sorted(where.items()):
            cells[unit] = stints[day]
            weight[unit] += is_working_day(day) * (rate(stints[day]) or 1)
            scheduled[unit] += is_working_day(day) * rate(stints[day])
        latest = stints[max(where)]
        real = set(cells)
        worked = self.worked(person, employment, month, weight)
        for unit in worked:
            cells.setdefault(unit, latest)
        told = any(each["ordinary"] is not None for each in worked.values())
        leaving = [
            d
            for d in self.departures.get(employment, ())
            if start.index == Month.containing(d).index
        ]
        last_unit = where[max(where)]
        rows = []
        for unit, row in cells.items():
            time = worked.get(unit, {"ordinary": None, "additional": 0, "overtime": 0})
            ordinary = (time["ordinary"] or 0) if told else half_up(scheduled[unit], 5000)
            own = self.hours(
                person, employment, numbers, [d for d in where if where[d] == unit], stints
            )
            sick = {k: self.rounded(v, ordinary, weight[unit]) for k, v in own.items()}
            whole = min(sick["whole"], max(ordinary, 0))
            short = min(sick["short"], whole)
            leaves = leaving and unit == last_unit and unit in real
            rows.append({
                "person": person, "employment": employment, "unit": unit, "month": month,
                "sex": row["sex"], "birth_year": row["birth_year"], "form": row["form"],
                "main": row["main"], "staff_group": row["staff_group"],
                "extent": row["extent"] * 10, "ordinary": max(ordinary, 0),
                "sick_short": short, "sick_long": whole - short,
                "additional": max(time["additional"], 0), "overtime": max(time["overtime"], 0),
                "departure": self.departures[employment][max(leaving)] if leaves else 0,
                "sick_60": min(sick["sixty"], whole), "manager": row["manager"] or 0,
                "_ordinary": ordinary,
            })  # fmt: skip
        return rows

    def worked(self, person, employment, month, weight):
        """Reported hours by unit; those without unit are shared by scheduled time."""
        found: dict[int, dict[str, Any]] = {}
        plain: dict[str, Any] = {"ordinary": None, "additional": 0, "overtime": 0}
        shared = dict(plain)
        for file, row in self.of["time", person]:
            if (row["employment"], row["month"]) != (employment, month):
                continue
            if not self.speaks(file, Month(month).first_day):
                continue
            unit = self.unit(row["unit"], month)
            target = found.setdefault(unit, dict(plain)) if row["unit"] and unit else shared
            if row["unit"] and not unit:
                continue
            for name in plain:
                if row[name] is not None:
                    target[name] = (target[name] or 0) + row[name]
        for name, total in shared.items():
            passed, whole = 0, sum(max(w, 1) for w in weight.values())
            for unit in sorted(weight):
                before, passed = passed, passed + max(weight[unit], 1)
                if total:
                    part = int(total * passed / whole) - int(total * before / whole)
                    target = found.setdefault(unit, dict(plain))
                    target[name] = (target[name] or 0) + part
                elif total == 0 and name == "ordinary":
                    target = found.setdefault(unit, dict(plain))
                    target[name] = target[name] or 0
        return found

    def hours(self, person, employment, numbers, days, stints):
        """Weights by schedule and posts' own hours, of all sickness, of short, and of 60 days."""
        sums = {name: [0, 0] for name in ("whole", "short", "sixty")}
        for day in days:
            found = self.sickness(person, employment, day)
            if found is None:
                continue
            post, extent = found
            number, length = numbers[day]
            short = number <= 14 if self.convention == "day_split" else length <= 14
            own = post["hours"] is not None and post["last"] and post["employment"]
            each = (
                share(post, day) if own else is_working_day(day) * (rate(stints[day]) or 1) * extent
            )
            for name, counts in (("whole", True), ("short", short), ("sixty", length >= 60)):
                sums[name][bool(own)] += each * counts
        return sums

    def rounded(self, sums, ordinary, weight):
        return half_up(max(ordinary, 0) * sums[0], max(weight, 1) * 1000) + sums[1]


def rate(row):
    return (row["full_time_week"] or 4000) * row["extent"]


def half_up(above, below):
    return (2 * above + below) // (2 * below)


def share(post, day):
    """The day's part of a post's own hours."""
    days = [post["first"] + ONE * n for n in range((post["last"] - post["first"]).days + 1)]
    counted = [d for d in days if is_working_day(d)] or days
    upto = sum(d <= day for d in counted)
    before = sum(d < day for d in counted)
    whole = len(counted)
    return half_up(post["hours"] * upto, whole) - half_up(post["hours"] * before, whole)


def ahead(post, first):
    """Days of the spell before the first known one, by what a post says."""
    number = post["day_number"]
    if number is None and post["started"]:
        number = (post["first"] - post["started"]).days + 1
    return None if number is None else number - 1 - (max(post["first"], BEGINNING) - first).days


def ends(post):
    return post["last"] or FOREVER


def encloses(outer, inner):
    inside = outer["first"] <= inner["first"] and ends(outer) >= ends(inner)
    return inside and (outer["first"], ends(outer)) != (inner["first"], ends(inner))


def beats(one, two):
    """Which of two posts goes first on a day they share."""
    if one[0].sequence != two[0].sequence:
        return one[0].sequence > two[0].sequence
    if encloses(two[1], one[1]) or encloses(one[1], two[1]):
        return encloses(two[1], one[1])
    return one[1]["row"] > two[1]["row"]


def split(days, apart):
    """Runs of days of which no two neighbours are further apart."""
    runs: list[list[date]] = []
    for day in days:
        if runs and (day - runs[-1][-1]).days <= apart:
            runs[-1].append(day)
        else:
            runs.append([day])
    return runs
