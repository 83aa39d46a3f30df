"""Who may take a step, as verdicts that buttons and services share."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkoll.core.access import ALLOW, Verdict, deny
from samkoll.org.models import Unit
from samkoll.reports import policies
from samkoll.reports.chain import steps
from samkoll.reports.chain.steps import Right, Standing, Step
from samkoll.reports.models import CommentFrom, Kind, Report, Status

Actor = policies.Actor

WHO = {
    Right.GATHER: gettext_lazy("Det här gör den som tar emot delen."),
    Right.COMMENT: gettext_lazy("Det här gör huvudskyddsombudet."),
    Right.SIGN: gettext_lazy("Det här gör förvaltningschefen."),
    Right.REGISTER: gettext_lazy("Det här gör nämndsekreteraren."),
    Right.MUNICIPAL: gettext_lazy("Det här gör HR-strategen."),
}


def holds(actor: Actor, report: Report, right: Right, today: date) -> bool:
    """Whether the actor has the right to the report."""
    return any(policies.may(actor, each, unit, today) for each, unit in _held(report, right))


def _held(report: Report, right: Right) -> list[tuple[str, Unit]]:
    """The permissions that give a right to a report, each at its unit: any of them is enough."""
    if right == Right.GATHER:
        return [("report:write", report.part_of.unit)] if report.part_of else []
    municipal = ["report:municipal"] if policies.of_the_whole(report) else []
    permissions = {
        Right.WRITE: [policies.writing(report)],
        Right.SIGN: ["report:sign", *municipal],
        Right.COMMENT: ["report:comment"],
        Right.REGISTER: ["report:register"],
        Right.MUNICIPAL: ["report:municipal"],
    }
    return [(each, report.unit) for each in permissions[right]]


def may(actor: Actor, report: Report, right: Right, today: date) -> Verdict:
    """The same as a verdict that names who it is that may."""
    return ALLOW if holds(actor, report, right, today) else deny(who(report, right))


def who(report: Report, right: Right) -> str:
    """Whose step it is, as a sentence."""
    if right == Right.WRITE and report.kind == Kind.UNIT:
        return _("Det här gör enhetens chef.")
    if right == Right.WRITE and not policies.of_the_whole(report):
        return _("Det här gör förvaltningschefen eller HR-partnern.")
    if policies.of_the_whole(report) and right in (Right.WRITE, Right.SIGN):
        right = Right.MUNICIPAL
    return str(WHO[right])


def whose(actor: Actor, report: Report, step: Step, today: date) -> Verdict:
    """Whether a step is the actor's to take, whatever may be missing before it."""
    rights = steps.rights(Kind(report.kind), Status(report.status), step)
    if any(holds(actor, report, right, today) for right in rights):
        return ALLOW
    if not rights:
        return deny(_("Rapporter av det här slaget har inte det steget."))
    return deny(who(report, rights[0]))


def can_step(actor: Actor, report: Report, standing: Standing, step: Step, today: date) -> Verdict:
    """Take a step with a report as it stands. First whose it is, then what it needs."""
    return whose(actor, report, step, today) and _unless(steps.missing(standing, step))


def may_sign_sections(actor: Actor, report: Report, today: date) -> Verdict:
    """Whether the actor is who answers for sections."""
    return may(actor, report, Right.SIGN, today)


def can_sign_sections(actor: Actor, report: Report, standing: Standing, today: date) -> Verdict:
    """Answer for sections one by one, or open them again, as the report stands."""
    return may_sign_sections(actor, report, today) and _unless(steps.may_sign_sections(standing))


def may_comment(actor: Actor, report: Report, of: CommentFrom, today: date) -> Verdict:
    """Give a comment: the head safety representative's own, or the group's by those who write."""
    return may(actor, report, Right.COMMENT if of == CommentFrom.SAFETY else Right.WRITE, today)


def can_comment(
    actor: Actor, report: Report, standing: Standing, of: CommentFrom, today: date
) -> Verdict:
    """The same as the report stands."""
    return may_comment(actor, report, of, today) and _unless(steps.may_comment(standing))


def _unless(reason: str) -> Verdict:
    return deny(reason) if reason else ALLOW


def can_correct(actor: Actor, report: Report, today: date, *, newest: bool) -> Verdict:
    """Begin a new version of what is decided. ``newest``: no correction follows it yet."""
    if not holds(actor, report, Right.WRITE, today):
        return deny(who(report, Right.WRITE))
    if not report.locked:
        return deny(_("Rapporten är inte beslutad än. Ändra i den som vanligt."))
    return ALLOW if newest else deny(_("Det finns redan en nyare version av rapporten."))
