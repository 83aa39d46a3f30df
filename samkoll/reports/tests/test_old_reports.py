"""Old reports from file to report: confirmed by a person, all or nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from samkoll.audit.services import CommandLine
from samkoll.files.checking import check
from samkoll.reports import queries
from samkoll.reports.models import OldReport, OldState, Report
from samkoll.reports.old import services
from samkoll.reports.old.choice import Choice
from samkoll.reports.services import NoFacts
from samkoll.reports.tests import facts
from samkoll.reports.tests.conftest import PEOPLE
from samkoll.reports.tests.old_documents import PLAN, REPORT
from samkoll.risks.models import Risk

TODAY, NOW = date(2024, 5, 15), datetime(2024, 5, 15, 9, tzinfo=UTC)
ACTOR = CommandLine()
EVERYTHING = dict.fromkeys(("texts", "answers", "given", "risks", "measures"), range(9))


def read(text=REPORT, name="gammal.txt", actor=ACTOR):
    upload = check(SimpleUploadedFile(name, text.encode()))
    return services.read(upload=upload, actor=actor, now=NOW)


def choice(town, **chosen):
    unit, board = town.units["BUF"], town.boards["GSN"]
    return Choice(2023, unit, board, **(EVERYTHING | chosen))


def confirm(old, chosen):
    return services.confirm(old_id=old.pk, choice=chosen, actor=ACTOR, now=NOW)


def material(report):
    return queries.materials([report.pk])[report.pk]


@pytest.fixture
def old(town):
    return read()


def test_what_is_confirmed_lies_in_the_report_of_its_year(town, old):
    report = confirm(old, choice(town)).report
    found = material(report)
    assert (report.year, report.template.year) == (2023, 2024)
    assert found.answers["reporting_followed_routine"].value == "partly"
    assert found.given["occupational_injuries"].current == 31
    assert found.texts["sick_leave", "main"] == "Frånvaron har gått ned."
    old.refresh_from_db()
    assert (old.state, old.report) == (OldState.CONFIRMED, report)


def test_its_risks_are_last_years_risks_of_the_next_report(town, old):
    report = confirm(old, choice(town)).report
    (risk,) = material(report).current_risks
    assert (risk.title, len(risk.actions)) == ("Hot och våld i korridorer", 2)
    assert Risk.objects.get().level == 12
    written = material(report).texts["selected_comments", f"risk-{Risk.objects.get().pk}"]
    assert written == "Händelserna är färre men allvarligare."


def test_what_was_said_of_a_risk_that_is_history_stands_below_its_name(town, old):
    report = confirm(old, choice(town)).report
    text = material(report).texts["previous_actions", "main"]
    assert text == "Buller i matsalar\n\nPlattorna sitter i tre av fyra matsalar."


def test_only_what_is_chosen_is_taken(town, old):
    report = confirm(old, choice(town, texts=(), answers=(), risks=())).report
    found = material(report)
    assert not found.texts
    assert not found.answers
    assert set(found.given) == {"occupational_injuries", "near_misses"}


def test_what_the_report_has_already_stays(town, old):
    confirm(old, choice(town, risks=()))
    again = confirm(read(REPORT.replace("gått ned", "gått upp")), choice(town, risks=()))
    assert material(again.report).texts["sick_leave", "main"] == "Frånvaron har gått ned."
    assert any("Sjukfrånvaro" in sentence for sentence in again.left_out)


def test_a_level_that_the_matrix_does_not_have_is_left_out_and_said(town):
    confirmed = confirm(read(REPORT.replace("korridorer\t12", "korridorer\t13")), choice(town))
    assert not Risk.objects.exists()
    assert any("13" in sentence for sentence in confirmed.left_out)


def test_a_confirmed_document_is_not_confirmed_again(town, old):
    confirm(old, choice(town))
    with pytest.raises(services.NotWaiting, match="redan hanterad"):
        confirm(old, choice(town))
    assert Report.objects.filter(year=2023).count() == 1


def test_a_document_about_something_else_is_refused_with_a_sentence(town):
    with pytest.raises(services.NothingFound, match="rätt fil"):
        read("Protokoll från föreningens årsmöte.")
    assert not OldReport.objects.exists()


def test_only_hr_reads_old_reports(town):
    with pytest.raises(PermissionDenied):
        read(actor=town.user("director"))


def test_a_discarded_document_puts_nothing_anywhere(town, old):
    services.discard(old_id=old.pk, actor=ACTOR, today=TODAY)
    with pytest.raises(services.NotWaiting):
        confirm(old, choice(town))
    assert not Report.objects.exists()


def test_a_plan_gets_its_measures_and_texts(town):
    facts.publish(town, PEOPLE)
    where = Choice(2024, town.units["EXK"], None, **EVERYTHING)
    report = confirm(read(PLAN, "plan.txt"), where).report
    (measure,) = report.measures.all()
    assert (report.kind, measure.heading) == ("plan", "Rehabilitering i tid")
    assert (measure.form, measure.time_plan) == ("process", "Klart 2025.")


def test_a_plan_without_payroll_data_says_what_to_do_first(town):
    where = Choice(2024, town.units["EXK"], None, **EVERYTHING)
    with pytest.raises(NoFacts, match="lönedata"):
        confirm(read(PLAN, "plan.txt"), where)
    assert OldReport.objects.get().state == OldState.WAITING
