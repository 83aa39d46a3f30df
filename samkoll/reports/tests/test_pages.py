"""The pages of the reports: what each shows, refuses and keeps, without script."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from samkoll.audit.services import CommandLine
from samkoll.desk.models import Job
from samkoll.reports import editing, services, storing
from samkoll.reports.editing import AnswerInput, SectionInput
from samkoll.reports.models import Override, Report, Text
from samkoll.reports.tests import facts
from samkoll.reports.tests.conftest import TODAY


@pytest.fixture
def as_(town, client):
    """Sign in as the person with that role."""

    def sign_in(role):
        client.force_login(town.user(role))
        return client

    return sign_in


def url(name, *args):
    return reverse(f"reports:{name}", args=args)


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_list_shows_each_board_with_its_report(as_, reports):
    page = text(as_("director").get(url("index")))
    assert "Grundskolenämnden" in page and "0 av 11 frågor besvarade" in page
    assert "Kommunstyrelsen" not in page


def test_an_empty_list_says_what_will_be_here(as_, reports):
    assert "Inga rapporter" in text(as_("employee").get(url("index")))


def test_what_one_may_not_see_does_not_exist(as_, extracted):
    pk, client = extracted["KS"].pk, as_("director")
    pages = [("read",), ("figure", "sick_leave.total.2023-12"), ("edit", "rounds")]
    for name, *more in (*pages, ("diary_number",)):
        assert client.get(url(name, pk, *more)).status_code == 404, name


def test_a_report_reads_as_the_document_with_linked_figures(as_, extracted):
    pk = extracted["KS"].pk
    page = text(as_("hr_strategist").get(url("read", pk)))
    assert "R12 2023-12" in page
    assert f"/rapporter/{pk}/siffra/sick_leave.women.2023-12/" in page


def test_a_report_without_facts_can_already_be_written(as_, reports):
    page = text(as_("director").get(url("read", reports["GSN"].pk)))
    assert "Underlaget är inte uttaget" in page and "/avsnitt/rounds/" in page


def test_a_figure_tells_numerator_denominator_and_snapshot(as_, extracted):
    page = text(
        as_("hr_strategist").get(url("figure", extracted["KS"].pk, "sick_leave.women.2023-12"))
    )
    assert "38 400,00 timmar ordinarie arbetstid" in page  # 20 women, 12 months, 160 hours
    assert extracted["KS"].facts[0]["sha256"] in page and "2023-01 – 2023-12" in page


def test_a_protected_figure_tells_only_that_it_is(as_, extracted):
    address = url("figure", extracted["FSN"].pk, "sick_leave.men.2023-12")
    page = text(as_("director").get(address))
    assert "Siffran visas inte" in page and "timmar ordinarie" not in page


def test_protected_figures_of_different_size_have_the_same_page(as_, extracted):
    def page(sex):
        found = text(
            as_("director").get(url("figure", extracted["FSN"].pk, f"sick_leave.{sex}.2023-12"))
        )
        words = found.replace("kvinnor", "").replace("män", "").replace("women", "")
        return re.sub(r"csrf\S+|value=\S+", "", words.replace("men", ""))

    assert page("women") == page("men")


def test_a_figure_that_the_report_does_not_have_is_404(as_, extracted):
    client = as_("director")
    for key in ("nonsense", "sick_leave.total", "nope.total.2023-12", "given.nope"):
        assert client.get(url("figure", extracted["GSN"].pk, key)).status_code == 404, key


def section(typed="Ronder i maj.", version=0, **more):
    return {"version": version, "text-main": typed, **more}


def test_a_section_is_saved_and_leads_back_to_its_place(as_, extracted):
    pk = extracted["GSN"].pk
    answers = {"answer-rounds_carried_out": "partly", "comment-rounds_carried_out": "Två kvar."}
    client = as_("director")
    response = client.post(url("edit", pk, "rounds"), section(**answers))
    assert response.url == f"/rapporter/{pk}/#avsnitt-2-6"
    page = text(client.get(url("read", pk)))
    assert "Ronder i maj." in page and "Delvis" in page


def test_the_figures_of_a_section_stand_beside_its_fields(as_, extracted):
    pk, client = extracted["GSN"].pk, as_("director")
    page = text(client.get(url("edit", pk, "sick_leave")))
    assert "Tabell 3. Sjukfrånvaro, procent" in page and "text-main" in page
    assert f"/rapporter/{pk}/siffra/sick_leave.total.2023-12/" in page
    assert "doc-table" not in text(client.get(url("edit", pk, "meetings")))


def test_every_heading_leads_those_who_write_to_its_form(as_, extracted):
    pk = extracted["GSN"].pk
    link = f'<a href="{url("edit", pk, "sick_leave")}">Skriv i avsnitt 2.2</a>'
    assert link in text(as_("director").get(url("read", pk)))
    assert link not in text(as_("board_member").get(url("read", pk)))


def test_those_who_may_read_but_not_write_are_told_who_writes(as_, reports):
    response = as_("board_member").get(url("edit", reports["GSN"].pk, "rounds"))
    assert response.status_code == 403 and "förvaltningschefen" in text(response)


def test_a_wrong_number_keeps_everything_that_was_typed(as_, reports):
    typed = section("Text som inte får försvinna.", **{"given-near_misses": "nio"})
    response = as_("director").post(url("edit", reports["GSN"].pk, "injuries"), typed)
    assert response.status_code == 422
    assert "Text som inte får försvinna." in text(response) and 'value="nio"' in text(response)


def test_a_decimal_comma_is_read(as_, reports):
    pk = reports["GSN"].pk
    typed = section(**{"given-sick_leave_2020": "3,4"})
    assert as_("director").post(url("edit", pk, "sick_leave"), typed).status_code == 302
    assert str(reports["GSN"].given.get(key="sick_leave_2020").current) == "3.40"


def test_whoever_saves_second_sees_both_and_can_save_again(as_, town, reports):
    pk, client = reports["GSN"].pk, as_("director")
    editing.edit_section(
        report_id=pk, section="rounds", version=0,
        typed=SectionInput(
            texts={"main": "HR:s text."}, answers={"measures_fed_back": AnswerInput("no")}
        ),
        actor=town.user("hr_partner"), today=TODAY,
    )  # fmt: skip
    response = client.post(url("edit", pk, "rounds"), section("Chefens text."))
    page = text(response)
    assert response.status_code == 422 and "Test hr_partner sparade avsnittet" in page
    assert "HR:s text." in page and "Chefens text." in page and 'value="1"' in page
    assert client.post(url("edit", pk, "rounds"), section("Båda.", version=1)).status_code == 302


def test_the_question_page_shows_the_boards_beside_each_other(as_, town, extracted):
    editing.edit_section(
        report_id=extracted["KS"].pk, section="rounds", version=0,
        typed=SectionInput(
            texts={"main": "Övriga ronder delvis."},
            answers={"rounds_carried_out": AnswerInput("partly", "Två kvar.")},
        ),
        actor=CommandLine(), today=TODAY,
    )  # fmt: skip
    page = text(
        as_("hr_strategist").get(url("question", extracted["EXK"].pk, "rounds_carried_out"))
    )
    assert "Övriga ronder delvis." in page and "Två kvar." in page and "Ej besvarad" in page
    assert "Ja om alla svarar ja" in page


def test_an_override_needs_its_reason(as_, extracted):
    address = url("question", extracted["EXK"].pk, "rounds_carried_out")
    client = as_("hr_strategist")
    assert client.post(address, {"value": "yes", "reason": ""}).status_code == 422
    assert client.post(address, {"value": "yes", "reason": "Klart."}).status_code == 302
    assert Override.objects.get().by == "Test hr_strategist"
    page = text(client.get(url("read", extracted["EXK"].pk)))
    assert "Motivering: Klart." in page
    client.post(url("withdraw", extracted["EXK"].pk, "rounds_carried_out"))
    assert not Override.objects.exists()


def test_readers_of_the_municipalitys_report_cannot_override(as_, extracted):
    address = url("question", extracted["EXK"].pk, "rounds_carried_out")
    client = as_("auditor")
    assert client.post(address, {"value": "yes", "reason": "Klart."}).status_code == 403
    assert "Kommunens rapport skrivs av HR-strategen" in text(client.get(address))


def test_a_board_report_has_no_rolled_up_questions(as_, extracted):
    address = url("question", extracted["GSN"].pk, "rounds_carried_out")
    assert as_("director").get(address).status_code == 404


def test_the_secretary_sets_the_diary_number(as_, extracted):
    address = url("diary_number", extracted["GSN"].pk)
    assert as_("secretary").post(address, {"diary_number": "GSN-2024/1"}).status_code == 302
    assert Report.objects.get(pk=extracted["GSN"].pk).diary_number == "GSN-2024/1"
    assert as_("director").get(address).status_code == 403


def test_ordering_files_leads_to_their_progress(as_, town, extracted):
    client = as_("director")
    response = client.post(url("build", extracted["GSN"].pk))
    job = Job.objects.get()
    assert response.url == url("job", job.pk)
    assert "Skapa filer" in text(client.get(response.url))
    assert as_("hr_strategist").get(response.url).status_code == 404


def test_a_built_file_downloads_under_its_own_name(as_, town, extracted):
    pk = extracted["GSN"].pk
    storing.store(report_ids=[pk], formats=["html"], actor=town.user("director"), now=facts.NOW)
    response = as_("director").get(url("download", pk, "html"))
    assert "arbetsmiljorapport-2024-BUF-GSN.html" in response["Content-Disposition"]
    assert as_("director").get(url("download", pk, "pdf")).status_code == 404
    assert as_("outsider").get(url("download", pk, "html")).status_code == 404


def test_the_strategist_opens_a_year_and_extracts(as_, town):
    facts.publish(town, {"KSF-INT": (20, 25)})
    assert as_("director").post(url("open_year", 2024)).status_code == 403
    assert as_("hr_strategist").post(url("open_year", 2024)).status_code == 302
    assert Report.objects.exclude(facts=[]).count() == 4


def test_opening_a_year_without_payroll_data_says_what_is_missing(as_, town):
    response = as_("hr_strategist").post(url("open_year", 2024))
    assert response.status_code == 422 and "Det saknas lönedata" in text(response)
    assert not Report.objects.exists()


def test_changes_are_posted(as_, reports):
    client, pk = as_("director"), reports["GSN"].pk
    for address in (url("build", pk), url("withdraw", pk, "rounds_carried_out")):
        assert client.get(address).status_code == 405


def test_the_list_costs_the_same_queries_for_more_years(as_, reports, count_queries):
    client = as_("hr_strategist")
    client.get(url("index"))
    one = count_queries(lambda: client.get(url("index")))
    for year in (2025, 2026):
        services.open_year(year=year, actor=CommandLine(), today=TODAY)
    assert count_queries(lambda: client.get(url("index"))) == one


def test_the_reader_is_told_which_text_the_pdf_cannot_show(as_, extracted):
    report = extracted["KS"]
    client = as_("hr_strategist")
    assert "I PDF-filen visas" not in text(client.get(url("read", report.pk)))
    Text.objects.update_or_create(
        report=report, section="assessment", part="main", defaults={"text": "Bra 😀 år"}
    )
    page = text(client.get(url("read", report.pk)))
    assert "I PDF-filen visas 😀 som □. Det gäller ”Bra 😀 år”." in page


def test_the_review_shows_both_places_of_a_contradiction(as_, extracted):
    report = extracted["KS"]
    client = as_("hr_strategist")
    assert url("review", report.pk) in text(client.get(url("read", report.pk)))
    Text.objects.update_or_create(
        report=report,
        section="sick_leave",
        part="main",
        defaults={"text": "Sjukfrånvaron var 99,9 procent 2023."},
    )
    page = text(client.get(url("review", report.pk)))
    assert "1 ställe säger emot ett annat" in page
    assert "Texten säger 99,9 för sjukfrånvaro, totalt" in page
    assert "Total sjukfrånvaro |" in page and "Sjukfrånvaron var 99,9 procent 2023." in page
    Text.objects.filter(report=report).delete()
    assert "Inga motsägelser hittades." in text(client.get(url("review", report.pk)))


def test_a_report_without_figures_is_not_reviewed(as_, reports):
    page = text(as_("hr_strategist").get(url("review", reports["KS"].pk)))
    assert "Underlaget är inte uttaget" in page
