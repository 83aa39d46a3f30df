"""Statements: written once, asked with other values."""

from __future__ import annotations

from datetime import date

import pytest

from samkoll.core.fields import valid_on
from samkoll.core.statements import Statement, any_of
from samkoll.org.models import Unit


def units(code, day):
    return Unit.objects.filter(valid_on(day), code=code).values_list("name", "valid_from")


def test_it_gives_what_its_queryset_gives_for_the_values_of_each_time(town, count_queries):
    statement = Statement(units, {"code": str, "day": date})
    for unit in (town.school, town.education):
        day = unit.valid_from
        assert statement.ask(code=unit.code, day=day) == [(unit.name, day)]
    assert statement.ask(code="nix", day=date.today()) == []
    assert count_queries(lambda: statement.ask(code="BUF", day=town.school.valid_from)) == 1


def test_it_is_written_once(town):
    made = []

    def rows(code):
        made.append(code)
        return Unit.objects.filter(code=code).values_list("pk")

    statement = Statement(rows, {"code": str})
    assert [statement.ask(code=code) for code in ("BUF", "KSF")] == [
        [(town.units["BUF"].pk,)],
        [(town.units["KSF"].pk,)],
    ]
    assert len(made) == 1


def test_numbers_of_any_count_are_one_value(town):
    statement = Statement(
        lambda keys: Unit.objects.filter(any_of("pk", keys)).order_by("pk").values_list("pk"),
        {"keys": list},
    )
    keys = sorted(unit.pk for unit in town.units.values())
    for wanted in ([], keys[:1], keys):
        assert statement.ask(keys=wanted) == [(pk,) for pk in wanted]


def test_a_value_that_does_not_reach_the_database_is_refused():
    statement = Statement(lambda code: Unit.objects.values_list("pk"), {"code": str})
    with pytest.raises(ValueError, match="code"):
        statement.ask(code="BUF")
