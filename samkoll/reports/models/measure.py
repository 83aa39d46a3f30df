"""The measures of a plan, and how long a brief's period is."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samkoll.reports.models.report import Report


class WorkForm(models.TextChoices):
    """How a measure is carried out."""

    PROJECT = "project", _("Projekt")
    PROCESS = "process", _("Process")
    ONGOING = "ongoing", _("Löpande verksamhet")


class Measure(models.Model):
    """One measure of a plan: what has been done (``done``), what is planned, and by when.

    ``order``: place among the chapters, from 1. ``time_plan`` is in words ("hösten 2024").
    ``health_factor``: a key of ``data/health_factors.yaml``, or empty.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="measures")
    order = models.PositiveSmallIntegerField(_("ordning"))
    heading = models.CharField(_("åtgärd"), max_length=200)
    done = models.TextField(_("redogörelse"), blank=True)
    plan = models.TextField(_("åtgärdsplan"), blank=True)
    form = models.CharField(_("arbetsform"), max_length=8, choices=WorkForm)
    time_plan = models.TextField(_("tidplan"), blank=True)
    responsible = models.CharField(_("ansvarig"), max_length=200, blank=True)
    health_factor = models.CharField(_("friskfaktor"), max_length=40, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("åtgärd i plan"), _("åtgärder i plan")
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(form__in=WorkForm), name="measure_form"),
            models.CheckConstraint(condition=~Q(heading=""), name="measure_heading"),
        ]
        indexes = [models.Index("report", "order", name="measure_of_report")]

    def __str__(self) -> str:
        return self.heading


class Brief(models.Model):
    """Over how many months a brief looks: one, or the four of a tertial."""

    report = models.OneToOneField(Report, models.CASCADE, related_name="brief")
    months = models.PositiveSmallIntegerField(_("månader"), default=1)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(months__in=(1, 4)), name="brief_months")]

    def __str__(self) -> str:
        return f"{self.report}, {self.months}"
