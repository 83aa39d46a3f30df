"""What a correction takes over from the version that it corrects."""

from __future__ import annotations

from django.db.models import Model

from samkoll.reports.models import (
    AcceptedSentence,
    Answer,
    Attachment,
    Brief,
    DismissedSentence,
    GivenFigure,
    Measure,
    Override,
    Report,
    SectionState,
    Text,
)

COPIED: list[type[Model]] = [
    Text, Answer, GivenFigure, Override, Measure, Brief, AcceptedSentence, DismissedSentence,
    Attachment,
]  # fmt: skip
"""What people have written, as models with a ``report``. Other packages add theirs in
``AppConfig.ready()``. Comments, signatures, files and the decision belong to one version."""


def copy(report: Report, reason: str) -> Report:
    """A new version on the same pinned figures, in draft, with everything that was written."""
    made = Report.objects.create(
        template=report.template,
        kind=report.kind,
        unit=report.unit,
        board=report.board,
        part_of=report.part_of,
        year=report.year,
        version=report.version + 1,
        replaces=report,
        correction=reason,
        diary_number=report.diary_number,
        month=report.month,
        previous_month=report.previous_month,
        facts=report.facts,
        extracted_at=report.extracted_at,
    )
    for model in COPIED:
        _copy_rows(model, report, made)
    for state in SectionState.objects.filter(report=report):
        SectionState.objects.create(
            report=made, key=state.key, version=state.version, changed_by=state.changed_by
        )
    return made


def _copy_rows(model: type[Model], report: Report, made: Report) -> None:
    rows = list(model._default_manager.filter(report=report).order_by("pk"))
    for row in rows:
        row.pk = None
        row.report = made  # type: ignore[attr-defined]
        row._state.adding = True
    model._default_manager.bulk_create(rows)
