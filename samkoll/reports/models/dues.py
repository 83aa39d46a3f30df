"""The days of a year's chain: when each step is to be taken at the latest."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samkoll.reports.models.template import Kind


class DueStep(models.TextChoices):
    """What is to be done by a day."""

    HAND_IN = "hand_in", _("Delarna är inlämnade")
    CONSULT = "consult", _("Rapporten är lämnad till samverkan")
    COMMENT = "comment", _("Synpunkterna är införda")
    SIGN = "sign", _("Rapporten är godkänd")
    DECIDE = "decide", _("Beslutet är infört")
    PUBLISH = "publish", _("Rapporten är publicerad")


class StepDue(models.Model):
    """The last day of one step for all reports of a kind and year, set by HR."""

    year = models.PositiveSmallIntegerField(_("rapportår"))
    kind = models.CharField(max_length=12, choices=Kind)
    step = models.CharField(max_length=8, choices=DueStep)
    day = models.DateField(_("senast"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind), name="step_due_kind"),
            models.CheckConstraint(condition=Q(step__in=DueStep), name="step_due_step"),
            models.UniqueConstraint("year", "kind", "step", name="step_due_once"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.get_kind_display()}: {self.get_step_display()}"
