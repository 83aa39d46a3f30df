"""Who may do what with a report, as verdicts that buttons and services share."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkoll.accounts.models import User
from samkoll.audit.services import CommandLine
from samkoll.core.access import ALLOW, Verdict, deny
from samkoll.core.months import Month
from samkoll.org import queries as org
from samkoll.org.models import Unit
from samkoll.reports.models import Kind, Report, Status

Actor = User | CommandLine


def of_the_whole(report: Report) -> bool:
    """Whether a report is about the whole municipality, and so HR's to write."""
    whole = report.board_id is None and report.unit.parent_id is None
    return report.kind == Kind.MUNICIPALITY or (whole and report.kind != Kind.UNIT)


def writing(report: Report) -> str:
    """The permission that writes a report."""
    return "report:municipal" if of_the_whole(report) else "report:write"


def can_edit(actor: Actor, report: Report, today: date) -> Verdict:
    """Text, answers and given figures of a report that is still open."""
    if may(actor, writing(report), report.unit, today):
        return is_open(report)
    if of_the_whole(report):
        return deny(_("Kommunens rapport skrivs av HR-strategen. Be HR om en ändring."))
    if report.kind == Kind.UNIT:
        return deny(_("Delen skrivs av chefen för %(unit)s.") % {"unit": report.unit.name})
    return deny(
        _("Rapporten skrivs av förvaltningschefen och HR-partnern för %(unit)s.")
        % {"unit": report.unit.name}
    )


def is_open(report: Report) -> Verdict:
    """Whether a report can still be changed; the refusal says which step opens it again."""
    if report.locked:
        said = _("Rapporten är beslutad och ändras inte mer. Rätta den med en ny version.")
    elif report.status == Status.SIGNED:
        said = _("Rapporten är godkänd. Lämna tillbaka den om något ska ändras.")
    elif report.status == Status.HANDED_IN:
        said = _("Delen är inlämnad. Be den som tog emot den att lämna tillbaka den.")
    else:
        return ALLOW
    return deny(said)


def can_override(actor: Actor, report: Report, today: date) -> Verdict:
    """Replace a rolled-up answer in the municipality's report."""
    if report.kind != Kind.MUNICIPALITY:
        return deny(_("Sammanvägda svar finns bara i kommunens rapport."))
    return can_edit(actor, report, today)


def can_register(actor: Actor, report: Report, today: date) -> Verdict:
    """Set the diary number, until the decision fixes it."""
    if not may(actor, "report:register", report.unit, today):
        return deny(_("Diarienumret sätts av nämndsekreteraren."))
    if report.locked:
        return deny(_("Diarienumret hör till beslutet. Rätta det med en ny version."))
    return ALLOW


def can_build(actor: Actor, report: Report, today: date) -> Verdict:
    """Make files of a report: for those who write or register it, once its figures are pinned."""
    held = {"report:municipal", "report:register", writing(report)}
    if not any(may(actor, permission, report.unit, today) for permission in held):
        return deny(_("Filerna skapas av dem som skriver eller diarieför rapporten."))
    if report.facts:
        return ALLOW
    return deny(_("Underlaget är inte uttaget än. HR-strategen tar ut det för alla rapporter."))


def can_start_year(actor: Actor, municipality: Unit, today: date) -> Verdict:
    """Open the reports of a year, and pin the figures that all of them stand on."""
    if may(actor, "report:municipal", municipality, today):
        return ALLOW
    return deny(_("Årets rapporter öppnas av HR-strategen."))


def can_extract(year: int, fixed: int) -> Verdict:
    """Pin other figures. ``fixed``: how many of the year's reports are signed or decided."""
    if not fixed:
        return ALLOW
    return deny(
        ngettext(
            "Underlaget för %(year)s kan inte tas ut igen. %(count)d rapport är godkänd eller "
            "beslutad och står på det som togs ut.",
            "Underlaget för %(year)s kan inte tas ut igen. %(count)d rapporter är godkända eller "
            "beslutade och står på det som togs ut.",
            fixed,
        )
        % {"year": year, "count": fixed}
    )


def has_facts_for(year: int, missing: Collection[Month]) -> Verdict:
    """Open a year only when its figures can be pinned. ``missing``: months without facts."""
    if not missing:
        return ALLOW
    first, last = min(missing), max(missing)
    months = str(first) if first == last else f"{first} – {last}"
    return deny(
        _("Rapporterna för %(year)s kan inte öppnas än. Det saknas lönedata för %(months)s.")
        % {"year": year, "months": months}
    )


def may(actor: Actor, permission: str, unit: Unit, today: date) -> bool:
    """Whether an actor has a permission; the command line acts for whoever runs the server."""
    return isinstance(actor, CommandLine) or org.may(actor, permission, today, unit=unit)
