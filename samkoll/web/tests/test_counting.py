"""Counting several lists at once: one statement, and each list as it stands."""

from __future__ import annotations

import pytest

from samkoll.accounts.models import User
from samkoll.web import counting

ALL = User.objects.order_by("name")


@pytest.fixture
def users(db):
    for number in range(3):
        User.objects.create_user(f"{number}@exempel.invalid", name=f"Namn {number % 2}")


@pytest.mark.parametrize(
    "lists, expected",
    [
        ((ALL,), 3),
        ((ALL, ALL.filter(name="Namn 0"), ALL[:2]), 3 + 2 + 2),
        ((ALL[:1], User.objects.none()), 1),
    ],
)
def test_the_sum_of_several_lists_is_one_question(users, count_queries, lists, expected):
    found = []
    assert count_queries(lambda: found.append(counting.total(lists))) == 1
    assert found == [expected]


def test_nothing_to_count_asks_nothing(db, count_queries):
    assert count_queries(lambda: counting.total([User.objects.none()])) == 0
