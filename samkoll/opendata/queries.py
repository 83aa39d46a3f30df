"""Reading open figures: what is stored of a key figure, groups to compare with, and loads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.conf import settings
from django.db.models import Q, QuerySet

from samkoll.accounts.models import User
from samkoll.opendata import policies
from samkoll.opendata.bundle import Content, Key, unpacked
from samkoll.opendata.models import (
    Group,
    Kpi,
    Load,
    LoadState,
    Municipality,
    Value,
    ValueState,
)
from samkoll.opendata.plan import Plan, plan
from samkoll.opendata.spread import Place, Spread, spread
from samkoll.opendata.wanted import Wanted, wanted

__all__ = [
    "Content",
    "Key",
    "Place",
    "Plan",
    "Revision",
    "Series",
    "Spread",
    "Wanted",
    "country",
    "groups_of",
    "kpis",
    "last_load",
    "own",
    "plan_of",
    "revisions",
    "series_by_sex",
    "spread_of",
    "towns",
    "visible_to",
    "wanted",
]

COUNTRY = "0000"
"""The whole country: no municipality to compare with."""
Series = Mapping[int, Mapping[str, Decimal]]
"""Values by year and municipality."""


@dataclass(frozen=True, slots=True)
class Revision:
    """A value of ours that has been changed since it was first published."""

    year: int
    sex: str
    before: Decimal | None
    fetched_before: datetime
    after: Decimal | None
    fetched_after: datetime


def own() -> Municipality | None:
    """Our own municipality in the register: by ``SAMKOLL_MUNICIPALITY_CODE``, else by its name."""
    if settings.MUNICIPALITY_CODE:
        return Municipality.objects.filter(code=settings.MUNICIPALITY_CODE).first()
    name = settings.MUNICIPALITY_NAME
    plain = name.removesuffix(" kommun")
    found = Municipality.objects.filter(
        Q(title__iexact=name) | Q(title__iexact=plain) | Q(title__iexact=f"{plain} kommun")
    )
    return found.exclude(kind="L").order_by("code").first()


def kpis() -> list[tuple[Wanted, str]]:
    """The key figures with a value to show, in the order of the data file, and Kolada's titles."""
    there = Value.objects.current().filter(value__isnull=False).exclude(municipality=COUNTRY)
    stored = set(there.values_list("kpi", flat=True).distinct())
    titles = dict(Kpi.objects.values_list("code", "title"))
    return [(each, titles.get(code, "")) for code, each in wanted().items() if code in stored]


def kpi_of(metric: str) -> Wanted | None:
    """The key figure that municipalities publish of the same thing as a metric of ours."""
    return next((each for each in wanted().values() if each.metric == metric), None)


def series_by_sex(kpi: str) -> dict[str, Series]:
    """The current values of all municipalities by sex and year, without those that are missing."""
    rows = Value.objects.current().filter(kpi=kpi, value__isnull=False)
    rows = rows.exclude(municipality=COUNTRY)
    found: dict[str, dict[int, dict[str, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    for sex, year, town, value in rows.values_list("sex", "year", "municipality", "value"):
        if value is not None:
            found[sex][year][town] = value
    return {sex: dict(years) for sex, years in found.items()}


def country(kpi: str, sex: str) -> dict[int, Decimal]:
    """What Kolada itself gives for the whole country, by year."""
    rows = Value.objects.current().filter(kpi=kpi, sex=sex, municipality=COUNTRY)
    found = rows.exclude(value=None).values_list("year", "value")
    return {year: value for year, value in found if value is not None}


def towns() -> dict[str, str]:
    """Names of municipalities by code, without regions and the country."""
    found = Municipality.objects.exclude(kind="L").exclude(code=COUNTRY)
    return dict(found.values_list("code", "title"))


def groups_of(town: Municipality) -> list[Group]:
    """The groups that a municipality is in or that are made for it (their name ends with its
    name: "Liknande kommuner, personal, Exempelkommunen"), by name."""
    return [
        group
        for group in Group.objects.order_by("title", "code")
        if town.code in group.members or group.title.lower().endswith(f" {town.title.lower()}")
    ]


def spread_of(
    values: Mapping[str, Decimal],
    weights: Mapping[str, Decimal],
    members: frozenset[str],
    decimals: int,
) -> Spread:
    """How the values of some municipalities lie; see ``spread.spread``."""
    inside = {town: value for town, value in values.items() if town in members}
    return spread(inside, weights, members=len(members), decimals=decimals)


def revisions(kpi: str, municipality: str) -> list[Revision]:
    """Values of one municipality that Kolada has changed afterwards, newest first."""
    rows = (
        Value.objects.current()
        .filter(kpi=kpi, municipality=municipality, replaces__state=ValueState.SUPERSEDED)
        .select_related("load", "replaces__load")
        .order_by("-load__fetched_at", "-year", "sex")
    )
    return [
        Revision(
            row.year,
            row.sex,
            row.replaces.value,
            row.replaces.load.fetched_at,
            row.value,
            row.load.fetched_at,
        )
        for row in rows
        if row.replaces
    ]


def last_load() -> Load | None:
    """The newest load that counts or found nothing new: how fresh the figures are."""
    fresh = Load.objects.filter(state__in=(LoadState.APPLIED, LoadState.SAME))
    return fresh.order_by("-fetched_at", "-pk").first()


def visible_to(user: User, today: date) -> QuerySet[Load]:
    """Loads, newest first, for those who may load."""
    if not policies.can_load(user, today):
        return Load.objects.none()
    return Load.objects.defer("content", "before").order_by("-fetched_at", "-pk")


def plan_of(load: Load) -> Plan:
    """What a staged load would change now."""
    return plan(unpacked(bytes(load.content or b"")))
