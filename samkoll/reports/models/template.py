"""Forms of reports as stored versions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """What a report is. ``UNIT``: a unit's or a department's part of its board's report."""

    UNIT = "unit", _("Enhetens del")
    BOARD = "board", _("Nämndens rapport")
    MUNICIPALITY = "municipality", _("Kommunens rapport")
    PLAN = "plan", _("Redogörelse och åtgärdsplan")
    BRIEF = "brief", _("Arbetsmiljöbrev")


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
