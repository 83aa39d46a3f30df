"""Which facts count: immutable snapshots, and for each month the version that is current.

A snapshot is one Parquet file, named by its content. A later batch replaces whole months; undoing a
batch brings the version before back. Nothing here points upward: a batch is known by its reference.
"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samkoll.core.months import Month


class ConventionChoice(models.TextChoices):
    DAY_SPLIT = "day_split", _("dag 1–14 i varje period är kort")
    WHOLE_SPELL = "whole_spell", _("perioder på högst 14 dagar är korta")


class VersionState(models.TextChoices):
    CURRENT = "current", _("gäller")
    SUPERSEDED = "superseded", _("ersatt")
    WITHDRAWN = "withdrawn", _("återkallad")


class Snapshot(models.Model):
    """One immutable fact file ``<sha256>.parquet``: its source, convention and size."""

    sha256 = models.CharField(max_length=64, unique=True)
    source = models.CharField(_("källa"), max_length=40)
    convention = models.CharField(_("uppdelning"), max_length=12, choices=ConventionChoice)
    rows = models.BigIntegerField(_("rader"))
    created_at = models.DateTimeField(_("skapad"))

    class Meta:
        verbose_name, verbose_name_plural = _("underlag"), _("underlag")
        constraints = [
            models.CheckConstraint(
                condition=Q(convention__in=ConventionChoice), name="snapshot_convention"
            )
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.sha256[:12]}"


class VersionQuerySet(models.QuerySet["MonthVersion"]):
    """Filters on our own columns."""

    def current(self) -> Self:
        """The versions that figures are made of."""
        return self.filter(state=VersionState.CURRENT)


class MonthVersion(models.Model):
    """One month of one snapshot, published by one batch, and whether it counts.

    ``replaces`` is the version that was current before it; undo walks back along it. ``totals``
    are the month's base measures, control totals of what was read.
    """

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="versions")
    source = models.CharField(max_length=40)
    month = models.IntegerField(_("månad"))
    batch = models.CharField(max_length=40)
    state = models.CharField(max_length=10, choices=VersionState)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    rows = models.BigIntegerField(_("rader"))
    totals = models.JSONField(default=dict)
    published_at = models.DateTimeField()

    objects = VersionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("månadsversion"), _("månadsversioner")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=VersionState), name="version_state"),
            models.UniqueConstraint(
                "source", "month", condition=Q(state="current"), name="one_current_version"
            ),
            models.UniqueConstraint("batch", "month", name="version_once_per_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {Month(self.month)}"
