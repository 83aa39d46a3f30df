"""Every address against ``expected.csv``: page x method x relation x role -> status.

The table is written by hand from docs/rules/access.md, never from the code. ``who`` is a list of
the town's persons, ``anonymous``, or ``others``: every signed-in person that no other row of the
same page, method and relation names. Somebody who is not signed in is asked to sign in (302)
wherever no row says otherwise. An address that the table does not name fails the build.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator
from functools import cache
from pathlib import Path

import pytest
from django.core.cache import cache as answers_kept
from django.db import transaction
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from samkoll.home import todo
from samkoll.web import problems
from tests.access.world import World

TABLE = Path(__file__).with_name("expected.csv")
Case = tuple[str, str, str]


@cache
def rows() -> list[dict[str, str]]:
    """The table, read once."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cases() -> list[Case]:
    return list(dict.fromkeys((r["page"], r["method"], r["relation"]) for r in rows()))


def area_of(case: Case) -> str:
    return case[0].split(":")[0] if ":" in case[0] else "account"


def addresses(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"
        else:
            inner = f"{prefix}{pattern.namespace}:" if pattern.namespace else prefix
            yield from addresses(pattern, inner)


def expected(world: World, case: Case) -> dict[str, int]:
    """The status for every person of the town, and for nobody."""
    found = {"anonymous": 302}
    others = None
    for row in rows():
        if (row["page"], row["method"], row["relation"]) != case:
            continue
        for who in row["who"].split():
            if who == "others":
                others = int(row["status"])
            else:
                assert who == "anonymous" or who in world.town.users, f"{case}: {who}"
                found[who] = int(row["status"])
    missing = {who: others for who in world.town.users if who not in found}
    assert None not in missing.values(), f"{case} says nothing about {sorted(missing)}"
    return {**found, **missing}  # type: ignore[dict-item]


def answers(world: World, case: Case, people: Collection[str]) -> Iterator[tuple[str, int]]:
    """What the page answers each person. What it is about is made once where it is one for all."""
    page, _method, relation = case
    for who in people:
        world.client(who)  # signed in outside what is taken back
    with transaction.atomic():
        one = world.arguments(page, relation, "") if area_of(case) in ONE_FOR_ALL else None
        yield from ((who, answer(world, case, who, one)) for who in people)
        transaction.set_rollback(True)


def answer(world: World, case: Case, who: str, about: dict[str, object] | None) -> int:
    """What the page answers, with whatever it changed taken back."""
    page, method, relation = case
    client = world.client(who)
    with transaction.atomic():
        kwargs = world.arguments(page, relation, who) if about is None else about
        url = reverse(page, kwargs=kwargs)
        status = int(client.generic(method, url, BODY, content_type=FORM).status_code)
        transaction.set_rollback(True)
    return status


FORM = "application/x-www-form-urlencoded"
ONE_FOR_ALL = {"actions", "risks"}
"""Areas whose pages are about the same thing whoever asks for them."""
BODY = "sent=1"  # a form that was sent without being filled in


def test_the_table_names_every_address_and_no_other():
    assert {row["page"] for row in rows()} == set(addresses(get_resolver()))


def test_the_table_tries_both_reading_and_writing_of_every_address():
    tried = {(row["page"], row["method"]) for row in rows()}
    assert tried == {(row["page"], m) for row in rows() for m in ("GET", "POST")}


@pytest.mark.django_db
@pytest.mark.parametrize("area", sorted({area_of(case) for case in cases()}))
def test_every_person_gets_what_the_table_says(area, tmp_path, monkeypatch):
    # Only statuses are asked about, not the menu's number or what a refusal looks like.
    monkeypatch.setattr(todo, "waiting", lambda *_: 0)
    monkeypatch.setattr(problems, "_answer", lambda _, status, *words: HttpResponse(status=status))
    world, wrong = World.build(tmp_path, area), []
    for case in (case for case in cases() if area_of(case) == area):
        answers_kept.clear()
        wanted = expected(world, case)
        for who, got in answers(world, case, wanted):
            if got != wanted[who]:
                wrong.append(f"{' '.join(case)} as {who}: {got}, not {wanted[who]}")
    assert not wrong, "\n".join(wrong)
