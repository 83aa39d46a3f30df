"""Who may change the forms of reports, and move a report to another version."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from samkoll.core.access import ALLOW, Verdict, deny
from samkoll.org import queries as org
from samkoll.reports.models import Report, Status
from samkoll.reports.policies import Actor, may


def can_change_forms(actor: Actor, today: date) -> Verdict:
    """See, draft and publish forms: they are the whole municipality's."""
    if may(actor, "report:forms", org.municipality(), today):
        return ALLOW
    return deny(_("Rapportmallarna sköts av HR-strategen och administratören."))


def can_change_template(actor: Actor, report: Report, today: date) -> Verdict:
    """Move a report to another version of its form, while it is a draft."""
    allowed = can_change_forms(actor, today)
    if allowed and report.status != Status.DRAFT:
        return deny(_("Bara ett utkast kan byta mall. Lämna tillbaka rapporten först."))
    return allowed
