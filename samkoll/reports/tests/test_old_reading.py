"""What is understood of an old report, and that nothing is made up."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samkoll.reports import template_reader
from samkoll.reports.old import matching, reading
from samkoll.reports.old.found import FoundAction, from_json, to_json
from samkoll.reports.old.risks import joined
from samkoll.reports.review.lines import of_text
from samkoll.reports.tests.old_documents import PLAN, REPORT

BOARDS = ("Grundskolenämnden", "Förskolenämnden")


@pytest.fixture(scope="module")
def forms():
    sources = [template_reader.source(path) for path in template_reader.shipped()]
    found = [template_reader.form_of(source.content) for source in sources]
    return {form.kind: form for form in sorted(found, key=lambda form: -form.year)}


@pytest.fixture(scope="module")
def found(forms):
    return reading.read(of_text("gammal.txt", REPORT), forms, BOARDS)


def test_a_report_says_whose_it_is(found):
    assert (found.kind, found.year, found.board) == ("board", 2023, "Grundskolenämnden")
    assert found.diary_number == "GSN-2023/12"


def test_answers_are_found_though_the_question_is_misspelt(found):
    assert [(a.question, a.value) for a in found.answers] == [
        ("reporting_followed_routine", "partly")
    ]


def test_counts_are_given_and_percentages_are_only_compared(found):
    assert {g.key: g.current for g in found.given} == {
        "occupational_injuries": Decimal(31),
        "near_misses": Decimal(44),
    }
    shown = {(f.metric, f.sex, f.month): f.shown for f in found.figures}
    assert shown["sick_leave", "total", "2022-12"] == "7,1"


def test_risks_are_found_with_their_measures(found):
    before, now = found.risks
    assert (before.which, before.title, before.level) == ("previous", "Buller i matsalar", 8)
    effect = "Lägre ljudnivå under lunchen."
    assert before.actions == (
        FoundAction("Akustikplattor", "closed", date(2022, 6, 30), "", effect),
    )
    assert now.which == "current"
    assert [(a.title, a.responsible) for a in now.actions] == [
        ("Fler vuxna på rasterna", "Rektor"),
        ("Utbildning i lågaffektivt bemötande", "Rektor"),
    ]


def test_texts_go_where_their_headings_say(found):
    assert {(t.section, t.part): t.text for t in found.texts} == {
        ("previous_actions", "risk-0"): "Plattorna sitter i tre av fyra matsalar.",
        ("injuries", "main"): "Fallolyckor är vanligast.",
        ("sick_leave", "main"): "Frånvaron har gått ned.",
        ("selected_comments", "risk-1"): "Händelserna är färre men allvarligare.",
    }


def test_what_the_form_has_no_place_for_is_said(forms):
    text = REPORT.replace(
        "Fallolyckor är", "Arbetstider\tJa/Nej\nHar alla vilat?\tJa\n\nFallolyckor är"
    )
    found = reading.read(of_text("gammal.txt", text), forms, BOARDS)
    assert found.strange == ("Har alla vilat? | Ja",)


def test_a_plan_gives_its_measures(forms):
    found = reading.read(of_text("plan.txt", PLAN), forms, BOARDS)
    (measure,) = found.measures
    assert (found.kind, found.year) == ("plan", 2024)
    assert measure.title == "Rehabilitering i tid"
    assert (measure.account, measure.plan) == (
        "Chefer har fått en ny rutin.",
        "Rutinen följs upp i vår.",
    )
    assert (measure.work_form, measure.time_plan) == ("process", "Klart 2025.")


def test_what_was_found_is_stored_exactly(found):
    assert from_json(to_json(found)) == found


def test_a_word_parted_at_the_end_of_a_line_is_put_together():
    assert joined(["Arbete med att sänka perso-", "nalomsättningen"]).endswith(
        "personalomsättningen"
    )
    assert joined(["barn-", "och ungdom"]) == "barn- och ungdom"


@given(st.text(alphabet="abcdeåäö \t|-#.?\n0123456789", max_size=400))
@settings(max_examples=50, deadline=None)
def test_any_text_is_read_without_breaking(text):
    sources = template_reader.source(template_reader.shipped()[0])
    form = template_reader.form_of(sources.content)
    document = of_text("fil.txt", text)
    found = reading.read(document, {"board": form, "municipality": form}, BOARDS)
    assert from_json(to_json(found)) == found


@given(st.sampled_from([s for s in BOARDS]), st.integers(0, 40))
@settings(max_examples=25)
def test_one_wrong_letter_does_not_matter(name, place):
    text = f"2.4 {name} och arbetsmiljön"
    spelt = text[: 4 + place % len(name)] + "x" + text[5 + place % len(name) :]
    assert matching.best(spelt, {"a": text, "b": "Något helt annat"}, matching.HEADING) == "a"
