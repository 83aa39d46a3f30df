"""The ten reports of the year: pinned facts, texts, answers, given figures, overrides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from samkoll.demo.loading.data import read
from samkoll.demo.loading.people import People
from samkoll.demo.loading.risks import Comments
from samkoll.reports import editing, queries, services, template_reader
from samkoll.reports.models import Report
from samkoll.reports.template_data import Section

YEAR = 2024
_TOP = "EXK"


@dataclass(frozen=True, slots=True)
class _Writing:
    """One report being written, and by whom."""

    report: Report
    code: str
    texts: Mapping[str, str]
    actor: Any
    now: datetime


def load_reports(people: People, comments: Comments, *, now: datetime) -> int:
    """Start the year and write all its reports; gives their number.

    Raises: NoFacts.
    """
    services.start_year(year=YEAR, actor=people.acting(_acting("overrides")), now=now)
    reports = Report.objects.filter(year=YEAR).select_related("template", "unit", "board")
    for report in reports:
        _write(report, people, comments, now)
    _override(people, now)
    return len(reports)


def _acting(what: str) -> str:
    return str(read("people")["acting"][what])


def _write(report: Report, people: People, comments: Comments, now: datetime) -> None:
    code = report.board.code if report.board else _TOP
    user = read("people")["acting"]["writes"].get(report.unit.code, "")
    actor = people.acting(user if report.board else _acting("overrides"))
    writing = _Writing(report, code, read("reports/texts")[code], actor, now)
    for section in template_reader.form_of(report.template.content).sections:
        typed = editing.SectionInput(
            texts={**_texts(writing, section), **comments.get((code, section.key), {})},
            answers=_answers(writing, section) if report.board else {},
            given=_given(writing, section),
        )
        _save(writing, section, typed)
    services.set_diary_number(
        report_id=report.pk,
        diary_number=read("reports/given")["diary_numbers"][code],
        actor=people.acting(_acting("diary_numbers")),
        today=now.date(),
    )


def _save(writing: _Writing, section: Section, typed: editing.SectionInput) -> None:
    if typed.texts or typed.answers or typed.given:
        editing.edit_section(
            report_id=writing.report.pk,
            section=section.key,
            version=queries.section_state(writing.report, section.key)[0],
            typed=typed,
            actor=writing.actor,
            today=writing.now.date(),
        )


def _texts(writing: _Writing, section: Section) -> dict[str, str]:
    """Texts of the section's parts: under its key the main one, under "key.part" another."""
    keys = {text.key: section.key if text.key == "main" else f"{section.key}.{text.key}"
            for text in section.texts}  # fmt: skip
    return {part: writing.texts[key] for part, key in keys.items() if key in writing.texts}


def _answers(writing: _Writing, section: Section) -> dict[str, editing.AnswerInput]:
    """Yes, unless the data say otherwise or leave it open."""
    said, unanswered = read("reports/given")["answers"], read("reports/given")["unanswered"]
    answers = {}
    for question in section.questions:
        if writing.code in unanswered.get(question.key, []):
            continue
        item = said.get(question.key, {}).get(writing.code, {"answer": "yes"})
        answers[question.key] = editing.AnswerInput(item["answer"], item.get("comment", ""))
    return answers


def _given(writing: _Writing, section: Section) -> dict[str, editing.GivenInput]:
    """Typed numbers that the data have for the board, or for the municipality alone."""
    data = read("reports/given")
    by_key = data["municipality"] if writing.report.board is None else {
        key: values[writing.code] for key, values in data.items()
        if isinstance(values, dict) and isinstance(values.get(writing.code), list)
    }  # fmt: skip
    return {
        field.key: editing.GivenInput(*_numbers(by_key[field.key]), source=_source(data, field.key))
        for field in section.given
        if field.key in by_key
    }


def _numbers(values: list[float]) -> tuple[Decimal, Decimal | None]:
    now, *before = (Decimal(str(value)) for value in values)
    return now, before[0] if before else None


def _override(people: People, now: datetime) -> None:
    report = queries.municipality_report(YEAR)
    if report is None:
        return
    for question, item in read("reports/given")["overrides"].items():
        services.override_answer(
            report_id=report.pk,
            question=question,
            value=item["answer"],
            reason=item["reason"],
            actor=people.acting(_acting("overrides")),
            today=now.date(),
        )


def _source(data: Mapping[str, Any], key: str) -> str:
    return str(data["sources"].get(key, data["source"]))
