"""Identity numbers, working days and head counts that the generator builds on."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from personnummer import personnummer

from samkoll.core.months import Month
from samkoll.demo.generator import plan
from samkoll.demo.generator.calendar import full_time_hours, working_days
from samkoll.demo.generator.control import control
from samkoll.demo.generator.identity import MAN, WOMAN, Register
from samkoll.demo.generator.organisation import exempelkommunen
from samkoll.demo.generator.population import Population


@given(st.lists(st.tuples(st.sampled_from([WOMAN, MAN]), st.integers(1900, 2020)), min_size=1))
def test_every_number_is_valid_reserved_and_issued_once(people):
    sex = np.array([person[0] for person in people], dtype=np.uint8)
    numbers, births = Register().issue(sex, np.array([person[1] for person in people]))
    assert len(set(numbers.tolist())) == len(people)
    for number, birth, value in zip(numbers.tolist(), births.tolist(), sex, strict=True):
        assert personnummer.valid(f"{number // 10_000}-{number % 10_000:04d}")
        assert number // 10 % 1000 >= 980
        assert number // 10 % 2 == (1 if value == MAN else 0)
        assert number // 10**8 == birth


def test_a_full_year_of_birth_moves_on_to_the_nearest():
    _, births = Register().issue(np.full(4_000, WOMAN, dtype=np.uint8), np.full(4_000, 1980))
    assert set(births.tolist()) == {1980, 1979}


@pytest.mark.parametrize(
    ("month", "days"), [("2023-01", 21), ("2023-04", 18), ("2023-05", 21), ("2023-06", 20),
                        ("2023-12", 19), ("2024-03", 20), ("2024-04", 21)],
)  # fmt: skip
def test_public_holidays_and_their_eves_are_no_working_days(month, days):
    assert len(working_days(Month.parse(month))) == days


def test_midsummer_eve_and_ascension_day_move_with_the_year():
    assert date(2023, 6, 23) not in working_days(Month.parse("2023-06"))
    assert date(2023, 5, 18) not in working_days(Month.parse("2023-05"))


@given(st.integers(1990, 2060), st.integers(1, 12))
def test_no_month_holds_more_than_184_hours(year, month):
    assert full_time_hours(Month.of(year, month)) <= 18_400


def test_rates_inside_a_staff_group_show_as_all_three_published_figures():
    for item, group in zip(control().data["staff_groups"], control().groups, strict=True):
        assert round(group.short + group.long, 2) == pytest.approx(item["total"], abs=0.049)
        assert group.short == pytest.approx(item["short"], abs=0.049)
        assert group.long == pytest.approx(item["long"], abs=0.049)


@pytest.mark.parametrize("seed", range(6))
def test_the_population_follows_its_plan_month_by_month(seed):
    rng = np.random.default_rng(seed)
    planned = plan.steered(control(), exempelkommunen(), rng)
    assert planned.hires.min() >= 0
    population = Population(planned, control(), rng)
    for index in range(len(planned.window)):
        rows = population.month(index)
        main = rows.take(rows.main)
        counted = np.zeros(planned.people.shape[:3], dtype=np.int64)
        np.add.at(counted, (main.board, main.sex, main.form - 1), 1)
        assert (counted == planned.people[..., index]).all()
        for number, group in enumerate(planned.groups):
            here = main.sex[main.group == number]
            assert ((here == 0).sum(), (here == 1).sum()) == group.persons
