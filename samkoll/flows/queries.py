"""Finding what has no owner any more."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from samkoll.actions.models import OPEN, Action, HandUp, Status
from samkoll.org import queries as org
from samkoll.org.models import Unit
from samkoll.risks.models import AssessmentStatus, ChangeAssessment, Risk, RiskStatus


def left_behind(today: date) -> QuerySet[Action]:
    """Actions still to be done or followed up, of a closed unit or of somebody who has left."""
    going_on = Action.objects.filter(status__in=(*OPEN, Status.DONE))
    lost = ~Q(responsible__in=org.working_here(today)) | ~Q(unit__in=Unit.objects.valid(today))
    return going_on.filter(lost).select_related("unit", "responsible").order_by("pk")


def unanswerable(today: date) -> QuerySet[HandUp]:
    """Questions up the line that wait for the answer of a unit that has closed."""
    waiting = HandUp.objects.filter(answer="").exclude(to_unit__in=Unit.objects.valid(today))
    return waiting.select_related("to_unit").order_by("pk")


def risks_left(today: date) -> QuerySet[Risk]:
    """Risks that are proposed or open, of a closed unit."""
    going_on = Risk.objects.filter(status__in=(RiskStatus.PROPOSED, RiskStatus.OPEN))
    left = going_on.exclude(unit__in=Unit.objects.valid(today))
    return left.select_related("unit").order_by("pk")


def assessments_left(today: date) -> QuerySet[ChangeAssessment]:
    """Assessments before a change that are not followed up, of a closed unit."""
    statuses = (AssessmentStatus.DRAFT, AssessmentStatus.DECIDED)
    going_on = ChangeAssessment.objects.filter(status__in=statuses)
    left = going_on.exclude(unit__in=Unit.objects.valid(today))
    return left.select_related("unit").order_by("pk")
