"""Accounts and action plans (redogörelse och åtgärdsplan): opening one, and its measures."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from samkoll.audit import services as audit
from samkoll.core.access import Verdict, deny, require
from samkoll.core.errors import DomainError
from samkoll.core.locking import held
from samkoll.core.months import Month
from samkoll.org.models import Unit
from samkoll.reports import health_factors, policies, services, single
from samkoll.reports.models import Kind, Measure, Report, SectionState, WorkForm
from samkoll.reports.template_data import MeasuresPart
from samkoll.reports.template_reader import form_of

Actor = policies.Actor


class BadMeasure(DomainError):
    """A measure without a heading or with a work form or health factor that does not exist."""


@dataclass(frozen=True, slots=True)
class MeasureInput:
    """A measure as it was typed. ``form``: of ``WorkForm``."""

    heading: str
    form: str
    done: str = ""
    plan: str = ""
    time_plan: str = ""
    responsible: str = ""
    health_factor: str = ""


def can_have_measures(actor: Actor, report: Report, today: date) -> Verdict:
    """Write the measures of a report: plans have them."""
    if report.kind != Kind.PLAN:
        return deny(_("Bara en åtgärdsplan har åtgärder som kapitel."))
    return policies.can_edit(actor, report, today)


@transaction.atomic
def create_plan(*, unit: Unit, year: int, month: Month, actor: Actor, now: datetime) -> Report:
    """Open the plan of a year, its figures pinned. ``month``: the last of its twelve months.

    Raises: PermissionDenied, NoTemplate, NoFacts, ReportExists.
    """
    services.store_templates(actor=actor)
    return single.opened(kind=Kind.PLAN, unit=unit, year=year, month=month, actor=actor, now=now)


@transaction.atomic
def save_measure(
    *, report_id: int, typed: MeasureInput, actor: Actor, today: date, measure_id: int | None = None
) -> Measure:
    """Add a measure last, or change one. Raises: PermissionDenied, BadMeasure, DoesNotExist."""
    report = _plan(report_id, actor, today)
    values = {name: value.replace("\r\n", "\n").strip() for name, value in asdict(typed).items()}
    _check(values)
    if measure_id is None:
        last = Measure.objects.filter(report=report).order_by("-order").first()
        measure = Measure(report=report, order=last.order + 1 if last else 1)
        before = None
    else:
        measure = Measure.objects.get(report=report, pk=measure_id)
        before = audit.state(measure, *values)
    if before == values:
        return measure
    for name, value in values.items():
        setattr(measure, name, value)
    measure.save()
    audit.record(
        "report.measure", actor, report, before=before, after=values, title=measure.heading
    )
    _changed(report, actor)
    return measure


@transaction.atomic
def move_measure(*, report_id: int, measure_id: int, up: bool, actor: Actor, today: date) -> None:
    """Change places with the measure above or below; the first and the last stay."""
    report = _plan(report_id, actor, today)
    measures = list(Measure.objects.filter(report=report))
    place = next(i for i, measure in enumerate(measures) if measure.pk == measure_id)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(measures):
        return
    measures[place], measures[other] = measures[other], measures[place]
    for order, measure in enumerate(measures, start=1):
        measure.order = order
    Measure.objects.bulk_update(measures, ["order"])
    audit.record("report.measure_moved", actor, report, title=measures[other].heading)
    _changed(report, actor)


@transaction.atomic
def remove_measure(*, report_id: int, measure_id: int, actor: Actor, today: date) -> None:
    """Take a measure out of the plan. The change log keeps what it said."""
    report = _plan(report_id, actor, today)
    measure = Measure.objects.get(report=report, pk=measure_id)
    before = audit.state(measure, *MeasureInput.__slots__)
    measure.delete()
    audit.record("report.measure_removed", actor, report, before=before, title=measure.heading)
    _changed(report, actor)


def _plan(report_id: int, actor: Actor, today: date) -> Report:
    report = held(Report.objects.select_related("template", "unit"), report_id)
    require(can_have_measures(actor, report, today))
    return report


def _check(values: dict[str, str]) -> None:
    if not values["heading"]:
        raise BadMeasure(_("Ge åtgärden en rubrik."))
    if values["form"] not in WorkForm:
        raise BadMeasure(_("Välj arbetsform: projekt, process eller löpande verksamhet."))
    if values["health_factor"] and values["health_factor"] not in health_factors.names():
        raise BadMeasure(_("Friskfaktorn finns inte i listan."))


def _changed(report: Report, actor: Actor) -> None:
    """The sections that show the measures have changed: whoever had signed them, signs again."""
    for section in form_of(report.template.content).sections:
        if any(isinstance(part, MeasuresPart) for part in section.parts):
            state, _new = SectionState.objects.get_or_create(report=report, key=section.key)
            state.version, state.changed_by = state.version + 1, str(actor)
            state.signed_by, state.signed_at = "", None
            state.save()
