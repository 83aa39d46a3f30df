"""Published reports as everybody may read them: from what was frozen, never from what is open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from samkoll.documents import writers
from samkoll.reports.models import Kind, Report, ReportFile, Status
from samkoll.reports.pages import KINDS

SHOWN = (Kind.BOARD, Kind.MUNICIPALITY, Kind.PLAN, Kind.BRIEF)


@dataclass(frozen=True, slots=True)
class PublicRow:
    """A published report in the list. ``whose``: board, or unit."""

    title: str
    whose: str
    url: str
    decided: date | None


@dataclass(frozen=True, slots=True)
class PublicFile:
    """A file to save. ``size``: bytes."""

    kind: str
    url: str
    size: int


def reports() -> QuerySet[Report]:
    """Every published version of every report, corrected ones too."""
    found = Report.objects.filter(status=Status.PUBLISHED, kind__in=SHOWN, frozen__isnull=False)
    return found.select_related("unit", "board", "frozen", "decision")


def listed() -> list[tuple[int, list[PublicRow]]]:
    """The newest published versions by year, newest first, then by board. One query."""
    current = (
        reports()
        .exclude(successor__status=Status.PUBLISHED)
        .order_by("-year", "kind", F("board__name_order").asc(nulls_first=True), "unit__name_order")
    )
    return [(year, [_row(each) for each in found]) for year, found in _by_year(current)]


def _by_year(current: QuerySet[Report]) -> list[tuple[int, list[Report]]]:
    return [(year, list(found)) for year, found in groupby(current, lambda each: each.year)]


def _row(report: Report) -> PublicRow:
    decision = getattr(report, "decision", None)
    return PublicRow(
        title=report.title,
        whose=report.board.name if report.board else report.unit.name,
        url=reverse("published:read", args=[report.pk]),
        decided=decision.decided_on if decision else None,
    )


def correction(report: Report) -> Report | None:
    """The published version that corrects this one; the last, when there are several."""
    found = None
    following = reports().filter(replaces=report).first()
    while following is not None:
        found, following = following, reports().filter(replaces=following).first()
    return found


def files(report: Report) -> list[PublicFile]:
    """The files made of what was decided; a draft's are for those who work with it."""
    found = {file.format: file for file in of_decided(report)}
    return [
        PublicFile(
            str(KINDS[form]), reverse("published:file", args=[report.pk, form]), found[form].size
        )
        for form in writers.FORMATS
        if form in found
    ]


def of_decided(report: Report) -> QuerySet[ReportFile]:
    """Built files of a report that are made of its frozen content."""
    since = report.frozen.frozen_at
    return report.files.filter(format__in=writers.FORMATS, built_at__gte=since)


def description(report: Report) -> str:
    """One sentence for search engines."""
    whose = report.board.name if report.board else report.unit.name
    return _("%(title)s från %(whose)s, som den beslutades.") % {
        "title": report.title,
        "whose": whose,
    }
