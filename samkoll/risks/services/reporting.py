"""Reporting a risk onward: a decision, never a threshold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from samkoll.actions.models import Action
from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.org.models import Board
from samkoll.risks import policies
from samkoll.risks.models import ReportedAction, ReportedOnward, Risk, RiskStatus
from samkoll.risks.registry import reports
from samkoll.risks.services import common
from samkoll.risks.services.common import Actor


class CannotReport(DomainError):
    """The risk cannot be reported onward as asked."""


@transaction.atomic
def report_onward(
    *,
    risk: Risk,
    board: Board,
    year: int,
    actions: Sequence[Action] | None = None,
    reason: str = "",
    actor: Actor,
    today: date,
) -> ReportedOnward:
    """Choose a risk for the report of a year, with all its actions or with those named.

    Raises: PermissionDenied, NotNow, CannotReport (no action, a foreign action, already reported,
    or the report is decided). Source: docs/sources.md#yearly-follow-up
    """
    require(policies.can_write(actor, risk.unit, today))
    common.allowed_now(policies.is_in(risk, RiskStatus.OPEN))
    _check_open(board, year)
    linked = [link.action for link in risk.links.select_related("action").order_by("pk")]
    chosen = linked if actions is None else list(actions)
    if not chosen or not set(chosen) <= set(linked):
        raise CannotReport(_("Koppla minst en åtgärd till risken innan den rapporteras vidare."))
    reported, new = ReportedOnward.objects.get_or_create(
        risk=risk,
        board=board,
        year=year,
        defaults={"reason": reason.strip(), "reported_on": today},
    )
    if not new:
        raise CannotReport(
            _("Risken rapporteras redan vidare till %(board)s %(year)s.")
            % {"board": board.name, "year": year}
        )
    ReportedAction.objects.bulk_create(ReportedAction(reported=reported, action=a) for a in chosen)
    audit.record("risk.reported", actor, risk, after=_told(reported, chosen))
    return reported


@transaction.atomic
def withdraw_report(*, reported: ReportedOnward, reason: str, actor: Actor, today: date) -> None:
    """Take a risk out of a report that is not decided yet. What it said stays in the history.

    Raises: PermissionDenied, CannotReport, IncompleteRisk.
    """
    risk = reported.risk
    require(policies.can_write(actor, risk.unit, today))
    _check_open(reported.board, reported.year)
    why = common.needed(reason, _("Skriv varför risken inte ska rapporteras vidare."))
    chosen = [link.action for link in reported.actions.select_related("action")]
    audit.record("risk.report_withdrawn", actor, risk, before=_told(reported, chosen), reason=why)
    reported.delete()


def _check_open(board: Board, year: int) -> None:
    if reports.decided(board.pk, year):
        raise CannotReport(
            _("%(board)s har redan beslutat rapporten för %(year)s.")
            % {"board": board.name, "year": year}
        )


def _told(reported: ReportedOnward, actions: Sequence[Action]) -> dict[str, object]:
    told: dict[str, object] = {
        "board": reported.board.name,
        "year": reported.year,
        "actions": [action.title for action in actions],
    }
    return told | ({"reason": reported.reason} if reported.reason else {})
