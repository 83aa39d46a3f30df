"""How many rows several querysets have together, in one question to the database."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet


def total(querysets: Iterable[QuerySet[Any]]) -> int:
    """The sum of the counts, as one statement whatever the number of querysets.

    Each is counted as it stands, also a slice. Only empty ones ask nothing.
    """
    counts: list[str] = []
    params: list[Any] = []
    for rows in querysets:
        try:
            sql, values = _unordered(rows).values("pk").query.sql_with_params()
        except EmptyResultSet:
            continue
        counts.append(f"(SELECT COUNT(*) FROM ({sql}) AS counted)")
        params += values
    if not counts:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {' + '.join(counts)}", params)
        found: int = cursor.fetchone()[0]
    return found


def _unordered(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows if rows.query.is_sliced else rows.order_by()
