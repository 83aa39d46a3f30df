"""Swedish order (… z å ä ö, é as e, ü as y) is the same in the database and in Python."""

from __future__ import annotations

import random

from samkoll.core.text import sort_key
from samkoll.org.models import Person
from samkoll.org.queries import people
from tests.town import TODAY

IN_ORDER = [
    "Adam",
    "Ellen",
    "Émile",
    "Eskil",
    "Lykke",
    "Lüning",
    "Lyra",
    "Zäta",
    "Åberg",
    "Ärla",
    "Öberg",
]


def test_names_come_in_swedish_order_everywhere(db):
    shuffled = random.Random(1).sample(IN_ORDER, len(IN_ORDER))
    Person.objects.bulk_create(Person(name=name) for name in shuffled)
    assert [person.name for person in people("", "", TODAY)] == IN_ORDER
    assert sorted(shuffled, key=sort_key) == IN_ORDER
