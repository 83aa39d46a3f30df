"""The statements against the slow oracle, on random files of a small HR system."""

from __future__ import annotations

import tempfile
from datetime import date, timedelta
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samkoll.core.months import Month
from samkoll.stats.engine.facts import COLUMNS
from samkoll.stats.spells import Basis, UnitSpan
from samkoll.stats.spells.tests import oracle, world

START, END = date(2023, 11, 20), date(2024, 4, 30)
PERSONS = 6
UNITS = (
    UnitSpan("A", 1, 0, 24289),
    UnitSpan("A", 3, 24290, 99_999),
    UnitSpan("B", 2, 0, 99_999),
)
days = st.integers(0, (END - START).days).map(lambda n: START + timedelta(days=n))
lengths = st.one_of(st.integers(0, 6), st.integers(0, 90))
persons = st.integers(1, PERSONS)


def employments_of(person):
    """Two thirds of the persons have one employment; its number is ten times the person's."""
    return [person * 10] if person % 3 else [person * 10, person * 10 + 1]


@st.composite
def posts(draw):
    person, first = draw(persons), draw(days)
    last = first + timedelta(days=draw(lengths)) if draw(st.integers(0, 7)) else None
    numbered = draw(st.integers(0, 9))
    return {
        "person": person,
        "employment": draw(st.sampled_from([*employments_of(person), 0])),
        "first": first,
        "last": last,
        "extent": draw(st.sampled_from([1000, 1000, 500, 250, 333])),
        "hours": draw(st.sampled_from([None, None, None, 1600, 2401])),
        "cause": draw(st.sampled_from([1, 1, 1, 1, 2])),
        "started": first - timedelta(days=draw(lengths)) if numbered == 0 else None,
        "day_number": draw(st.integers(1, 70)) if numbered == 1 else None,
        "reversal": draw(st.integers(0, 9)) == 0,
    }


@st.composite
def held(draw):
    person = draw(persons)
    first = draw(st.one_of(st.just(date(2020, 1, 1)), days))
    last = None if draw(st.booleans()) else first + timedelta(days=draw(st.integers(0, 200)))
    return {
        "person": person,
        "employment": draw(st.sampled_from(employments_of(person))),
        "unit": draw(st.sampled_from(["A", "a", "B", "X"])),
        "valid_from": first,
        "valid_to": last,
        "extent": draw(st.sampled_from([1000, 750, 0])),
        "form": draw(st.sampled_from([1, 2, 3])),
        "main": draw(st.booleans()),
        "full_time_week": draw(st.sampled_from([None, 3825])),
        "manager": draw(st.sampled_from([None, 77])),
    }


@st.composite
def times(draw):
    person = draw(persons)
    return {
        "person": person,
        "employment": draw(st.sampled_from(employments_of(person))),
        "unit": draw(st.sampled_from(["", "", "A", "B", "X"])),
        "month": draw(st.sampled_from(range(24287, 24292))),
        "ordinary": draw(st.sampled_from([None, 16000, 8001, -500])),
        "additional": draw(st.sampled_from([0, 101, -30])),
        "overtime": draw(st.sampled_from([0, 250])),
    }


@st.composite
def departures(draw):
    person = draw(persons)
    cause = draw(st.integers(1, 7))
    employment = draw(st.sampled_from(employments_of(person)))
    return {"person": person, "employment": employment, "last": draw(days), "cause": cause}


@st.composite
def files(draw):
    """One or two files of each kind; the second is delivered again, or goes on."""
    rows = {
        "absence": st.lists(posts(), max_size=14),
        "employment": st.lists(held(), min_size=2, max_size=9),
        "time": st.lists(times(), max_size=6),
        "departure": st.lists(departures(), max_size=2),
    }
    made, sequence = [], 0
    for kind, strategy in rows.items():
        second = draw(st.sampled_from([None, date(2024, 1, 1), date(2024, 2, 10)]))
        periods = [(date(2023, 12, 1), END)] + ([(second, END)] if second else [])
        for first, last in periods:
            sequence += 1
            made.append((kind, world.full(kind, draw(strategy)), first, last, sequence))
    return made


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(files(), st.sampled_from(["day_split", "whole_spell"]))
def test_every_row_is_that_of_the_oracle(made, convention):
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources = tuple(world.source(folder, *file) for file in made)
        basis = Basis(sources, world.disjoint(UNITS), convention)
        found, _report = world.facts(basis, folder)
    slow = oracle.Oracle(
        [oracle.File(*file) for file in made], UNITS, convention, basis.months
    ).facts()
    key = ("month", "unit", "sex", "person", "employment")
    expected = sorted(
        ({name: row[name] for name, _ in COLUMNS} for row in slow),
        key=lambda row: [row[name] for name in key],
    )
    assert basis.months == tuple(range(Month.of(2023, 12).index, Month.of(2024, 4).index + 1))
    assert found == expected
