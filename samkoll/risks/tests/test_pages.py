"""The pages: found, saved, surviving errors, and as many queries with two rows as with twenty."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from samkoll.desk.models import Draft
from samkoll.risks import queries
from samkoll.risks.models import ChangeAssessment, MatrixVersion, Risk
from samkoll.risks.tests.making import (
    TODAY,
    add,
    assessment,
    judge,
    propose,
    report,
    with_action,
)
from tests.town import ACTOR

JUDGED = {
    "title": "Buller i matsalen",
    "found_on": "2024-05-01",
    "source": "own",
    "probability": "3",
    "consequence": "2",
    "serious": "nej",
}
CHANGE = {
    "title": "Ny lokal",
    "what": "Flytt.",
    "affected": "Alla.",
    "change_on": "2024-08-01",
    "follow_up_on": "2024-12-01",
}


@pytest.fixture(autouse=True)
def a_day_of_the_town(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *_: TODAY)


@pytest.fixture
def sign_in(town, client):
    def signed(who):
        client.force_login(town.user(who))
        client.get(reverse("risks:standard"))  # whatever only a first page asks for
        return client

    return signed


def url(name, *args, **query):
    return reverse(f"risks:{name}", args=args, query=query or None)


def test_the_list_shows_what_the_role_sees_and_links_to_each(town, sign_in):
    risk = add(town, unit="BUF-SOL")
    seen = sign_in("manager").get(url("index")).content.decode()
    assert url("detail", risk.pk) in seen and "Mycket hög\u00a0(12)" in seen and "1 risk" in seen
    assert "Inga risker" in sign_in("outsider").get(url("index")).content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"Buller", "Stress"}),
        ({"niva": "4"}, {"Stress"}),
        ({"allvarlig": "nej"}, {"Buller"}),
        ({"omrade": "physical"}, {"Buller"}),
        ({"q": "bullrigt"}, set()),
        ({"q": "buller"}, {"Buller"}),
        ({"cell": "4x4/1:3:4"}, {"Stress"}),
        ({"cell": "4x4/1:1:4"}, set()),
        ({"rapporterad": "2023"}, {"Stress"}),
        ({"ansvarig": "director"}, {"Stress"}),
        ({"forsenade": "ja"}, {"Stress"}),
        ({"lage": "closed"}, set()),
        ({"lage": "påhittat", "niva": "x", "rapporterad": "år"}, {"Buller", "Stress"}),
    ],
)
def test_each_filter_in_the_address_finds_its_own(town, sign_in, query, found):
    add(town, title="Buller", area="physical", serious=False, consequence=1)
    stress = add(town, title="Stress")
    with_action(town, stress, due=date(2024, 5, 16))
    report(town, stress, 2023)
    late = date(2024, 5, 17)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "localdate", lambda *_: late)
        page = sign_in("director").get(url("index", **query))
    rows = page.context["here"].table.rows
    assert {str(row.cells[0].text) for row in rows} == found


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_the_list_goes_out_as_a_file_and_no_other_format_does(town, sign_in, form):
    add(town, title="=Buller")
    client = sign_in("director")
    answer = client.get(url("index", format=form))
    assert answer.status_code == 200 and f".{form}" in answer["Content-Disposition"]
    if form == "csv":
        assert "'=Buller" in b"".join(answer.streaming_content).decode("utf-8-sig")
    assert client.get(url("index", format="exe")).status_code == 404


def test_the_picture_counts_and_each_count_opens_its_risks(town, sign_in):
    risk = add(town)
    add(town, probability=1, consequence=1)
    judge(town, risk, probability=3, consequence=4, serious=True)
    client = sign_in("director")
    page = client.get(url("matrix"))
    cell = page.context["pictures"][0].rows[1].cells[3]
    assert (cell.count, page.context["total"]) == (1, 2)
    shown = client.get(cell.url).context["here"]
    assert [str(row.cells[0].text) for row in shown.table.rows] == [risk.title]


@pytest.mark.parametrize("where", ["index", "matrix"])
def test_twenty_rows_need_no_more_queries_than_two(town, sign_in, count_queries, where):
    def more(count):
        for n in range(count):
            risk = add(town, unit="BUF-SOL", title=f"Risk {n}")
            with_action(town, risk)
            report(town, risk, 2020 + n)

    client = sign_in("director")
    more(2)
    two = count_queries(lambda: client.get(url(where)))
    assert two <= 14
    more(18)
    assert count_queries(lambda: client.get(url(where))) == two


def test_the_page_of_a_risk_needs_no_more_queries_with_more_actions(town, sign_in, count_queries):
    risk, client = add(town), sign_in("director")
    with_action(town, risk)
    report(town, risk)
    one = count_queries(lambda: client.get(url("detail", risk.pk)))
    for n in range(8):
        with_action(town, risk, title=f"Åtgärd {n}")
    report(town, risk, 2023)
    assert count_queries(lambda: client.get(url("detail", risk.pk))) == one


def test_a_new_risk_needs_an_answer_to_serious_and_keeps_what_was_typed(town, sign_in):
    client, here = sign_in("manager"), url("new", "BUF-SOL")
    assert "checked" not in client.get(here).content.decode()
    wrong = client.post(here, {**JUDGED, "serious": ""})
    assert wrong.status_code == 422 and "Buller i matsalen" in wrong.content.decode()
    saved = client.post(here, JUDGED)
    risk = Risk.objects.get()
    assert (saved.status_code, saved.url) == (302, url("detail", risk.pk))
    assert (risk.level, risk.serious) == (6, False)


def test_the_matrix_proposes_in_words_and_a_person_answers(town, sign_in):
    said = sign_in("manager").get(url("proposal", probability=1, consequence=4)).content.decode()
    assert "Medel\u00a0(4)" in said and "föreslår: ja" in said
    for wrong in ({}, {"probability": "9", "consequence": "9"}, {"probability": "²"}):
        assert (
            "Välj sannolikhet" in sign_in("manager").get(url("proposal", **wrong)).content.decode()
        )


def test_a_standard_risk_fills_the_form(town, sign_in):
    page = sign_in("manager").get(url("new", "BUF-SOL", standard="physical-2"))
    assert page.context["form"].initial["title"] == "Buller som tröttar och stör"


def test_a_proposal_goes_to_the_manager_and_its_answer_to_the_proposer(town, sign_in):
    sent = {"title": "Hala trappor", "found_on": "2024-05-01"}
    assert sign_in("employee").post(url("propose", "BUF-SOL"), sent).status_code == 302
    risk = Risk.objects.get()
    manager = sign_in("manager")
    assert "Bedöm risken" in manager.get(url("detail", risk.pk)).content.decode()
    manager.post(url("reject", risk.pk), {"reason": "Trappan är riven."})
    assert "Trappan är riven." in sign_in("employee").get(url("detail", risk.pk)).content.decode()


def test_two_who_edit_at_once_are_shown_both_and_can_save_over(town, sign_in):
    risk = add(town, unit="BUF-SOL")
    judge(town, risk, title="Stress", version=1)
    client = sign_in("manager")
    page = client.post(url("edit", risk.pk), {**JUDGED, "version": "1"})
    shown = page.content.decode()
    assert page.status_code == 422 and "Stress" in shown and "Buller i matsalen" in shown
    again = client.post(
        url("edit", risk.pk), {**JUDGED, "version": page.context["form"].data["version"]}
    )
    assert again.status_code == 302
    risk.refresh_from_db()
    assert risk.title == "Buller i matsalen"


def test_a_draft_fills_the_form_and_is_gone_after_saving(town, sign_in):
    client, here = sign_in("manager"), url("new", "BUF-SOL")
    key = f"ny-risk-{town.school.pk}"
    client.post(reverse("desk:draft", args=[key]), {**JUDGED, "title": "Halvskrivet"})
    assert "Halvskrivet" in client.get(f"{here}?utkast=aterstall").content.decode()
    client.post(here, JUDGED)
    assert not Draft.objects.exists()


def test_values_after_measures_close_and_open_again(town, sign_in):
    risk, client = add(town, unit="BUF-SOL"), sign_in("manager")
    sent = {"probability": "1", "consequence": "2", "version": "1"}
    assert client.post(url("after", risk.pk), sent).status_code == 302
    assert client.post(url("close", risk.pk), {}).status_code == 422
    assert client.post(url("close", risk.pk), {"reason": "Rivet."}).status_code == 302
    assert client.post(url("reopen", risk.pk), {"reason": "Kvar."}).status_code == 302
    risk.refresh_from_db()
    assert (risk.current_level, risk.status) == (2, "open")


def test_an_action_is_promised_for_a_risk_from_a_standard_one(town, sign_in):
    risk, client = add(town, unit="BUF-SOL", area="alone"), sign_in("manager")
    here = url("new_action", risk.pk)
    form = client.get(f"{here}?atgard=1").context["form"]
    sent = {
        "title": form.initial["title"],
        "wanted_effect": form.initial["wanted_effect"],
        "responsible": "Test manager",
        "due_date": "2024-09-01",
    }
    assert client.post(here, sent).status_code == 302
    assert [action.origin for action in queries.actions_of(risk)] == ["risk"]


def test_an_action_that_exists_is_linked_and_taken_away_again(town, sign_in):
    one, other = (add(town, unit="BUF-SOL", title=title) for title in ("Ett", "Två"))
    action = with_action(town, one)
    client = sign_in("manager")
    assert action.title in client.get(url("link", other.pk, q="schemat")).content.decode()
    assert client.post(url("link", other.pk), {"action": action.pk}).status_code == 302
    gone = url("unlink", other.pk, action.pk)
    assert client.post(gone, {"reason": "Fel risk."}).status_code == 302
    assert queries.actions_of(other) == []


def test_a_risk_is_reported_onward_and_taken_back(town, sign_in):
    risk, client = add(town), sign_in("director")
    assert client.get(url("report", risk.pk)).status_code == 422
    action = with_action(town, risk)
    here = client.get(url("report", risk.pk))
    assert here.context["form"].initial["board"] == town.boards["GSN"].pk
    sent = {"board": town.boards["GSN"].pk, "year": "2024", "actions": [action.pk]}
    assert client.post(url("report", risk.pk), sent).status_code == 302
    row = queries.onward_of(risk)[0]
    assert client.post(url("withdraw", row.pk), {"reason": "Löst."}).status_code == 302
    assert queries.onward_of(risk) == []


def test_risks_of_two_schools_are_gathered_and_one_more_put_under(town, sign_in):
    schools = [add(town, unit=unit) for unit in ("BUF-SOL", "BUF-ANG")]
    client = sign_in("upper_manager")
    sent = {**JUDGED, "unit": town.units["BUF-GRU"].pk, "risk": [risk.pk for risk in schools]}
    assert client.post(url("gather"), sent).status_code == 302
    common = Risk.objects.get(source="common")
    assert {risk.pk for risk in queries.gathered_under(common)} == {risk.pk for risk in schools}
    third = add(town, unit="BUF-SOL")
    assert client.post(url("gather_under", third.pk), {"common": common.pk}).status_code == 302
    assert client.post(url("ungather", third.pk), {"reason": "Annat."}).status_code == 302
    assert client.get(url("gather")).status_code == 422


def test_a_change_is_assessed_in_steps_made_ready_printed_and_followed_up(town, sign_in):
    client = sign_in("manager")
    opened = client.post(url("new_assessment", "BUF-SOL"), {**CHANGE, "affected_units": "BUF-ANG"})
    found = ChangeAssessment.objects.get()
    assert opened.url == url("assessment", found.pk)
    ready = url("assessment_ready", found.pk)
    assert client.post(ready).status_code == 422
    part = {"safety_rep": "Skyddsombudet", "employees": "Träff.", "version": found.version}
    client.post(url("assessment_edit", found.pk, "medverkan"), part)
    client.post(url("assessment_risk", found.pk), JUDGED)
    assert Risk.objects.get().source == "change"
    assert client.post(ready).status_code == 302
    for form in ("pdf", "docx"):
        assert client.get(url("assessment", found.pk, format=form)).status_code == 200
    assert client.post(url("assessment_follow_up", found.pk), {"result": "Bra."}).status_code == 422
    assert client.get(url("assessment_edit", found.pk, "medverkan")).status_code == 422


def test_twenty_assessments_need_no_more_queries_than_two(town, sign_in, count_queries):
    client = sign_in("manager")
    for _n in range(2):
        assessment(town)
    two = count_queries(lambda: client.get(url("assessments")))
    for _n in range(18):
        assessment(town)
    assert count_queries(lambda: client.get(url("assessments"))) == two


def test_the_administrator_writes_a_new_version_and_chooses_it(town, sign_in):
    client = sign_in("administrator")
    here = url("edit_matrix", "4x4", 1)
    form = client.get(here).context["form"]
    sent = {name: form.fields[name].initial or "" for name in form.fields}
    sent["probability-1-label-sv"] = "Nästan aldrig"
    assert client.post(here, {**sent, "visa": "1"}).context["picture"]
    assert client.post(here, {**sent, "cell-4-4": "2"}).status_code == 422
    assert client.post(here, sent).status_code == 302
    client.post(url("choose_matrix"), {"matris": "4x4/2"})
    assert MatrixVersion.objects.get(is_default=True).version == 2
    assert queries.default_matrix().probability[0].label == "Nästan aldrig"
    assert add(town, actor=ACTOR).matrix == "4x4/2"


def test_another_size_begins_with_the_product(town, sign_in):
    page = sign_in("administrator").get(url("edit_matrix", "4x4", 1, rader=5, kolumner=3))
    assert page.context["form"].fields["cell-5-3"].initial == 15


def test_nobody_but_the_proposer_and_the_unit_sees_a_proposal(town, sign_in):
    risk = propose(town)
    assert sign_in("outsider").get(url("detail", risk.pk)).status_code == 404
