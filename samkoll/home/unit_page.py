"""What a unit's page holds, gathered from all packages."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.home import units
from samkoll.org import queries as org
from samkoll.org.models import Unit
from samkoll.web.tables import Cell, Fact, Head, Kind, Row, Table


def contents(user: User, unit: Unit, today: date) -> dict[str, object]:
    """The context of the page's regions."""
    tree = org.tree(unit, today)
    return {
        "facts": _facts(unit, tree.root),
        "below": _below(tree),
        "closed": tree.closed,
    }


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


def _below(tree: org.Tree) -> Table | None:
    if not tree.root.inner:
        return None
    rows = tuple(
        Row(
            (
                Cell(inner.name, url=units.url(inner.code)),
                Cell(inner.code),
                Cell(inner.manager or "–"),
            )
        )
        for inner in tree.root.inner
    )
    heads = (
        Head(_("Enhet"), Kind.TEXT),
        Head(_("Kod"), Kind.TEXT),
        Head(_("Chef"), Kind.TEXT),
    )
    return Table(_("Enheter under %(name)s") % {"name": tree.root.name}, heads, rows)
