"""Holding a row until the transaction ends."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model, QuerySet

Row = TypeVar("Row", bound=Model)


def held(rows: QuerySet[Row], pk: int) -> Row:
    """The row with the key, locked, with what ``rows`` selects along as it is after the wait.

    The row is locked alone, and read then. In one statement PostgreSQL would join the row that it
    waited for to what it had found before the wait, and find nothing where a foreign key has
    changed meanwhile. Raises: the model's DoesNotExist.
    """
    rows.model._default_manager.select_for_update().only("pk").get(pk=pk)
    return rows.get(pk=pk)


def held_all(rows: QuerySet[Row], pks: Iterable[int]) -> list[Row]:
    """Several rows as ``held``, locked and given in the order of their keys: nobody waits in a
    circle. Keys without a row are left out."""
    wanted = [*pks]
    locked = rows.model._default_manager.select_for_update().filter(pk__in=wanted)
    list(locked.order_by("pk").values_list("pk"))
    return list(rows.filter(pk__in=wanted).order_by("pk"))
