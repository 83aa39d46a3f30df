"""A report, its built files and what a decision froze."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samkoll.core.months import Month
from samkoll.org.models import Board, Unit
from samkoll.reports.models.template import Kind, Template


class Status(models.TextChoices):
    """How far a report has come; which step leads to which is told in ``reports.chain``."""

    DRAFT = "draft", _("Utkast")
    HANDED_IN = "handed_in", _("Inlämnad")
    CONSULTATION = "consultation", _("I samverkan")
    SIGNED = "signed", _("Godkänd av chef")
    DECIDED = "decided", _("Beslutad")
    PUBLISHED = "published", _("Publicerad")


LOCKED = (Status.DECIDED, Status.PUBLISHED)
"""What is decided is never changed: a correction is a new version."""


class Reports(models.QuerySet["Report"]):
    """Reports, with the choice between versions."""

    def current(self) -> Reports:
        """The newest version of each report: those that no correction follows."""
        return self.filter(successor=None)


class Report(models.Model):
    """One version of one report. ``year`` is the report year; its figures cover an earlier period.

    ``month`` and ``previous_month`` are indexes of the last months of the two windows compared.
    ``facts`` holds the references of the pinned facts and is empty until they are extracted.
    ``kind`` is the form's. ``board`` is set for a board's report only.
    ``part_of`` is the report that a unit's part is gathered by: its department's, or its board's.
    ``version`` 2 and on: a correction of the decided version in ``replaces``, and its reason.
    """

    template = models.ForeignKey(Template, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=Kind)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    board = models.ForeignKey(Board, models.PROTECT, related_name="+", null=True)
    part_of = models.ForeignKey("self", models.PROTECT, related_name="parts", null=True)
    year = models.PositiveSmallIntegerField(_("rapportår"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    replaces = models.OneToOneField("self", models.PROTECT, related_name="successor", null=True)
    correction = models.TextField(_("skäl till rättelsen"), blank=True)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DRAFT)
    due = models.DateField(_("ska vara klar"), null=True)
    diary_number = models.CharField(_("diarienummer"), max_length=40, blank=True)
    month = models.IntegerField()
    previous_month = models.IntegerField()
    facts = models.JSONField(default=list)
    extracted_at = models.DateTimeField(_("underlag uttaget"), null=True)

    objects = Reports.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("rapport"), _("rapporter")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind), name="report_kind"),
            models.CheckConstraint(condition=Q(status__in=Status), name="report_status"),
            models.CheckConstraint(
                condition=Q(previous_month__lt=models.F("month")), name="report_months"
            ),
            models.CheckConstraint(
                condition=Q(version=1, replaces=None, correction="")
                | Q(version__gt=1, replaces__isnull=False) & ~Q(correction=""),
                name="report_correction",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.UNIT) ^ Q(part_of=None), name="report_part_of"
            ),
            models.UniqueConstraint(
                fields=["kind", "unit", "board", "year", "month", "version"],
                nulls_distinct=False,
                name="report_once",
            ),
        ]
        indexes = [
            models.Index("year", "kind", name="report_year_kind"),
            models.Index("year", "board", name="report_year_board"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.board or self.unit}"

    @property
    def title(self) -> str:
        """Kind and year as readers say them: "Arbetsmiljörapport 2024"."""
        if self.kind in (Kind.BOARD, Kind.MUNICIPALITY):
            return f"Arbetsmiljörapport {self.year}"
        if self.kind == Kind.BRIEF:
            return f"{Kind.BRIEF.label} {self.last_month}"
        return f"{self.get_kind_display()} {self.year}"

    @property
    def last_month(self) -> Month:
        return Month(self.month)

    @property
    def last_previous_month(self) -> Month:
        return Month(self.previous_month)

    @property
    def locked(self) -> bool:
        """Whether it has been decided: from then on only a new version changes anything."""
        return self.status in LOCKED


class Frozen(models.Model):
    """A report as it was decided: the whole content tree, from which every later file is made."""

    report = models.OneToOneField(Report, models.PROTECT, related_name="frozen")
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField(_("låst"))

    def __str__(self) -> str:
        return f"{self.report}, {self.sha256[:8]}"


class ReportFile(models.Model):
    """A built file of a report: the newest of each format, kept below ``settings.RESULTS``."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="files")
    format = models.CharField(max_length=4)
    name = models.CharField(max_length=120)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(_("storlek, byte"))
    built_at = models.DateTimeField(_("skapad"))

    class Meta:
        constraints = [models.UniqueConstraint("report", "format", name="report_file_once")]

    def __str__(self) -> str:
        return self.name
