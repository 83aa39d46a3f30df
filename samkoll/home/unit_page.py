"""What a unit's page holds, gathered from all packages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from samkoll.accounts.models import User
from samkoll.audit import services as audit
from samkoll.core.fields import valid_on
from samkoll.core.months import Month
from samkoll.home import figures, unit_tables, units
from samkoll.home.figures import Card
from samkoll.home.reader import Reader, reader_for
from samkoll.org import queries as org
from samkoll.org.models import Unit
from samkoll.reports import queries as reports
from samkoll.reports.models import Report
from samkoll.stats.charts import Chart, inline
from samkoll.stats.queries import Figure
from samkoll.web.tables import Fact, Table


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything with figures on a unit's page. ``alt`` says what the chart ``svg`` shows."""

    month: Month
    ends: tuple[Month, ...]
    sentence: str
    cards: tuple[Card, ...]
    svg: Markup
    alt: str
    comparison: Table
    by_month: Table
    how: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class UnitPage:
    """The page's regions. ``shown``: the figures, nothing without facts."""

    facts: tuple[Fact, ...]
    shown: Figures | None
    reports: Card | None
    below: Table | None
    closed: tuple[org.Closed, ...]
    past: units.Past


@transaction.atomic
def unit_page(
    user: User, unit: Unit, above: Sequence[Unit], today: date, asked: Month | None
) -> UnitPage:
    """Gather the page, and log which internal figures it shows. Raises: NoSuchMonth."""
    day = min(today, asked.last_day) if asked else today
    tree, children = org.tree(unit, day), _children(unit, day)
    address = _address(unit, children)
    inner = org.units_with(user, "stats:internal", today)
    led = inner.filter(pk__in=[unit.pk, *children.values()]).values_list("pk", flat=True)
    reader = reader_for(unit, led, org.municipality().pk, asked)
    page = UnitPage(
        facts=_facts(unit, tree.root),
        shown=_figures(reader, unit, address) if reader else None,
        reports=_report_card(user, [*above, unit], today),
        below=unit_tables.below(tree, children, reader, address),
        closed=tree.closed,
        past=units.past(unit),
    )
    if reader and reader.read:
        audit.read("figures.internal", user, unit, month=str(reader.month), metrics=_read(reader))
    return page


def exported(unit: Unit, today: date, asked: Month | None, table: str) -> Exported | None:
    """One table of the page with published figures only; None for a table that it does not have.

    Raises: NoSuchMonth.
    """
    day = min(today, asked.last_day) if asked else today
    reader = reader_for(unit, (), org.municipality().pk, asked)
    if reader is None or table not in TABLES:
        return None
    found = TABLES[table](reader, unit, day)
    if found is None:
        return None
    about = figures.how(reader, unit.pk, _address(unit, {}))
    return Exported(found, about, f"sjukfranvaro-{table}-{unit.code}-{reader.month}")


@dataclass(frozen=True, slots=True)
class Exported:
    """A table as a file: how it was computed, and the file's name without its ending."""

    table: Table
    about: tuple[Fact, ...]
    name: str


def _below_published(reader: Reader, unit: Unit, day: date) -> Table | None:
    tree, children = org.tree(unit, day), _children(unit, day)
    return unit_tables.below(tree, children, reader, _address(unit, children))


TABLES: dict[str, Callable[[Reader, Unit, date], Table | None]] = {
    "jamforelse": lambda reader, unit, day: unit_tables.comparison(
        reader, unit.pk, unit.name, _address(unit, {})
    ),
    "manader": lambda reader, unit, day: unit_tables.by_month(
        reader, unit.pk, unit.name, _address(unit, {})
    ),
    "enheter": _below_published,
}
"""The tables of the page by their names in the address."""


def _figures(reader: Reader, unit: Unit, address: figures.Address) -> Figures:
    chart = figures.chart(reader, unit.pk)
    return Figures(
        month=reader.month,
        ends=reader.ends,
        sentence=figures.sentence(reader, unit.pk),
        cards=figures.cards(reader, unit.pk, address),
        svg=_picture(chart),
        alt=chart.alt if chart else "",
        comparison=unit_tables.comparison(reader, unit.pk, unit.name, address),
        by_month=unit_tables.by_month(reader, unit.pk, unit.name, address),
        how=figures.how(reader, unit.pk, address),
    )


def _picture(chart: Chart | None) -> Markup:
    return inline(chart) if chart else Markup()


def _address(unit: Unit, children: Mapping[str, int]) -> figures.Address:
    """Pages of figures, of this unit and of those below it; the pattern is looked up once."""
    codes = {unit.pk: unit.code, **{pk: code for code, pk in children.items()}}
    pattern = reverse("home:figure", args=["KOD", "METRIC", "SEX", "MONTH"])

    def address(figure: Figure) -> str:
        code = codes.get(figure.scope.unit or 0, unit.code)
        parts: dict[str, Any] = {"KOD": code, "METRIC": figure.metric, "SEX": figure.sex}
        parts["MONTH"] = figure.window.last
        url = pattern
        for name, value in parts.items():
            url = url.replace(f"/{name}/", f"/{value}/")
        return url

    return address


def _children(unit: Unit, day: date) -> dict[str, int]:
    return dict(unit.children.filter(valid_on(day)).values_list("code", "pk"))


def _read(reader: Reader) -> list[str]:
    return sorted(f"{unit} {metric}" for unit, metric in reader.read)


def _facts(unit: Unit, branch: org.Branch) -> tuple[Fact, ...]:
    period = f"{unit.valid_from} – {unit.valid_to or ''}".strip()
    facts = (
        Fact(_("Kod"), unit.code),
        Fact(_("Typ"), str(unit.get_kind_display())),
        Fact(_("Nämnd"), branch.board),
        Fact(_("Chef"), branch.manager),
        Fact(_("Gäller"), period),
    )
    return tuple(fact for fact in facts if fact.text)


def _report_card(user: User, line: Sequence[Unit], today: date) -> Card | None:
    """The newest year's reports that the user may read: the unit's own, else its administration's.

    The municipality's report stands on the municipality's page only.
    """
    places = [unit.pk for unit in line[:-1] if unit.parent_id] + [line[-1].pk]
    found = reports.visible_to(user, today).filter(unit__in=places).select_related("board", "unit")
    newest = [*found.order_by("-year", "board__name_order")]
    newest = [report for report in newest if report.year == newest[0].year]
    if not newest:
        return None
    title = _("Arbetsmiljörapport %(year)d") % {"year": newest[0].year}
    states = sorted({str(report.get_status_display()).capitalize() for report in newest})
    one = len(newest) == 1
    url = reverse("reports:read", args=[newest[0].pk]) if one else reverse("reports:index")
    link = _("Läs rapporten") if one else _("Visa rapporterna")
    return Card(title, ", ".join(states), ", ".join(_whose(r) for r in newest), url, link)


def _whose(report: Report) -> str:
    return report.board.name if report.board else report.unit.name
