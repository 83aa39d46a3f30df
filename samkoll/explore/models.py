"""What the statistics pages keep: forecasts, the times that they leave out, statistics sheets."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from samkoll.explore.sheets_models import Sheet, SheetRun, SheetSchedule

__all__ = ["ExtraordinaryTimes", "Forecast", "Sheet", "SheetRun", "SheetSchedule"]


class ExtraordinaryTimes(models.Model):
    """The times that forecasts and control charts leave out, as somebody chose them.

    ``periods``: rows of first month, last month (``Month.index``) and reason. The newest row
    counts.
    """

    periods = models.JSONField(default=list)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(_("ändrad"))

    class Meta:
        verbose_name, verbose_name_plural = _("extraordinära tider"), _("extraordinära tider")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class Forecast(models.Model):
    """One forecast of a metric as it was made. Never changed: a new one is a new row.

    ``basis``: a hash of what it stands on (facts and the times left out); another basis now means
    that it is out of date. ``result``: ``stats.forecast.plan.Result`` as JSON.
    """

    metric = models.CharField(_("mått"), max_length=60)
    basis = models.CharField(max_length=64)
    snapshots = models.JSONField(_("underlag"), default=list)
    left_out = models.JSONField(_("lämnat utanför"), default=list)
    result = models.JSONField()
    made_at = models.DateTimeField(_("gjord"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("prognos"), _("prognoser")
        indexes = [models.Index("metric", models.F("made_at").desc(), name="forecast_newest")]

    def __str__(self) -> str:
        return f"{self.metric} {self.made_at:%Y-%m-%d}"
