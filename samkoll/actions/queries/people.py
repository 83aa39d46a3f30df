"""Finding the person who is to do it, by typing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from samkoll.core.fields import valid_on
from samkoll.org import queries as org
from samkoll.org.models import Person, Position, Unit

FOUND = 10


@dataclass(frozen=True, slots=True)
class Candidate:
    """A person as the choice shows it: "Anna Berg, Rektor, Solskolan"."""

    person: Person
    label: str


def title_of(person: Person, unit: Unit, today: date) -> str:
    """The person's title today: at the unit, else as near above it as possible; "" for none."""
    return _titles([person], today, near=unit).get(person.pk, ("", ""))[0]


def find_people(text: str, today: date, *, limit: int = FOUND) -> list[Candidate]:
    """People of today by name, part of it, or a whole label; also by title or unit. Two queries."""
    words = text.replace(",", " ").split()
    found = org.working_here(today)
    for word in words:
        held = Position.objects.filter(valid_on(today), person=OuterRef("pk"))
        held = held.filter(Q(title__icontains=word) | Q(unit__name__icontains=word))
        named = Q(name__icontains=word) | Q(email__icontains=word)
        found = found.filter(named | Exists(held))
    return candidates(found.order_by("name_order", "pk")[:limit], today) if words else []


def candidates(people: Iterable[Person], today: date) -> list[Candidate]:
    """The labels of people; where two would be alike, with the address or a number."""
    people = list(people)
    titles = _titles(people, today)
    labels = {p.pk: ", ".join((p.name, *filter(None, titles.get(p.pk, ())))) for p in people}
    said = list(labels.values())
    return [
        Candidate(p, labels[p.pk] if said.count(labels[p.pk]) == 1 else _apart(labels[p.pk], p))
        for p in people
    ]


def _apart(label: str, person: Person) -> str:
    return f"{label}, {person.email or _('nummer %(n)s') % {'n': person.pk}}"


def _titles(
    people: Iterable[Person], today: date, near: Unit | None = None
) -> dict[int, tuple[str, str]]:
    """For each person the title and unit of one position of today: the nearest, a manager's."""
    rows = Position.objects.filter(valid_on(today), person__in=[p.pk for p in people])
    above = near.ancestor_paths.values_list("ancestor", "depth") if near else []
    depth = dict(above)
    far = len(depth)
    found: dict[int, tuple[str, str]] = {}
    ordered = sorted(
        rows.select_related("unit").order_by("-valid_from", "-pk"),
        key=lambda row: (depth.get(row.unit_id, far), not row.is_manager),
    )
    for row in ordered:
        found.setdefault(row.person_id, (row.title, row.unit.name))
    return found
