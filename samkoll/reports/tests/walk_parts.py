"""What the browser's walk needs on the pages of units' parts: some handed in, one given back."""

from __future__ import annotations

from samkoll.audit.services import CommandLine
from samkoll.reports import editing
from samkoll.reports.chain import services as chain
from samkoll.reports.editing import AnswerInput, SectionInput
from samkoll.reports.models import Kind, Report
from samkoll.reports.parts import services
from samkoll.reports.tests import facts, walk
from tests.town import Town

NOW = facts.NOW


def _parts(town: Town) -> dict[str, Report]:
    """The parts of the town by unit code; the school has handed in."""
    walk.report(town)
    if services.open_parts(year=2024, actor=CommandLine(), now=NOW):
        school = Report.objects.get(kind=Kind.UNIT, unit__code="BUF-SOL")
        editing.edit_section(
            report_id=school.pk,
            section="rounds",
            version=0,
            typed=SectionInput(
                texts={"main": "Ronden visade att två rum behöver bättre ljud."},
                answers={"rounds_carried_out": AnswerInput("partly", "Slöjdsalen återstår.")},
            ),
            actor=CommandLine(),
            today=NOW.date(),
        )
        chain.hand_in(report_id=school.pk, actor=CommandLine(), now=NOW)
    found = Report.objects.filter(kind=Kind.UNIT).select_related("unit")
    return {part.unit.code: part for part in found}


def gathering(town: Town) -> dict[str, object]:
    """A section of a department's part, beside what its units answered and wrote."""
    return {"pk": _parts(town)["BUF-GRU"].pk, "key": "rounds"}


def listed(town: Town) -> dict[str, object]:
    """The list of parts."""
    _parts(town)
    return {}
