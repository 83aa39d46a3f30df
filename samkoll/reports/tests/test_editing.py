"""Writing in a report: who may, what is kept, what happens when two write at once."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from samkoll.audit.models import Change
from samkoll.audit.services import CommandLine
from samkoll.reports import editing, queries, services, template_reader
from samkoll.reports.editing import AnswerInput, GivenInput, SectionInput

TODAY = date(2024, 5, 15)
ACTOR = CommandLine()


def save(report, town, actor="director", section="rounds", version=0, **typed):
    return editing.edit_section(
        report_id=report.pk,
        section=section,
        version=version,
        typed=SectionInput(**typed),
        actor=actor if isinstance(actor, CommandLine) else town.user(actor),
        today=TODAY,
    )


def material(report):
    return queries.materials([report.pk])[report.pk]


def test_a_year_has_a_report_per_board_of_each_administration_and_the_municipalitys(reports):
    assert set(reports) == {"GSN", "FSN", "KS", "EXK"}


def test_opening_a_year_again_opens_only_what_is_missing(reports):
    assert services.open_year(year=2024, actor=ACTOR, today=TODAY) == []


def test_an_administration_has_one_report_for_a_board_and_year(town, reports):
    with pytest.raises(services.ReportExists, match="finns redan"):
        services.create_report(unit=town.top, board=None, year=2024, actor=ACTOR, today=TODAY)


def test_a_year_before_the_first_form_has_no_template(town, reports):
    with pytest.raises(services.NoTemplate, match="2023"):
        services.create_report(unit=town.top, board=None, year=2023, actor=ACTOR, today=TODAY)


def test_what_was_typed_is_kept(town, reports):
    save(
        reports["GSN"], town,
        texts={"main": " Ronder gjordes i maj.\r\n\r\n- allt klart "},
        answers={"rounds_carried_out": AnswerInput("partly", "Två återstår.")},
    )  # fmt: skip
    kept = material(reports["GSN"])
    assert kept.texts["rounds", "main"] == "Ronder gjordes i maj.\n\n- allt klart"
    answer = kept.answers["rounds_carried_out"]
    assert (answer.value, answer.comment) == ("partly", "Två återstår.")


def test_given_figures_are_kept_with_their_source(town, reports):
    typed = {"near_misses": GivenInput(Decimal(9), Decimal(7), "KIA")}
    save(reports["GSN"], town, section="injuries", given=typed)
    given = material(reports["GSN"]).given["near_misses"]
    assert (given.current, given.previous, given.source) == (9, 7, "KIA")


def test_the_second_who_saves_is_told_and_nothing_is_lost(town, reports):
    save(reports["GSN"], town, "director", texts={"main": "Chefens text."})
    with pytest.raises(editing.EditConflict, match="Test director sparade") as conflict:
        save(reports["GSN"], town, "hr_partner", texts={"main": "HR:s text."})
    assert conflict.value.version == 1
    assert material(reports["GSN"]).texts["rounds", "main"] == "Chefens text."
    save(reports["GSN"], town, "hr_partner", version=1, texts={"main": "Båda."})
    assert material(reports["GSN"]).texts["rounds", "main"] == "Båda."


def test_saving_without_a_change_is_no_new_version_and_not_logged(town, reports):
    save(reports["GSN"], town, texts={"main": "Text."})
    assert save(reports["GSN"], town, version=1, texts={"main": "Text."}).version == 1
    assert Change.objects.filter(action="report.edited").count() == 1


def test_the_log_holds_before_and_after(town, reports):
    save(reports["GSN"], town, texts={"main": "Ett."})
    save(reports["GSN"], town, version=1, texts={"main": "Två."})
    logged = Change.objects.filter(action="report.edited").latest("pk")
    assert (logged.before, logged.after) == ({"main": "Ett."}, {"main": "Två."})


@pytest.mark.parametrize("who", ["employee", "manager", "safety_rep", "auditor", "hr_strategist"])
def test_others_may_not_write_the_boards_report(town, reports, who):
    with pytest.raises(PermissionDenied, match="förvaltningschefen"):
        save(reports["GSN"], town, who, texts={"main": "Text."})


def test_only_the_strategist_writes_the_municipalitys(town, reports):
    with pytest.raises(PermissionDenied, match="HR-strategen"):
        save(reports["EXK"], town, "director", texts={"main": "Text."})
    assert save(reports["EXK"], town, "hr_strategist", texts={"main": "Text."}).version == 1


@pytest.mark.parametrize(
    "typed",
    [
        {"texts": {"nonsense": "x"}},
        {"answers": {"rounds_carried_out": AnswerInput("perhaps")}},
        {"answers": {"all_managers_certified": AnswerInput("yes")}},
        {"given": {"near_misses": GivenInput(Decimal(1))}},
        {"texts": {"risk-1": "x"}},
    ],
)
def test_a_field_that_the_section_does_not_have_is_refused(town, reports, typed):
    with pytest.raises(editing.NotInSection):
        save(reports["GSN"], town, **typed)


def test_sums_of_the_boards_are_not_typed_in_the_municipalitys(town, reports):
    with pytest.raises(editing.NotInSection):
        save(reports["EXK"], town, "hr_strategist", section="injuries",
             given={"near_misses": GivenInput(Decimal(1))})  # fmt: skip


def test_a_comment_needs_an_answer(town, reports):
    with pytest.raises(editing.AnswerMissing, match="Välj ett svar"):
        save(reports["GSN"], town, answers={"rounds_carried_out": AnswerInput("", "Hm.")})


def test_an_answer_can_be_taken_back(town, reports):
    save(reports["GSN"], town, answers={"rounds_carried_out": AnswerInput("yes")})
    save(reports["GSN"], town, version=1, answers={"rounds_carried_out": AnswerInput("")})
    assert material(reports["GSN"]).answers == {}


def override(town, report, reason="Alla planerade är klara.", actor="hr_strategist", value="yes"):
    return services.override_answer(
        report_id=report.pk, question="rounds_carried_out", value=value, reason=reason,
        actor=town.user(actor), today=TODAY,
    )  # fmt: skip


def test_an_override_keeps_its_reason_and_who_gave_it(town, reports):
    override(town, reports["EXK"])
    kept = material(reports["EXK"]).overrides["rounds_carried_out"]
    assert (kept.value, kept.reason, kept.by) == (
        "yes", "Alla planerade är klara.", "Test hr_strategist",
    )  # fmt: skip


def test_an_override_needs_a_reason(town, reports):
    with pytest.raises(services.ReasonMissing, match="Motivera"):
        override(town, reports["EXK"], reason="  ")


def test_an_override_is_one_of_the_questions_answers(town, reports):
    with pytest.raises(services.NotAllowedAnswer):
        override(town, reports["EXK"], value="not_applicable")


def test_a_boards_report_has_nothing_to_override(town, reports):
    with pytest.raises(PermissionDenied, match="bara i kommunens rapport"):
        override(town, reports["GSN"])


def test_a_withdrawn_override_leaves_its_trace(town, reports):
    override(town, reports["EXK"])
    services.withdraw_override(
        report_id=reports["EXK"].pk, question="rounds_carried_out",
        actor=town.user("hr_strategist"), today=TODAY,
    )  # fmt: skip
    assert material(reports["EXK"]).overrides == {}
    assert Change.objects.get(action="report.override_ended").before["value"] == "yes"


def test_the_diary_number_is_the_secretarys(town, reports):
    def register(who):
        return services.set_diary_number(
            report_id=reports["GSN"].pk, diary_number=" GSN-2024/1 ", actor=town.user(who),
            today=TODAY,
        )  # fmt: skip

    with pytest.raises(PermissionDenied, match="nämndsekreteraren"):
        register("director")
    assert register("secretary").diary_number == "GSN-2024/1"


@pytest.mark.parametrize(
    ("who", "codes"),
    [
        ("hr_strategist", {"GSN", "FSN", "KS", "EXK"}),
        ("director", {"GSN", "FSN"}),
        ("board_member", {"GSN", "FSN"}),
        ("manager", {"GSN", "FSN"}),
        ("safety_rep", {"GSN", "FSN"}),
        ("employee", set()),
        ("outsider", {"KS"}),
    ],
)
def test_drafts_are_visible_above_at_and_below_the_administration(town, reports, who, codes):
    found = queries.visible_to(town.user(who), TODAY)
    assert {(r.board or r.unit).code for r in found} == codes


def test_all_materials_cost_as_many_queries_as_one(town, reports, count_queries):
    ids = [report.pk for report in reports.values()]
    queries.materials(ids)
    one = count_queries(lambda: queries.materials(ids[:1]))
    assert count_queries(lambda: queries.materials(ids)) == one


def test_the_list_costs_the_same_for_two_years_as_for_one(town, reports, count_queries):
    def ask():
        return queries.listed(town.user("hr_strategist"), TODAY)

    one = count_queries(ask)
    services.open_year(year=2025, actor=ACTOR, today=TODAY)
    assert count_queries(ask) == one
    assert ask()[0] == [2025, 2024]


def test_a_form_that_changed_without_a_new_version_is_refused(town, reports):
    known = template_reader.source(template_reader.shipped()[0])
    changed = template_reader.Source({**known.content, "title": "Annan"}, "0" * 64)
    with pytest.raises(services.TemplateChanged, match="utan ny version"):
        services.store_template(source=changed, actor=ACTOR)
