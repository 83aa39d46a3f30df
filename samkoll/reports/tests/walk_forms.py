"""What the browser's walk and the access matrix need on the pages of forms, plans and briefs."""

from __future__ import annotations

from samkoll.audit.services import CommandLine
from samkoll.core.months import Month
from samkoll.reports import briefs, plans, services
from samkoll.reports.form_editor import services as forms
from samkoll.reports.models import Kind, Measure, Report, Template, TemplateDraft
from samkoll.reports.tests import facts
from samkoll.reports.tests.conftest import PEOPLE
from samkoll.stats.models import Snapshot
from tests.town import TODAY, Town

ACTOR, LAST = CommandLine(), Month.of(2023, 12)


def _shipped() -> Template:
    wanted = Template.objects.filter(kind=Kind.BOARD, year=2026)
    if not wanted:
        services.store_templates(actor=ACTOR)
    return wanted.get()


def version(town: Town) -> dict[str, object]:
    """A shipped version of a form."""
    return {"pk": _shipped().pk}


def draft(town: Town) -> dict[str, object]:
    """A draft of a form."""
    made = TemplateDraft.objects.first()
    if made is None:
        made = forms.start_draft(base=_shipped(), year=2027, actor=ACTOR, now=facts.NOW)
    return {"pk": made.pk}


def section(town: Town) -> dict[str, object]:
    """A section that stands under a condition."""
    return {**draft(town), "key": "osa_goal_obstacles"}


def questions(town: Town) -> dict[str, object]:
    """A part with questions."""
    return {**draft(town), "key": "osa_goal", "place": 0}


def rows(town: Town) -> dict[str, object]:
    """A part with rows of figures."""
    return {**draft(town), "key": "turnover", "place": 0}


def plan(town: Town) -> dict[str, object]:
    """The municipality's plan with one measure."""
    found = Report.objects.filter(kind=Kind.PLAN).first()
    if found is None:
        _paid(town)
        found = plans.create_plan(
            unit=town.units["EXK"], year=2024, month=LAST, actor=ACTOR, now=facts.NOW
        )
        typed = plans.MeasureInput("Ny process", "process", "Steg ett är klart.", "Steg två.")
        plans.save_measure(report_id=found.pk, typed=typed, actor=ACTOR, today=TODAY)
    return {"pk": found.pk}


def measure(town: Town) -> dict[str, object]:
    """A measure of the plan."""
    return {**plan(town), "measure": Measure.objects.get().pk}


def brief(town: Town) -> dict[str, object]:
    """An administration's brief over a tertial."""
    found = Report.objects.filter(kind=Kind.BRIEF).first()
    if found is None:
        _paid(town)
        found = briefs.create_brief(
            unit=town.units["BUF"], month=LAST, months=4, actor=ACTOR, now=facts.NOW
        )
    return {"pk": found.pk}


def _paid(town: Town) -> None:
    if not Snapshot.objects.exists():
        facts.publish(town, PEOPLE)


def arguments(town: Town, name: str) -> dict[str, object] | None:
    """The parts of an address of these pages; None for other pages."""
    makers = {
        "form_version": version,
        "form_version_file": version,
        "form_section": section,
        "form_move": section,
        "form_part_new": section,
        "form_part": questions,
        "form_part_move": questions,
        "measures": plan,
        "measure_new": plan,
        "measure": measure,
        "measure_move": measure,
    }
    if name in ("form_index", "form_import", "plans", "briefs"):
        return {}
    if name in makers:
        return makers[name](town)
    return draft(town) if name.startswith("form_") else None
