"""What a report's own form gives it: the sections that it has, and the measures of its plan."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from samkoll.org.models import UnitPath
from samkoll.reports import health_factors
from samkoll.reports.material import PlannedMeasure
from samkoll.reports.models import Brief, Report
from samkoll.reports.template_conditions import Known, UnitIs, applied
from samkoll.reports.template_data import Form
from samkoll.reports.template_reader import form_of


def applying(row: Report, codes: Mapping[int, Collection[str]]) -> Form:
    """The report's form without the sections that it does not have. Its answers are read already.

    ``codes``: of ``codes_above``.
    """
    form = form_of(row.template.content)
    if not any(section.only_when for section in form.sections):
        return form
    answers = {answer.question: answer.value for answer in row.answers.all()}
    board = row.board.code if row.board else ""
    known = Known(answers, board, codes.get(row.unit_id, ()))  # type: ignore[arg-type]
    return applied(form, known)


def codes_above(rows: Iterable[Report]) -> dict[int, set[str]]:
    """The codes of each unit and of all above it, for the reports whose form asks for them."""
    units = {row.unit_id for row in rows if _asks_for_units(form_of(row.template.content))}
    codes: dict[int, set[str]] = {unit: set() for unit in units}
    if units:
        paths = UnitPath.objects.filter(descendant__in=units)
        for unit, code in paths.values_list("descendant", "ancestor__code"):
            codes[unit].add(code)
    return codes


def _asks_for_units(form: Form) -> bool:
    return any(isinstance(c, UnitIs) for section in form.sections for c in section.only_when)


def measures_of(row: Report) -> tuple[PlannedMeasure, ...]:
    """The measures of a plan, in order; of other reports none."""
    return tuple(
        PlannedMeasure(
            heading=measure.heading,
            done=measure.done,
            plan=measure.plan,
            form=measure.form,
            form_name=str(measure.get_form_display()),
            time_plan=measure.time_plan,
            responsible=measure.responsible,
            health_factor=health_factors.name(measure.health_factor),
        )
        for measure in row.measures.all()
    )


def months_of(row: Report) -> int:
    """How many months a brief looks back on; a year for other reports."""
    brief: Brief | None = getattr(row, "brief", None)
    return brief.months if brief else 12
