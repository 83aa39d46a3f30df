"""What the walks need of attachments, packages and pages that everybody may read."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from samkoll.audit.services import CommandLine
from samkoll.reports import attachments, storing
from samkoll.reports.chain import services as chain
from samkoll.reports.models import Attachment, Report
from samkoll.reports.tests import test_chain, walk
from tests.town import Town

LINE = CommandLine()


def attach(report: Report) -> Attachment:
    """A protocol of the cooperation group."""
    upload = SimpleUploadedFile("Protokoll samverkan.txt", b"Protokoll")
    return attachments.attach(
        report_id=report.pk, uploads=[upload], actor=LINE, now=test_chain.NOW
    )[0]


def with_files(town: Town) -> dict[str, object]:
    """An open report with a built file and an attachment; other pages decide another board's."""
    walk.report(town)
    report = Report.objects.get(board__code="FSN")
    if not report.attachments.exists():
        attach(report)
        storing.store(report_ids=[report.pk], formats=["json"], actor=LINE, now=test_chain.NOW)
    return {"pk": report.pk}


def attachment(town: Town) -> dict[str, object]:
    """An attachment of a report."""
    about = with_files(town)
    return {**about, "link": Attachment.objects.latest("pk").pk}


def published(town: Town) -> dict[str, object]:
    """A published report with a file that everybody may save."""
    about = walk.report(town)
    report = Report.objects.get(board__code="GSN")
    if report.status != "published":
        if not report.locked:
            test_chain.decided(report)
        chain.publish(report_id=report.pk, actor=LINE, now=test_chain.NOW)
        storing.store(report_ids=[report.pk], formats=["json"], actor=LINE, now=test_chain.NOW)
    return about


def listed(town: Town) -> dict[str, object]:
    """The list of what is published, with one report."""
    published(town)
    return {}
