"""Editing forms: steps on content, drafts, publishing, files, and moving a report."""

from __future__ import annotations

import copy
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from samkoll.audit.models import Change
from samkoll.audit.services import CommandLine
from samkoll.reports import editing, template_reader
from samkoll.reports import services as reports
from samkoll.reports.form_editor import content as steps
from samkoll.reports.form_editor import services, yaml_files
from samkoll.reports.models import Answer, Report, SectionState, Template, TemplateDraft, Text
from samkoll.reports.tests import facts
from samkoll.reports.tests.conftest import TODAY

ACTOR = CommandLine()


def shipped(name):
    path = template_reader.FOLDER / f"{name}.yaml"
    return copy.deepcopy(template_reader.source(path).content)


def told(content):
    return [f"{section['number']} {section['key']}" for section in content["sections"]]


def small(*numbers):
    return {
        "sections": [
            {"key": f"s{n.replace('.', '_')}", "number": n, "heading": n, "parts": []}
            for n in numbers
        ]
    }


def test_a_section_moves_with_what_lies_below_it_and_numbers_follow():
    made = steps.changed(small("1", "2", "2.1", "3"), steps.move_section("s3", up=True))
    assert told(made) == ["1 s1", "2 s3", "3 s2", "3.1 s2_1"]
    again = steps.changed(made, steps.move_section("s3", up=False))
    assert told(again) == ["1 s1", "2 s2", "2.1 s2_1", "3 s3"]


def test_a_section_is_laid_below_the_one_before_it_and_lifted_out():
    made = steps.changed(small("1", "2", "2.1"), steps.nest_section("s2", deeper=True))
    assert told(made) == ["1 s1", "1.1 s2", "1.1.1 s2_1"]
    assert told(steps.changed(made, steps.nest_section("s2", deeper=False)))[1] == "2 s2"
    with pytest.raises(steps.CannotChange):
        steps.changed(made, steps.nest_section("s1", deeper=True))
    with pytest.raises(steps.CannotChange):
        steps.changed(made, steps.remove_section("s2"))


def test_a_new_section_has_a_key_of_its_own():
    made = steps.changed(
        small("1"), steps.add_section("Översyn & plan"), steps.add_section("Översyn & plan")
    )
    assert told(made)[1:] == ["2 oversyn_plan", "3 oversyn_plan_2"]


STEP = st.tuples(st.sampled_from(["up", "down", "in", "out", "add", "remove"]), st.integers(0, 40))


@settings(max_examples=25, deadline=None)
@given(st.lists(STEP, max_size=12))
def test_whatever_is_moved_the_form_can_be_read_and_keeps_its_keys(moves):
    content = shipped("board-2026")
    for what, place in moves:
        key = content["sections"][place % len(content["sections"])]["key"]
        made = {
            "up": steps.move_section(key, up=True),
            "down": steps.move_section(key, up=False),
            "in": steps.nest_section(key, deeper=True),
            "out": steps.nest_section(key, deeper=False),
            "add": steps.add_section("Nytt", key),
            "remove": steps.remove_section(key),
        }
        kept = {s["key"] for s in content["sections"]} - ({key} if what == "remove" else set())
        try:
            content = steps.changed(content, made[what])
        except steps.CannotChange:
            continue
        assert kept <= {s["key"] for s in content["sections"]}
        assert [s["number"] for s in steps.changed(content)["sections"]] == [
            s["number"] for s in content["sections"]
        ]
    if not any(what in ("in", "out", "remove") for what, _place in moves):
        template_reader.form_of(content)


@pytest.mark.parametrize("name", [path.stem for path in template_reader.shipped()])
def test_a_form_comes_back_from_its_file_unchanged(name):
    content = shipped(name)
    assert yaml_files.read(yaml_files.written(content)) == content
    assert steps.changed(content) == content


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("kind: [", "inte YAML"),
        ("- ett\n- två", "inte en rapportmall"),
        ("a: &a [1]\nb: *a", "alias"),
        ("[" * 5000, "för många nivåer"),
        ("kind: board", "går inte att läsa"),
        ("sections: 7", "inte en rapportmall"),
        ("!!python/object/apply:os.system ['true']", "inte YAML"),
        ("x" * 1_000_001, "för stor"),
    ],
)
def test_a_file_that_is_no_form_is_refused(text, why):
    with pytest.raises(template_reader.BadForm, match=why):
        yaml_files.read(text)


def url(name, *args):
    return reverse(f"reports:{name}", args=args)


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


@pytest.fixture
def forms(town):
    reports.store_templates(actor=ACTOR)
    return {(t.kind, t.year): t for t in Template.objects.all()}


def begun(forms, year=2026):
    return services.start_draft(base=forms["board", 2026], year=year, actor=ACTOR, now=facts.NOW)


def test_an_own_version_has_a_number_that_no_shipped_one_gets(forms):
    draft = begun(forms)
    with pytest.raises(services.DraftExists):
        begun(forms)
    template = services.publish(draft_id=draft.pk, actor=ACTOR, now=facts.NOW)
    assert template.version == 101 and not TemplateDraft.objects.exists()
    reports.store_templates(actor=ACTOR)
    assert begun(forms).version == 102 and begun(forms, 2027).version == 101


def test_two_who_change_one_draft_lose_nothing(forms):
    draft = begun(forms)
    made = (steps.add_section("Mitt"),)
    services.change_draft(draft_id=draft.pk, revision=0, changes=made, actor=ACTOR, now=facts.NOW)
    with pytest.raises(services.DraftChanged):
        services.change_draft(
            draft_id=draft.pk, revision=0, changes=made, actor=ACTOR, now=facts.NOW
        )


@pytest.fixture
def strategist(town, client):
    client.force_login(town.user("hr_strategist"))
    return client


def test_a_form_is_drafted_changed_previewed_and_published_in_the_web(forms, strategist):
    client, base = strategist, forms["board", 2026]
    assert str(base) in text(client.get(url("form_index")))
    client.post(url("form_version", base.pk), {"year": "2027"})
    draft = TemplateDraft.objects.get()
    page = client.post(url("form_draft", draft.pk), {"heading": "Distansarbete", "revision": "0"})
    assert page.url == url("form_section", draft.pk, "distansarbete")
    typed = {"heading": "Arbete på distans", "instruction": "Beskriv.", "revision": "1"}
    late = {**typed, "revision": "0"}
    assert client.post(page.url, late).status_code == 422
    assert client.post(page.url, {**typed, "when": "figure"}).status_code == 422
    figure = {"when": "figure", "figure": "sick_leave"}
    assert client.post(page.url, {**typed, **figure}).status_code == 302
    new = client.post(
        url("form_part_new", draft.pk, "distansarbete"), {"kind": "questions", "revision": "2"}
    )
    assert "Ny rad" in text(client.get(new.url))
    rows = {"rad-TOTAL_FORMS": "1", "rad-INITIAL_FORMS": "0"}
    asked = {
        "rad-0-text": "Finns riktlinjer?", "rad-0-answers": ["yes", "no"],
        "rad-0-expected": "partly", "rad-0-roll_up": "all_strict", "rad-0-ORDER": "1",
    }  # fmt: skip
    part = {"del-caption": "Distans", "del-head": "Fråga", "del-column": "Svar", "revision": "3"}
    assert "ett av de tillåtna" in text(client.post(new.url, {**part, **rows, **asked}))
    asked["rad-0-expected"] = "yes"
    assert client.post(new.url, {**part, **rows, **asked}).status_code == 302
    shown = text(client.get(url("form_preview", draft.pk)))
    assert "Finns riktlinjer?" in shown and "påhittade" in shown
    client.post(url("form_move", draft.pk, "distansarbete"), {"step": "up", "revision": "4"})
    made = client.post(url("form_publish", draft.pk))
    template = Template.objects.get(year=2027)
    assert made.url == url("form_version", template.pk)
    question = template_reader.form_of(template.content).question("finns_riktlinjer")
    assert (question.answers, question.roll_up) == (("yes", "no"), "all_strict")
    assert Change.objects.filter(action="template.published").exists()


def test_a_draft_that_cannot_be_used_says_why_and_is_not_published(forms, strategist):
    draft = begun(forms)
    draft.content["sections"][0]["instruction"] = "Skriv {namn}."
    draft.save()
    assert "variabel som inte finns" in text(strategist.get(url("form_draft", draft.pk)))
    answer = strategist.post(url("form_publish", draft.pk))
    assert answer.status_code == 422 and TemplateDraft.objects.exists()
    strategist.post(url("form_discard", draft.pk))
    assert not TemplateDraft.objects.exists()


def test_rows_of_figures_are_chosen_from_the_catalogue(forms, strategist):
    draft = begun(forms)
    key, place = "turnover", 0
    page = url("form_part", draft.pk, key, place)
    assert "Sjukfrånvaro" in text(strategist.get(page))
    typed = {
        "del-caption": "Omsättning", "del-head": "Omsättning", "revision": "0",
        "rad-TOTAL_FORMS": "2", "rad-INITIAL_FORMS": "0",
        "rad-0-label": "Avgångar", "rad-0-metric": "departures", "rad-0-sex": "total",
        "rad-0-ORDER": "2", "rad-1-label": "Antal", "rad-1-metric": "", "rad-1-ORDER": "1",
    }  # fmt: skip
    assert strategist.post(page, {**typed, "rad-0-metric": "finns_inte"}).status_code == 422
    assert strategist.post(page, typed).status_code == 302
    draft.refresh_from_db()
    assert steps.part_of(draft.content, key, place)["rows"] == [
        {"group": "Antal"},
        {"label": "Avgångar", "metric": "departures", "sex": "total"},
    ]


def test_a_file_goes_out_and_comes_in(forms, strategist):
    file = strategist.get(url("form_version_file", forms["board", 2026].pk))
    text_of_file = file.content.decode().replace("year: 2026", "year: 2028")
    upload = {"file": SimpleUploadedFile("mall.yaml", text_of_file.encode())}
    assert strategist.post(url("form_import"), upload).status_code == 302
    assert TemplateDraft.objects.get().year == 2028
    bad = {"file": SimpleUploadedFile("mall.yaml", b"\xff\xfe")}
    assert "UTF-8" in text(strategist.post(url("form_import"), bad))


def test_a_report_moves_to_another_form_and_keeps_what_has_no_place(forms, strategist):
    reports.open_year(year=2026, actor=ACTOR, today=TODAY)
    report = Report.objects.get(board__code="GSN")
    Text.objects.create(report=report, section="osa_goal", part="main", text="Vi har gjort mycket.")
    Text.objects.create(report=report, section="survey", part="main", text="Enkäten.")
    Answer.objects.create(report=report, question="osa_goal_known", value="partly")
    Answer.objects.create(report=report, question="rounds_carried_out", value="yes")
    SectionState.objects.create(report=report, key="survey", changed_by="A", signed_by="Chef")
    used = text(strategist.get(url("form_version", report.template_id)))
    assert "Arbetsmiljörapport 2026, Grundskolenämnden" in used
    old = forms["board", 2024]
    shown = text(strategist.get(f"{url('report_form', report.pk)}?mall={old.pk}"))
    assert "Vi har gjort mycket." in shown and "Känner medarbetarna" in shown
    assert "Enkäten." not in shown
    assert strategist.post(url("report_form", report.pk), {"template": old.pk}).status_code == 302
    report.refresh_from_db()
    assert report.template == old and report.texts.count() == 2 and report.answers.count() == 2
    assert not SectionState.objects.exclude(signed_by="").exists()
    back = services.change_template(
        report_id=report.pk, template_id=forms["board", 2026].pk, actor=ACTOR, now=facts.NOW
    )
    assert back == ()


def test_only_a_draft_changes_its_form_and_only_for_those_who_may(forms, strategist, town):
    reports.open_year(year=2026, actor=ACTOR, today=TODAY)
    Report.objects.filter(board__code="GSN").update(status="signed")
    report = Report.objects.get(board__code="GSN")
    assert strategist.get(url("report_form", report.pk)).status_code == 403
    strategist.force_login(town.user("director"))
    assert strategist.get(url("form_index")).status_code == 403


def test_a_text_that_is_too_long_is_kept_in_its_field_and_not_saved(forms, strategist, town):
    reports.open_year(year=2026, actor=ACTOR, today=TODAY)
    report = Report.objects.get(board__code="GSN")
    strategist.force_login(town.user("director"))
    page = url("edit", report.pk, "osa_goal")
    assert "Högst 4\u202f000 tecken." in strategist.get(page).content.decode()
    typed = {"version": "0", "text-main": "Vi skrev för mycket. " * 200}
    answer = strategist.post(page, typed)
    assert answer.status_code == 422 and "199 tecken för lång" in text(answer)
    assert not Text.objects.exists()
    with pytest.raises(editing.TooLong):
        editing.edit_section(
            report_id=report.pk, section="osa_goal", version=0,
            typed=editing.SectionInput(texts={"main": "x" * 4001}), actor=ACTOR, today=TODAY,
        )  # fmt: skip
