"""An attacker who also knows everything that is published of groups, month by month.

Windows of every length up to twelve months are published, so each month that a year's windows
cover is known by itself (R12 2024-02 less R12 2024-01 and the months of 2024 give 2023-02). One
unknown for each unit, sex and value of the dimension; the attacker knows where nobody is. Shares
no code with disclosure control.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from samkoll.stats.engine.cube import SEXES
from samkoll.stats.tests import oracle
from samkoll.stats.tests.attacker import Knowledge


def value_of(dimension, row):
    """The value of one row, worked out in Python."""
    if dimension == "staff_group":
        return row["staff_group"]
    if dimension == "form":
        return str(row["form"])
    age = row["month"] // 12 - row["birth_year"]
    return "-29" if age <= 29 else "30-49" if age <= 49 else "50-"


class GroupAttack:
    """Everything published of one dimension and population of a small random world."""

    def __init__(self, town, population, dimension, protection, shares):
        self.town, self.population, self.dimension = town, population, dimension
        self.protection, self.shares = protection, shares
        self.persons: dict[int, dict[Any, int]] = defaultdict(lambda: defaultdict(int))
        for row in town.rows:
            some = population == "persons" and any(
                row[name] for name in ("ordinary", "additional", "overtime")
            )
            count = oracle.measure(population, row)
            if count or some:
                key = row["unit"], row["sex"], value_of(dimension, row)
                self.persons[row["month"]][key] += count
        self.number: dict[Any, int] = {}
        self.values = sorted({key[2] for there in self.persons.values() for key in there})

    def years(self, month):
        """The calendar years with windows over the month."""
        last = self.town.months[-1] // 12
        return [year for year in (month // 12, month // 12 + 1)
                if year <= last and month >= 12 * year - 11]  # fmt: skip

    def members(self, month, scope, sex, value=None):
        """The unknowns of a scope, sex and value."""
        return {
            key: 1
            for key in self.persons[month]
            if oracle.belongs(
                self.town, {"unit": key[0], "sex": key[1], "month": month}, scope, sex
            )
            and value in (None, key[2])
        }

    def numbered(self, members):
        """Members as a sparse row."""
        return {self.number.setdefault(key, len(self.number)): 1 for key in members}

    def size(self, month, members):
        """Persons to protect: those counted, or one where there are only hours."""
        return max(sum(self.persons[month][key] for key in members), int(bool(members)))

    def leaks(self, months):
        """Groups of one to ten persons that follow in one of the months."""
        found = []
        for month in months:
            knowledge, secrets = self._published(month)
            for name, row in secrets:
                if 1 <= self.size(month, row) <= 10 and knowledge.knows(self.numbered(row)):
                    found.append((month, name, self.size(month, row)))
        return found

    def _published(self, month):
        hierarchy, knowledge = self.town.hierarchy, Knowledge()
        secrets: list[Any] = []
        lasts = [12 * year for year in self.years(month)]
        for scope in hierarchy.published_scopes(self.town.months):
            by_sex = hierarchy.by_sex(scope)
            for sex in SEXES if by_sex else ("total",):
                states = [self.protection.state(scope, sex, last) for last in lasts]
                self._sort(month, (scope, sex), self.members(month, scope, sex), states,
                           knowledge, secrets)  # fmt: skip
                for value in self.values if by_sex else ():
                    states = [self.shares.state(scope, sex, value, last) for last in lasts]
                    row = self.members(month, scope, sex, value)
                    self._sort(month, (scope, sex, value), row, states, knowledge, secrets)
        for unit in {key[0] for key in self.persons[month]}:
            for value in self.values:
                keys = [k for k in self.persons[month] if k[0] == unit and k[2] == value]
                secrets.append((("placed on", unit, value), dict.fromkeys(keys, 1)))
        return knowledge, secrets

    def _sort(self, month, name, row, states, knowledge, secrets):
        if "shown" in states:
            assert self.size(month, row) == 0 or self.size(month, row) > 10, (month, name)
            knowledge.learn(self.numbered(row))
        elif "empty" in states:
            assert not row, (month, name)
        else:
            secrets.append((name, row))
