"""Reports from before Samkoll, as they were read, until a person has confirmed what is right."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samkoll.files.models import StoredFile
from samkoll.reports.models.report import Report


class OldState(models.TextChoices):
    """What has become of a document that was read."""

    WAITING = "waiting", _("Väntar på bekräftelse")
    CONFIRMED = "confirmed", _("Bekräftad")
    DISCARDED = "discarded", _("Kastad")


class OldReport(models.Model):
    """A document that was read. ``found`` is ``old.found.Found`` as JSON.

    ``report`` is what its confirmed parts were put into.
    """

    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    found = models.JSONField()
    state = models.CharField(_("status"), max_length=10, choices=OldState, default=OldState.WAITING)
    report = models.ForeignKey(Report, models.SET_NULL, related_name="+", null=True)
    by = models.CharField(_("inläst av"), max_length=200)
    at = models.DateTimeField(_("inläst"))

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=OldState), name="old_state")]
        indexes = [models.Index(F("at").desc(), name="old_newest")]

    def __str__(self) -> str:
        return self.file.name
