"""Units' parts of the board reports: answered, handed in, and one given back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from samkoll.demo.loading.data import read
from samkoll.demo.loading.everyday import Played
from samkoll.demo.loading.people import People
from samkoll.demo.loading.reports import YEAR
from samkoll.org import queries as org
from samkoll.org.models import Unit, UnitKind
from samkoll.reports import editing, template_reader
from samkoll.reports.chain import services as chain
from samkoll.reports.models import Kind, Report
from samkoll.reports.parts import services
from samkoll.reports.template_data import Section


@dataclass(frozen=True, slots=True)
class _Writing:
    """One part, who writes it, and its number in the order of writing."""

    part: Report
    actor: Played
    number: int
    now: datetime

    @property
    def code(self) -> str:
        return self.part.unit.code


def load_parts(people: People, *, now: datetime) -> int:
    """Open the parts of the year and write some of them; gives how many there are."""
    strategist = people.acting(str(read("people")["acting"]["overrides"]))
    opened = services.open_parts(year=YEAR, actor=strategist, now=now)
    parts = {
        part.unit.code: part
        for part in Report.objects.filter(kind=Kind.UNIT, year=YEAR)
        .select_related("unit", "template")
        .defer("facts")
    }
    written = [code for code in _in_order(parts.values()) if code in parts]
    leaders = org.in_charge([parts[code].unit_id for code in written], now.date())
    for number, code in enumerate(written):
        actor = Played(name=leaders[parts[code].unit_id].name)
        _write(_Writing(parts[code], actor, number, now))
    for code, told in read("reports/parts")["returned"].items():
        chain.return_(
            report_id=parts[code].pk,
            comment=told["comment"],
            actor=people.acting(told["by"]),
            now=now,
        )
    return opened


def _in_order(parts: Iterable[Report]) -> list[str]:
    """The units that hand in first, then the departments that gather them."""
    data = read("reports/parts")
    units = [part.unit for part in parts]
    below = [unit.code for unit in units if _department(unit) in data["handed_in"]]
    chosen = [*sorted(below), *data["units_handed_in"], *data["returned"]]
    return [*chosen, *data["handed_in"]]


def _department(unit: Unit) -> str:
    """``KSF-420`` belongs to ``KSF-400``; a department to none."""
    return f"{unit.code[:-2]}00" if unit.kind == UnitKind.UNIT else ""


def _write(writing: _Writing) -> None:
    for section in template_reader.form_of(writing.part.template.content).sections:
        typed = editing.SectionInput(
            texts=_texts(writing, section), answers=_answers(writing, section)
        )
        if typed.texts or typed.answers:
            editing.edit_section(
                report_id=writing.part.pk,
                section=section.key,
                version=0,
                typed=typed,
                actor=writing.actor,
                today=writing.now.date(),
            )
    chain.hand_in(report_id=writing.part.pk, actor=writing.actor, now=writing.now)


def _texts(writing: _Writing, section: Section) -> dict[str, str]:
    texts = read("reports/parts")["texts"].get(section.key)
    return {"main": texts[writing.number % len(texts)]} if texts else {}


def _answers(writing: _Writing, section: Section) -> dict[str, editing.AnswerInput]:
    data = read("reports/parts")
    said: dict[str, Any] = data["answers"].get(writing.code, {})
    left_open = data["open"].get(writing.code, [])
    answers = {}
    for question in section.questions:
        if question.key in left_open:
            continue
        usual = {"answer": data["usual"].get(question.key, "yes")}
        item = said.get(question.key, usual)
        answers[question.key] = editing.AnswerInput(item["answer"], item.get("comment", ""))
    return answers
