"""What waits among actions: for whom, in what group, and the button of the next step."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from samkoll.actions.models import Status
from samkoll.desk import services as desk
from samkoll.home.tests import plans
from samkoll.risks.models import ChangeAssessment, RiskStatus


@pytest.fixture
def today():
    return timezone.localdate()


def groups(client, user) -> dict[str, list[str]]:
    client.force_login(user)
    shown = client.get(reverse("home:start")).context["groups"]
    return {word: [row.about for row in rows] for word, rows in shown}


def test_my_actions_stand_in_three_groups_the_oldest_day_first(town, client, today):
    for title, days in {"B": -1, "A": -9, "I dag": 0, "Snart": 7, "Sen": 8}.items():
        plans.action(town, title, due_date=today + timedelta(days=days))
    helped = plans.action(town, "Hjälper", responsible=town.people["employee"], due_date=today)
    helped.helpers.add(town.people["manager"])
    plans.action(town, "Klar", status=Status.DONE, follow_up_on=today + timedelta(days=60))
    assert groups(client, town.user("manager")) == {
        "Försenat": ["A", "B"],
        "Nu och inom en vecka": ["I dag", "Hjälper", "Snart"],
        "Senare": ["Sen"],
    }
    assert groups(client, town.user("employee")) == {"Nu och inom en vecka": ["Hjälper"]}


def test_the_button_does_the_next_step(town, client, today):
    ongoing = plans.action(town, "Pågår", status=Status.ONGOING)
    done = plans.action(town, "Genomförd", status=Status.DONE, follow_up_on=today)
    asked = plans.hand_up(town, plans.action(town, "Lyft", due_date=today))
    client.force_login(town.user("manager"))
    page = client.get(reverse("home:start")).content.decode()
    assert reverse("actions:done", args=[ongoing.pk]) in page
    assert reverse("actions:follow_up", args=[done.pk]) in page
    client.force_login(town.user("upper_manager"))
    page = client.get(reverse("home:start")).content.decode()
    assert reverse("actions:answer", args=[asked.pk]) in page and "Solskolan" in page


def test_an_answer_waits_until_it_is_ticked_off(town, client, today):
    facts = {"answer": "returns", "answer_text": "Ni får pengar.", "answered_on": today}
    asked = plans.hand_up(town, plans.action(town, "Lyft", due_date=today), **facts)
    shown = groups(client, town.user("manager"))
    assert shown["Nu och inom en vecka"].count("Lyft") == 2
    type(asked).objects.update(seen_on=today)
    assert groups(client, town.user("manager"))["Nu och inom en vecka"] == ["Lyft"]


def test_proposals_changes_and_notices_wait_for_those_who_can_act(town, client, today):
    plans.risk(town, title="Föreslagen", status=RiskStatus.PROPOSED)
    ChangeAssessment.objects.create(
        unit=town.school,
        title="Flytten",
        change_on=today - timedelta(days=120),
        follow_up_on=today - timedelta(days=1),
        added_on=today,
        status="decided",
        decided_on=today,
        safety_rep="Ja",
        employees="Ja",
    )
    desk.tell(owner_id=town.user("manager").pk, text="Du har tagit över två åtgärder.", url="/")
    assert groups(client, town.user("manager")) == {
        "Försenat": ["Flytten"],
        "Nu och inom en vecka": ["Föreslagen", "Du har tagit över två åtgärder."],
    }
    assert groups(client, town.user("safety_rep")) == {}


def test_a_manager_sees_what_is_overdue_and_where(town, client, today):
    for unit in (town.school, town.school, town.units["BUF-ANG"], town.office):
        plans.action(town, unit=unit, due_date=today - timedelta(days=3))
    client.force_login(town.user("upper_manager"))
    page = client.get(reverse("home:start")).content.decode()
    assert "3 åtgärder är försenade på 2 enheter." in page
    assert f"{reverse('home:unit_actions', args=['BUF-SOL'])}?forsenad=1" in page
    client.force_login(town.user("employee"))
    assert "Försenat på enheterna" not in client.get(reverse("home:start")).content.decode()


def test_a_units_page_shows_what_is_overdue_there_and_below(town, client, today):
    plans.action(town, unit=town.units["BUF-TAL"], due_date=today - timedelta(days=3))
    plans.action(town, unit=town.office, due_date=today - timedelta(days=3))
    url = reverse("home:unit", args=["BUF"])
    client.force_login(town.user("director"))
    page = client.get(url).content.decode()
    assert "1 åtgärd är försenad på 1 enhet." in page and "Tallbackens förskola" in page
    client.force_login(town.user("outsider"))
    assert "Försenat på enheterna" not in client.get(url).content.decode()


def test_the_search_finds_risks_and_actions_that_one_may_see(town, client):
    action = plans.action(town, "Mätningar av ljud")
    risk = plans.risk(town, action, title="Mätning saknas")
    outsider = town.people["outsider"]
    plans.action(town, "Mätning på kontoret", unit=town.office, responsible=outsider)
    url = reverse("home:search")
    client.force_login(town.user("manager"))
    page = client.get(url, {"q": "mätning"}).content.decode()
    assert reverse("risks:detail", args=[risk.pk]) in page
    assert reverse("actions:detail", args=[action.pk]) in page and "kontoret" not in page
    for _number in range(9):
        plans.action(town, "Mätning igen")
    assert "Visa alla åtgärder som stämmer" in client.get(url, {"q": "mätning"}).content.decode()
    assert client.get(url, {"q": "a\x00b"}).status_code == 200


def test_the_start_page_costs_as_many_queries_with_twenty_rows_as_with_two(
    town, client, count_queries, today
):
    client.force_login(town.user("manager"))
    url = reverse("home:start")
    plans.action(town, due_date=today - timedelta(days=1))
    plans.action(town, due_date=today + timedelta(days=20))
    for _twice in range(2):
        client.get(url)
    few = count_queries(lambda: client.get(url))
    for number in range(18):
        plans.action(town, due_date=today + timedelta(days=number - 9))
        plans.hand_up(town, plans.action(town, due_date=today))
    client.get(url)
    assert count_queries(lambda: client.get(url)) == few
