"""Finding risks: the only way to one for a page is ``visible_to``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from samkoll.accounts.models import User
from samkoll.actions import queries as actions
from samkoll.actions.models import OPEN
from samkoll.core.fields import swedish_query
from samkoll.org import queries as org
from samkoll.org.models import Unit, UnitPath
from samkoll.risks.models import ReportedOnward, Risk, RiskAction, RiskStatus

When = Literal["before", "now"]
ORDERS = {
    "risk": ("title", "pk"),
    "niva": ("severity", "current_level", "pk"),
    "lage": ("status", "pk"),
    "enhet": ("unit__name_order", "title", "pk"),
    "upptackt": ("found_on", "pk"),
}
"""What a list can be sorted by, as columns."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What of the risks to find; empty means all. Several values of one filter are alternatives.

    ``unit``: with everything below it. ``cell``: (matrix, probability, consequence) of the
    picture, by the values that ``when`` names. ``reported``: reported onward in that year.
    ``responsible``: part of the name of somebody who answers for an action.
    """

    unit: Unit | None = None
    text: str = ""
    statuses: tuple[str, ...] = ()
    severities: tuple[int, ...] = ()
    serious: bool | None = None
    sources: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    reported: int | None = None
    responsible: str = ""
    overdue: bool = False
    cell: tuple[str, int, int] | None = None
    when: When = "now"


@dataclass(frozen=True, slots=True)
class RiskRow:
    """One risk as a line of a list. ``lifted``: see ``lifted_years``."""

    pk: int
    title: str
    unit_code: str
    unit: str
    status: str
    area: str
    source: str
    matrix: str
    level: int | None
    severity: int | None
    serious: bool | None
    found_on: date
    common: bool
    actions: int
    open_actions: int
    overdue_actions: int
    lifted: tuple[int, ...]


def visible_to(user: User, today: date) -> QuerySet[Risk]:
    """The risks of all units where the user may read risks, and those that the user proposed."""
    units = org.places_of(user, today).keys_with("risk:read")
    return Risk.objects.filter(Q(unit__in=units) | Q(proposed_by_id=user.pk))


def found(user: User, wanted: Wanted, today: date) -> QuerySet[Risk]:
    """The visible risks that a filter finds, without order."""
    risks = visible_to(user, today).filter(_plain(wanted), _values(wanted))
    if wanted.unit:
        below = UnitPath.objects.filter(ancestor=wanted.unit)
        risks = risks.filter(unit__in=below.values("descendant"))
    if wanted.text:
        risks = risks.filter(search=swedish_query(wanted.text))
    if wanted.reported:
        told = ReportedOnward.objects.filter(year=wanted.reported, risk=OuterRef("pk"))
        risks = risks.filter(Exists(told))
    links = RiskAction.objects.filter(risk=OuterRef("pk"))
    if wanted.responsible:
        risks = risks.filter(
            Exists(links.filter(action__responsible__name__icontains=wanted.responsible))
        )
    if wanted.overdue:
        risks = risks.filter(Exists(links.filter(_overdue(today))))
    return risks


def in_order(risks: QuerySet[Risk], order: str, *, descending: bool) -> QuerySet[Risk, int]:
    """The ids of risks in an order; slicing it takes one query, also far down a long list."""
    columns = ORDERS[order]
    sorting = [F(c).desc(nulls_last=True) if descending else F(c).asc() for c in columns]
    return risks.order_by(*sorting).values_list("pk", flat=True)


def rows(pks: Sequence[int], *, today: date) -> list[RiskRow]:
    """The risks with these ids as lines, in the order of the ids. One query."""
    links = RiskAction.objects.filter(risk=OuterRef("pk")).order_by().values("risk")
    found = (
        Risk.objects.filter(pk__in=pks)
        .select_related("unit")
        .annotate(
            action_count=_count(links),
            open_count=_count(links.filter(action__status__in=OPEN)),
            overdue_count=_count(links.filter(_overdue(today))),
            is_common=Exists(Risk.objects.filter(common=OuterRef("pk"))),
            lifted=Subquery(_lifted()),
        )
        .in_bulk()
    )
    return [_row(found[pk]) for pk in pks if pk in found]


def _row(risk: Risk) -> RiskRow:
    return RiskRow(
        pk=risk.pk,
        title=risk.title,
        unit_code=risk.unit.code,
        unit=risk.unit.name,
        status=risk.status,
        area=risk.area,
        source=risk.source,
        matrix=risk.matrix,
        level=risk.current_level,
        severity=risk.severity,
        serious=risk.serious,
        found_on=risk.found_on,
        common=risk.is_common,  # type: ignore[attr-defined]
        actions=risk.action_count,  # type: ignore[attr-defined]
        open_actions=risk.open_count,  # type: ignore[attr-defined]
        overdue_actions=risk.overdue_count,  # type: ignore[attr-defined]
        lifted=tuple(risk.lifted or ()),  # type: ignore[attr-defined]
    )


def counts(risks: QuerySet[Risk], column: str) -> dict[str, int]:
    """How many of the risks have each value of a column."""
    found = risks.order_by().values_list(column).annotate(Count("pk"))
    return {str(value): count for value, count in found}


def cells(risks: QuerySet[Risk], when: When) -> dict[tuple[str, int, int], int]:
    """How many of the risks lie in each cell of each matrix, by the values before or now."""
    probability, consequence = (
        (F("probability"), F("consequence"))
        if when == "before"
        else (
            Coalesce("after_probability", "probability"),
            Coalesce("after_consequence", "consequence"),
        )
    )
    judged = risks.filter(level__isnull=False).order_by()
    found = judged.annotate(p=probability, c=consequence).values_list("matrix", "p", "c")
    return {(m, p, c): count for m, p, c, count in found.annotate(Count("pk"))}


def lifted_years(risk: Risk) -> tuple[int, ...]:
    """The report years in which the risk was reported onward, or any gathered with it.

    A risk and those that stand under the same common risk are one question: lifted by one school
    the first year and by another the second, it has been lifted for two years. One query.
    """
    found = Risk.objects.filter(pk=risk.pk).annotate(years=Subquery(_lifted()))
    return tuple(found.values_list("years", flat=True)[0] or ())


def reported_years() -> list[int]:
    """All years in which any risk was reported onward, the latest first."""
    years = ReportedOnward.objects.order_by("-year").values_list("year", flat=True)
    return list(years.distinct())


def _lifted() -> Any:
    """The years of everything in a risk's family, as one sorted array; for a ``Subquery``."""
    top = Coalesce(OuterRef("common"), OuterRef("pk"))
    family = ReportedOnward.objects.filter(Q(risk=top) | Q(risk__common=top)).order_by()
    one = family.annotate(all=Value(1)).values("all")
    return one.annotate(years=ArrayAgg("year", distinct=True, order_by="year")).values("years")


def _count(links: Any) -> Coalesce:
    return Coalesce(Subquery(links.annotate(n=Count("pk")).values("n")), 0)


def _overdue(today: date) -> Q:
    return Q(action__status__in=OPEN, action__due_date__lt=today)


def _plain(wanted: Wanted) -> Q:
    found = Q()
    pairs = {
        "status__in": wanted.statuses,
        "severity__in": wanted.severities,
        "source__in": wanted.sources,
        "area__in": wanted.areas,
    }
    for name, values in pairs.items():
        if values:
            found &= Q(**{name: values})
    if wanted.serious is not None:
        found &= Q(serious=wanted.serious)
    return found


def _values(wanted: Wanted) -> Q:
    """The risks of one cell of the picture."""
    if wanted.cell is None:
        return Q()
    matrix, probability, consequence = wanted.cell
    before = Q(probability=probability, consequence=consequence)
    if wanted.when == "now":
        after = Q(after_probability=probability, after_consequence=consequence)
        before = (before & Q(after_level=None)) | after
    return before & Q(matrix=matrix)


def waiting(user: User, today: date) -> QuerySet[Risk]:
    """Proposals that are the user's to answer: judge, or say why not.

    Those of the units that the user leads, not of all below: these have managers of their own.
    """
    units = Unit.objects.filter(actions.led_by(user, today)).values("pk")
    return Risk.objects.filter(status=RiskStatus.PROPOSED, unit__in=units)
