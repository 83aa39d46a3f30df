"""What waits for somebody on a report's way to its board."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samkoll.accounts.models import User
from samkoll.home.todo_rows import Asker, Source, Todo
from samkoll.reports import queries as reports

if TYPE_CHECKING:
    from samkoll.reports.queries import DatedReport

    Ask = Callable[[User, date], QuerySet[DatedReport]]


def _source(ask: Ask, what: Promise, label: Promise, page: str, needs: str) -> Source:
    """A step that is the person's to take: what waits, what the button says, where it leads."""

    def rows(asker: Asker) -> QuerySet[DatedReport]:
        return ask(asker.user, asker.today)

    def row(report: DatedReport) -> Todo:
        about = f"{report.board or report.unit} {report.year}"
        url = reverse(f"reports:{page}", args=[report.pk])
        return Todo(str(what), about, str(label), url, report.unit.name, report.last_day)

    return Source(rows, row, needs=needs)


SOURCES = (
    _source(
        reports.to_hand_in,
        _("Enhetens del av arbetsmiljörapporten"),
        _("Fortsätt med delen"),
        "read",
        "report:write",
    ),
    _source(
        reports.returned,
        _("Rapport som kom tillbaka"),
        _("Läs varför"),
        "steps",
        "report:write",
    ),
    _source(
        reports.to_consult,
        _("Rapport att lämna till samverkan"),
        _("Fortsätt med rapporten"),
        "read",
        "report:read",
    ),
    _source(
        reports.to_comment,
        _("Rapport att lämna synpunkter på"),
        _("Läs rapporten"),
        "read",
        "report:comment",
    ),
    _source(
        reports.to_enter,
        _("Samverkansgruppens synpunkter att föra in"),
        _("Visa gången"),
        "steps",
        "report:write",
    ),
    _source(
        reports.to_sign,
        _("Rapport att godkänna"),
        _("Godkänn avsnitten"),
        "signing",
        "report:sign",
    ),
    _source(
        reports.to_finish,
        _("Kommunens rapport i samverkan"),
        _("Visa gången"),
        "steps",
        "report:municipal",
    ),
    _source(
        reports.to_decide,
        _("Nämndens beslut att föra in"),
        _("För in beslutet"),
        "decide",
        "report:register",
    ),
    _source(
        reports.to_publish,
        _("Rapport att publicera"),
        _("Publicera"),
        "steps",
        "report:register",
    ),
)
"""Asked only of those who hold the permission somewhere."""
