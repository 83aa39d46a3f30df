"""Risks and actions for the search of all pages: what a person may see, the best fit first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.search import SearchRank
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.actions import queries as actions
from samkoll.core.fields import swedish_query
from samkoll.risks import queries as risks
from samkoll.web.page import Words

MOST = 8


@dataclass(frozen=True, slots=True)
class Thing:
    """One hit: title, where, and its page."""

    title: str
    unit: str
    url: str


@dataclass(frozen=True, slots=True)
class Things:
    """Hits of one kind; ``url`` lists them all when there are more than are shown."""

    heading: Words
    hits: tuple[Thing, ...]
    url: str


def things(user: User, text: str, today: date) -> tuple[Things, ...]:
    """What of the risks and the actions fits the text; a query for each."""
    asked = text.replace("\x00", "").strip()
    return tuple(_things(user, asked, today)) if asked else ()


def _things(user: User, text: str, today: date) -> Iterator[Things]:
    kinds = (
        (_("Risker"), risks.visible_to(user, today), "risks:detail", "risks:index", ""),
        (_("Åtgärder"), actions.visible_to(user, today), "actions:detail", "home:actions", "alla"),
    )
    for heading, visible, page, index, status in kinds:
        found = [
            Thing(title, unit, reverse(page, args=[pk])) for pk, title, unit in _hits(visible, text)
        ]
        if found:
            query = {"q": text, **({"status": status} if status else {})}
            more = f"{reverse(index)}?{urlencode(query)}" if len(found) > MOST else ""
            yield Things(heading, tuple(found[:MOST]), more)


def _hits(visible: QuerySet[Any], text: str) -> QuerySet[Any, tuple[int, str, str]]:
    query = swedish_query(text)
    ranked = visible.filter(search=query).order_by(SearchRank(F("search"), query).desc(), "pk")
    return ranked.values_list("pk", "title", "unit__name")[: MOST + 1]
