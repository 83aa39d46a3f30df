"""What is attached to a report, and the proposal to the board that its package carries."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from samkoll.files.models import StoredFile
from samkoll.reports.models.report import Report


class Attachment(models.Model):
    """A file that belongs to one version of a report. A correction attaches the same files."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("bilaga"), _("bilagor")
        constraints = [models.UniqueConstraint("report", "file", name="report_attachment_once")]

    def __str__(self) -> str:
        return str(self.file)


class Proposal(models.Model):
    """What the board is asked to decide, as somebody has edited it; else it is worked out."""

    report = models.OneToOneField(Report, models.CASCADE, related_name="proposal")
    matter = models.TextField(_("ärendet"))
    decision = models.TextField(_("förslag till beslut"))
    by = models.CharField(_("av"), max_length=200)
    at = models.DateTimeField(_("när"), auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(matter="") & ~models.Q(decision=""), name="proposal_said"
            )
        ]

    def __str__(self) -> str:
        return self.decision[:60]
