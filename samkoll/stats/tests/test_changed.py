"""Differences between two versions: nothing about one to ten changed persons follows from them."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from samkoll.stats.engine.changed import Differences, months_changed
from samkoll.stats.engine.disclosure import Protection
from samkoll.stats.engine.facts import FactSet
from samkoll.stats.tests import world
from samkoll.stats.tests.attacker import Attack


def corrected(town, seed, share):
    """The same months with other sick hours for some, and the rows of those who changed."""
    rng = random.Random(seed)
    wrong = {row["unit"]: rng.random() * share for row in town.rows}
    rows, changed = [], []
    for row in town.rows:
        told = row["main"] and row["ordinary"] > 100 and rng.random() < wrong[row["unit"]]
        new = row | {"sick_long": row["sick_long"] + 50} if told else row
        rows.append(new)
        changed += [new] if told else []
    return replace(town, rows=rows), replace(town, rows=changed)


def differences(before, after, hierarchy):
    with TemporaryDirectory() as old, TemporaryDirectory() as new:
        then, now = world.write(before, Path(old)), world.write(after, Path(new))
        if before is not after:  # these facts are not named by their content
            now = FactSet(tuple(replace(file, sha256="b" * 64) for file in now.files))
        return Differences(then, now, hierarchy), months_changed(then, now)


@settings(max_examples=8, deadline=None)
@given(
    seed=st.integers(0, 10**6),
    units=st.integers(6, 12),
    months=st.integers(12, 26),
    share=st.sampled_from([0.3, 0.8, 1.5]),
)
def test_an_attacker_learns_of_no_few_changed_persons(seed, units, months, share):
    town = world.make(seed, units=units, months=months, largest=40)
    after, changed = corrected(town, seed, share)
    if not changed.rows:
        return
    found, _months = differences(town, after, town.hierarchy)
    for protection in found.protections:
        assert Attack.on_world(changed, "persons", protection).leaks(largest=10) == []


def test_a_measure_that_nobodys_change_touches_forbids_nothing():
    town = world.make(7, units=8, months=14, largest=40)
    after, changed = corrected(town, 7, 1.5)
    found, months = differences(town, after, town.hierarchy)
    assert changed.rows and months == set(town.months)
    assert len(found.protections) == 1
    assert isinstance(found.protections[0], Protection)


def test_the_same_facts_have_no_differences():
    town = world.make(7, units=8, months=14, largest=40)
    found, months = differences(town, town, town.hierarchy)
    assert not months and not found.protections
