"""Database pieces that every package shares: Swedish order and search, validity periods."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib.postgres.search import (
    SearchConfig,
    SearchQuery,
    SearchVector,
)
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.expressions import Expression

SWEDISH = SearchConfig("swedish")

SWEDISH_ORDER_SQL = """
CREATE OR REPLACE FUNCTION swedish_order(value text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS
$$ SELECT translate(lower(value), 'ÅÄÖÉÈËÜÁÀÇÑåäöéèëüáàçñ', '{|}eeeyaacn{|}eeeyaacn') $$;
"""
"""Sorts å ä ö last, é as e and ü as y, with plain byte order; the same on every server."""


class SwedishOrder(Func):
    """``swedish_order(column)``; the Python twin is ``core.text.sort_key``."""

    function = "swedish_order"
    output_field = models.TextField()


def swedish_order(column: str) -> models.GeneratedField:
    """A stored column to sort by, next to the text column that it follows."""
    return models.GeneratedField(
        expression=SwedishOrder(F(column)),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )


def valid_on(day: date, prefix: str = "") -> Q:
    """Rows of which ``valid_from`` <= day <= ``valid_to`` (open when null)."""
    starts: dict[str, Any] = {f"{prefix}valid_from__lte": day}
    ends = Q(**{f"{prefix}valid_to__isnull": True}) | Q(**{f"{prefix}valid_to__gte": day})
    return Q(**starts) & ends


def period_order(name: str) -> models.CheckConstraint:
    """A period never ends before it begins."""
    condition = Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from"))
    return models.CheckConstraint(condition=condition, name=name)


def swedish_search(*columns: str) -> Expression:
    """What free text is searched in: the columns by Swedish stems, the first weighing most.

    For a stored ``GeneratedField`` with a GIN index; ask it by ``swedish_query``.
    """
    first, *rest = columns
    vector = SearchVector(F(first), config=SWEDISH, weight="A")
    return vector + SearchVector(*map(F, rest), config=SWEDISH, weight="B") if rest else vector


def swedish_query(text: str) -> SearchQuery:
    """What a person typed: words, "a phrase", or, -not. Anything typed is a valid query."""
    return SearchQuery(text, config=SWEDISH, search_type="websearch")
