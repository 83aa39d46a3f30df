"""Finding risk assessments before a change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from samkoll.accounts.models import User
from samkoll.actions import queries as actions
from samkoll.org import queries as org
from samkoll.org.models import Unit, UnitPath
from samkoll.risks.models import AssessmentStatus, ChangeAssessment

ASSESSMENT_ORDERS = {
    "andring": ("title", "pk"),
    "enhet": ("unit__name_order", "pk"),
    "sker": ("change_on", "pk"),
    "foljs": ("follow_up_on", "pk"),
}


@dataclass(frozen=True, slots=True)
class AssessmentRow:
    """One assessment as a line of the list. ``late``: ready, and the follow-up is overdue."""

    pk: int
    title: str
    unit: str
    status: str
    change_on: date
    follow_up_on: date
    risks: int
    diary_number: str
    late: bool


def assessments_visible_to(user: User, today: date) -> QuerySet[ChangeAssessment]:
    """The assessments of units where the user may read risks, and of those that they affect."""
    units = org.places_of(user, today).keys_with("risk:read")
    affected = ChangeAssessment.affected_units.through.objects.filter(unit__in=units)
    return ChangeAssessment.objects.filter(
        Q(unit__in=units) | Q(pk__in=affected.values("changeassessment"))
    )


def assessments(
    user: User,
    *,
    unit: Unit | None,
    statuses: tuple[str, ...],
    order: str,
    descending: bool,
    today: date,
) -> QuerySet[ChangeAssessment]:
    """The visible ones of a unit and below, in an order; slicing takes one query."""
    found = assessments_visible_to(user, today)
    if unit:
        found = found.filter(unit__in=UnitPath.objects.filter(ancestor=unit).values("descendant"))
    if statuses:
        found = found.filter(status__in=statuses)
    columns = [f"-{c}" if descending else c for c in ASSESSMENT_ORDERS[order]]
    return found.select_related("unit").annotate(risk_count=Count("risks")).order_by(*columns)


def assessment_row(assessment: ChangeAssessment, today: date) -> AssessmentRow:
    """One assessment of ``assessments`` as a line."""
    ready = assessment.status == AssessmentStatus.DECIDED
    return AssessmentRow(
        pk=assessment.pk,
        title=assessment.title,
        unit=assessment.unit.name,
        status=assessment.status,
        change_on=assessment.change_on,
        follow_up_on=assessment.follow_up_on,
        risks=assessment.risk_count,  # type: ignore[attr-defined]
        diary_number=assessment.diary_number,
        late=ready and assessment.follow_up_on < today,
    )


def to_follow_up(user: User, today: date) -> QuerySet[ChangeAssessment]:
    """Ready assessments whose follow-up is due, of the units that the user leads."""
    units = Unit.objects.filter(actions.led_by(user, today)).values("pk")
    ready = ChangeAssessment.objects.filter(status=AssessmentStatus.DECIDED, unit__in=units)
    return ready.filter(follow_up_on__lte=today).select_related("unit")
