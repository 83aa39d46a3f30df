"""The chain with a database: who takes which step, what locks, what a correction copies."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from samkoll.audit.models import Change
from samkoll.audit.services import CommandLine
from samkoll.desk.models import Notice
from samkoll.documents.content import Heading
from samkoll.reports import building, editing, frozen, queries, services
from samkoll.reports.chain import queries as standing
from samkoll.reports.chain import services as chain
from samkoll.reports.editing import AnswerInput, SectionInput
from samkoll.reports.models import (
    Answer,
    CommentFrom,
    Event,
    Frozen,
    Nature,
    Report,
    SectionState,
    Status,
)
from samkoll.reports.template_reader import form_of

NOW = datetime(2024, 5, 15, 9, 0, tzinfo=UTC)
TODAY = date(2024, 5, 15)
LINE = CommandLine()
DECISION = chain.DecisionInput(
    Nature.DECIDED, TODAY, "§ 14", "GSN-2024/7", "Nämnden godkänner rapporten."
)


def fill(report, actor=LINE):
    """Answer every question."""
    form = form_of(report.template.content)
    for section in form.sections:
        asked = {q.key: AnswerInput(q.answers[0]) for q in section.questions}
        if asked and not form.sums_up:
            state = queries.section_state(report, section.key)
            editing.edit_section(
                report_id=report.pk, section=section.key, version=state[0],
                typed=SectionInput(answers=asked), actor=actor, today=TODAY,
            )  # fmt: skip


def sections(report):
    return standing.standing(report).sections


def sign_one(report, key, actor=LINE, now=NOW):
    version = queries.section_state(report, key)[0]
    chain.sign_section(report_id=report.pk, section=key, version=version, actor=actor, now=now)


def sign_all(report, actor=LINE, now=NOW):
    for key in sections(report):
        sign_one(report, key, actor, now)


def comment(report, actor=LINE, of=CommentFrom.COOPERATION, text="Gruppen saknar ett mål."):
    held_on = TODAY if of == CommentFrom.COOPERATION else None
    return chain.comment(
        report_id=report.pk, of=of, text=text, held_on=held_on, actor=actor, now=NOW
    )


def consulted(report, actor=LINE):
    fill(report, actor)
    return chain.consult(report_id=report.pk, actor=actor, now=NOW)


def signed(report):
    consulted(report)
    comment(report)
    sign_all(report)
    return chain.sign(report_id=report.pk, actor=LINE, now=NOW)


def decided(report, decision=DECISION):
    signed(report)
    return chain.decide(report_id=report.pk, decision=decision, actor=LINE, now=NOW)


@pytest.fixture
def pinned(reports):
    """The reports as after an extraction, without the facts: enough until one is frozen."""
    Report.objects.update(facts=[{"sha256": "0" * 64}])
    for each in reports.values():
        each.refresh_from_db()
    return reports


@pytest.fixture
def report(pinned):
    return pinned["GSN"]


@pytest.fixture
def real(extracted):
    """A report whose figures can be printed, for what is decided."""
    return extracted["GSN"]


def read(report):
    report.refresh_from_db()
    return report


def test_the_whole_way_by_those_whose_steps_they_are(town, real):
    report, pk = real, real.pk
    director, hr, rep, secretary = map(
        town.user, ("director", "hr_partner", "head_safety_rep", "secretary")
    )
    consulted(report, hr)
    comment(report, hr)
    comment(report, rep, CommentFrom.SAFETY, "Ronderna behöver fler dagar.")
    sign_all(report, director)
    chain.sign(report_id=pk, actor=director, now=NOW)
    chain.decide(report_id=pk, decision=DECISION, actor=secretary, now=NOW)
    chain.publish(report_id=pk, actor=secretary, now=NOW)
    assert read(report).status == Status.PUBLISHED
    whole = Event.objects.filter(report=report, section="").order_by("pk")
    assert [(e.what, e.status, e.by) for e in whole] == [
        ("consulted", "consultation", "Test hr_partner"),
        ("commented", "consultation", "Test hr_partner"),
        ("commented", "consultation", "Test head_safety_rep"),
        ("signed", "signed", "Test director"),
        ("decided", "decided", "Test secretary"),
        ("published", "published", "Test secretary"),
    ]
    assert {e.user for e in whole} == {director, hr, rep, secretary}


@pytest.mark.parametrize(
    ("who", "step", "said"),
    [
        ("head_safety_rep", "consult", "förvaltningschefen eller HR-partnern"),
        ("hr_partner", "sign", "förvaltningschefen"),
        ("hr_strategist", "sign", "förvaltningschefen"),
        ("director", "publish", "nämndsekreteraren"),
    ],
)
def test_a_step_that_is_somebody_elses_names_whose(town, report, who, step, said):
    with pytest.raises(PermissionDenied, match=said):
        getattr(chain, step)(report_id=report.pk, actor=town.user(who), now=NOW)


def test_what_is_missing_stops_a_step_that_is_ones_own(town, report):
    with pytest.raises(chain.NotReady, match="Nästa steg är: Lämna till samverkan"):
        chain.publish(report_id=report.pk, actor=town.user("secretary"), now=NOW)
    consulted(report)
    with pytest.raises(chain.NotReady, match="Samverkansgruppens synpunkter"):
        chain.sign(report_id=report.pk, actor=town.user("director"), now=NOW)


def test_a_changed_section_loses_its_signature_and_the_others_keep_theirs(report):
    consulted(report)
    sign_all(report)
    version = queries.section_state(report, "rounds")[0]
    editing.edit_section(
        report_id=report.pk, section="rounds", version=version,
        typed=SectionInput(texts={"main": "Nytt."}), actor=LINE, today=TODAY,
    )  # fmt: skip
    assert standing.standing(report).unsigned == ("rounds",)


def test_one_signs_what_one_has_read(report):
    key = sections(report)[0]
    SectionState.objects.update_or_create(
        report=report, key=key, defaults={"version": 3, "changed_by": "Test hr_partner"}
    )
    with pytest.raises(chain.SectionChanged, match="Test hr_partner ändrade avsnittet"):
        chain.sign_section(report_id=report.pk, section=key, version=2, actor=LINE, now=NOW)


def test_a_signature_can_be_taken_back_by_whoever_signs(town, report):
    sign_all(report)
    key = sections(report)[0]
    chain.open_section(report_id=report.pk, section=key, actor=town.user("director"), now=NOW)
    assert standing.standing(report).unsigned == (key,)
    with pytest.raises(PermissionDenied, match="förvaltningschefen"):
        chain.open_section(report_id=report.pk, section=key, actor=town.user("hr_partner"), now=NOW)


def test_other_figures_take_every_signature(real):
    sign_all(real)
    services.extract_facts(year=2024, actor=LINE, now=NOW)
    assert not standing.standing(real).signed


def test_figures_stay_once_a_report_of_the_year_is_signed(report):
    signed(report)
    with pytest.raises(PermissionDenied, match="1 rapport är godkänd eller"):
        services.extract_facts(year=2024, actor=LINE, now=NOW)


def test_a_returned_report_tells_whoever_sent_it(town, report):
    consulted(report, town.user("hr_partner"))
    with pytest.raises(chain.CommentMissing, match="vad som behöver ändras"):
        chain.return_(report_id=report.pk, comment=" ", actor=LINE, now=NOW)
    chain.return_(
        report_id=report.pk, comment="Avsnitt 2.6 saknar text.", actor=town.user("director"),
        now=NOW,
    )  # fmt: skip
    assert read(report).status == Status.DRAFT
    notice = Notice.objects.get()
    assert notice.owner == town.user("hr_partner")
    assert notice.text.startswith("Test director lämnade tillbaka Arbetsmiljörapport 2024")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"decided_on": TODAY + timedelta(days=1)}, "Sammanträdet har inte varit än"),
        ({"decided_on": TODAY - timedelta(days=1)}, "kan inte vara tidigare"),
        ({"diary_number": " "}, "Fyll i paragraf, diarienummer"),
    ],
)
def test_a_decision_is_whole_and_on_a_day_that_can_be(report, changes, said):
    signed(report)
    values = {name: getattr(DECISION, name) for name in DECISION.__slots__}
    with pytest.raises(chain.BadDecision, match=said):
        chain.decide(
            report_id=report.pk, decision=chain.DecisionInput(**values | changes),
            actor=LINE, now=NOW,
        )  # fmt: skip


def test_what_is_decided_is_frozen_with_its_comments_and_its_decision(real):
    decided(real)
    document = building.document(real.pk, produced_on=date(2030, 1, 1))
    assert document.produced_on == TODAY
    assert ("Beslut", "Nämnden beslutade 2024-05-15 § 14") in document.cover()
    assert document.diary_number == "GSN-2024/7" and document.status == ""
    headings = [b.text for b in document.blocks if isinstance(b, Heading)]
    end = headings.index("Samverkan och synpunkter")
    assert headings[end + 1 : end + 4] == ["Samverkansgruppen", "Beslut", "Om siffrorna"]
    Answer.objects.filter(report=real).update(value="no")
    assert building.document(real.pk, produced_on=TODAY) == document, "later changes move nothing"
    kept = Frozen.objects.get()
    kept.content["document"]["title"] = "Något annat"
    kept.save()
    with pytest.raises(frozen.Tampered, match="ändrad efter beslutet"):
        building.document(real.pk, produced_on=TODAY)


def test_nobody_writes_in_what_is_signed_or_decided(town, report):
    signed(report)

    def write():
        editing.edit_section(
            report_id=report.pk, section="rounds", version=1,
            typed=SectionInput(texts={"main": "x"}), actor=town.user("director"), today=TODAY,
        )  # fmt: skip

    with pytest.raises(PermissionDenied, match="Lämna tillbaka den om något ska ändras"):
        write()
    Report.objects.filter(pk=report.pk).update(status=Status.DECIDED)
    with pytest.raises(PermissionDenied, match="Rätta den med en ny version"):
        write()
    with pytest.raises(PermissionDenied, match="Diarienumret hör till beslutet"):
        services.set_diary_number(report_id=report.pk, diary_number="x", actor=LINE, today=TODAY)


def test_the_municipalitys_answers_are_locked_too(pinned):
    whole = pinned["EXK"]
    Report.objects.filter(pk=whole.pk).update(status=Status.DECIDED)
    with pytest.raises(PermissionDenied, match="Rätta den med en ny version"):
        services.override_answer(
            report_id=whole.pk, question="rounds_carried_out", value="yes", reason="x",
            actor=LINE, today=TODAY,
        )  # fmt: skip


def test_an_override_takes_the_signature_of_its_section(pinned):
    whole = pinned["EXK"]
    sign_all(whole)
    services.override_answer(
        report_id=whole.pk, question="rounds_carried_out", value="yes", reason="Klart.",
        actor=LINE, today=TODAY,
    )  # fmt: skip
    assert standing.standing(whole).unsigned == ("rounds",)


def test_a_correction_is_a_new_version_with_its_reason(town, real):
    decided(real)
    report = real
    with pytest.raises(chain.CommentMissing):
        chain.correct(report_id=report.pk, reason="", actor=LINE, now=NOW)
    made = chain.correct(
        report_id=report.pk, reason="Fel antal ronder.", actor=town.user("hr_partner"), now=NOW
    )
    assert (made.version, made.status, made.replaces) == (2, "draft", report)
    assert made.facts == report.facts and made.answers.count() == report.answers.count()
    document = building.document(made.pk, produced_on=TODAY)
    assert ("Version", "2") in document.cover()
    assert building.document(report.pk, produced_on=TODAY).status == ""
    assert [r.pk for r in Report.objects.current().filter(board=report.board)] == [made.pk]
    with pytest.raises(PermissionDenied, match="redan en nyare version"):
        chain.correct(report_id=report.pk, reason="Igen.", actor=LINE, now=NOW)


def test_what_is_not_decided_is_changed_and_not_corrected(town, report):
    with pytest.raises(PermissionDenied, match="inte beslutad än"):
        chain.correct(report_id=report.pk, reason="x", actor=town.user("director"), now=NOW)


def test_every_step_is_in_the_change_log(report):
    signed(report)
    logged = Change.objects.filter(action__startswith="report.").values_list("action", flat=True)
    steps = ("consulted", "commented", "section_signed", "signed")
    assert {f"report.{step}" for step in steps} <= set(logged)


def test_all_standings_cost_as_many_queries_as_one(pinned, count_queries):
    rows = list(Report.objects.select_related("template"))
    one = count_queries(lambda: standing.standings(rows[:1]))
    assert count_queries(lambda: standing.standings(rows)) == one
