"""Other municipalities beside our own figures: the median that Kolada's values give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from samkoll.core.months import Month
from samkoll.explore.exploring_reader import Whose
from samkoll.opendata import queries as opendata
from samkoll.stats.engine.cube import Sex

LETTERS: dict[Sex, str] = {"total": "T", "women": "K", "men": "M"}
"""Our sexes, and Kolada's letters."""
DECEMBER = 12


@dataclass(frozen=True, slots=True)
class Towns:
    """The medians of one key figure and calendar year, by sex; none where too few publish it."""

    kpi: str
    year: int
    medians: Mapping[Sex, Decimal]

    @property
    def label(self) -> str:
        """The head of its column."""
        return _("Kommuner, median %(year)d") % {"year": self.year}

    def median(self, whose: Whose) -> Decimal | None:
        """What stands beside a line; nothing beside groups of employees."""
        return None if whose.group else self.medians.get(whose.sex)

    def url(self, sex: Sex) -> str:
        """The page where the others are compared."""
        page = reverse("explore:comparison")
        return f"{page}?nyckeltal={self.kpi}&kon={LETTERS[sex]}&ar={self.year}"


def beside(metric: str, month: Month) -> Towns | None:
    """The newest year that others have published and that had ended in the month; one query.

    None where nothing comparable is published or loaded.
    """
    kpi = opendata.kpi_of(metric)
    if kpi is None:
        return None
    latest = month.year if month.month == DECEMBER else month.year - 1
    by_sex = opendata.series_by_sex(kpi.code)
    years = [year for year in by_sex.get("T", {}) if year <= latest]
    if not years:
        return None
    year = max(years)
    found = {}
    for sex, letter in LETTERS.items():
        values = by_sex.get(letter, {}).get(year, {})
        spread = opendata.spread_of(values, {}, frozenset(values), kpi.decimals)
        if spread.quartiles:
            found[sex] = spread.quartiles.median
    return Towns(kpi.code, year, found)
