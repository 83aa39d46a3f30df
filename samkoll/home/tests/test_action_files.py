"""The list as files and as a plan, and the change of many actions at once."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from samkoll.actions.models import Action, Status
from samkoll.documents.content import Paragraph, Table
from samkoll.home import action_plan
from samkoll.home.action_list import Choice
from samkoll.home.tests import plans

BULK = "home:bulk"


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def manager(town, client):
    client.force_login(town.user("manager"))
    return client


def body(response) -> bytes:
    return b"".join(response.streaming_content)


def rows_of_csv(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(response).decode("utf-8-sig")), delimiter=";"))


def test_the_files_have_all_pages_of_what_is_shown_in_the_same_order(town, client):
    client.force_login(town.user("hr_strategist"))
    plans.many(town, 120)
    query = {"status": "alla", "ordning": "-namn"}
    shown = client.get(reverse("home:actions"), query)
    first = [row.cells[0].text for row in shown.context["here"].table.rows]
    rows = rows_of_csv(client.get(reverse("home:actions"), {**query, "format": "csv"}))
    assert len(rows) == 120 and [row["Åtgärd"] for row in rows][:50] == first
    book = load_workbook(
        io.BytesIO(body(client.get(reverse("home:actions"), {**query, "format": "xlsx"})))
    )
    cells = list(book.worksheets[0].iter_rows(values_only=True))
    assert [row[0] for row in cells[1:]] == [row["Åtgärd"] for row in rows]
    narrow = client.get(reverse("home:unit_actions", args=["BUF-SOL"]), {"format": "csv"})
    assert {row["Enhetens kod"] for row in rows_of_csv(narrow)} == {"BUF-SOL"}


def test_a_file_tells_risks_people_and_days(town, manager, today):
    action = plans.action(town, "=Köp mätare", wanted_effect="Tystare", due_date=today)
    plans.risk(town, action)
    answer = manager.get(reverse("home:actions"), {"format": "csv"})
    assert f"atgarder-{today}.csv" in answer["Content-Disposition"]
    (row,) = rows_of_csv(answer)
    assert row["Åtgärd"] == "'=Köp mätare" and row["Gäller"] == "Buller i matsalen"
    assert (row["Risknivå"], row["Risknivå, värde"]) == ("Hög", "9")
    assert (row["Ansvarig"], row["Ansvarigs roll"]) == ("Test manager", "Rektor")
    assert (row["Klar senast"], row["Status"]) == (str(today), "Ej påbörjad")
    assert manager.get(reverse("home:actions"), {"format": "exe"}).status_code == 404


def test_a_file_costs_as_many_queries_for_many_as_for_few(town, manager, count_queries):
    url = reverse("home:actions")

    def export():
        body(manager.get(url, {"format": "xlsx"}))

    plans.risk(town, plans.action(town))
    export()
    few = count_queries(export)
    for _number in range(30):
        plans.risk(town, plans.action(town))
    assert count_queries(export) == few


def plan(town, who: str, today, query: str = ""):
    from django.http import QueryDict

    return action_plan.document(Choice.of(town.user(who), town.school, QueryDict(query), today))


def test_the_plan_groups_actions_by_risk_the_worst_first(town, today):
    both = plans.action(town, "Båda", due_date=today, wanted_effect="Tystare")
    plans.risk(town, both, title="Liten", severity=2, level=4)
    plans.risk(town, both, plans.action(town, "Stor", due_date=today - timedelta(days=1)))
    plans.action(town, "Fri", due_date=today)
    document = plan(town, "manager", today, "ansvarig=rektor&ordning=namn")
    (table,) = document.blocks
    assert isinstance(table, Table)
    assert [row.cells[0].text for row in table.rows] == [
        "Risk: Buller i matsalen (Solskolan). Nivå före 9, önskad 4, efter –. Allvarlig.",
        "Båda",
        "Stor",
        "Risk: Liten (Solskolan). Nivå före 4, önskad 4, efter –. Allvarlig.",
        "Båda",
        "Åtgärder som inte hör till någon risk",
        "Fri",
    ]
    assert [cell.text for cell in table.rows[2].cells] == [
        "Stor", "–", "Solskolan", "Test manager, Rektor", str(today - timedelta(days=1)),
        "Försenad", "–",
    ]  # fmt: skip
    facts = dict(document.facts)
    assert facts["Antal åtgärder"] == "3" and "Ansvarig: rektor" in facts["Urval"]
    assert document.subtitle == "Solskolan" and document.landscape


def test_the_plan_hides_risks_that_its_reader_does_not_see(town, today):
    action = plans.action(town, "Mäns", responsible=town.people["board_member"])
    plans.risk(town, action, title="Hemlig")
    table = plan(town, "board_member", today).blocks[0]
    assert isinstance(table, Table)
    assert [row.cells[0].text for row in table.rows] == [action_plan.WITHOUT_RISK, "Mäns"]
    assert plan(town, "security", today).blocks == (
        Paragraph("Inga åtgärder stämmer med urvalet."),
    )


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_the_plan_is_a_download(town, manager, form):
    plans.risk(town, plans.action(town))
    url = reverse("home:unit_actions", args=["BUF-SOL"])
    answer = manager.get(url, {"format": form})
    assert answer.status_code == 200
    assert f"handlingsplan-solskolan-{timezone.localdate()}.{form}" in answer["Content-Disposition"]
    assert len(body(answer)) > 5000


def test_a_change_of_many_asks_first_and_says_what_changes(town, manager, today):
    chosen = [plans.action(town, f"Nummer {n}", due_date=today) for n in range(2)]
    day = today + timedelta(days=30)
    ids = [action.pk for action in chosen]
    start = manager.get(reverse(BULK), {"vald": ids, "lista": "/atgarder/?mina=1"})
    assert "Nummer 0" in start.content.decode()
    typed = {
        "vald": ids,
        "ansvarig": "Test employee",
        "roll": "Arbetslagsledare",
        "klar": day.isoformat(),
        "skal": "Rektorn är borta.",
        "lista": "/atgarder/?mina=1",
    }
    asked = manager.post(reverse(BULK), typed)
    page = asked.content.decode()
    assert asked.status_code == 200 and "Test employee" in page and str(day) in page
    assert Action.objects.filter(due_date=today).count() == 2
    done = manager.post(reverse(BULK), {**typed, "bekraftad": "1"})
    assert (done.status_code, done.url) == (302, "/atgarder/?mina=1")
    changed = Action.objects.filter(due_date=day, responsible=town.people["employee"])
    assert changed.count() == 2


def test_what_cannot_be_changed_is_said_and_left_out(town, manager, today):
    mine = plans.action(town, "Går bra")
    foreign = plans.action(town, "Kontorets", unit=town.office)
    ended = plans.action(town, "Redan klar", status=Status.DONE)
    hidden = plans.action(town, "Syns inte", unit=town.office, responsible=town.people["outsider"])
    ids = [mine.pk, foreign.pk, ended.pk, hidden.pk]
    typed = {"vald": ids, "ansvarig": "Test employee", "skal": "Byte"}
    page = manager.post(reverse(BULK), typed).content.decode()
    assert "får du inte ändra" in page and "genomförda eller avslutade" in page
    assert f'name="vald" value="{mine.pk}"' in page
    assert f'name="vald" value="{foreign.pk}"' not in page and "Syns inte" not in page
    refused = manager.post(reverse(BULK), {**typed, "bekraftad": "1"})
    assert refused.status_code == 403
    foreign.refresh_from_db()
    assert foreign.responsible == town.people["manager"]


@pytest.mark.parametrize(
    "typed, said",
    [
        ({"skal": "x"}, "Skriv en ny ansvarig, en ny dag eller båda"),
        ({"ansvarig": "Ingen Alls", "skal": "x"}, "Ingen som arbetar här i dag heter"),
        ({"ansvarig": "Test", "skal": "x"}, "Flera stämmer"),
        ({"ansvarig": "Test employee"}, "fyllas i"),
    ],
)
def test_what_will_not_do_is_said_and_nothing_typed_is_lost(town, manager, typed, said):
    action = plans.action(town)
    answer = manager.post(reverse(BULK), {"vald": action.pk, **typed})
    assert answer.status_code == 422 and said in answer.content.decode()
    assert f'name="vald" value="{action.pk}"' in answer.content.decode()


def test_only_those_who_change_actions_choose_rows(town, client):
    plans.action(town)
    for who, status in {"manager": 200, "safety_rep": 403}.items():
        client.force_login(town.user(who))
        page = client.get(reverse("home:actions")).content.decode()
        assert ('name="vald"' in page) is (status == 200)
        assert client.get(reverse(BULK)).status_code == status


def test_the_way_back_leads_to_our_own_pages_only(town, manager):
    answer = manager.get(reverse(BULK), {"lista": "https://ond.invalid/"}).content.decode()
    assert 'href="https://ond.invalid' not in answer


def test_all_rows_of_a_page_are_marked_without_a_script(town, manager):
    plans.action(town)
    url = reverse("home:actions")
    assert " checked" not in manager.get(url).content.decode()
    assert " checked" in manager.get(url, {"markera": "1"}).content.decode()
