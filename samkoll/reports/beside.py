"""What stands beside a section while somebody writes it: what the parts answered and wrote, what
Samkoll has counted, and what was written last year. Frozen values for the template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.forms import BoundField
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkoll.core.text import listing, number
from samkoll.org.models import Succession
from samkoll.reports import queries
from samkoll.reports.evidence import queries as evidence
from samkoll.reports.evidence.registry import Evidence
from samkoll.reports.forms import SectionForm
from samkoll.reports.material import Material
from samkoll.reports.models import Report, Text
from samkoll.reports.parts import queries as parts
from samkoll.reports.parts.queries import Written
from samkoll.reports.roll_up import RollUp, of_parts
from samkoll.reports.template_data import AnswerValue, Form, Question, Section

NAMED = 8
"""Units named in a sentence; the rest are counted."""


@dataclass(frozen=True, slots=True)
class Note:
    """What speaks for an answer. ``use`` is the button's value; empty where nothing is proposed."""

    lead: str
    text: str
    missing: str = ""
    use: str = ""
    label: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the form, with the notes beside it and last year's text of it."""

    bound: BoundField
    notes: tuple[Note, ...] = ()
    earlier: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Other:
    """What somebody else wrote in the section: whose it is and the page to read it on."""

    name: str
    text: str
    url: str
    note: str


@dataclass(frozen=True, slots=True)
class Beside:
    """Everything beside one section. ``heading``: whose texts ``others`` are."""

    fields: tuple[Field, ...]
    heading: str
    others: tuple[Other, ...]
    known: str


def of(report: Report, material: Material, section: Section, form: SectionForm) -> Beside:
    """Seven queries at most, whatever the number of parts."""
    earlier = earlier_texts(report, section.key)
    notes = {} if material.form.sums_up else _notes(report, material, section)
    counted = evidence.of_section(report, section.key)
    return Beside(
        fields=tuple(_field(bound, notes, earlier) for bound in form.visible_fields()),
        heading=_("Nämndernas texter") if material.form.sums_up else _("Delarnas texter"),
        others=tuple(map(_other, _texts(report, material, section.key))),
        known=counted.sentence if counted else "",
    )


def _field(bound: BoundField, notes: dict[str, tuple[Note, ...]], earlier: dict[str, str]) -> Field:
    kind, _dash, key = bound.name.partition("-")
    if kind == "answer":
        return Field(bound, notes.get(key, ()))
    if kind == "text":
        return Field(bound, earlier=earlier.get(key, ""), part=key)
    return Field(bound)


def earlier_texts(report: Report, section: str) -> dict[str, str]:
    """Texts of the section in last year's newest version of the same report, also of the units
    that the report's unit carries on."""
    before = Succession.objects.filter(successor=report.unit_id)
    last_year = Report.objects.current().filter(
        Q(unit=report.unit_id) | Q(unit__in=before.values("predecessor")),
        kind=report.kind,
        board=report.board_id,
        year=report.year - 1,
        month=report.month - 12,
    )
    rows = Text.objects.filter(report__in=last_year, section=section).exclude(text="")
    return dict(rows.values_list("part", "text"))


def _texts(report: Report, material: Material, section: str) -> Sequence[Written]:
    if material.form.sums_up:
        boards = queries.board_reports(report.year).values_list("pk", "board__name")
        names = dict(boards)
    else:
        names = {part.pk: part.name for part in material.parts}
    return parts.texts_below(section, names) if names else ()


def _other(written: Written) -> Other:
    return Other(
        name=written.name,
        text=written.text,
        url=reverse("reports:read", args=[written.report]),
        note="" if written.handed_in else _("Utkast"),
    )


def _notes(report: Report, material: Material, section: Section) -> dict[str, tuple[Note, ...]]:
    found = evidence.of_questions(report, [q.key for q in section.questions])
    below = {part.name: part.answers for part in material.parts}
    notes = {}
    for question in section.questions:
        beside = [_proposed(of_parts(question, below), material.form)] if below else []
        if question.key in found:
            beside.append(_counted(question, found[question.key], material.form))
        notes[question.key] = tuple(beside)
    return notes


def _proposed(rolled: RollUp, form: Form) -> Note:
    said = [
        _("%(answer)s: %(count)s (%(names)s)")
        % {"answer": form.word(value), "count": number(len(names)), "names": _named(names)}
        if (value, names) in rolled.deviating
        else f"{form.word(value)}: {number(len(names))}"
        for value, names in rolled.distribution
    ]
    if rolled.missing:
        said.append(
            ngettext("%(count)d del saknas", "%(count)d delar saknas", len(rolled.missing))
            % {"count": len(rolled.missing)}
        )
    lead = (
        _("Delarna ger: %(answer)s") % {"answer": form.word(rolled.proposal)}
        if rolled.proposal
        else _("Delarna ger inget svar än")
    )
    missing = _named(rolled.missing) if rolled.distribution else ""
    return Note(
        lead, f"{'. '.join(said)}.", missing, _use(rolled.question, rolled.proposal), _label(rolled)
    )


def _label(rolled: RollUp) -> str:
    return _("Använd delarnas svar") if rolled.proposal else ""


def _counted(question: Question, found: Evidence, form: Form) -> Note:
    lead = (
        _("Samkolls underlag ger: %(answer)s") % {"answer": form.word(found.value)}
        if found.value
        else _("Samkolls underlag avgör inte svaret")
    )
    counted = found.counted
    return Note(
        lead=lead,
        text=counted.sentence,
        missing=_named(counted.missing),
        use=_use(question, found.value),
        label=_("Använd underlagets svar") if found.value else "",
        url=counted.url,
    )


def _use(question: Question, value: AnswerValue | None) -> str:
    """What the button sends; nothing for an answer that the question does not allow."""
    return f"{question.key}:{value}" if value and value in question.answers else ""


def _named(names: Sequence[str]) -> str:
    if len(names) <= NAMED:
        return listing(names)
    return _("%(names)s och %(count)d till") % {
        "names": ", ".join(names[:NAMED]),
        "count": len(names) - NAMED,
    }


USE, COPY = "anvand", "kopiera"
"""Buttons of the form that put something into its fields and save nothing."""


def put(data: Any, section: Section, earlier: dict[str, str]) -> Any:
    """The typed form with what a button asked for: an answer, or last year's text after one's
    own. What is not a proposal of this section changes nothing."""
    typed = data.copy()
    question, _colon, value = typed.get(USE, "").partition(":")
    if any(q.key == question and value in q.answers for q in section.questions):
        typed[f"answer-{question}"] = value
    part = typed.get(COPY, "")
    if part in earlier:
        own = typed.get(f"text-{part}", "").strip()
        typed[f"text-{part}"] = "\n\n".join(text for text in (own, earlier[part]) if text)
    return typed
