"""The statements against the slow oracle, on random files of a small HR system."""

from __future__ import annotations

import random
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from samkoll.stats.engine.facts import COLUMNS, CONVENTIONS
from samkoll.stats.spells import Basis, UnitSpan, disjoint
from samkoll.stats.spells.tests import oracle, world

START, END = date(2023, 11, 20), date(2024, 4, 30)
UNITS = (
    UnitSpan("A", 1, 0, 24289),
    UnitSpan("A", 3, 24290, 99_999),
    UnitSpan("B", 2, 0, 99_999),
)


def made(seed, persons):
    """One or two files of each kind; the second is delivered again, or goes on. ``seed`` makes
    them: hypothesis looks for a bad seed, and for the fewest persons that show it."""
    rng = random.Random(seed)
    found: list[tuple[str, list[dict[str, Any]], date, date, int]] = []
    for kind, row in ROWS.items():
        second = rng.choice([None, date(2024, 1, 1), date(2024, 2, 10)])
        for first in [date(2023, 12, 1), *([second] if second else [])]:
            rows = [
                row(rng, person) for person in range(1, persons + 1) for _ in range(AS_MANY[kind])
            ]
            rows = rng.sample(rows, round(len(rows) * 0.7))
            found.append((kind, world.full(kind, rows), first, END, len(found) + 1))
    return found


def a_day(rng):
    return START + timedelta(days=rng.randint(0, (END - START).days))


def employment_of(rng, person):
    """Two thirds of the persons have one employment; its number is ten times the person's."""
    return person * 10 + (person % 3 == 0 and rng.random() < 0.5)


def a_post(rng, person):
    first = a_day(rng)
    length = rng.choice([rng.randint(0, 6), rng.randint(0, 6), rng.randint(0, 90)])
    numbered = rng.random()
    return {
        "person": person,
        "employment": rng.choice([employment_of(rng, person)] * 5 + [0]),
        "first": first,
        "last": None if rng.random() < 0.08 else first + timedelta(days=length),
        "extent": rng.choice([1000, 1000, 500, 250, 333]),
        "hours": rng.choice([None, None, None, 1600, 2401]),
        "cause": rng.choice([1, 1, 1, 1, 2]),
        "started": first - timedelta(days=rng.randint(0, 40)) if numbered < 0.1 else None,
        "day_number": rng.randint(1, 70) if numbered > 0.9 else None,
        "reversal": rng.random() < 0.08,
    }


def a_stint(rng, person):
    first = rng.choice([date(2020, 1, 1), a_day(rng)])
    return {
        "person": person,
        "employment": employment_of(rng, person),
        "unit": rng.choice(["A", "a", "B", "X"]),
        "valid_from": first,
        "valid_to": rng.choice([None, max(first, a_day(rng))]),
        "extent": rng.choice([1000, 750, 0]),
        "form": rng.choice([1, 2, 3]),
        "main": rng.random() < 0.5,
        "full_time_week": rng.choice([None, 3825]),
        "manager": rng.choice([None, 77]),
    }


def a_time(rng, person):
    return {
        "person": person,
        "employment": employment_of(rng, person),
        "unit": rng.choice(["", "", "A", "B", "X"]),
        "month": rng.randint(24287, 24291),
        "ordinary": rng.choice([None, 16000, 8001, -500]),
        "additional": rng.choice([0, 101, -30]),
        "overtime": rng.choice([0, 250]),
    }


def a_departure(rng, person):
    employment = employment_of(rng, person)
    return {
        "person": person, "employment": employment, "last": a_day(rng), "cause": rng.randint(1, 7),
    }  # fmt: skip


ROWS = {"absence": a_post, "employment": a_stint, "time": a_time, "departure": a_departure}
AS_MANY = {"absence": 5, "employment": 3, "time": 3, "departure": 1}


def both(files, convention):
    """Rows of the statements, and of the oracle."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = tuple(world.source(folder, *file) for file in files)
        basis = Basis(sources, disjoint(UNITS), convention)
        found, _report = world.facts(basis, folder)
    slow = oracle.Oracle([oracle.File(*file) for file in files], UNITS, convention, basis.months)
    rows = [{name: row[name] for name, _ in COLUMNS} for row in slow.facts()]
    return found, sorted(rows, key=lambda row: [row[name] for name in ORDER])


ORDER = ("month", "unit", "sex", "person", "employment")


@pytest.mark.parametrize(("seed", "convention"), [(5, "day_split"), (11, "whole_spell")])
def test_every_row_of_many_persons_is_that_of_the_oracle(seed, convention):
    found, expected = both(made(seed, 120), convention)
    assert {row["month"] for row in expected} == set(range(24287, 24292))
    for name in ("sick_short", "sick_long", "sick_60", "occasions", "departure", "overtime"):
        assert any(row[name] for row in expected)
    assert found == expected


@settings(max_examples=4, deadline=None, phases=[Phase.generate], derandomize=True)
@given(st.integers(0, 10**9), st.integers(1, 20), st.sampled_from(CONVENTIONS))
def test_every_row_of_few_persons_is_that_of_the_oracle(seed, persons, convention):
    found, expected = both(made(seed, persons), convention)
    assert found == expected
