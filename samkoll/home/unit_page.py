"""What a unit's page holds, gathered from all packages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.audit import services as audit
from samkoll.home import figures, units
from samkoll.org import queries as org
from samkoll.org.models import Unit
from samkoll.reports import queries as reports
from samkoll.web.tables import Cell, Fact, Head, Kind, Row, Table


@dataclass(frozen=True, slots=True)
class UnitPage:
    """The page's regions. ``shown``: the figures, nothing without facts."""

    facts: tuple[Fact, ...]
    shown: figures.UnitFigures | None
    below: Table | None
    closed: tuple[org.Closed, ...]
    past: units.Past


@transaction.atomic
def unit_page(user: User, unit: Unit, today: date) -> UnitPage:
    """Gather the page, and log which internal figures it shows."""
    tree = org.tree(unit, today)
    children = {u.code: u.pk for u in unit.children.all()}
    inner = org.units_with(user, "stats:internal", today).filter(
        pk__in=[unit.pk, *children.values()]
    )
    top = org.municipality()
    reader = figures.reader_for(unit, inner.values_list("pk", flat=True), top.pk)
    shown = figures.unit_figures(reader, unit.pk) if reader else None
    below = _below(tree, children, reader)
    if reader and reader.read:
        audit.read("figures.internal", user, unit, month=str(reader.month), metrics=_read(reader))
    return UnitPage(
        facts=(*_facts(unit, tree.root), *_reports(user, unit, today)),
        shown=shown,
        below=below,
        closed=tree.closed,
        past=units.past(unit),
    )


def _read(reader: figures.Reader) -> list[str]:
    return sorted(f"{unit} {metric}" for unit, metric in reader.read)


def _facts(unit: Unit, branch: org.Branch) -> list[Fact]:
    period = f"{unit.valid_from} – {unit.valid_to or ''}".strip()
    facts = [
        Fact(_("Kod"), unit.code),
        Fact(_("Typ"), str(unit.get_kind_display())),
        Fact(_("Nämnd"), branch.board),
        Fact(_("Chef"), branch.manager),
        Fact(_("Gäller"), period),
    ]
    return [fact for fact in facts if fact.text]


def _reports(user: User, unit: Unit, today: date) -> list[Fact]:
    """The unit's reports that the user may read, the newest year first."""
    found = reports.visible_to(user, today).filter(unit=unit).select_related("board", "unit")
    return [
        Fact(str(row), str(row.get_status_display()), url=reverse("reports:read", args=[row.pk]))
        for row in found.order_by("-year", "board__name_order")[:4]
    ]


def _below(tree: org.Tree, children: dict[str, int], reader: figures.Reader | None) -> Table | None:
    if not tree.root.inner:
        return None
    rows = [_row(branch, children[branch.code], reader) for branch in tree.root.inner]
    heads = [Head(_("Enhet"), Kind.TEXT), Head(_("Chef"), Kind.TEXT)]
    if reader:
        heads[1:1] = [
            Head(_("Sjukfrånvaro R12"), Kind.NUMBER),
            Head(_("På ett år"), Kind.NUMBER),
            Head(_("Mot kommunen"), Kind.STATE),
        ]
    ordered = tuple(row for _order, row in sorted(rows, key=lambda pair: pair[0]))
    return Table(_("Enheter under %(name)s") % {"name": tree.root.name}, tuple(heads), ordered)


def _row(branch: org.Branch, pk: int, reader: figures.Reader | None) -> tuple[Decimal, Row]:
    name, manager = Cell(branch.name, url=branch.url), Cell(branch.manager or "–")
    if reader is None:
        return Decimal(0), Row((name, manager))
    line = figures.deviation(reader, pk)
    state = Cell("", state=line.state) if line.state else Cell("–")
    return line.order, Row((name, Cell(line.text), Cell(line.change), state, manager))
