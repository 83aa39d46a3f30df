"""Adding what stands by itself: the risks of an old report, the measures of an old plan."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from samkoll.actions import services as actions
from samkoll.actions.models import Action
from samkoll.org.models import Board
from samkoll.reports import plans, policies
from samkoll.reports.models import Kind, WorkForm
from samkoll.reports.old.choice import Choice, Confirmed
from samkoll.reports.old.found import Found, FoundAction, FoundRisk
from samkoll.risks import services as risks
from samkoll.risks.queries import Matrix

Actor = policies.Actor


def add_risks(
    found: Found, choice: Choice, confirmed: Confirmed, actor: Actor, today: date
) -> dict[int, str]:
    """Add the chosen risks that the document reports onward.

    Gives the part of the form in which each is commented on. Last year's risks are history.
    """
    if choice.board is None:
        return {}
    parts: dict[int, str] = {}
    matrix = risks.stored_default(actor=actor, today=today)
    for n, risk in enumerate(found.risks):
        if n not in choice.risks or risk.which != "current":
            continue
        cell = next(_cells(matrix, risk.level), None)
        if cell is None:
            sentence = _("%(risk)s: risknivån %(level)s finns inte i kommunens riskmatris.")
            confirmed.left_out.append(sentence % {"risk": risk.title, "level": risk.level})
            continue
        added = _add(risk, matrix, cell, choice, choice.board, actor, today)
        parts[n] = f"risk-{added}"
    return parts


def add_measures(
    found: Found, choice: Choice, confirmed: Confirmed, actor: Actor, today: date
) -> None:
    """Add the chosen measures to a plan that has none by the same name."""
    if confirmed.report.kind != Kind.PLAN:
        return
    known = set(confirmed.report.measures.values_list("heading", flat=True))
    for n, measure in enumerate(found.measures):
        if n not in choice.measures:
            continue
        if measure.title in known:
            sentence = _("%(measure)s: åtgärden fanns redan i planen och är kvar.")
            confirmed.left_out.append(sentence % {"measure": measure.title})
            continue
        plans.save_measure(
            report_id=confirmed.report.pk,
            typed=plans.MeasureInput(
                heading=measure.title,
                form=measure.work_form or WorkForm.ONGOING,
                done=measure.account,
                plan=measure.plan,
                time_plan=measure.time_plan,
            ),
            actor=actor,
            today=today,
        )


def _cells(matrix: Matrix, level: int | None) -> Iterator[tuple[int, int]]:
    """Probability and consequence that give the level, the most even first."""
    cells = [
        (probability, consequence)
        for probability, row in enumerate(matrix.grid, 1)
        for consequence, found in enumerate(row, 1)
        if found == level
    ]
    yield from sorted(cells, key=lambda cell: (abs(cell[0] - cell[1]), -cell[1]))


def _add(  # noqa: PLR0917 - as ``add_risks``
    found: FoundRisk,
    matrix: Matrix,
    cell: tuple[int, int],
    choice: Choice,
    board: Board,
    actor: Actor,
    today: date,
) -> int:
    risk = risks.add_risk(
        unit=choice.unit,
        title=found.title,
        probability=cell[0],
        consequence=cell[1],
        serious=matrix.proposes_serious(*cell),
        found_on=date(choice.year - 1, 12, 31),
        description=_(
            "Inläst ur arbetsmiljörapporten %(year)s, som anger risknivån %(level)s. Sannolikhet, "
            "konsekvens och allvar är valda efter den nivån. Bedöm risken på nytt."
        )
        % {"year": choice.year, "level": found.level},
        actor=actor,
        today=today,
    )
    for each in found.actions:
        action = _action(each, choice, actor, today)
        risks.link_action(risk=risk, action=action, actor=actor, today=today)
    if found.actions:
        risks.report_onward(risk=risk, board=board, year=choice.year, actor=actor, today=today)
    return risk.pk


def _action(found: FoundAction, choice: Choice, actor: Actor, today: date) -> Action:
    """A measure. One without a day is due at the end of the report's year."""
    return actions.add_action(
        unit=choice.unit,
        title=found.title,
        wanted_effect=found.wanted_effect,
        due_date=found.due or date(choice.year, 12, 31),
        responsible_title=found.responsible,
        reason=_("Inläst ur arbetsmiljörapporten %(year)s.") % {"year": choice.year},
        actor=actor,
        today=today,
    )
