"""Suggested sentences that somebody has accepted into a text, or has dismissed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from samkoll.reports.models.report import Report


class AcceptedSentence(models.Model):
    """A suggestion that somebody took into a text of a report.

    ``rule`` names the suggestion within its section. ``text`` is the sentence as accepted, and
    from then on as people have worded it (``edited``). ``figures``: figure id -> as shown then.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="sentences")
    section = models.CharField(max_length=40)
    part = models.CharField(max_length=40)
    rule = models.CharField(max_length=100)
    text = models.TextField(_("mening"))
    figures = models.JSONField()
    edited = models.BooleanField(_("omskriven"), default=False)
    by = models.CharField(_("av"), max_length=200)
    at = models.DateTimeField(_("när"))

    class Meta:
        constraints = [
            models.UniqueConstraint("report", "section", "rule", name="sentence_once"),
            models.CheckConstraint(condition=~models.Q(text=""), name="sentence_text"),
        ]

    def __str__(self) -> str:
        return f"{self.section}/{self.rule}"


class DismissedSentence(models.Model):
    """A suggestion that is not wanted in this report."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="dismissed")
    section = models.CharField(max_length=40)
    rule = models.CharField(max_length=100)
    by = models.CharField(_("av"), max_length=200)
    at = models.DateTimeField(_("när"))

    class Meta:
        constraints = [models.UniqueConstraint("report", "section", "rule", name="dismissed_once")]

    def __str__(self) -> str:
        return f"{self.section}/{self.rule}"
