"""How many of a report's questions are answered, counted in the database.

The questions are counted in the stored form, so that one query says how many there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

from django.db.models import Count, F, Func, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from samkoll.reports.models import Answer, Report

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Counted(TypedDict):
        """``answered`` of the ``asked`` questions of a form."""

        answered: int
        asked: int

    CountedReport = WithAnnotations[Report, Counted]

QUESTIONS = "$.sections[*] ? (!exists(@.only_when)).parts[*].questions[*]"
"""The questions of a stored form that are always asked, as a JSON path."""


def counted(reports: QuerySet[Report]) -> QuerySet[CountedReport]:
    """The same reports, each with its answers and questions."""
    answers = Answer.objects.filter(report=OuterRef("pk")).order_by().values("report")
    questions = Func(
        F("template__content"),
        Value(QUESTIONS),
        template="jsonb_path_query_array(%(expressions)s::jsonpath)",
    )
    return reports.annotate(
        answered=Coalesce(Subquery(answers.annotate(n=Count("pk")).values("n")), 0),
        asked=Func(questions, function="jsonb_array_length", output_field=IntegerField()),
    )
