"""Small random worlds of persons who move, fall ill and lead; and the slow, obviously right way to
count them: one person at a time, month by month, in plain Python."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator

from samkoll.stats.engine.distinct import Limits
from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.tests import world
from samkoll.stats.tests.oracle import belongs
from samkoll.stats.tests.world import FIRST, Row, World

LIMITS = Limits(
    overtime_year=((0, 20_000), (FIRST + 12, 15_000)),
    overtime_month=((0, 5_000),),
    additional_year=((0, 20_000),),
)


def make(seed: int, *, months: int = 18, people: int = 30) -> World:
    """An organisation of ``world.make`` with other people in it."""
    rng = random.Random(seed)
    frame = world.make(seed, units=8, months=months)
    units = [node.id for node in frame.units]
    rows = [row for n in range(1, people + 1) for row in _life(rng, n, people, units, months)]
    return World(frame.units, frame.boards, frame.spans, rows, frame.months)


def _life(rng: random.Random, person: int, people: int, units: list[int], months: int):
    unit, form, sex = rng.choice(units), rng.choice([1, 1, 1, 2]), rng.choice([1, 1, 2])
    well, manager = rng.random() < 0.4, rng.randint(0, people // 3)
    for month in range(rng.choice([0, 0, 0, 4]), months - rng.choice([0, 0, 0, 3])):
        if rng.random() < 0.05:
            continue
        if rng.random() < 0.08:
            unit = rng.choice(units)
        if rng.random() < 0.05:
            form = rng.choice([1, 2])
        sick = 0 if well else rng.choice([0, 0, 800])
        made = world.row(
            person=person, employment=person * 10, unit=unit, month=FIRST + month, sex=sex,
            form=form, ordinary=rng.choice([0] + [16000] * 9), sick_short=sick,
            occasions=rng.choice([0, 1, 2]) if sick else 0, manager=manager,
            additional=rng.choice([0, 0, 4000]), overtime=rng.choice([0, 0, 1500, 6000]),
        )  # fmt: skip
        yield made
        if rng.random() < 0.1:
            yield made | {
                "employment": person * 10 + 1, "unit": rng.choice(units), "main": False,
                "overtime": 900, "sick_short": rng.choice([0, 100]),
            }  # fmt: skip


class Lives:
    """Each person's main rows by month, and sums over all employments by month."""

    def __init__(self, town: World) -> None:
        self.town = town
        self.main: dict[int, dict[int, Row]] = defaultdict(dict)
        self.rows: dict[tuple[int, int], list[Row]] = defaultdict(list)
        for row in town.rows:
            person, month = int(row["person"]), int(row["month"])
            self.rows[person, month].append(row)
            if row["main"]:
                self.main[person][month] = row

    def hours(self, person: int, month: int, *columns: str) -> int:
        """Hours of all employments of a month."""
        return sum(int(row[c]) for row in self.rows[person, month] for c in columns)

    def occasions(self, person: int, months: range) -> int:
        """Spells that began; one that is told by two employments is one."""
        each = ([int(row["occasions"]) for row in self.rows[person, m]] for m in months)
        return sum(max(found, default=0) for found in each)

    def there(self, person: int, month: int) -> bool:
        """Had the person ordinary working time in the main employment?"""
        row = self.main[person].get(month)
        return row is not None and int(row["ordinary"]) > 0

    def permanent(self, person: int, month: int) -> bool:
        """Was the person permanently employed, in the main employment?"""
        row = self.main[person].get(month)
        return row is not None and row["form"] == 1

    def inside(self, scope: Scope, sex: str, month: int) -> Iterator[int]:
        """Persons whose main employment lies in the scope in the month."""
        for person, rows in self.main.items():
            if month in rows and belongs(self.town, rows[month], scope, sex):
                yield person


def total(lives: Lives, name: str, scope: Scope, sex: str, month: int) -> int:
    """A count of persons for the window that ends with the month."""
    return sum(_counts(lives, name, p, month) for p in lives.inside(scope, sex, month))


def _counts(lives: Lives, name: str, person: int, month: int) -> int:
    twelve = range(month - 11, month + 1)
    year = range(month - month % 12, month + 1)
    there = lives.there(person, month)
    steady = all(lives.there(person, m) for m in twelve)
    sick = sum(lives.hours(person, m, "sick_short", "sick_long") for m in twelve)
    limit = {n: _limit(n, month) for n in ("overtime_year", "additional_year")}
    return {
        "counted": lambda: there,
        "steady": lambda: steady,
        "well": lambda: steady and sick == 0,
        "frequent": lambda: there and lives.occasions(person, twelve) >= 6,
        "over_overtime_year": lambda: (
            there and sum(lives.hours(person, m, "overtime") for m in year) > limit["overtime_year"]
        ),
        "over_additional_year": lambda: (
            there
            and sum(lives.hours(person, m, "additional") for m in year) > limit["additional_year"]
        ),
        "over_overtime_month": lambda: (
            there and any(lives.hours(person, m, "overtime") > 5_000 for m in twelve)
        ),
        "hired": lambda: lives.permanent(person, month) and not lives.permanent(person, month - 1),
        "managers": lambda: led(lives, person, month) > 0,
        "led": lambda: led(lives, person, month),
        "managers_in_span": lambda: 10 <= led(lives, person, month) <= 30,
    }[name]()


def led(lives: Lives, manager: int, month: int) -> int:
    """How many others name this person as their nearest manager."""
    return sum(
        lives.there(person, month) and rows[month]["manager"] == manager != person
        for person, rows in lives.main.items()
        if month in rows
    )


def moved(lives: Lives, scope: Scope, sex: str, months: range) -> int:
    """Moves of permanent employees out of the scope, between units that live on."""
    alive = {
        (int(r["unit"]), int(r["month"])) for r in lives.town.rows if r["main"] and r["form"] == 1
    }
    found = 0
    for month in months:
        for person, rows in lives.main.items():
            if not (lives.permanent(person, month) and lives.permanent(person, month - 1)):
                continue
            old, new = rows[month - 1], rows[month]
            open_both = (old["unit"], month) in alive and (new["unit"], month - 1) in alive
            goes_to = new | {"month": month - 1}
            left = belongs(lives.town, old, scope, sex)
            left = left and not belongs(lives.town, goes_to, scope, sex)
            found += old["unit"] != new["unit"] and open_both and left
    return found


def _limit(name: str, month: int) -> int:
    steps: tuple[tuple[int, int], ...] = getattr(LIMITS, name)
    return [hours for first, hours in steps if first <= month][-1]
