"""Work-environment reports (arbetsmiljörapporter): forms, reports, what people write in them and
the chain from a unit's part to a board's decision.

The form is versioned data that a report keeps. What people write lies in ``Text``, ``Answer``,
``GivenFigure`` and ``Override``; figures are never stored, only which facts they stand on, until
a decision freezes the report as it was decided.
"""

from __future__ import annotations

from samkoll.reports.models.attachment import Attachment, Proposal
from samkoll.reports.models.chain import Comment, CommentFrom, Decision, Event, Nature, What
from samkoll.reports.models.content import (
    Answer,
    GivenFigure,
    Override,
    SectionState,
    Text,
    Value,
)
from samkoll.reports.models.dues import DueStep, StepDue
from samkoll.reports.models.form_draft import TemplateDraft
from samkoll.reports.models.look import UnitLook
from samkoll.reports.models.measure import Brief, Measure, WorkForm
from samkoll.reports.models.old import OldReport, OldState
from samkoll.reports.models.report import LOCKED, Frozen, Report, ReportFile, Reports, Status
from samkoll.reports.models.sentence import AcceptedSentence, DismissedSentence
from samkoll.reports.models.template import Kind, Template

__all__ = [
    "LOCKED",
    "AcceptedSentence",
    "Answer",
    "Attachment",
    "Brief",
    "Comment",
    "CommentFrom",
    "Decision",
    "DismissedSentence",
    "DueStep",
    "Event",
    "Frozen",
    "GivenFigure",
    "Kind",
    "Measure",
    "Nature",
    "OldReport",
    "OldState",
    "Override",
    "Proposal",
    "Report",
    "ReportFile",
    "Reports",
    "SectionState",
    "Status",
    "StepDue",
    "Template",
    "TemplateDraft",
    "Text",
    "UnitLook",
    "Value",
    "What",
    "WorkForm",
]
