"""Open figures about municipalities (Kolada): each value as it was fetched, when and from where.

A value is never overwritten. A later load that brings another value supersedes the earlier one,
which stays to be read; undoing the load brings it back. Codes are plain texts: a value may come
before the register that tells the municipality's name.
"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Source(models.TextChoices):
    API = "api", _("hämtad från Kolada")
    FILE = "file", _("läst från fil")


class LoadState(models.TextChoices):
    RECEIVED = "received", _("läses")
    STAGED = "staged", _("väntar på besked")
    SAME = "same", _("inget nytt")
    APPLIED = "applied", _("inläst")
    DISCARDED = "discarded", _("borttagen")
    UNDONE = "undone", _("ångrad")


class LoadQuerySet(models.QuerySet["Load"]):
    """Filters on our own columns."""

    def applied(self) -> Self:
        """Loads whose values count, newest first."""
        return self.filter(state=LoadState.APPLIED).order_by("-answered_at", "-pk")


class Load(models.Model):
    """One time that figures were fetched or read from a file, and what became of it.

    ``content`` is the file as it came until it is read, then the read bundle while the load waits
    for an answer, else nothing. ``counts``
    tell what it changed; ``before`` holds the registers' rows as they were, for undo.
    """

    source = models.CharField(_("källa"), max_length=4, choices=Source)
    origin = models.CharField(_("varifrån"), max_length=300)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=9, choices=LoadState, default=LoadState.STAGED)
    content = models.BinaryField(null=True)
    counts = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(_("vem"), max_length=200)
    fetched_at = models.DateTimeField(_("hämtad"))
    answered_at = models.DateTimeField(_("besked"), null=True)

    objects = LoadQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("inläsning"), _("inläsningar")
        constraints = [
            models.CheckConstraint(condition=Q(source__in=Source), name="load_source"),
            models.CheckConstraint(condition=Q(state__in=LoadState), name="load_state"),
            models.CheckConstraint(
                condition=Q(state__in=("received", "staged")) ^ Q(content__isnull=True),
                name="load_content_while_staged",
            ),
        ]
        indexes = [models.Index(models.F("fetched_at").desc(), name="load_newest")]

    def __str__(self) -> str:
        return f"{self.origin} ({self.pk})"


class Kpi(models.Model):
    """A key figure as Kolada describes it. ``retired``: asked for, and not in the reply."""

    code = models.CharField(_("nyckeltal"), max_length=6, unique=True)
    title = models.CharField(_("titel"), max_length=500)
    description = models.TextField(_("beskrivning"), blank=True)
    area = models.CharField(_("område"), max_length=200, blank=True)
    published = models.CharField(_("publicerad"), max_length=10, blank=True)
    by_sex = models.BooleanField(default=False)
    retired = models.BooleanField(_("utgånget"), default=False)

    class Meta:
        verbose_name, verbose_name_plural = _("nyckeltal"), _("nyckeltal")

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Municipality(models.Model):
    """A municipality (K) or region (L) of the register, or the whole country."""

    code = models.CharField(_("kod"), max_length=4, unique=True)
    title = models.CharField(_("namn"), max_length=120)
    kind = models.CharField(max_length=1, blank=True)

    class Meta:
        verbose_name, verbose_name_plural = _("kommun"), _("kommuner")

    def __str__(self) -> str:
        return self.title


class Group(models.Model):
    """A group of municipalities to compare with; ``members`` are their codes."""

    code = models.CharField(_("kod"), max_length=20, unique=True)
    title = models.CharField(_("namn"), max_length=300)
    members = models.JSONField(_("kommuner"), default=list)

    class Meta:
        verbose_name, verbose_name_plural = _("kommungrupp"), _("kommungrupper")

    def __str__(self) -> str:
        return self.title


class ValueState(models.TextChoices):
    CURRENT = "current", _("gäller")
    SUPERSEDED = "superseded", _("ersatt")
    WITHDRAWN = "withdrawn", _("återkallad")


class ValueQuerySet(models.QuerySet["Value"]):
    """Filters on our own columns."""

    def current(self) -> Self:
        """The values that count."""
        return self.filter(state=ValueState.CURRENT)


class Value(models.Model):
    """One published value: key figure x municipality x calendar year x sex, as one load brought it.

    ``value`` is None when Kolada has no figure; ``status`` is Kolada's own word then.
    """

    load = models.ForeignKey(Load, models.PROTECT, related_name="values")
    kpi = models.CharField(max_length=6)
    municipality = models.CharField(max_length=4)
    year = models.SmallIntegerField(_("år"))
    sex = models.CharField(max_length=1)
    value = models.DecimalField(_("värde"), max_digits=20, decimal_places=6, null=True)
    status = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=ValueState, default=ValueState.CURRENT)
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")

    objects = ValueQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("värde"), _("värden")
        constraints = [
            models.CheckConstraint(condition=Q(sex__in=("T", "K", "M")), name="value_sex"),
            models.CheckConstraint(condition=Q(state__in=ValueState), name="value_state"),
            models.UniqueConstraint(
                "kpi", "municipality", "year", "sex",
                condition=Q(state="current"), name="one_current_value",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.kpi} {self.municipality} {self.year} {self.sex}"
