"""What the browser's walk needs on the pages of the chain."""

from __future__ import annotations

from django.utils import timezone

from samkoll.audit.services import CommandLine
from samkoll.reports.chain import services as chain
from samkoll.reports.models import CommentFrom, Kind, Report
from samkoll.reports.tests import test_chain, walk
from tests.town import Town

LINE = CommandLine()


def matrix(town: Town) -> dict[str, object]:
    """A year's reports."""
    walk.report(town)
    return {}


def days(town: Town) -> dict[str, object]:
    """A year that has been opened."""
    return {"year": 2024}


def to_consult(town: Town) -> dict[str, object]:
    """The step that hands a draft to the cooperation group."""
    return {**walk.report(town), "step": "consult"}


def in_consultation(town: Town) -> dict[str, object]:
    """A report in consultation, commented by the head safety representative, one section signed."""
    about = walk.report(town)
    report = Report.objects.get(pk=str(about["pk"]))
    if report.status == "draft":
        test_chain.consulted(report)
        chain.comment(
            report_id=report.pk, of=CommentFrom.SAFETY, text="Ronderna behöver fler dagar.",
            held_on=None, actor=LINE, now=timezone.now(),
        )  # fmt: skip
        key = test_chain.sections(report)[0]
        test_chain.sign_one(report, key)
    return about


def to_comment(town: Town) -> dict[str, object]:
    """The form of the cooperation group's comment."""
    return {**in_consultation(town), "of": "cooperation"}


def decided(town: Town) -> dict[str, object]:
    """The municipality's report, decided: the boards' stay open for other pages."""
    walk.report(town)
    report = Report.objects.get(kind=Kind.MUNICIPALITY)
    if not report.locked:
        test_chain.decided(report)
    return {"pk": report.pk}
