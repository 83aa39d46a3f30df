"""Work-environment reports (arbetsmiljörapporter): one per administration, board and year, and
the municipality's own.

The form is versioned data that a report keeps. What people write lies in ``Text``, ``Answer``,
``GivenFigure`` and ``Override``; figures are never stored, only which facts they stand on.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samkoll.core.months import Month
from samkoll.org.models import Board, Unit


class Kind(models.TextChoices):
    BOARD = "board", _("Nämndens rapport")
    MUNICIPALITY = "municipality", _("Kommunens rapport")


class Status(models.TextChoices):
    DRAFT = "draft", _("Utkast")


class Value(models.TextChoices):
    YES = "yes", _("Ja")
    PARTLY = "partly", _("Delvis")
    NO = "no", _("Nej")
    NOT_APPLICABLE = "not_applicable", _("Ej aktuellt")


class Template(models.Model):
    """One version of a form, stored as it was read; never changed, only followed by another."""

    kind = models.CharField(max_length=12, choices=Kind)
    year = models.PositiveSmallIntegerField(_("rapportår"))
    version = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField()
    sha256 = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name, verbose_name_plural = _("rapportmall"), _("rapportmallar")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind), name="template_kind"),
            models.UniqueConstraint("kind", "year", "version", name="template_version"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.year}, version {self.version}"


class Report(models.Model):
    """One report. ``year`` is the report year; its figures cover an earlier period.

    ``month`` and ``previous_month`` are indexes of the last months of the two windows compared.
    ``facts`` holds the references of the pinned facts and is empty until they are extracted.
    """

    template = models.ForeignKey(Template, models.PROTECT, related_name="+")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    board = models.ForeignKey(Board, models.PROTECT, related_name="+", null=True)
    year = models.PositiveSmallIntegerField(_("rapportår"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT)
    diary_number = models.CharField(_("diarienummer"), max_length=40, blank=True)
    month = models.IntegerField()
    previous_month = models.IntegerField()
    facts = models.JSONField(default=list)
    extracted_at = models.DateTimeField(_("underlag uttaget"), null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("rapport"), _("rapporter")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status), name="report_status"),
            models.CheckConstraint(
                condition=Q(previous_month__lt=models.F("month")), name="report_months"
            ),
            models.UniqueConstraint(
                fields=["unit", "board", "year"], nulls_distinct=False, name="report_once"
            ),
        ]
        indexes = [models.Index("year", "board", name="report_year_board")]

    def __str__(self) -> str:
        return f"Arbetsmiljörapport {self.year}, {self.board or self.unit}"

    @property
    def last_month(self) -> Month:
        return Month(self.month)

    @property
    def last_previous_month(self) -> Month:
        return Month(self.previous_month)


class SectionState(models.Model):
    """Who changed a section last, and a number that grows with every change of it.

    A form carries the number that it was opened with; see ``services.edit_section``.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="sections")
    key = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=0)
    changed_by = models.CharField(max_length=200)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint("report", "key", name="section_once")]

    def __str__(self) -> str:
        return f"{self.report}: {self.key}"


class Text(models.Model):
    """One free text. ``part`` is the form's text key, or ``risk-<id>`` for a risk's comment."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="texts")
    section = models.CharField(max_length=40)
    part = models.CharField(max_length=40)
    text = models.TextField(_("text"), blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("report", "section", "part", name="text_once")]

    def __str__(self) -> str:
        return f"{self.section}/{self.part}"


class Answer(models.Model):
    """A board's answer to one question of its form."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="answers")
    question = models.CharField(max_length=60)
    value = models.CharField(_("svar"), max_length=14, choices=Value)
    comment = models.TextField(_("kommentar"), blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("svar"), _("svar")
        constraints = [
            models.CheckConstraint(condition=Q(value__in=Value), name="answer_value"),
            models.UniqueConstraint("report", "question", name="answer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.value}"


class Override(models.Model):
    """The municipality's own answer instead of the proposed one, with the printed reason."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="overrides")
    question = models.CharField(max_length=60)
    value = models.CharField(_("svar"), max_length=14, choices=Value)
    reason = models.TextField(_("motivering"))
    by = models.CharField(_("av"), max_length=200)
    at = models.DateTimeField(_("när"), auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(value__in=Value), name="override_value"),
            models.CheckConstraint(condition=~Q(reason=""), name="override_reason"),
            models.UniqueConstraint("report", "question", name="override_once"),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.value}"


class GivenFigure(models.Model):
    """A number that somebody typed: given, not computed (angiven, inte beräknad)."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="given")
    key = models.CharField(max_length=60)
    current = models.DecimalField(_("värde"), max_digits=14, decimal_places=2, null=True)
    previous = models.DecimalField(_("året före"), max_digits=14, decimal_places=2, null=True)
    source = models.CharField(_("källa"), max_length=200, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("report", "key", name="given_once")]

    def __str__(self) -> str:
        return f"{self.key}: {self.current}"


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
