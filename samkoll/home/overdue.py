"""What is overdue in a part of the organisation, and where: one line for each unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkoll.accounts.models import User
from samkoll.actions import queries as actions
from samkoll.actions.models import Action
from samkoll.core.text import number
from samkoll.org import queries as org
from samkoll.org.models import Unit
from samkoll.web.tables import Cell, Head, Kind, Row, Table

MOST = 10
"""Units that are shown; the sentence counts them all, and the list has them all."""
ONLY_OVERDUE = "?forsenad=1"


@dataclass(frozen=True, slots=True)
class Overdue:
    """``sentence`` says how many actions on how many units; ``url`` lists them."""

    sentence: str
    table: Table
    url: str


def for_manager(user: User, today: date) -> Overdue | None:
    """Overdue actions of all units where the user may change actions; None without any."""
    units = org.places_of(user, today).keys_with("action:write")
    found = Action.objects.filter(unit__in=units)
    return _overdue(found, reverse("home:actions"), today)


def of_unit(user: User, unit: Unit, today: date) -> Overdue | None:
    """Those of a unit and all below it that the user may see; None without any."""
    below = Unit.objects.below(unit).values("pk")
    found = actions.visible_to(user, today).filter(unit__in=below)
    return _overdue(found, reverse("home:unit_actions", args=[unit.code]), today)


def _overdue(found: QuerySet[Action], url: str, today: date) -> Overdue | None:
    late = found.filter(pk__in=Action.objects.overdue(today=today).values("pk"))
    counted = late.values("unit__code", "unit__name").order_by()
    units = list(
        counted.annotate(count=Count("pk"), oldest=Min("due_date")).order_by(
            "-count", "oldest", "unit__name_order"
        )
    )
    if not units:
        return None
    return Overdue(
        _sentence(sum(unit["count"] for unit in units), len(units)),
        Table(
            _("Försenade åtgärder per enhet"),
            (
                Head(_("Enhet")),
                Head(_("Försenade åtgärder"), Kind.NUMBER),
                Head(_("Äldsta slutdatum"), Kind.DATE),
            ),
            tuple(
                Row(
                    (
                        Cell(unit["unit__name"], url=_url(unit["unit__code"])),
                        Cell(number(unit["count"])),
                        Cell(str(unit["oldest"])),
                    )
                )
                for unit in units[:MOST]
            ),
            caption_hidden=True,
        ),
        url + ONLY_OVERDUE,
    )


def _url(code: str) -> str:
    return reverse("home:unit_actions", args=[code]) + ONLY_OVERDUE


def _sentence(count: int, units: int) -> str:
    many = ngettext("%(count)s åtgärd är försenad", "%(count)s åtgärder är försenade", count)
    where = ngettext("på %(units)s enhet.", "på %(units)s enheter.", units)
    said = f"{many % {'count': number(count)}} {where % {'units': number(units)}}"
    if units <= MOST:
        return said
    return said + " " + _("Här visas de %(most)s med flest.") % {"most": MOST}
