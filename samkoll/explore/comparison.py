"""Our municipality among the others: what Kolada publishes, gathered for one page.

Source: docs/rules/kolada.md
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from samkoll.core.text import rounded
from samkoll.opendata import queries as opendata
from samkoll.opendata.models import Group, Load, Municipality
from samkoll.opendata.queries import Revision, Series, Spread, Wanted

SEXES = {"T": "total", "K": "women", "M": "men"}
"""Kolada's letters, and ours."""
ALL = "alla"
_COUNTY = re.compile(r"\bläns? (?:alla )?kommuner\b|\bkommuner i .+ län\b", re.IGNORECASE)
_MEAN = re.compile(r"\s*\(ovägt medel\)$", re.IGNORECASE)
"""What Kolada writes after the names of groups: here every mean says itself what it is."""
_SIMILAR = re.compile(r"^liknande kommuner\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for; ``group`` is empty, or the code of one more group."""

    kpi: str
    sex: str
    year: int
    group: str


@dataclass(frozen=True, slots=True)
class Choices:
    """What there is to choose from. ``kpis``: code and title."""

    kpis: tuple[tuple[str, str], ...]
    sexes: tuple[str, ...]
    years: tuple[int, ...]
    groups: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A group of municipalities that ours stands beside: this year, and the year before."""

    code: str
    label: str
    now: Spread
    before: Spread


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that the page shows of one key figure, sex and year. Values are as shown.

    ``ours``: our published values by year. ``country``: what Kolada gives for the whole country.
    ``title`` is Kolada's own; ``loaded`` the newest load that counts.
    """

    asked: Asked
    kpi: Wanted
    title: str
    choices: Choices
    own: Municipality | None
    ours: Mapping[int, Decimal]
    country: Mapping[int, Decimal]
    references: tuple[Reference, ...]
    means: Mapping[int, Decimal]
    revisions: tuple[Revision, ...]
    loaded: Load | None

    @property
    def name(self) -> str:
        """Whose figures these are."""
        return self.own.title if self.own else _("Vår kommun")

    @property
    def our_value(self) -> Decimal | None:
        """Our published value of the year."""
        return self.ours.get(self.asked.year)


def comparison(query: QueryDict) -> Comparison | None:
    """What the address asks for, else the first that there is; None when nothing is loaded.

    As many statements for three municipalities as for 290. Raises: Http404 for what is not there.
    """
    stored = opendata.kpis()
    if not stored:
        return None
    titles = {wanted.code: (wanted, title) for wanted, title in stored}
    code = query.get("nyckeltal") or next(iter(titles))
    if code not in titles:
        raise Http404
    kpi, title = titles[code]
    by_sex = opendata.series_by_sex(code)
    own = opendata.own()
    groups = opendata.groups_of(own) if own else []
    asked = _asked(query, kpi, by_sex, own, groups)
    values = by_sex[asked.sex]
    weights = opendata.series_by_sex(kpi.weight).get("T", {}) if kpi.weight else {}
    return Comparison(
        asked=asked,
        kpi=kpi,
        title=title or kpi.about,
        choices=Choices(
            kpis=tuple((c, f"{t or w.about} ({c})") for c, (w, t) in titles.items()),
            sexes=tuple(sex for sex in SEXES if sex in by_sex),
            years=tuple(sorted(values, reverse=True)),
            groups=tuple((group.code, group.title) for group in groups),
        ),
        own=own,
        ours=_shown(
            {y: v[own.code] for y, v in values.items() if own.code in v} if own else {}, kpi
        ),
        country=_shown(opendata.country(code, asked.sex), kpi),
        references=tuple(_references(asked, kpi, values, weights, groups)),
        means=_shown({y: sum(v.values(), Decimal(0)) / len(v) for y, v in values.items()}, kpi),
        revisions=tuple(opendata.revisions(code, own.code)) if own else (),
        loaded=opendata.last_load(),
    )


def _asked(
    query: QueryDict,
    kpi: Wanted,
    by_sex: Mapping[str, Series],
    own: Municipality | None,
    groups: Iterable[Group],
) -> Asked:
    """The address read; what it does not say is the newest year that we have a value of."""
    sex = query.get("kon") or next(sex for sex in SEXES if sex in by_sex)
    if sex not in by_sex:
        raise Http404
    values = by_sex[sex]
    ours = [year for year, towns in values.items() if own and own.code in towns]
    year = query.get("ar") or str(max(ours, default=max(values)))
    if not year.isdecimal() or int(year) not in values:
        raise Http404
    group = query.get("grupp", "")
    if group and group not in {each.code for each in groups}:
        raise Http404
    return Asked(kpi.code, sex, int(year), group)


def _references(
    asked: Asked,
    kpi: Wanted,
    values: Series,
    weights: Series,
    groups: Iterable[Group],
) -> Iterable[Reference]:
    """All municipalities, the county, similar ones, and the group that was asked for."""
    towns = frozenset(opendata.towns()) | {t for year in values.values() for t in year}
    chosen = [(ALL, _("Alla kommuner"), towns)]
    chosen += [
        (g.code, _MEAN.sub("", g.title), frozenset(g.members)) for g in _shown_groups(asked, groups)
    ]
    for code, label, members in chosen:
        now, before = (
            opendata.spread_of(values.get(year, {}), weights.get(year, {}), members, kpi.decimals)
            for year in (asked.year, asked.year - 1)
        )
        yield Reference(code, label, now, before)


def _shown_groups(asked: Asked, groups: Iterable[Group]) -> list[Group]:
    """The first county, the first similar ones, and the one that was asked for; each once."""
    every = list(groups)
    county = next((g for g in every if _COUNTY.search(g.title)), None)
    similar = next((g for g in every if _SIMILAR.search(g.title)), None)
    other = next((g for g in every if g.code == asked.group), None)
    return list({g.code: g for g in (county, similar, other) if g}.values())


def _shown(values: Mapping[int, Decimal], kpi: Wanted) -> dict[int, Decimal]:
    return {year: rounded(value, kpi.decimals) for year, value in values.items()}
