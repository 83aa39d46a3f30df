"""What the browser's walk needs on the pages of reports: a year's reports with figures, a job."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from samkoll.audit.services import CommandLine
from samkoll.desk import services as desk
from samkoll.files.checking import check
from samkoll.reports import services
from samkoll.reports.models import OldReport, OldState, Report
from samkoll.reports.old import services as old_reports
from samkoll.reports.tests import facts
from samkoll.reports.tests.conftest import PEOPLE, TODAY
from samkoll.reports.tests.old_documents import REPORT
from tests.town import Town


def _report(town: Town, board: str | None) -> dict[str, object]:
    """A report of 2024 with its figures; without a board the municipality's."""
    if not Report.objects.exclude(facts=[]).exists():
        facts.publish(town, PEOPLE)
        services.open_year(year=2024, actor=CommandLine(), today=TODAY)
        services.extract_facts(year=2024, actor=CommandLine(), now=facts.NOW)
    return {"pk": Report.objects.get(board__code=board).pk}


def report(town: Town) -> dict[str, object]:
    """A board's report."""
    return _report(town, "GSN")


def section(town: Town) -> dict[str, object]:
    """A section with tables and a chart beside its fields."""
    return {**report(town), "key": "sick_leave"}


def question(town: Town) -> dict[str, object]:
    """A rolled-up answer of the municipality's report."""
    return {**_report(town, None), "key": "rounds_carried_out"}


def old(town: Town) -> dict[str, object]:
    """A report from before Samkoll that waits to be confirmed."""
    waiting = OldReport.objects.filter(state=OldState.WAITING).first()
    if waiting is None:
        upload = check(SimpleUploadedFile("arbetsmiljorapport-2023.txt", REPORT.encode()))
        waiting = old_reports.read(upload=upload, actor=CommandLine(), now=facts.NOW)
    return {"pk": waiting.pk}


def unit(town: Town) -> dict[str, object]:
    """An administration."""
    return {"pk": town.units["BUF"].pk}


def old_list(town: Town) -> dict[str, object]:
    """The list with one report in it."""
    old(town)
    return {}


def job(town: Town) -> dict[str, object]:
    """Files that are being made."""
    owner = town.user("director")
    found = desk.open_job(owner=owner, label="Skapa filer: Grundskolenämnden 2024")
    desk.progress(job_id=found.pk, done=1, total=3, step="Grundskolenämnden")
    return {"pk": found.pk}
