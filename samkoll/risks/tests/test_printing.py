"""The printed assessment: every step, roles and not names, and what is not there yet."""

from __future__ import annotations

from datetime import date

from samkoll.documents.content import Heading, Note, Paragraph, Table
from samkoll.documents.writers import texts
from samkoll.risks import assessment_pages, printing
from samkoll.risks.tests.making import TODAY, add, assessment, with_action


def printed(town, found):
    shown = assessment_pages.page_of(found, town.user("manager"), TODAY).printed
    return printing.assessment(shown, "Exempelkommunen", TODAY)


def test_a_draft_is_marked_and_has_all_steps(town):
    document = printed(town, assessment(town, diary_number="KS 2024/7"))
    heads = [b.text for b in document.blocks if isinstance(b, Heading) and b.level == 1]
    assert heads == [
        "A. Vad ändras och vilka berörs", "B. Risker efter ändringen", "C. Åtgärder",
        "D. Uppföljning", "Medverkan",
    ]  # fmt: skip
    assert (document.status, document.diary_number) == ("Utkast", "KS 2024/7")
    assert Paragraph("Ingen risk är bedömd.") in document.blocks


def test_risks_and_actions_are_printed_with_the_role_of_who_answers(town):
    found = assessment(town)
    risk = add(town, unit="BUF-SOL", assessment=found, source="change")
    with_action(town, risk, due=date(2024, 9, 1))
    document = printed(town, found)
    tables = {b.caption: b for b in document.blocks if isinstance(b, Table)}
    assert [cell.text for cell in tables["Risker"].rows[0].cells][1:] == ["Mycket hög (12)", "Ja"]
    cells = [cell.text for cell in tables["Åtgärder"].rows[0].cells]
    assert cells[1:] == ["Se över schemat. Önskad effekt: Lugn.", "Chef", "2024-09-01"]
    assert not any("Test manager" in text for text in texts(document))


def test_a_withdrawn_one_says_why_first(town):
    found = assessment(town)
    found.status, found.status_reason = "withdrawn", "Ingen budget."
    note = printed(town, found).blocks[0]
    assert note == Note("Ändringen genomförs inte", "Ingen budget.")
