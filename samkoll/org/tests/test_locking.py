"""A row that waits for its lock is read as it is after the wait, whatever changed meanwhile."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.db import connection, transaction

from samkoll.core.locking import held, held_all
from samkoll.org.models import Unit
from tests.town import Town

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_foreign_key_that_changes_during_the_wait_loses_nothing():
    town, locked = Town.build(), Event()
    school, other = town.school.pk, town.units["BUF-FSK"]

    def move():
        with transaction.atomic():
            Unit.objects.select_for_update().get(pk=school)
            locked.set()
            Unit.objects.filter(pk=school).update(parent=other)
            waiter_is_waiting()
        connection.close()

    def waiter_is_waiting():
        for _try in range(200):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_sleep(0.02), count(*) FROM pg_locks WHERE NOT granted")
                if cursor.fetchone()[1]:
                    return

    def wait():
        locked.wait(timeout=10)
        with transaction.atomic():
            found = held(Unit.objects.select_related("parent"), school)
        connection.close()
        return found.parent

    with ThreadPoolExecutor(2) as pool:
        moving, waiting = pool.submit(move), pool.submit(wait)
        moving.result()
        assert waiting.result() == other


def test_several_come_in_the_order_of_their_keys(town):
    pks = [town.units[code].pk for code in ("KSF", "BUF", "EXK")]
    with transaction.atomic():
        assert [unit.pk for unit in held_all(Unit.objects.all(), [*pks, 0])] == sorted(pks)
