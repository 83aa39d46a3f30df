"""Questions whose words never change: their SQL is made once in a process, then only asked.

Django writes the SQL of a queryset anew each time: a millisecond for what every page asks, which
takes PostgreSQL a tenth of that. A ``Statement`` is such a queryset written once (ADR 0172).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import BooleanField, F, Func, QuerySet, Value

_STAND_INS: dict[type, Callable[[int], Any]] = {
    int: lambda place: 1_900_000_000 + place,
    str: lambda place: f"stand-in {place}",
    date: lambda place: date(1000 + place, 1, 1),
    list: lambda place: [1_900_000_000 + place],
}
"""Values of each kind that no queryset has of its own."""


def any_of(column: str, numbers: Sequence[int]) -> Func:
    """Whether a column is one of several numbers: the same words however many there are."""
    return Func(
        F(column),
        Value(numbers),
        template="%(expressions)s)",
        arg_joiner=" = ANY(",
        output_field=BooleanField(),
    )


@dataclass(slots=True)
class Statement:
    """A queryset of plain values, whose SQL is kept.

    ``rows`` makes the queryset from values by name, ``values`` says of which kind each of them is
    (int, str, date; list: numbers for ``any_of``). Values may only end up as parameters: nothing
    in ``rows`` may depend on them, as a filter that a missing value leaves out would.
    """

    rows: Callable[..., QuerySet[Any, Any]]
    values: dict[str, type]
    _sql: str = ""
    _params: tuple[Any, ...] = ()
    _places: tuple[tuple[int, str], ...] = field(default=())

    def ask(self, **values: Any) -> list[tuple[Any, ...]]:
        """The rows for these values. One query. Raises: KeyError for a value that is missing."""
        if not self._sql:
            self._write()
        params = [*self._params]
        for place, name in self._places:
            params[place] = values[name]
        with connection.cursor() as cursor:
            cursor.execute(self._sql, params)
            found: list[tuple[Any, ...]] = cursor.fetchall()
        return found

    def _write(self) -> None:
        """Raises: ValueError when a value is not among the parameters as it was given."""
        given = {
            name: _STAND_INS[kind](place) for place, (name, kind) in enumerate(self.values.items())
        }
        sql, params = self.rows(**given).query.sql_with_params()
        names = [next((n for n, value in given.items() if value == p), None) for p in params]
        if lost := {*given} - {*names}:
            raise ValueError(f"not a parameter of its statement: {', '.join(sorted(lost))}")
        self._places = tuple((place, name) for place, name in enumerate(names) if name)
        self._params, self._sql = tuple(params), sql
