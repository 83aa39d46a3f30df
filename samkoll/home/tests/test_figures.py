"""Figures on a unit's page: who sees what of small groups, in which order, and what is logged."""

from __future__ import annotations

import pytest
from django.urls import reverse

from samkoll.audit.models import Reading
from samkoll.stats.tests.filing import people, publish


def text(response) -> str:
    return " ".join(response.content.decode().replace("\u00a0", " ").split())


@pytest.fixture
def staffed(town):
    """Solskolan 35, Ängsskolan 7, Tallbacken 25 with much sick leave, Internservice 25."""
    units = {code: unit.pk for code, unit in town.units.items()}
    publish(
        people(units["BUF-SOL"], 35, women=20, sick_short=400)
        + people(units["BUF-ANG"], 7, women=7, sick_short=800)
        + people(units["BUF-TAL"], 25, women=13, sick_short=3200)
        + people(units["KSF-INT"], 25, women=13, sick_short=160)
    )
    return town


def page(town, client, who: str, code: str) -> str:
    client.force_login(town.user(who))
    return text(client.get(reverse("home:unit", args=[code])))


@pytest.mark.parametrize("who", ["employee", "outsider", "safety_rep", "auditor", "administrator"])
def test_a_small_group_is_hidden_from_everybody_outside_its_line(staffed, client, who):
    seen = page(staffed, client, who, "BUF-ANG")
    assert "5,0 %" not in seen and "för liten" in seen
    assert not Reading.objects.exists()


@pytest.mark.parametrize("who", ["upper_manager", "director", "hr_partner"])
def test_its_own_line_sees_totals_from_five_persons_and_that_is_logged(staffed, client, who):
    seen = page(staffed, client, who, "BUF-ANG")
    assert "5,0 %" in seen and "Den får inte spridas" in seen
    reading = Reading.objects.get()
    assert (reading.actor_name, reading.object_label) == (f"Test {who}", "Ängsskolan")


def test_the_manager_of_one_school_does_not_see_inside_the_other(staffed, client):
    assert "5,0 %" not in page(staffed, client, "manager", "BUF-ANG")


def test_nobody_sees_fewer_than_five(town, client):
    publish(people(town.units["BUF-ANG"].pk, 4, sick_short=800))
    assert "5,0 %" not in page(town, client, "upper_manager", "BUF-ANG")
    assert not Reading.objects.exists()


def test_published_figures_are_for_everybody_with_how_they_were_computed(staffed, client):
    seen = page(staffed, client, "employee", "KSF")
    assert "Sjukfrånvaron var 1,0 procent (R12 2023-12), som ett år innan." in seen
    assert "Sjuktimmar" in seen and "480" in seen and "R12" in seen


def test_the_units_that_deviate_most_come_first(staffed, client):
    seen = page(staffed, client, "employee", "EXK")
    below = seen[seen.index("Enheter under Exempelkommunen") :]
    assert below.index("Barn- och utbildningsförvaltningen") < below.index(
        "Kommunstyrelsens förvaltning"
    )
    assert "Lägre än kommunen" in below


def test_a_closed_unit_shows_the_figures_of_its_last_month(staffed, client):
    from datetime import date

    from samkoll.org import services
    from tests.town import ACTOR

    services.close_unit(unit=staffed.office, last_day=date(2023, 6, 30), actor=ACTOR)
    assert "R12 2023-06" in page(staffed, client, "employee", "KSF-INT")


def test_without_facts_the_page_says_what_will_be_here(town, client):
    assert "Inga siffror än" in page(town, client, "employee", "BUF")
