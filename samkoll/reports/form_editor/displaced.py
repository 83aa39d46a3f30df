"""What of a report has no place in a form: shown before a report moves to it, and kept."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from samkoll.reports.models import Report
from samkoll.reports.template_data import Form, RiskCommentsPart
from samkoll.reports.template_reader import form_of

_RISK = re.compile(r"risk-\d+")


@dataclass(frozen=True, slots=True)
class Displaced:
    """One thing without a place. ``what``: which text, question or figure; ``said``: what it is."""

    what: str
    said: str


def displaced(report: Report, form: Form) -> tuple[Displaced, ...]:
    """Texts, answers and given figures of a report that the form does not ask for."""
    old = form_of(report.template.content)
    return (*_texts(report, old, form), *_answers(report, old, form), *_given(report, old, form))


def _texts(report: Report, old: Form, form: Form) -> Iterator[Displaced]:
    headings = {section.key: section.heading for section in (*form.sections, *old.sections)}
    places = {(s.key, text.key) for s in form.sections for text in s.texts}
    risks = {s.key for s in form.sections if any(isinstance(p, RiskCommentsPart) for p in s.parts)}
    for text in report.texts.exclude(text="").order_by("section", "part"):
        of_risk = _RISK.fullmatch(text.part) and text.section in risks
        if (text.section, text.part) not in places and not of_risk:
            place = headings.get(text.section, text.section)
            yield Displaced(_("Text i ”%(section)s”") % {"section": place}, text.text)


def _answers(report: Report, old: Form, form: Form) -> Iterator[Displaced]:
    words = {q.key: q.text for _s, q in (*form.questions(), *old.questions())}
    asked = {q.key: q for _s, q in form.questions()}
    for answer in report.answers.order_by("question"):
        question = asked.get(answer.question)
        if question is None or answer.value not in question.answers:
            what = _("Svar på ”%(question)s”")
            yield Displaced(
                what % {"question": words.get(answer.question, answer.question)},
                str(answer.get_value_display()),
            )


def _given(report: Report, old: Form, form: Form) -> Iterator[Displaced]:
    words = {key: field.label for key, field in old.given().items()}
    known = form.given()
    for given in report.given.order_by("key"):
        if given.key not in known and given.current is not None:
            yield Displaced(words.get(given.key, given.key), f"{given.current.normalize():f}")
