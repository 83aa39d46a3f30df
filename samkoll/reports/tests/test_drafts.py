"""A section's form keeps a draft: offered with its version, forgotten when the section is saved."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samkoll.desk.models import Draft


@pytest.fixture
def director(client, town):
    client.force_login(town.user("director"))
    return client


@pytest.fixture
def form_url(reports):
    return reverse("reports:edit", args=[reports["GSN"].pk, "rounds"])


def keep(client, reports, **content):
    url = reverse("desk:draft", args=[f"rapport-{reports['GSN'].pk}-rounds"])
    assert client.post(url, {"version": "0", **content}).status_code == 204


def test_a_restored_draft_stands_in_its_section(director, reports, form_url):
    keep(director, reports, **{"text-main": "Nästan färdigt"})
    offered = director.get(form_url).content.decode()
    assert "Du har ett utkast från" in offered
    assert "Nästan färdigt" not in offered
    assert "Nästan färdigt" in director.get(f"{form_url}?utkast=aterstall").content.decode()


def test_a_saved_section_has_no_draft(director, reports, form_url):
    keep(director, reports, **{"text-main": "Färdigt"})
    assert director.post(form_url, {"version": "0", "text-main": "Färdigt"}).status_code == 302
    assert not Draft.objects.exists()
