"""Suggestions in the form of a section, what is remembered of them, and the count on the writer."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from samkoll.reports import building
from samkoll.reports.models import AcceptedSentence, DismissedSentence, Report, Text
from samkoll.reports.suggesting import panel, queries, services
from samkoll.reports.suggesting.sentence import Rest, Sentence
from samkoll.reports.tests.conftest import ACTOR, TODAY

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 5, 15, 9, 0, tzinfo=UTC)
RULE = "change.sick_leave.total"
UNCHANGED = "Den totala sjukfrånvaron är oförändrad jämfört med 2022, 9,0 procent 2023."


@pytest.fixture
def report(extracted):
    return extracted["GSN"]


@pytest.fixture
def url(report):
    return f"/rapporter/{report.pk}/avsnitt/sick_leave/"


@pytest.fixture
def writer(client, town, url):
    """A browser of the administration's director. ``fill`` posts the form with more in it."""
    client.force_login(town.user("director"))

    def fill(**more):
        form = client.get(url).context["form"]
        fields = {name: form[name].value() or "" for name in form.fields}
        return client.post(url, {**fields, "version": form["version"].value(), **more})

    client.fill = fill
    return client


def sentences(report):
    context = building.gather([report.pk], produced_on=TODAY)[report.pk]
    section = context.report.form.section("sick_leave")
    return {s.rule: s for s in queries.suggested(context, section)}


def accept(report, *, figures=None, text="", part="main", save=True):
    """The sentence as it was accepted once, with other figures perhaps."""
    found = sentences(report)[RULE]
    told = tuple(Rest(key, value) for key, value in (figures or {}).items()) or found.figures
    old = Sentence(RULE, text or found.text, told)
    services.accept(
        report_id=report.pk, section="sick_leave", part=part, sentences=[old], actor=ACTOR, now=NOW
    )
    if save:
        Text.objects.create(report=report, section="sick_leave", part=part, text=old.text)
    return old


def test_suggestions_stand_in_the_form_and_never_in_the_report(writer, url, report):
    shown = writer.get(url).content.decode()
    text = sentences(report)[RULE].text
    assert f'value="{RULE}"' in shown and text in shown
    assert text not in writer.get(f"/rapporter/{report.pk}/").content.decode()


def test_what_is_typed_stays_when_suggestions_are_put_into_it(writer, report):
    answer = writer.fill(**{"text-main": "Osparat.", "mening": [RULE], "forslag": "lagg-in"})
    text = sentences(report)[RULE].text
    assert answer.context["form"]["text-main"].value() == f"Osparat.\n\n{text}"
    assert not Text.objects.filter(report=report).exists()
    row = AcceptedSentence.objects.get(report=report)
    assert (row.rule, row.text, row.edited) == (RULE, text, False)
    offered = [each.rule for each in answer.context["suggestions"].offered]
    assert RULE not in offered


def test_nothing_ticked_is_said_and_changes_nothing(writer, report):
    answer = writer.fill(**{"forslag": "lagg-in"})
    assert "Kryssa i minst ett förslag" in answer.content.decode()
    assert not AcceptedSentence.objects.exists()


def test_dismissed_suggestions_stay_away_until_asked_for(writer, url, report):
    writer.fill(**{"mening": [RULE], "forslag": "valj-bort"})
    assert DismissedSentence.objects.get(report=report).rule == RULE
    shown = writer.get(url)
    assert f'value="{RULE}"' not in shown.content.decode()
    assert "Visa bortvalda förslag igen (1)" in shown.content.decode()
    writer.fill(**{"forslag": "visa-igen"})
    assert f'value="{RULE}"' in writer.get(url).content.decode()


def test_saving_follows_a_reworded_sentence(writer, report):
    old = accept(report)
    new = old.text.replace("Den totala sjukfrånvaron är", "Sjukfrånvaron är i stort sett")
    writer.fill(**{"text-main": f"Inledning.\n\n{new}"})
    row = AcceptedSentence.objects.get(report=report)
    assert row.edited and row.text.startswith("Sjukfrånvaron är i stort sett")


def test_a_changed_figure_is_told_on_both_pages_and_can_be_replaced(writer, url, report):
    then = {"sick_leave.total.2023-12": "9,3", "sick_leave.total.2022-12": "9,4"}
    accept(report, figures=then, text=UNCHANGED.replace("9,0", "9,3"))
    form, now = writer.get(url), sentences(report)[RULE].text
    assert now in form.content.decode() and "9,3 → " in form.content.decode()
    answer = writer.fill(**{"byt": RULE})
    assert answer.context["form"]["text-main"].value() == now
    assert not answer.context["suggestions"].outdated
    assert writer.get(url).context["suggestions"].outdated, "nothing is saved yet"
    writer.fill(**{"text-main": now})
    assert not writer.get(url).context["suggestions"].outdated


def test_a_sentence_that_left_the_text_is_not_asked_about(writer, url, report):
    accept(report, figures={"sick_leave.total.2023-12": "1,0"}, save=False)
    assert not writer.get(url).context["suggestions"].outdated


def test_whoever_may_not_write_accepts_nothing(client, url, town):
    client.force_login(town.user("board_member"))
    assert client.post(url, {"mening": [RULE], "forslag": "lagg-in"}).status_code == 403


def test_checking_takes_as_many_queries_for_one_sentence_as_for_ten(report, count_queries):
    def check():
        return panel.changed(Report.objects.get(pk=report.pk), TODAY)

    accept(report)
    one = count_queries(check)
    for rule in list(sentences(report))[1:10]:
        found = sentences(report)[rule]
        services.accept(
            report_id=report.pk, section="sick_leave", part="main", sentences=[found],
            actor=ACTOR, now=NOW,
        )  # fmt: skip
    assert count_queries(check) == one
