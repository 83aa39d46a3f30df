"""What people write in a report: texts, answers, given figures, overrides."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samkoll.reports.models.report import Report


class Value(models.TextChoices):
    YES = "yes", _("Ja")
    PARTLY = "partly", _("Delvis")
    NO = "no", _("Nej")
    NOT_APPLICABLE = "not_applicable", _("Ej aktuellt")


class SectionState(models.Model):
    """Who changed a section last, and a number that grows with every change of it.

    A form carries the number that it was opened with; see ``editing.edit_section``.
    ``signed_by`` is whoever answers for the section as it stands; a later change takes it away.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="sections")
    key = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=0)
    changed_by = models.CharField(max_length=200)
    changed_at = models.DateTimeField(auto_now=True)
    signed_by = models.CharField(_("godkänt av"), max_length=200, blank=True)
    signed_at = models.DateTimeField(_("godkänt"), null=True)

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
    """A unit's or a board's answer to one question of its form.

    ``basis`` is what Samkoll counted when somebody chose the answer that it proposed
    (beräknad: "3 av 4 …"); empty for an answer that stands on a person's word (angiven).
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="answers")
    question = models.CharField(max_length=60)
    value = models.CharField(_("svar"), max_length=14, choices=Value)
    comment = models.TextField(_("kommentar"), blank=True)
    basis = models.CharField(_("beräknat av"), max_length=300, blank=True)

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
