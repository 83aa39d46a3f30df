"""The page of what the municipality keeps itself: limits of working time and yearly costs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from samkoll.core.text import number
from samkoll.explore.catalogue_forms import LABELS
from samkoll.stats import queries as stats
from samkoll.stats.models import CostYear, Limit
from samkoll.web.tables import Cell, Head, Kind, Row, State, Table, Tone


def limits(*, editable: bool) -> Table:
    """Every limit by kind, the starting one first, with its source and whether it is checked."""
    heads = (
        Head(_("Gräns för")),
        Head(_("Gäller från"), Kind.DATE),
        Head(_("Timmar"), Kind.NUMBER),
        Head(_("Källa")),
        Head(_("Kontrollerad"), Kind.STATE),
    )
    kept = list(Limit.objects.order_by("valid_from"))
    rows: list[Row] = []
    for kind, hours in stats.STARTING_LIMITS.items():
        rows.append(_starting(kind, hours))
        rows += [_limit(row, editable=editable) for row in kept if row.kind == kind]
    return Table(_("Gränser för mertid och övertid"), heads, tuple(rows), caption_hidden=True)


def cost_years(*, editable: bool) -> Table:
    """The parameters side by side, one column for each year, the newest first."""
    years = list(CostYear.objects.order_by("-year"))
    heads = [Head(_("Antagande")), *(Head(str(row.year), Kind.NUMBER) for row in years)]
    rows = [Row((Cell(LABELS[name]), *_amounts(years, name))) for name in stats.AMOUNTS]
    checked = [_checked(row.checked_on) for row in years]
    rows.append(Row((Cell(_("Kontrollerad mot källorna")), *checked)))
    if editable:
        rows.append(Row((Cell(_("Ändra")), *(_edit(row) for row in years))))
    empty = _("Inga kostnader är angivna. Innan dess visas inga uppskattningar.")
    table = Table(_("Kostnader per år"), tuple(heads), tuple(rows), caption_hidden=True)
    return table if years else Table(table.caption, table.heads, (), empty=empty)


def next_year(today_year: int) -> int:
    """The year that a new column is for: after the newest, else this one."""
    newest = CostYear.objects.order_by("-year").values_list("year", flat=True).first()
    return newest + 1 if newest else today_year


def year_before(year: int) -> CostYear | None:
    """The newest year before it that is kept: what a new year's form starts from."""
    return CostYear.objects.filter(year__lt=year).order_by("-year").first()


def _starting(kind: str, hours: int) -> Row:
    cells = (Cell(_named(kind)), Cell(_("från början")), Cell(number(hours)))
    return Row((*cells, Cell(stats.STARTING_SOURCE), _checked(None)))


def _named(kind: str) -> str:
    return capfirst(Limit(kind=kind).get_kind_display())


def _limit(row: Limit, *, editable: bool) -> Row:
    url = reverse("explore:limit", args=[row.pk]) if editable else ""
    return Row(
        (
            Cell(_named(row.kind), url=url, about=str(row.valid_from)),
            Cell(row.valid_from.isoformat()),
            Cell(number(row.hours, 2 if row.hours % 1 else 0)),
            Cell(row.source or _("inte angiven")),
            _checked(row.checked_on),
        )
    )


def _amounts(years: list[CostYear], name: str) -> Iterable[Cell]:
    for row in years:
        value = getattr(row, name)
        shown = number(value, 2 if value % 1 else 0)
        yield Cell(shown, note=row.sources.get(name) or _("källa inte angiven"))


def _checked(day: date | None) -> Cell:
    if day is None:
        return Cell("", state=State(_("Inte kontrollerad"), Tone.WARNING))
    return Cell("", state=State(day.isoformat(), Tone.SUCCESS))


def _edit(row: CostYear) -> Cell:
    url = reverse("explore:cost_year", args=[row.year])
    return Cell(_("Ändra %(year)s") % {"year": row.year}, url=url)
