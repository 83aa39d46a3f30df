"""Everything that changes a risk: judging it, linking actions, reporting it onward."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.actions.models import Action
from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.org.models import Board, Unit
from samkoll.risks import matrix as matrices
from samkoll.risks import policies
from samkoll.risks.models import ReportedAction, ReportedOnward, Risk, RiskAction


class IncompleteRisk(DomainError):
    """Something that a risk needs was left empty."""


class CannotReport(DomainError):
    """The risk cannot be reported onward as asked."""


@transaction.atomic
def add_risk(
    *,
    unit: Unit,
    title: str,
    probability: int,
    consequence: int,
    serious: bool,
    found_on: date,
    actor: User | audit.CommandLine,
    today: date,
) -> Risk:
    """Judge a new risk on the default matrix.

    Raises: PermissionDenied, IncompleteRisk, OutsideMatrix.
    Source: docs/sources.md#risk-assessment
    """
    require(policies.can_write(actor, unit, today))
    if not title.strip():
        raise IncompleteRisk(_("Skriv vad risken består i."))
    matrix = matrices.load()
    risk = Risk.objects.create(
        unit=unit,
        title=title.strip(),
        probability=probability,
        consequence=consequence,
        level=matrix.level(probability, consequence),
        severity=matrix.severity(matrix.level(probability, consequence)),
        matrix=matrix.name,
        serious=serious,
        found_on=found_on,
    )
    fields = ("title", "unit", "probability", "consequence", "level", "matrix", "serious")
    audit.record("risk.added", actor, risk, after=audit.state(risk, *fields))
    return risk


@transaction.atomic
def link_action(
    *, risk: Risk, action: Action, actor: User | audit.CommandLine, today: date
) -> RiskAction:
    """Say that an action serves a risk; saying it again changes nothing."""
    require(policies.can_write(actor, risk.unit, today))
    link, new = RiskAction.objects.get_or_create(risk=risk, action=action)
    if new:
        audit.record("risk.action_linked", actor, risk, after={"action": action.title})
    return link


@transaction.atomic
def report_onward(
    *,
    risk: Risk,
    board: Board,
    year: int,
    actions: Sequence[Action] | None = None,
    reason: str = "",
    actor: User | audit.CommandLine,
    today: date,
) -> ReportedOnward:
    """Choose a risk for the report of a year, with all its actions or with those named.

    Raises: PermissionDenied, CannotReport (no action, a foreign action, or already reported).
    """
    require(policies.can_write(actor, risk.unit, today))
    linked = [link.action for link in risk.links.select_related("action").order_by("pk")]
    chosen = linked if actions is None else list(actions)
    if not chosen or not set(chosen) <= set(linked):
        raise CannotReport(_("Koppla minst en åtgärd till risken innan den rapporteras vidare."))
    reported, new = ReportedOnward.objects.get_or_create(
        risk=risk, board=board, year=year, defaults={"reason": reason}
    )
    if not new:
        raise CannotReport(
            _("Risken rapporteras redan vidare till %(board)s %(year)s.")
            % {"board": board.name, "year": year}
        )
    ReportedAction.objects.bulk_create(ReportedAction(reported=reported, action=a) for a in chosen)
    titles = [action.title for action in chosen]
    audit.record(
        "risk.reported", actor, risk, after={"board": board.code, "year": year, "actions": titles}
    )
    return reported
