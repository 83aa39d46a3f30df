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

DERIVED = "derivation-"
"""What the batch of a derived month begins with."""


class ConventionChoice(models.TextChoices):
    DAY_SPLIT = "day_split", _("dag 1–14 i varje period är kort")
    WHOLE_SPELL = "whole_spell", _("perioder på högst 14 dagar är korta")


class VersionState(models.TextChoices):
    CURRENT = "current", _("gäller")
    SUPERSEDED = "superseded", _("ersatt")
    WITHDRAWN = "withdrawn", _("återkallad")


class Snapshot(models.Model):
    """One immutable fact file ``<sha256>.parquet``: its source, convention and size.

    ``knows``: which of the optional columns its payroll system knew (``engine.facts.OPTIONAL``).
    """

    sha256 = models.CharField(max_length=64, unique=True)
    source = models.CharField(_("källa"), max_length=40)
    convention = models.CharField(_("uppdelning"), max_length=12, choices=ConventionChoice)
    knows = models.JSONField(_("kända kolumner"), default=list)
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


class RecordKind(models.TextChoices):
    ABSENCE = "absence", _("frånvaro")
    EMPLOYMENT = "employment", _("anställningar")
    TIME = "time", _("arbetad tid")
    DEPARTURE = "departure", _("avgångar")


class RecordQuerySet(models.QuerySet["RecordFile"]):
    """Filters on our own columns."""

    def current(self) -> Self:
        """The files that facts are derived from."""
        return self.filter(state=VersionState.CURRENT)


class RecordFile(models.Model):
    """One immutable record file ``<sha256>.parquet`` of an HR system, and whether it counts.

    Complete for its period, ``first_day`` to ``last_day``: for those days it speaks instead of
    every file of its source and kind that was kept before it. A file whose whole period is
    delivered again is superseded by the new one (``replaced_by``); undo brings it back.
    """

    kind = models.CharField(_("slag"), max_length=10, choices=RecordKind)
    source = models.CharField(_("källa"), max_length=40)
    sha256 = models.CharField(max_length=64)
    batch = models.CharField(max_length=40)
    first_day = models.DateField(_("från och med"))
    last_day = models.DateField(_("till och med"))
    state = models.CharField(max_length=10, choices=VersionState)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaces")
    rows = models.BigIntegerField(_("rader"))
    totals = models.JSONField(default=dict)
    kept_at = models.DateTimeField(_("sparad"))

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("registerfil"), _("registerfiler")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=RecordKind), name="record_kind"),
            models.CheckConstraint(condition=Q(state__in=VersionState), name="record_state"),
            models.CheckConstraint(
                condition=Q(last_day__gte=models.F("first_day")), name="record_period"
            ),
            models.CheckConstraint(
                condition=Q(replaced_by=None) ^ Q(state="superseded"), name="record_replaced"
            ),
            models.UniqueConstraint("batch", "kind", name="one_record_file_a_batch"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.kind} {self.first_day}–{self.last_day}"


class Derivation(models.Model):
    """One run from record files to facts: what it read, what it found, what it published.

    Its facts' batch is ``derivation-<pk>``. ``report`` tells what could not be used or is
    uncertain (``spells.Report``).
    """

    source = models.CharField(_("källa"), max_length=40)
    convention = models.CharField(_("uppdelning"), max_length=12, choices=ConventionChoice)
    files = models.ManyToManyField(RecordFile, related_name="derivations")
    months = models.JSONField(_("månader"), default=list)
    changed = models.JSONField(_("ändrade månader"), default=list)
    report = models.JSONField(default=dict)
    undone = models.BooleanField(default=False)
    actor_name = models.CharField(max_length=200)
    derived_at = models.DateTimeField()

    class Meta:
        verbose_name, verbose_name_plural = _("härledning"), _("härledningar")
        constraints = [
            models.CheckConstraint(
                condition=Q(convention__in=ConventionChoice), name="derivation_convention"
            )
        ]

    def __str__(self) -> str:
        return self.batch

    @property
    def batch(self) -> str:
        """What its month versions are published under: ``derivation-<pk>``."""
        return f"{DERIVED}{self.pk}"


class LimitKind(models.TextChoices):
    OVERTIME_YEAR = "overtime_year", _("övertid under ett kalenderår")
    OVERTIME_MONTH = "overtime_month", _("övertid under en kalendermånad")
    ADDITIONAL_YEAR = "additional_year", _("mertid under ett kalenderår")


class Limit(models.Model):
    """So many hours and no more, from a month on until the next row of the kind.

    ``source`` is where it says so; ``checked_on`` when somebody last compared it with that.
    """

    kind = models.CharField(_("gräns för"), max_length=20, choices=LimitKind)
    valid_from = models.DateField(_("gäller från"))
    hours = models.DecimalField(_("timmar"), max_digits=6, decimal_places=2)
    source = models.CharField(_("källa"), max_length=200, blank=True)
    checked_on = models.DateField(_("kontrollerad mot källan"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("gräns"), _("gränser")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=LimitKind), name="limit_kind"),
            models.CheckConstraint(condition=Q(hours__gt=0), name="limit_hours"),
            models.UniqueConstraint("kind", "valid_from", name="one_limit_from_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.valid_from}"


class CostYear(models.Model):
    """What an hour of sick leave costs in one calendar year (``samkoll.stats.costs.Rates``).

    Shares are kept in per cent. ``sources`` says for each parameter where it comes from.
    """

    year = models.PositiveSmallIntegerField(_("år"), unique=True)
    hourly_pay = models.DecimalField(_("timlön i medeltal"), max_digits=7, decimal_places=2)
    sick_pay = models.DecimalField(_("sjuklön"), max_digits=5, decimal_places=2)
    deduction = models.DecimalField(_("karensavdrag"), max_digits=5, decimal_places=2)
    week_hours = models.DecimalField(_("genomsnittlig vecka"), max_digits=5, decimal_places=2)
    supplement = models.DecimalField(_("tillägg från dag 15"), max_digits=5, decimal_places=2)
    holiday = models.DecimalField(_("semesterlön"), max_digits=5, decimal_places=2)
    fee = models.DecimalField(_("arbetsgivaravgift"), max_digits=5, decimal_places=2)
    replaced = models.DecimalField(_("andel som ersätts"), max_digits=5, decimal_places=2)
    replacement_pay = models.DecimalField(_("ersättarens lön"), max_digits=5, decimal_places=2)
    sources = models.JSONField(_("källor"), default=dict)
    checked_on = models.DateField(_("kontrollerad mot källorna"), null=True, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("kostnadsår"), _("kostnadsår")

    def __str__(self) -> str:
        return str(self.year)
