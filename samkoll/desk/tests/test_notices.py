"""What happened without the person is told until it has been read, and to nobody else."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samkoll.desk import queries, services


@pytest.fixture
def told(town):
    owner = town.user("manager")
    return services.tell(owner_id=owner.pk, text="Du har tagit över 2 åtgärder.", url="/enhet/")


def test_a_notice_is_read_and_ticked_off(town, client, told):
    client.force_login(town.user("manager"))
    page = reverse("desk:notice", args=[told.pk])
    assert "Du har tagit över 2 åtgärder." in client.get(page).content.decode()
    assert client.post(page).url == "/"
    assert not queries.notices(town.user("manager")).exists()
    assert client.get(page).status_code == 404


def test_nobody_reads_another_persons_notice(town, client, told):
    client.force_login(town.user("administrator"))
    assert client.get(reverse("desk:notice", args=[told.pk])).status_code == 404
    assert not queries.notices(town.user("administrator")).exists()
