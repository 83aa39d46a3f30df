"""What a unit's page holds, gathered from all packages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from markupsafe import Markup

from samkoll.accounts.models import User
from samkoll.audit import services as audit
from samkoll.core.months import Month
from samkoll.home import figures, unit_tables, units
from samkoll.home.figures import Card
from samkoll.home.reader import LONG, SHORT, SICK, Reader, reader_for
from samkoll.org import queries as org
from samkoll.org.models import Unit
from samkoll.reports import queries as reports
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
    """The page's regions. ``above``: the units over it, the municipality first. ``shown``: the
    figures, nothing without facts."""

    above: tuple[org.Branch, ...]
    facts: tuple[Fact, ...]
    shown: Figures | None
    reports: Card | None
    below: Table | None
    closed: tuple[org.Closed, ...]
    past: units.Past


@transaction.atomic
def unit_page(user: User, unit: Unit, today: date, asked: Month | None) -> UnitPage:
    """Gather the page, and log which internal figures it shows. Raises: NoSuchMonth."""
    tree = _tree(unit, today, asked)
    address = _address(unit, tree.root.inner)
    shown = [unit.pk, *(branch.pk for branch in tree.root.inner)]
    led = org.units_with(user, "stats:internal", today).filter(pk__in=shown)
    reader = reader_for(unit, led.values_list("pk", flat=True), _top(tree), asked)
    page = UnitPage(
        above=tree.above,
        facts=_facts(unit, tree.root),
        shown=_figures(reader, unit, address) if reader else None,
        reports=_report_card(user, tree, today),
        below=unit_tables.below(tree.root, reader, address),
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
    if table not in TABLES:
        return None
    tree = _tree(unit, today, asked)
    reader = reader_for(unit, (), _top(tree), asked)
    found = TABLES[table](reader, unit, tree) if reader else None
    if reader is None or found is None:
        return None
    about = figures.how(reader, unit.pk, _address(unit))
    return Exported(found, about, f"sjukfranvaro-{table}-{unit.code}-{reader.month}")


def metrics_shown() -> set[str]:
    """Every metric that stands on a unit's page."""
    return {SICK, SHORT, LONG, figures.TURNOVER, figures.HOURS, figures.PEOPLE}


@dataclass(frozen=True, slots=True)
class Exported:
    """A table as a file: how it was computed, and the file's name without its ending."""

    table: Table
    about: tuple[Fact, ...]
    name: str


def _tree(unit: Unit, today: date, asked: Month | None) -> org.Tree:
    """The unit with what lies right below it, on the last day of the month asked for."""
    return org.tree(unit, min(today, asked.last_day) if asked else today, levels=1)


def _top(tree: org.Tree) -> int:
    """The municipality."""
    return tree.above[0].pk if tree.above else tree.root.pk


TABLES: dict[str, Callable[[Reader, Unit, org.Tree], Table | None]] = {
    "jamforelse": lambda reader, unit, tree: unit_tables.comparison(
        reader, unit.pk, unit.name, _address(unit)
    ),
    "manader": lambda reader, unit, tree: unit_tables.by_month(
        reader, unit.pk, unit.name, _address(unit)
    ),
    "enheter": lambda reader, unit, tree: unit_tables.below(
        tree.root, reader, _address(unit, tree.root.inner)
    ),
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


def _address(unit: Unit, below: Iterable[org.Branch] = ()) -> figures.Address:
    """Pages of figures, of this unit and of those below it; the pattern is looked up once."""
    codes = {unit.pk: unit.code, **{branch.pk: branch.code for branch in below}}
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


def _report_card(user: User, tree: org.Tree, today: date) -> Card | None:
    """The newest year's reports that the user may read: the unit's own, else its administration's.

    The municipality's report stands on the municipality's page only.
    """
    places = [tree.root.pk, *(branch.pk for branch in tree.above[1:])]
    newest = reports.newest_of(user, places, today)
    if not newest:
        return None
    title = _("Arbetsmiljörapport %(year)d") % {"year": newest[0].year}
    states = ", ".join(sorted({report.status.capitalize() for report in newest}))
    one = len(newest) == 1
    url = reverse("reports:read", args=[newest[0].pk]) if one else reverse("reports:index")
    link = _("Läs rapporten") if one else _("Visa rapporterna")
    return Card(title, states, ", ".join(report.about for report in newest), url, link)
