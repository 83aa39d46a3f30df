"""The review of one of our own reports, as its page shows it."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from samkoll.org.models import Board
from samkoll.reports import building
from samkoll.reports.models import Report
from samkoll.reports.review import blocks, reviewing
from samkoll.reports.review.finding import Finding


def findings(report: Report, today: date) -> tuple[Finding, ...]:
    """What contradicts itself in the report as it stands. Raises: MixedConventions."""
    document = blocks.of_content(building.document(report.pk, produced_on=today), str(report))
    return reviewing.review([document], Board.objects.values_list("name", flat=True))


def checked() -> tuple[str, ...]:
    """What the rules look at, in sentences."""
    return (
        _("Tabellerna: skillnader, summor, delar av en helhet, kvinnor och män mot totalen."),
        _("Texten mot tabellerna: nivåer, förändringar, ökat och minskat, årtal och enheter."),
        _("Svaren mot texten och mot antalet händelser i samma avsnitt."),
        _("Texten mot sig själv: lite och mycket om ett, avsnitt och nämnder som inte finns."),
        _("Små grupper: uppgifter om tio personer eller färre."),
    )
