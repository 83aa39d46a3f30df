"""Statistics sheets (statistikblad): what each manager has been given, and when they are made."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samkoll.core.months import Month


class SheetRun(models.Model):
    """One time that the sheets of a month were made for many managers.

    ``facts`` pins the snapshots that every figure of the run stands on. ``made`` of ``wanted``
    sheets are there; not ``finished`` while it goes on, or when it broke.
    """

    month = models.IntegerField(_("månad"))
    facts = models.JSONField(default=list)
    wanted = models.PositiveIntegerField(default=0)
    made = models.PositiveIntegerField(default=0)
    mailed = models.PositiveIntegerField(default=0)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(_("vem"), max_length=200)
    started_at = models.DateTimeField(_("startad"))
    finished = models.BooleanField(_("klar"), default=False)

    class Meta:
        verbose_name, verbose_name_plural = _("körning"), _("körningar")

    def __str__(self) -> str:
        return str(Month(self.month))


class SheetQuerySet(models.QuerySet["Sheet"]):
    """Filters on our own columns."""

    def listed(self) -> Self:
        """Without the files themselves, newest month first."""
        rows = self.select_related("person").defer("xlsx", "pdf")
        return rows.order_by("-month", "person__name_order", "pk")


class Sheet(models.Model):
    """One manager's sheet of one month, as files. Published figures only, so no secrets.

    A new run of the same month takes its place.
    """

    run = models.ForeignKey(SheetRun, models.PROTECT, related_name="sheets")
    person = models.ForeignKey("org.Person", models.CASCADE, related_name="+")
    month = models.IntegerField(_("månad"))
    units = models.CharField(_("enheter"), max_length=300)
    xlsx = models.BinaryField()
    pdf = models.BinaryField()
    made_at = models.DateTimeField(_("skapad"))

    objects = SheetQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("statistikblad"), _("statistikblad")
        constraints = [models.UniqueConstraint("person", "month", name="one_sheet_of_a_month")]

    def __str__(self) -> str:
        return f"{Month(self.month)} {self.units}"


class SheetSchedule(models.Model):
    """When sheets are made without anybody asking: one row, the municipality's choice.

    ``days_after``: days from the last day of the period to the making, so that late facts are in.
    ``last_month``: the newest month that has been made by the schedule.
    """

    each_tertial = models.BooleanField(_("efter varje tertial"), default=False)
    each_year = models.BooleanField(_("efter varje år"), default=False)
    days_after = models.PositiveSmallIntegerField(_("dagar efter periodens slut"), default=20)
    mail = models.BooleanField(_("skicka e-post med länk"), default=True)
    last_month = models.IntegerField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("schema"), _("scheman")
        constraints = [
            models.CheckConstraint(condition=Q(pk=1), name="one_sheet_schedule"),
            models.CheckConstraint(condition=Q(days_after__range=(1, 90)), name="sheet_days_after"),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)
