"""Units' parts: who gives one, who gathers it, who reads it, what is proposed from them.

docs/rules/report-parts.md, docs/rules/roll-up-of-answers.md.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from samkoll.audit.services import CommandLine
from samkoll.org import services as org
from samkoll.reports import editing, queries, services
from samkoll.reports.chain import services as chain
from samkoll.reports.editing import AnswerInput, SectionInput
from samkoll.reports.models import Kind, Report
from samkoll.reports.parts import queries as parts_queries
from samkoll.reports.parts import services as parts

ACTOR = CommandLine()
NOW = datetime(2024, 5, 15, 10, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture
def opened(town, reports):
    """Parts of the town by unit code. BUF-GRU and BUF-SOL have managers; BUF-ANG gets one."""
    for number, code in enumerate(["BUF-ANG", "BUF-TAL"]):
        person = org.add_person(name=f"Chef {number}", actor=ACTOR, today=TODAY)
        org.appoint(person=person, unit=town.units[code], title="Rektor", is_manager=True,
                    valid_from=date(2023, 1, 1), actor=ACTOR)  # fmt: skip
    assert parts.open_parts(year=2024, actor=town.user("hr_strategist"), now=NOW) == 5
    found = Report.objects.filter(kind=Kind.UNIT).select_related("unit", "part_of__unit")
    return {part.unit.code: part for part in found}


def answer(part, **answers):
    """Answer questions of one section as the command line does."""
    typed = {
        key: AnswerInput(*(value if isinstance(value, tuple) else (value,)))
        for key, value in answers.items()
    }
    version = queries.section_state(part, "rounds")[0]
    return editing.edit_section(
        report_id=part.pk, section="rounds", version=version, actor=ACTOR, today=TODAY,
        typed=SectionInput(answers=typed),
    )  # fmt: skip


def hand_in(part):
    return chain.hand_in(report_id=part.pk, actor=ACTOR, now=NOW)


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_units_and_departments_with_a_manager_give_parts(opened):
    assert set(opened) == {"BUF-GRU", "BUF-SOL", "BUF-ANG", "BUF-TAL", "KSF-INT"}


def test_a_department_gathers_its_units_and_the_board_the_rest(reports, opened):
    gathers = {code: part.part_of_id for code, part in opened.items()}
    assert gathers == {
        "BUF-SOL": opened["BUF-GRU"].pk, "BUF-ANG": opened["BUF-GRU"].pk,
        "BUF-GRU": reports["GSN"].pk, "BUF-TAL": reports["FSN"].pk, "KSF-INT": reports["KS"].pk,
    }  # fmt: skip


def test_opening_again_opens_only_what_is_missing(town, opened):
    assert parts.open_parts(year=2024, actor=ACTOR, now=NOW) == 0


def test_parts_stand_on_the_facts_of_the_year(town, extracted):
    parts.open_parts(year=2024, actor=ACTOR, now=NOW)
    part = Report.objects.get(unit__code="BUF-SOL")
    assert part.facts == extracted["GSN"].facts and part.extracted_at


def test_parts_need_their_years_reports_and_hr(town, reports):
    with pytest.raises(parts.YearNotOpen, match="2025"):
        parts.open_parts(year=2025, actor=ACTOR, now=NOW)
    with pytest.raises(PermissionDenied, match="HR-strategen"):
        parts.open_parts(year=2024, actor=town.user("director"), now=NOW)


BELOW = {"BUF-GRU", "BUF-SOL", "BUF-ANG"}
SEEN = {
    "manager": {"BUF-SOL"},
    "safety_rep": {"BUF-SOL"},
    "upper_manager": BELOW,
    "director": BELOW | {"BUF-TAL"},
    "head_safety_rep": BELOW | {"BUF-TAL"},
    "outsider": {"KSF-INT"},
    "auditor": BELOW | {"BUF-TAL", "KSF-INT"},
    "board_member": set(),
    "secretary": set(),
    "employee": set(),
    "administrator": set(),
}


def test_a_part_is_for_its_unit_and_those_above_not_for_the_board(town, opened):
    for who, codes in SEEN.items():
        found = queries.visible_to(town.user(who), TODAY).filter(kind=Kind.UNIT)
        assert (who, {part.unit.code for part in found}) == (who, codes)


def test_only_handed_in_parts_count_and_the_rest_are_missing(opened):
    answer(opened["BUF-SOL"], rounds_carried_out="yes")
    answer(opened["BUF-ANG"], rounds_carried_out="no")
    hand_in(opened["BUF-SOL"])
    gathered = queries.materials([opened["BUF-GRU"].pk])[opened["BUF-GRU"].pk].parts
    assert [(part.name, part.answers) for part in gathered] == [
        ("Solskolan", {"rounds_carried_out": "yes"}), ("Ängsskolan", None),
    ]  # fmt: skip


def test_an_answer_against_the_parts_needs_its_reason(opened):
    for code, value in (("BUF-SOL", "yes"), ("BUF-ANG", "no")):
        answer(opened[code], rounds_carried_out=value)
        hand_in(opened[code])
    with pytest.raises(editing.ReasonMissing, match="Delarnas svar ger Delvis") as missing:
        answer(opened["BUF-GRU"], rounds_carried_out="yes")
    assert missing.value.question == "rounds_carried_out"
    answer(opened["BUF-GRU"], rounds_carried_out=("yes", "Ängsskolan gör sin rond i maj."))
    answer(opened["BUF-GRU"], rounds_carried_out="partly")


def test_parts_that_decide_nothing_yet_ask_no_reason(opened):
    answer(opened["BUF-SOL"], rounds_carried_out="yes")
    hand_in(opened["BUF-SOL"])
    answer(opened["BUF-GRU"], rounds_carried_out="no")


def test_a_handed_in_part_is_not_edited(opened):
    hand_in(opened["BUF-SOL"])
    with pytest.raises(PermissionDenied, match="inlämnad"):
        editing.edit_section(
            report_id=opened["BUF-SOL"].pk, section="rounds", version=0, actor=ACTOR, today=TODAY,
            typed=SectionInput(texts={"main": "Mer."}),
        )  # fmt: skip


def test_the_edit_page_shows_the_parts_answers_and_texts(client, town, opened):
    for code, value in (("BUF-SOL", "yes"), ("BUF-ANG", "no")):
        answer(opened[code], rounds_carried_out=value)
        hand_in(opened[code])
    version = queries.section_state(opened["BUF-TAL"], "rounds")[0]
    editing.edit_section(report_id=opened["BUF-TAL"].pk, section="rounds", version=version,
                         typed=SectionInput(texts={"main": "Tallbackens text."}),
                         actor=ACTOR, today=TODAY)  # fmt: skip
    client.force_login(town.user("upper_manager"))
    page = text(client.get(reverse("reports:edit", args=[opened["BUF-GRU"].pk, "rounds"])))
    assert "Delarna ger: Delvis" in page
    assert "Ja: 1. Nej: 1 (Ängsskolan)." in page
    assert 'value="rounds_carried_out:partly"' in page
    client.force_login(town.user("director"))
    of_board = Report.objects.get(board__code="FSN")
    page = text(client.get(reverse("reports:edit", args=[of_board.pk, "rounds"])))
    assert "Tallbackens text." in page and "Delarnas texter" in page


def test_a_proposal_is_put_into_the_form_and_nothing_is_saved(client, town, opened):
    client.force_login(town.user("upper_manager"))
    url = reverse("reports:edit", args=[opened["BUF-GRU"].pk, "rounds"])
    shown = client.post(url, {"version": "0", "text-main": "Mitt.",
                              "anvand": "rounds_carried_out:partly"})  # fmt: skip
    assert shown.status_code == 200
    form = shown.context["form"]
    assert (form.data["answer-rounds_carried_out"], form.data["text-main"]) == ("partly", "Mitt.")
    assert queries.materials([opened["BUF-GRU"].pk])[opened["BUF-GRU"].pk].answers == {}
    strange = client.post(url, {"version": "0", "anvand": "rounds_carried_out:perhaps"})
    assert (
        strange.status_code == 200
        and "answer-rounds_carried_out" not in strange.context["form"].data
    )


def test_last_years_text_stands_beside_and_is_copied_after_ones_own(client, town, opened):
    part = opened["BUF-SOL"]
    editing.edit_section(report_id=part.pk, section="rounds", version=0, actor=ACTOR, today=TODAY,
                         typed=SectionInput(texts={"main": "Så var det då."}))  # fmt: skip
    services.open_year(year=2025, actor=ACTOR, today=TODAY)
    parts.open_parts(year=2025, actor=ACTOR, now=NOW)
    client.force_login(town.user("manager"))
    new = Report.objects.get(unit__code="BUF-SOL", year=2025)
    url = reverse("reports:edit", args=[new.pk, "rounds"])
    page = text(client.get(url))
    assert "Förra årets text" in page and "Så var det då." in page
    copied = client.post(url, {"version": "0", "text-main": "Nu.", "kopiera": "main"})
    assert copied.context["form"].data["text-main"] == "Nu.\n\nSå var det då."


def test_the_list_says_who_has_handed_in_and_what_came_back(client, town, opened):
    hand_in(opened["BUF-SOL"])
    hand_in(opened["BUF-ANG"])
    chain.return_(report_id=opened["BUF-ANG"].pk, comment="Svara på frågorna.",
                  actor=town.user("upper_manager"), now=NOW)  # fmt: skip
    client.force_login(town.user("upper_manager"))
    page = text(client.get(reverse("reports:parts")))
    assert "1 av 3 delar för 2024 är inlämnade." in page
    assert "Lämnades tillbaka: Svara på frågorna." in page
    assert page.count(reverse("reports:send_back", args=[opened["BUF-SOL"].pk])) == 1
    waiting = text(client.get(reverse("reports:parts"), {"lage": "draft", "samlas": "x"}))
    assert "Ängsskolan" in waiting and "Solskolan" not in waiting


def test_a_part_waits_for_its_units_own_manager_until_it_is_handed_in(town, opened):
    def waiting(role):
        return [part.unit.code for part in queries.to_hand_in(town.user(role), TODAY)]

    assert (waiting("manager"), waiting("upper_manager")) == (["BUF-SOL"], ["BUF-GRU"])
    assert waiting("director") == waiting("hr_partner") == []
    hand_in(opened["BUF-SOL"])
    assert waiting("manager") == []


def test_hr_opens_parts_on_the_page_and_the_year_must_be_open(client, town, reports):
    client.force_login(town.user("hr_strategist"))
    assert client.post(reverse("reports:open_parts", args=[2024])).status_code == 302
    assert Report.objects.filter(kind=Kind.UNIT).count() == 3
    assert client.post(reverse("reports:open_parts", args=[2030])).status_code == 422


def test_pages_of_many_parts_cost_as_many_queries_as_of_few(client, town, opened, count_queries):
    """The list, and the form of whoever gathers them."""
    client.force_login(town.user("upper_manager"))
    urls = [
        reverse("reports:parts"),
        reverse("reports:edit", args=[opened["BUF-GRU"].pk, "rounds"]),
    ]
    answer(opened["BUF-SOL"], rounds_carried_out="yes")
    hand_in(opened["BUF-SOL"])

    def ask():
        return [count_queries(lambda u=url: client.get(u)) for url in urls]

    ask()
    few = ask()
    for number in range(12):
        unit = town.unit(f"BUF-N{number}", f"Ny skola {number}", "unit", "BUF-GRU")
        person = org.add_person(name=f"Ny {number}", actor=ACTOR, today=TODAY)
        org.appoint(person=person, unit=unit, title="Rektor", is_manager=True,
                    valid_from=date(2023, 1, 1), actor=ACTOR)  # fmt: skip
    assert parts.open_parts(year=2024, actor=ACTOR, now=NOW) == 12
    for part in parts_queries.below(opened["BUF-GRU"]).exclude(pk=opened["BUF-SOL"].pk):
        answer(part, rounds_carried_out="no")
        hand_in(part)
    assert ask() == few
