"""Putting what was chosen of an old document into its report, by the ways of people's typing."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from samkoll.reports import editing, policies, queries
from samkoll.reports.inputs import AnswerInput, GivenInput, SectionInput
from samkoll.reports.material import Material
from samkoll.reports.old.choice import Choice, Confirmed
from samkoll.reports.old.found import Found
from samkoll.reports.template_data import Form, Section

Actor = policies.Actor
RiskParts = dict[int, str]
"""Places in ``Found.risks`` to the parts of the form in which they are commented on."""


def write(  # noqa: PLR0917 - as ``adding.add_risks``
    found: Found,
    choice: Choice,
    parts: RiskParts,
    confirmed: Confirmed,
    actor: Actor,
    today: date,
) -> None:
    """Write every section that gets something. What the report already has stays as it is.

    Raises: what editing raises.
    """
    material = queries.materials([confirmed.report.pk])[confirmed.report.pk]
    texts = _texts(found, choice, parts, material.form)
    for section in material.form.sections:
        mine = {part: text for (key, part), text in texts.items() if key == section.key}
        kept = [part for part in mine if material.texts.get((section.key, part))]
        for _part in kept:
            confirmed.left_out.append(
                _("%(heading)s: rapporten hade redan en text, som är kvar.")
                % {"heading": section.heading}
            )
        typed = SectionInput(
            texts={part: text for part, text in mine.items() if part not in kept},
            answers=_answers(found, choice, section, material),
            given=_given(found, choice, section, material),
        )
        if typed.texts or typed.answers or typed.given:
            editing.edit_section(
                report_id=confirmed.report.pk,
                section=section.key,
                version=queries.section_state(confirmed.report, section.key)[0],
                typed=typed,
                actor=actor,
                today=today,
            )


def _answers(
    found: Found, choice: Choice, section: Section, material: Material
) -> dict[str, AnswerInput]:
    """Answers that the report does not have; the municipality's come from the boards."""
    if material.form.sums_up:
        return {}
    free = {question.key for question in section.questions} - set(material.answers)
    return {
        answer.question: AnswerInput(answer.value, answer.comment)
        for n, answer in enumerate(found.answers)
        if n in choice.answers and answer.question in free
    }


def _given(
    found: Found, choice: Choice, section: Section, material: Material
) -> dict[str, GivenInput]:
    """Numbers that the report does not have, and that are typed in its form."""
    summed = material.form.sums_up
    free = {
        field.key
        for field in section.given
        if field.key not in material.given and not (summed and field.roll_up == "sum")
    }
    return {
        each.key: GivenInput(each.current, each.previous, source=_("Tidigare rapport"))
        for n, each in enumerate(found.given)
        if n in choice.given and each.key in free
    }


def _texts(
    found: Found, choice: Choice, parts: RiskParts, form: Form
) -> dict[tuple[str, str], str]:
    """Texts by section and part. What was said of a risk that is not added goes into the
    section's own text, below the risk's name."""
    texts: dict[tuple[str, str], str] = {}
    for n, text in enumerate(found.texts):
        if n not in choice.texts:
            continue
        part, words = text.part, text.text
        if part.startswith("risk-"):
            place = int(part.removeprefix("risk-"))
            part = parts.get(place, "")
            if not part:
                part = _own(form.section(text.section))
                words = f"{found.risks[place].title}\n\n{words}"
        if part:
            before = texts.get((text.section, part))
            texts[text.section, part] = f"{before}\n\n{words}" if before else words
    return texts


def _own(section: Section) -> str:
    return section.texts[0].key if section.texts else ""
