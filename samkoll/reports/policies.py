"""Who may do what with a report, as verdicts that buttons and services share."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.audit.services import CommandLine
from samkoll.core.access import ALLOW, Verdict, deny
from samkoll.org import queries as org
from samkoll.org.models import Unit
from samkoll.reports.models import Kind, Report

Actor = User | CommandLine


def can_edit(actor: Actor, report: Report, today: date) -> Verdict:
    """Text, answers and given figures of a report."""
    municipal = report.template.kind == Kind.MUNICIPALITY
    if _may(actor, "report:municipal" if municipal else "report:write", report.unit, today):
        return ALLOW
    if municipal:
        return deny(_("Kommunens rapport skrivs av HR-strategen. Be HR om en ändring."))
    return deny(
        _("Rapporten skrivs av förvaltningschefen och HR-partnern för %(unit)s.")
        % {"unit": report.unit.name}
    )


def can_override(actor: Actor, report: Report, today: date) -> Verdict:
    """Replace a rolled-up answer in the municipality's report."""
    if report.template.kind != Kind.MUNICIPALITY:
        return deny(_("Sammanvägda svar finns bara i kommunens rapport."))
    return can_edit(actor, report, today)


def can_register(actor: Actor, report: Report, today: date) -> Verdict:
    """Set the diary number."""
    if _may(actor, "report:register", report.unit, today):
        return ALLOW
    return deny(_("Diarienumret sätts av nämndsekreteraren."))


def can_build(report: Report) -> Verdict:
    """Make files of a report that one may read: its figures have to be pinned first."""
    if report.facts:
        return ALLOW
    return deny(_("Underlaget är inte uttaget än. HR-strategen tar ut det för alla rapporter."))


def can_start_year(actor: Actor, municipality: Unit, today: date) -> Verdict:
    """Open the reports of a year, and pin the figures that all of them stand on."""
    if _may(actor, "report:municipal", municipality, today):
        return ALLOW
    return deny(_("Årets rapporter öppnas av HR-strategen."))


def _may(actor: Actor, permission: str, unit: Unit, today: date) -> bool:
    """The command line acts for whoever runs the server."""
    return isinstance(actor, CommandLine) or org.may(actor, permission, today, unit=unit)
