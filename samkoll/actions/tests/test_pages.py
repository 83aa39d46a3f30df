"""The pages of actions: what they show, what they do, and what happens when it does not work."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from samkoll.actions import services
from samkoll.actions.models import Action
from samkoll.actions.tests.making import TODAY, add, answer, change, done, hand_up
from tests.town import ACTOR


@pytest.fixture
def browse(town, client, monkeypatch):
    """A browser of one of the town's people, on the town's day."""
    monkeypatch.setattr(timezone, "localdate", lambda value=None, timezone=None: TODAY)

    def signed_in(who="manager"):
        client.force_login(town.user(who))
        return client

    return signed_in


def url(name, pk):
    return reverse(f"actions:{name}", args=[pk])


def text(response):
    return response.content.decode()


NEW = {
    "title": "Köp in hörselskydd",
    "wanted_effect": "Tyst.",
    "due_date": "2024-06-30",
    "responsible": "Test manager, Chef, Solskolan",
}


def post_new(browser, **changes):
    return browser.post(reverse("actions:new", args=["BUF-SOL"]), NEW | changes)


def test_a_new_action_is_added_and_shown(browse):
    response = browse().get(reverse("actions:new", args=["BUF-SOL"]))
    assert 'value="Test manager, Chef, Solskolan"' in text(response)
    response = post_new(browse())
    action = Action.objects.get()
    assert response.status_code == 302 and response.url == url("detail", action.pk)
    assert "Köp in hörselskydd" in text(browse().get(response.url))


def test_part_of_a_name_is_enough_when_one_person_fits(browse, town):
    post_new(browse(), responsible="chef sol")
    assert Action.objects.get().responsible == town.people["manager"]


def test_a_name_that_several_have_becomes_a_choice_without_script(browse, town):
    response = post_new(browse(), responsible="manager")
    assert response.status_code == 422 and "Flera stämmer" in text(response)
    person = town.people["upper_manager"]
    assert f'name="responsible_pick" value="{person.pk}"' in text(response)
    post_new(browse(), responsible="manager", responsible_pick=str(person.pk))
    assert Action.objects.get().responsible == person


def test_nobody_of_that_name_is_a_sentence(browse):
    response = post_new(browse(), responsible="Finns Inte")
    assert response.status_code == 422 and "Ingen som arbetar här" in text(response)


def test_a_day_that_has_passed_asks_why_and_keeps_what_was_typed(browse):
    response = post_new(browse(), due_date="2024-05-01")
    assert response.status_code == 422 and "redan passerat" in text(response)
    assert 'name="reason"' in text(response) and "Köp in hörselskydd" in text(response)
    assert post_new(browse(), due_date="2024-05-01", reason="Redan gjord.").status_code == 302


def test_people_are_suggested_to_those_who_may_give_actions(browse):
    response = browse().get(reverse("actions:people"), {"responsible": "upper"})
    assert 'value="Test upper_manager, Chef, Grundskola"' in text(response)
    assert browse("employee").get(reverse("actions:people")).status_code == 403


def edit(browser, action, **changes):
    data = {
        "version": action.version,
        "title": action.title,
        "wanted_effect": action.wanted_effect,
        "responsible": "Test manager, Chef, Solskolan",
        "responsible_title": "Chef",
        "helper": "",
        "cost": "",
    }
    return browser.post(url("edit", action.pk), data | changes)


def test_editing_saves_and_goes_back(browse, town):
    action = add(town, helpers=[town.people["auditor"]])
    employee = town.people["employee"].name
    response = edit(browse(), action, title="Låna", helper=employee, cost="1200")
    assert response.status_code == 302
    action.refresh_from_db()
    assert (action.title, action.cost) == ("Låna", 1200)
    assert list(action.helpers.all()) == [town.people["employee"]]


def test_the_second_editor_sees_both_versions_and_can_save_again(browse, town):
    action = add(town)
    edit(browse("upper_manager"), action, title="Köp kåpor")
    response = edit(browse(), action, title="Låna skydd")
    shown = text(response)
    assert response.status_code == 422
    assert "Sparat av Test upper_manager" in shown and "Köp kåpor" in shown
    assert 'value="Låna skydd"' in shown and 'name="version" value="2"' in shown
    assert edit(browse(), action, title="Låna skydd", version=2).status_code == 302


def test_moving_the_day_needs_a_reason(browse, town):
    action = add(town)
    data = {"version": 1, "due_date": "2024-08-01", "reason": ""}
    assert browse().post(url("due_date", action.pk), data).status_code == 422
    data["reason"] = "Leveransen dröjer."
    assert browse().post(url("due_date", action.pk), data).status_code == 302
    assert "Leveransen dröjer." in text(browse().get(url("detail", action.pk)))


def test_a_stale_day_shows_the_other_ones(browse, town):
    action = add(town)
    data = {"version": 1, "due_date": "2024-08-01", "reason": "Sent."}
    browse().post(url("due_date", action.pk), data)
    response = browse().post(url("due_date", action.pk), data | {"due_date": "2024-09-01"})
    assert response.status_code == 422 and "2024-08-01" in text(response)


def test_the_whole_way_from_start_to_a_new_action(browse, town):
    action = add(town)
    browse().post(url("start", action.pk))
    browse().post(url("done", action.pk), {"on": "2024-05-14", "follow_up_on": "2024-05-15"})
    assert "Dags att följa upp" in text(browse().get(url("detail", action.pk)))
    data = {
        "effect": "partly",
        "evidence": "Mätningen visar 80 dB.",
        "safety_rep_took_part": "on",
        "decision": "new_action",
        "new_title": "Bygg en tyst vrå",
        "new_due_date": "2024-09-01",
        "new_responsible": "Test manager, Chef, Solskolan",
        "answer_by": "2024-06-14",
    }
    assert browse().post(url("follow_up", action.pk), data).status_code == 302
    shown = text(browse().get(url("detail", action.pk)))
    assert "Följs av: Bygg en tyst vrå" in shown and "skyddsombud medverkade" in shown


def test_a_decision_without_what_it_leads_to_is_told_beside_the_field(browse, town):
    data = {"effect": "partly", "evidence": "X", "decision": "new_action"}
    response = browse().post(url("follow_up", done(town).pk), data)
    assert response.status_code == 422 and text(response).count('class="wrong"') == 2


def test_following_up_too_early_is_a_sentence(browse, town):
    data = {"effect": "reached", "evidence": "X", "decision": "close"}
    response = browse().post(url("follow_up", add(town).pk), data)
    assert response.status_code == 422 and "först när åtgärden är genomförd" in text(response)


def test_dropping_and_opening_again(browse, town):
    action = add(town)
    assert browse().post(url("drop", action.pk), {"reason": ""}).status_code == 422
    browse().post(url("drop", action.pk), {"reason": "Lokalen lämnas."})
    browse().post(url("reopen", action.pk), {"reason": "Lokalen behölls."})
    action.refresh_from_db()
    assert action.status == "ongoing"
    shown = text(browse().get(url("detail", action.pk)))
    assert "Lokalen lämnas." in shown and "Lokalen behölls." in shown


def test_a_step_that_somebody_else_took_is_a_message(browse, town):
    action = change(town, add(town), "ongoing")
    response = browse().post(url("start", action.pk), follow=True)
    assert "redan gått vidare" in text(response)


def test_a_question_goes_up_and_the_answer_comes_back(browse, town):
    action = add(town)
    data = {"reason_kind": "money", "reason": "Det kostar för mycket.", "answer_by": "2024-06-01"}
    browse().post(url("hand_up", action.pk), data)
    assert "Vänta på svaret" in text(browse().get(url("detail", action.pk)))
    asked = action.hand_ups.get()
    above = browse("upper_manager")
    assert reverse("actions:answer", args=[asked.pk]) in text(above.get(url("detail", action.pk)))
    assert "Det kostar för mycket." in text(above.get(url("answer", asked.pk)))
    data = {"answer": "returns", "text": "Ni får 20 000 kr.", "answer_by": "2024-06-14"}
    assert above.post(url("answer", asked.pk), data).status_code == 302
    shown = text(browse().get(url("detail", action.pk)))
    assert "Ni får 20 000 kr." in shown and "Kvittera svaret" in shown
    browse().post(url("seen", asked.pk))
    asked.refresh_from_db()
    assert asked.seen_on == TODAY


def test_the_top_unit_is_not_offered_to_hand_on(browse, town):
    asked = hand_up(town, add(town))
    for who in ("upper_manager", "director"):
        answer(town, asked, "hands_on", who)
        asked = asked.carried_on
    assert asked.to_unit == town.top and asked.origin == town.school


def test_a_button_says_why_it_cannot_be_pressed(browse, town):
    shown = text(browse("safety_rep").get(url("detail", add(town).pk)))
    assert "Bara enhetens chef får lyfta" in shown and "Bara den som ansvarar" in shown
    assert "Kommentera" in shown


def test_comments_are_shown_and_an_empty_one_comes_back(browse, town):
    action = add(town)
    browse("safety_rep").post(url("comment", action.pk), {"text": "Mät <b>igen</b>."})
    assert "Mät &lt;b&gt;igen&lt;/b&gt;." in text(browse().get(url("detail", action.pk)))
    assert browse().post(url("comment", action.pk), {"text": ""}).status_code == 422


def test_files_are_attached_fetched_and_removed(browse, town):
    action = add(town)
    upload = SimpleUploadedFile("mätning.txt", b"70 dB i matsalen")
    assert browse().post(url("attach", action.pk), {"files": upload}).status_code == 302
    link = action.files.get()
    fetched = browse("safety_rep").get(reverse("actions:file", args=[action.pk, link.pk]))
    assert b"".join(fetched.streaming_content) == b"70 dB i matsalen"
    remove = reverse("actions:remove", args=[action.pk, link.pk])
    assert "för gott" in text(browse().get(remove))
    browse().post(remove)
    assert not action.files.exists()
    assert "mätning.txt" in text(browse().get(url("detail", action.pk)))


def test_a_file_that_is_not_taken_is_a_sentence(browse, town):
    upload = io.BytesIO(b"MZ")
    upload.name = "program.exe"
    response = browse().post(url("attach", add(town).pk), {"files": upload})
    assert response.status_code == 422 and "inte kan bifogas" in text(response)


def test_drafts_of_the_form_are_offered(browse, town):
    action = add(town)
    browser = browse()
    key = f"atgard-{action.pk}"
    browser.post(reverse("desk:draft", args=[key]), {"title": "Halvskriven", "version": 1})
    response = browser.get(url("edit", action.pk), {"utkast": "aterstall"})
    assert 'value="Halvskriven"' in text(response)


def fill(town, action, count):
    for n in range(count):
        services.add_comment(
            action_id=action.pk, text=f"Nr {n}", actor=town.user("manager"), today=TODAY
        )
        asked = hand_up(town, action)
        answer(town, asked, "refuses", text=f"Nej {n}")
        upload = SimpleUploadedFile(f"{n}.txt", f"Fil {n}".encode())
        services.attach_files(
            action_id=action.pk, uploads=[upload], actor=ACTOR, today=TODAY, now=timezone.now()
        )


def test_a_long_story_needs_no_more_queries_than_a_short_one(browse, town, count_queries):
    action, browser = add(town), browse()
    fill(town, action, 2)
    browser.get(url("detail", action.pk))
    two = count_queries(lambda: browser.get(url("detail", action.pk)))
    fill(town, action, 18)
    assert count_queries(lambda: browser.get(url("detail", action.pk))) == two


def test_every_role_needs_as_many_queries(browse, town, count_queries):
    action = add(town)
    counts = {}
    for who in ("manager", "upper_manager", "safety_rep", "hr_strategist"):
        browser = browse(who)
        browser.get(url("detail", action.pk))
        counts[who] = count_queries(lambda: browser.get(url("detail", action.pk)))  # noqa: B023
    assert max(counts.values()) - min(counts.values()) <= 2, counts


def test_due_tomorrow_is_not_late(browse, town):
    action = add(town, due_date=TODAY + timedelta(days=1))
    assert "Försenad" not in text(browse().get(url("detail", action.pk)))
    Action.objects.update(due_date=date(2024, 5, 13))
    assert "Försenad 2 dagar" in text(browse().get(url("detail", action.pk)))
