"""The list of actions: what it finds, in what order, for whom, and what it costs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from samkoll.actions.models import Severity, Status
from samkoll.home.tests import plans
from samkoll.risks.models import ReportedAction, ReportedOnward
from tests.town import ROLES

EVERYBODY = [*ROLES, "safety_rep", "outsider"]


@pytest.fixture
def manager(town, client):
    client.force_login(town.user("manager"))
    return client


@pytest.fixture
def today():
    return timezone.localdate()


def titles(response) -> list[str]:
    return [row.cells[0].text for row in response.context["here"].table.rows]


def found(client, query: str = "", unit: str = "") -> list[str]:
    url = reverse("home:unit_actions", args=[unit]) if unit else reverse("home:actions")
    response = client.get(f"{url}?{query}")
    assert response.status_code == 200
    return titles(response)


def test_what_is_ended_is_left_out_until_it_is_asked_for(town, manager):
    for status in Status:
        plans.action(town, status.value, status=status)
    assert set(found(manager)) == {"planned", "ongoing", "done"}
    assert found(manager, "status=closed") == ["closed"]
    assert len(found(manager, "status=alla")) == 5


def test_everybody_sees_what_the_roles_reach_and_what_they_answer_for(town, client):
    plans.action(town, "Skolans")
    plans.action(town, "Kontorets", unit=town.office, responsible=town.people["outsider"])
    plans.action(town, "Ledamotens", unit=town.office, responsible=town.people["board_member"])
    seen = {
        "manager": {"Skolans"},
        "employee": {"Skolans"},
        "hr_strategist": {"Skolans", "Kontorets", "Ledamotens"},
        "outsider": {"Kontorets", "Ledamotens"},
        "board_member": {"Ledamotens"},
        "security": set(),
    }
    for who, expected in seen.items():
        client.force_login(town.user(who))
        assert set(found(client)) == expected, who


def test_a_units_list_has_the_units_below_it(town, client):
    plans.action(town, "Skolans")
    plans.action(town, "Förskolans", unit=town.units["BUF-TAL"])
    client.force_login(town.user("director"))
    assert set(found(client, unit="BUF")) == {"Skolans", "Förskolans"}
    assert found(client, unit="BUF-GRU") == ["Skolans"]
    assert client.get(reverse("home:unit_actions", args=["NIX"])).status_code == 404


def test_overdue_mine_to_follow_up_and_handed_up(town, manager, today):
    late = plans.action(town, "Sen", due_date=today - timedelta(days=1))
    plans.action(town, "I dag", due_date=today)
    plans.action(town, "Annans", due_date=today, responsible=town.people["employee"])
    due = {"status": Status.DONE, "due_date": today, "follow_up_on": today}
    plans.action(town, "Följ upp", **due)
    plans.hand_up(town, late)
    assert found(manager, "forsenad=1") == ["Sen"]
    assert set(found(manager, "mina=1")) == {"Sen", "I dag", "Följ upp"}
    assert found(manager, "uppfoljning=1") == ["Följ upp"]
    assert found(manager, "lyft=1") == ["Sen"]
    page = manager.get(reverse("home:actions")).content.decode()
    assert "1 dag sen" in page and "lyft, väntar på svar" in page and "Försenad" in page


def test_filters_of_the_risk_that_the_action_serves(town, manager, today):
    noise, other = plans.action(town, "Buller"), plans.action(town, "Annat")
    risk = plans.risk(town, noise)
    plans.risk(
        town, other, title="Hot", area="violence", source="incident", severity=Severity.LOW, level=1
    )
    onward = ReportedOnward.objects.create(
        risk=risk, board=town.boards["GSN"], year=2023, reported_on=today
    )
    ReportedAction.objects.create(reported=onward, action=noise)
    for query in ("band=3", "omrade=physical", "kalla=round", "vidare=2023"):
        assert found(manager, query) == ["Buller"], query
    assert set(found(manager, "band=3&band=1")) == {"Buller", "Annat"}
    assert found(manager, "ursprung=own&omrade=violence") == ["Annat"]
    assert "Buller i matsalen" in manager.get(reverse("home:actions")).content.decode()


def test_the_responsible_is_found_by_part_of_the_name_or_the_role(town, manager):
    plans.action(town, "Rektorns")
    plans.action(town, "Lärarens", responsible=town.people["employee"], responsible_title="Lärare")
    assert found(manager, "ansvarig=employee") == ["Lärarens"]
    assert found(manager, "ansvarig=rektor") == ["Rektorns"]
    assert found(manager, "ansvarig=nix") == []


def test_search_knows_swedish_stems_and_ranks_only_when_asked(town, manager, today):
    plans.action(town, "Utbilda chefer", wanted_effect="Fler mätningar görs", due_date=today)
    plans.action(town, "Mätningarna av buller", due_date=today + timedelta(days=1))
    plans.action(town, "Köp stolar")
    assert found(manager, "q=mätning") == ["Utbilda chefer", "Mätningarna av buller"]
    assert found(manager, "q=mätning&ordning=traff")[0] == "Mätningarna av buller"
    assert found(manager, "q=mätning -chef") == ["Mätningarna av buller"]
    assert len(found(manager, "ordning=traff")) == 3


def test_the_list_is_sorted_by_each_head_both_ways(town, manager, today):
    late = plans.action(
        town, "Ö", due_date=today - timedelta(days=9), responsible=town.people["employee"]
    )
    plans.risk(town, late, severity=Severity.LOW, level=2)
    plans.risk(town, plans.action(town, "a", due_date=today, status=Status.ONGOING))
    plans.action(town, "Å", due_date=today + timedelta(days=9))
    orders = {
        "klar": ["Ö", "a", "Å"],
        "-klar": ["Å", "a", "Ö"],
        "niva": ["Ö", "a", "Å"],
        "-niva": ["a", "Ö", "Å"],
        "namn": ["a", "Å", "Ö"],
        "-namn": ["Ö", "Å", "a"],
        "status": ["Ö", "Å", "a"],
        "ansvarig": ["Ö", "a", "Å"],
        "enhet": ["Ö", "a", "Å"],
        "nonsens": ["Ö", "a", "Å"],
    }
    for order, expected in orders.items():
        assert found(manager, f"ordning={order}") == expected, order


def test_fifty_rows_a_page_and_the_address_keeps_the_filters(town, client):
    client.force_login(town.user("hr_strategist"))
    plans.many(town, 120)
    first = client.get(reverse("home:actions"), {"status": "alla", "ordning": "-klar"})
    assert len(titles(first)) == 50
    last = client.get(reverse("home:actions"), {"status": "alla", "sida": "3"})
    assert len(titles(last)) == 20
    assert "status=alla&amp;ordning=-klar&amp;sida=2" in first.content.decode()
    beyond = client.get(reverse("home:actions"), {"status": "alla", "sida": "99"})
    assert titles(beyond) == titles(last)


@pytest.mark.parametrize("address", ["home:actions", "home:unit_actions"])
def test_every_role_costs_the_same_few_queries(town, client, count_queries, address):
    url = reverse(address, args=["BUF"] if address == "home:unit_actions" else [])
    url += "?status=alla&omrade=physical&ansvarig=e&q=%C3%A5tg%C3%A4rd&forsenad=1"
    for person in town.people.values():
        own = plans.action(town, "Egen åtgärd", responsible=person)
        plans.risk(town, own)
    costs = {}
    for rows in (2, 60):
        plans.many(town, rows)
        for who in EVERYBODY:
            client.force_login(town.user(who))
            assert titles(client.get(url))
            costs[who, rows] = count_queries(lambda: client.get(url))
    assert len({*costs.values()}) == 1, costs
    assert max(costs.values()) <= 12


names = st.sampled_from(
    [
        *("status", "mina", "forsenad", "uppfoljning", "lyft", "band", "omrade", "kalla", "sida"),
        *("ursprung", "vidare", "ansvarig", "q", "ordning", "markera"),
    ]
)
values = st.one_of(
    st.text(max_size=20), st.integers().map(str), st.sampled_from(["alla", "-traff", "2024", "own"])
)


@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(query=st.lists(st.tuples(names, values), max_size=6))
def test_any_address_shows_a_list(manager, query):
    pairs: dict[str, list[str]] = {}
    for name, value in query:
        pairs.setdefault(name, []).append(value)
    assert manager.get(reverse("home:actions"), pairs).status_code == 200
