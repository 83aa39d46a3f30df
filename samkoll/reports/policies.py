"""Who may do what with a report, as verdicts that buttons and services share."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.audit.services import CommandLine
from samkoll.core.access import ALLOW, Verdict, deny
from samkoll.core.months import Month
from samkoll.org import queries as org
from samkoll.org.models import Unit
from samkoll.reports.models import Kind, Report

Actor = User | CommandLine
WRITERS = {
    Kind.BOARD: ("report:write", "report:municipal"),
    Kind.MUNICIPALITY: ("report:municipal",),
}
"""Who may have files made of a report, besides those who register it."""


def can_edit(actor: Actor, report: Report, today: date) -> Verdict:
    """Text, answers and given figures of a report."""
    municipal = report.kind == Kind.MUNICIPALITY
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
    if report.kind != Kind.MUNICIPALITY:
        return deny(_("Sammanvägda svar finns bara i kommunens rapport."))
    return can_edit(actor, report, today)


def can_register(actor: Actor, report: Report, today: date) -> Verdict:
    """Set the diary number."""
    if _may(actor, "report:register", report.unit, today):
        return ALLOW
    return deny(_("Diarienumret sätts av nämndsekreteraren."))


def can_build(actor: Actor, report: Report, today: date) -> Verdict:
    """Make files of a report: for those who write or register it, once its figures are pinned."""
    held = (*WRITERS[Kind(report.kind)], "report:register")
    if not any(_may(actor, permission, report.unit, today) for permission in held):
        return deny(_("Filerna skapas av dem som skriver eller diarieför rapporten."))
    if report.facts:
        return ALLOW
    return deny(_("Underlaget är inte uttaget än. HR-strategen tar ut det för alla rapporter."))


def can_start_year(actor: Actor, municipality: Unit, today: date) -> Verdict:
    """Open the reports of a year, and pin the figures that all of them stand on."""
    if _may(actor, "report:municipal", municipality, today):
        return ALLOW
    return deny(_("Årets rapporter öppnas av HR-strategen."))


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


def _may(actor: Actor, permission: str, unit: Unit, today: date) -> bool:
    """The command line acts for whoever runs the server."""
    return isinstance(actor, CommandLine) or org.may(actor, permission, today, unit=unit)
