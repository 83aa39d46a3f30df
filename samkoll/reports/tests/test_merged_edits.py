"""Two people in one section: what is merged, what both see. docs/rules/report-parts.md."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from samkoll.audit.models import Change
from samkoll.reports import editing
from samkoll.reports.editing import AnswerInput, GivenInput
from samkoll.reports.models import SectionState
from samkoll.reports.tests.test_editing import material, save

BEGUN = "Ronder i maj.\n\nDet som återstår görs i höst."


@pytest.fixture
def begun(town, reports):
    """A section with two paragraphs, at version 1."""
    save(reports["GSN"], town, texts={"main": BEGUN})
    return reports["GSN"]


def test_changes_of_different_paragraphs_are_both_kept(town, begun):
    save(begun, town, version=1, texts={"main": BEGUN.replace("maj", "april")})
    saved = save(begun, town, "hr_partner", version=1, texts={"main": BEGUN.replace("höst", "vår")})
    assert (saved.version, saved.merged_with) == (3, "Test director")
    assert material(begun).texts["rounds", "main"] == (
        "Ronder i april.\n\nDet som återstår görs i vår."
    )


def test_changes_of_one_paragraph_are_shown_to_a_person(town, begun):
    save(begun, town, version=1, texts={"main": BEGUN.replace("maj", "april")})
    with pytest.raises(editing.EditConflict) as conflict:
        save(begun, town, "hr_partner", version=1, texts={"main": BEGUN.replace("maj", "juni")})
    assert conflict.value.places == {"main"}
    assert "april" in material(begun).texts["rounds", "main"]


def test_what_can_be_merged_comes_with_the_conflict(town, begun):
    save(begun, town, version=1, texts={"main": BEGUN.replace("maj", "april")},
         answers={"routines_followed": AnswerInput("yes")})  # fmt: skip
    with pytest.raises(editing.EditConflict) as conflict:
        save(begun, town, "hr_partner", version=1, texts={"main": BEGUN.replace("maj", "juni")},
             answers={"routines_followed": AnswerInput("")})  # fmt: skip
    assert conflict.value.merged.answers["routines_followed"] == AnswerInput("yes")


def test_whoever_wrote_nothing_new_takes_the_others_text(town, begun):
    save(begun, town, version=1, texts={"main": "Allt är nytt."})
    answers = {"routines_followed": AnswerInput("yes")}
    save(begun, town, "hr_partner", version=1, texts={"main": BEGUN}, answers=answers)
    kept = material(begun)
    assert kept.texts["rounds", "main"] == "Allt är nytt."
    assert kept.answers["routines_followed"].value == "yes"


def test_several_versions_are_merged_over(town, begun):
    save(begun, town, version=1, texts={"main": BEGUN.replace("maj", "april")})
    save(begun, town, version=2, texts={"main": BEGUN.replace("maj", "mars")})
    save(begun, town, "hr_partner", version=1, texts={"main": BEGUN + "\n\nSkyddsombud med."})
    assert material(begun).texts["rounds", "main"] == (
        "Ronder i mars.\n\nDet som återstår görs i höst.\n\nSkyddsombud med."
    )


def test_given_figures_collide_one_by_one(town, reports):
    report = reports["GSN"]

    def given(actor, version, **values):
        return save(report, town, actor, "injuries", version,
                    given={k: GivenInput(Decimal(v)) for k, v in values.items()})  # fmt: skip

    given("director", 0, near_misses=7, completed_events=1)
    given("director", 1, near_misses=8, completed_events=1)
    given("hr_partner", 1, near_misses=7, completed_events=2)
    kept = material(report).given
    assert (kept["near_misses"].current, kept["completed_events"].current) == (8, 2)
    with pytest.raises(editing.EditConflict):
        given("hr_partner", 1, near_misses=9, completed_events=1)


def test_without_the_log_both_are_shown(town, begun):
    """A version that somebody wrote past the service cannot be merged over."""
    SectionState.objects.filter(report=begun, key="rounds").update(version=2)
    assert Change.objects.filter(action="report.edited").count() == 1
    with pytest.raises(editing.EditConflict) as conflict:
        save(begun, town, "hr_partner", version=1, texts={"main": "Något annat."})
    assert conflict.value.places == {"main"}


def test_a_changed_section_loses_its_signature(town, begun):
    SectionState.objects.filter(report=begun).update(signed_by="Test director")
    save(begun, town, version=1, texts={"main": "Ändrat."})
    assert SectionState.objects.get(report=begun).signed_by == ""


def test_a_draft_restored_after_signing_in_again_is_merged_with_what_was_saved(client, town, begun):
    """The session ended while somebody wrote; a colleague saved another paragraph meanwhile."""
    client.force_login(town.user("hr_partner"))
    form = reverse("reports:edit", args=[begun.pk, "rounds"])
    draft = reverse("desk:draft", args=[f"rapport-{begun.pk}-rounds"])
    written = {"version": "1", "text-main": BEGUN.replace("höst", "vår")}
    assert client.post(draft, written).status_code == 204
    client.logout()
    save(begun, town, version=1, texts={"main": BEGUN.replace("maj", "april")})
    client.force_login(town.user("hr_partner"))
    restored = client.get(f"{form}?utkast=aterstall").context["form"]
    fields = {"version": restored["version"].value(), "text-main": restored["text-main"].value()}
    assert client.post(form, fields).status_code == 302
    assert material(begun).texts["rounds", "main"] == (
        "Ronder i april.\n\nDet som återstår görs i vår."
    )
    told = [str(message) for message in get_messages(client.get(form).wsgi_request)]
    assert "Test director skrev samtidigt" in told[0]


def test_the_form_comes_back_merged_where_it_could_be(client, town, begun):
    save(begun, town, version=1, texts={"main": "Chefens ord."},
         answers={"routines_followed": AnswerInput("yes")})  # fmt: skip
    client.force_login(town.user("hr_partner"))
    shown = client.post(reverse("reports:edit", args=[begun.pk, "rounds"]),
                        {"version": "1", "text-main": "Mina ord."})  # fmt: skip
    assert shown.status_code == 422
    form, conflicts = shown.context["form"], shown.context["conflicts"]
    assert (form.data["text-main"], form.data["answer-routines_followed"]) == ("Mina ord.", "yes")
    assert [theirs for _label, theirs in conflicts] == ["Chefens ord."]
