"""The birth certificate of a given figure: typed by somebody, and never computed."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from samkoll.audit.models import Change
from samkoll.core.text import MISSING, number
from samkoll.reports.composition import Context
from samkoll.reports.composition.context import GIVEN
from samkoll.reports.composition.given import SUMMED
from samkoll.reports.composition.given import of as given_of
from samkoll.reports.material import Material
from samkoll.reports.models import Report
from samkoll.reports.template_data import GivenField
from samkoll.stats.queries import FigurePage
from samkoll.web.tables import Cell, Fact, Head, Kind, Row, Table


def of(context: Context, key: str) -> FigurePage:
    """What was typed, for which period, from where, by whom and when.

    Raises: KeyError for a field that the form does not have.
    """
    field, report = context.report.form.given()[key], context.report
    found = given_of(context, field)
    summed = report.form.sums_up and field.roll_up == "sum"
    typed = _typed_by([each.pk for each in context.boards] if summed else [report.pk], key)
    source = "" if summed or found is None else found.source
    before = found.previous if found else None
    nobody = _("Ingen har angett den än.")
    facts = (
        Fact(_("Värde"), _value(found.current if found else None, field)),
        Fact(_("Året före"), _value(before, field) if before is not None else ""),
        Fact(_("Definition"), _definition(context, field, summed=summed)),
        Fact(_("Period"), f"{report.window.first} – {report.window.last}"),
        Fact(_("Gäller"), report.name, note=report.unit_name),
        Fact(_("Källa"), source or ("" if summed else _("Ingen källa är angiven."))),
        Fact(_("Angiven av"), "" if summed else typed.get(report.pk, nobody)),
    )
    table = _by_board(context, field, typed) if summed else None
    return FigurePage(context.say(field.label), tuple(f for f in facts if f.text), table=table)


def _definition(context: Context, field: GivenField, *, summed: bool) -> str:
    """What the figure is: the form's own words, and that nobody has computed it."""
    label = context.say(field.label)
    return f"{label}. {SUMMED if summed else GIVEN}."


def _typed_by(reports: Collection[int], key: str) -> dict[int, str]:
    """Who typed the figure of each report last, and when, from the change log in one query."""
    changes = Change.objects.filter(
        action="report.edited",
        object_type=Report._meta.label_lower,
        object_id__in=[str(pk) for pk in reports],
        after__has_key=key,
    )
    return {
        int(row.object_id): _("%(who)s, %(day)s")
        % {"who": row.actor_name, "day": timezone.localdate(row.at)}
        for row in changes.order_by("at", "pk")
    }


def _by_board(context: Context, field: GivenField, typed: dict[int, str]) -> Table:
    report = context.report
    heads = (
        Head(_("Nämnd")),
        Head(str(report.window.last.year), Kind.NUMBER),
        Head(str(report.previous_window.last.year), Kind.NUMBER),
        Head(_("Källa")),
        Head(_("Angiven av")),
    )
    rows = tuple(_row(board, field, typed.get(board.pk, "")) for board in context.boards)
    return Table(_("Nämndernas uppgifter"), heads, rows)


def _row(board: Material, field: GivenField, who: str) -> Row:
    given = board.given.get(field.key)
    now, before = (given.current, given.previous) if given else (None, None)
    numbers = (Cell(_plain(now, field)), Cell(_plain(before, field)))
    return Row((Cell(board.board_name), *numbers, Cell(given.source if given else ""), Cell(who)))


def _value(value: Decimal | None, field: GivenField) -> str:
    return f"{_plain(value, field)} {field.unit}".strip()


def _plain(value: Decimal | None, field: GivenField) -> str:
    return MISSING if value is None else number(value, field.decimals)
