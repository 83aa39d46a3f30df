"""Counts of persons: against an oracle that follows each person, and what they never do."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samkoll.stats.engine.cells import leaf_cells
from samkoll.stats.engine.cube import SEXES, Cube
from samkoll.stats.engine.disclosure import protect
from samkoll.stats.engine.distinct import MEASURES, Limits
from samkoll.stats.engine.facts import FactSet
from samkoll.stats.engine.hierarchy import Scope, UnitNode
from samkoll.stats.engine.people import People
from samkoll.stats.engine.person_cells import person_cells
from samkoll.stats.tests import persons, world
from samkoll.stats.tests.attacker import Knowledge
from samkoll.stats.tests.oracle import belongs, size
from samkoll.stats.tests.persons import LIMITS, Lives
from samkoll.stats.tests.world import FIRST, World

SEEDS = st.integers(0, 10**6)


def people_of(town, limits=LIMITS, rows_at_once=10**6):
    with TemporaryDirectory() as folder:
        facts = world.write(town, Path(folder))
        found = person_cells(facts, limits, rows_at_once=rows_at_once)
    return People(found, town.hierarchy, frozenset(town.months))


@settings(max_examples=12, deadline=None)
@given(SEEDS)
def test_every_count_is_that_of_following_each_person(seed):
    town = persons.make(seed)
    people, lives, last = people_of(town), Lives(town), town.months[-1]
    scopes = town.hierarchy.published_scopes(town.months)
    for number, (name, month) in enumerate((n, m) for n in MEASURES for m in (last, last - 3)):
        scope, sex = scopes[number % len(scopes)], SEXES[number % 3]
        for place in (Scope(unit=1), scope):
            found = people.total(name, place, sex, month, month)
            assert found == persons.total(lives, name, place, sex, month), (name, place, sex)


@settings(max_examples=12, deadline=None)
@given(SEEDS)
def test_moves_are_those_of_following_each_person(seed):
    town = persons.make(seed)
    people, lives = people_of(town), Lives(town)
    months = range(FIRST + 6, FIRST + 18)
    for scope in town.hierarchy.published_scopes(town.months):
        for sex in SEXES:
            found = people.moved(scope, sex, months[0], months[-1])
            assert found == persons.moved(lives, scope, sex, months)


@settings(max_examples=3, deadline=None)
@given(SEEDS)
def test_working_through_the_persons_in_parts_changes_nothing(seed):
    town = persons.make(seed)
    whole, parts = people_of(town), people_of(town, rows_at_once=40)
    for scope in town.hierarchy.published_scopes(town.months):
        for name in MEASURES:
            window = (scope, "total", FIRST, FIRST + 17)
            assert whole.total(name, *window) == parts.total(name, *window)
        assert whole.moved(*window) == parts.moved(*window)


@settings(max_examples=4, deadline=None)
@given(SEEDS)
def test_counts_of_persons_add_up_over_units_and_sexes(seed):
    people = people_of(persons.make(seed))
    nodes = people.cube.hierarchy.units
    for name in MEASURES:
        for month in (FIRST + 12, FIRST + 17):
            by_sex = [people.total(name, Scope(unit=1), sex, month, month) for sex in SEXES]
            assert by_sex[0] == by_sex[1] + by_sex[2]
            own = sum(
                people.total(name, Scope(unit=node.id), "total", month, month)
                for node in nodes
                if node.parent == 1
            )
            assert own <= by_sex[0]


def test_nobody_moves_within_the_whole_municipality():
    people = people_of(persons.make(7))
    assert people.moved(Scope(unit=1), "total", FIRST, FIRST + 17) == 0


def small(rows):
    units = [UnitNode(1, None, "municipality"), UnitNode(2, 1, "unit"), UnitNode(3, 1, "unit")]
    return World(units, {}, [], rows, list(range(FIRST, FIRST + 12)))


def person(number, *, first=0, last=11, **given):
    return [
        world.row(person=number, employment=number, unit=2, month=FIRST + m, **given)
        for m in range(first, last + 1)
    ]


def test_a_unit_that_closes_moves_nobody():
    rows = [*person(1, last=5), *person(2, last=5)]
    rows += [row | {"unit": 3} for n in (1, 2) for row in person(n, first=6)]
    assert people_of(small(rows)).moved(Scope(unit=2), "total", FIRST, FIRST + 11) == 0


def test_a_unit_that_lives_on_is_left():
    rows = [*person(1, last=5), *(r | {"unit": 3} for r in person(1, first=6)), *person(2)]
    rows += [row | {"unit": 3} for row in person(3)]
    people = people_of(small(rows))
    assert people.moved(Scope(unit=2), "total", FIRST, FIRST + 11) == 1
    assert people.moved(Scope(unit=3), "total", FIRST, FIRST + 11) == 0


def test_exactly_the_limit_is_not_beyond_it():
    at, over = person(1, overtime=5_000, first=8), person(2, overtime=5_001, first=8)
    people = people_of(
        small(at + over), Limits(overtime_year=((0, 20_000),), overtime_month=((0, 5_000),))
    )
    month = FIRST + 11
    for name in ("over_overtime_month", "over_overtime_year"):
        assert people.total(name, Scope(unit=1), "total", month, month) == 1


def test_without_a_limit_nobody_is_beyond_it():
    people = people_of(small(person(1, overtime=90_000)), Limits())
    month = FIRST + 11
    assert people.total("over_overtime_year", Scope(unit=1), "total", month, month) == 0


def test_nobody_leads_themselves():
    people = people_of(small([*person(1, manager=1), *person(2, manager=1), *person(3, manager=9)]))
    place = (Scope(unit=1), "total", FIRST, FIRST)
    assert [people.total(n, *place) for n in ("managers", "led")] == [1, 1]


def test_without_facts_there_is_nobody():
    found = person_cells(FactSet(()), LIMITS)
    assert len(found.cells.month) == len(found.moves.month) == 0


@pytest.mark.parametrize(("group", "state"), [(10, "protected"), (11, "shown")])
def test_a_group_of_ten_counted_persons_is_protected(group, state):
    rows = [row for n in range(group) for row in person(n + 1)]
    rows += [row for n in range(30) for row in person(100 + n, first=6)]
    rows += [row | {"unit": 3} for n in range(30) for row in person(200 + n)]
    people = people_of(small(rows))
    steady = people.protection("steady")
    assert steady.state(Scope(unit=2), "total", FIRST + 11) == state


def small_cells(people, lives, town, population, month):
    """Knowledge of everything shown in one month, and the hidden small groups: unknowns are the
    persons of each unit and sex."""
    knowledge, secret = Knowledge(), []
    for scope in town.hierarchy.published_scopes(town.months):
        for sex in SEXES if town.hierarchy.by_sex(scope) else ("total",):
            row = members(town, scope, sex, month)
            state = people.protection(population).state(scope, sex, month)
            if state == "shown":
                knowledge.learn(row)
            elif 1 <= persons.total(lives, population, scope, sex, month) <= 10:
                secret.append((scope, sex, row))
    return knowledge, secret


def members(town, scope, sex, month):
    """One unknown for each unit and sex of the scope in the month."""
    sexes = {"total": (1, 2), "women": (1,), "men": (2,)}[sex]
    found = {}
    for node in town.units:
        for each in sexes:
            row = {"unit": node.id, "month": month, "sex": each}
            if belongs(town, row, scope, "total"):
                found[node.id * 2 + each] = 1
    return found


@pytest.mark.parametrize("population", ["steady", "managers"])
@settings(max_examples=6, deadline=None)
@given(SEEDS)
def test_no_small_group_of_counted_persons_follows_from_the_others(population, seed):
    town = persons.make(seed, months=24, people=60)
    people, lives = people_of(town), Lives(town)
    for month in town.months[12::5]:
        knowledge, secret = small_cells(people, lives, town, population, month)
        assert [where for *where, row in secret if row and knowledge.knows(row)] == []


@settings(max_examples=6, deadline=None)
@given(SEEDS)
def test_moves_out_of_a_small_group_do_not_follow_from_the_others(seed):
    """One unknown for each pair of units and sex; everything is published that the group of
    permanent employees allows in the month that is left."""
    town = world.make(seed, units=9, months=13, largest=20)
    with TemporaryDirectory() as folder:
        facts = world.write(town, Path(folder))
        cube = Cube(leaf_cells(facts), town.hierarchy, facts.months)
    protection, month = protect(cube, "permanent"), town.months[11]
    knowledge, secret = Knowledge(), []
    for scope in town.hierarchy.published_scopes(town.months):
        for sex in SEXES if town.hierarchy.by_sex(scope) else ("total",):
            row = out_of(town, members(town, scope, sex, month))
            if protection.state(scope, sex, month) == "shown":
                knowledge.learn(row)
            elif 1 <= size(town, "permanent", scope, sex, range(month, month + 1)) <= 10:
                secret.append((scope, sex, row))
    whole = [protection.state(Scope(unit=1), sex, month) for sex in SEXES]
    if "protected" not in whole:
        assert [where for *where, row in secret if row and knowledge.knows(row)] == []


def out_of(town, inside):
    """The unknown moves (from, to, sex) that leave a set of (unit, sex)."""
    return {
        (node.id * 2 + sex) * 10_000 + other.id: 1
        for node in town.units
        for other in town.units
        for sex in (1, 2)
        if node.id * 2 + sex in inside and other.id * 2 + sex not in inside
    }
