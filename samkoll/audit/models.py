"""The change log and the read log. Rows are only ever added: a trigger refuses the rest.

Actor and object are stored by id and name, without foreign keys, so that the log outlives both
and every other package may use it.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Change(models.Model):
    """One change of one object, written in the transaction that made it."""

    at = models.DateTimeField(_("när"), auto_now_add=True)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(_("vem"), max_length=200)
    action = models.CharField(_("vad"), max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    object_label = models.CharField(_("gäller"), max_length=300)
    before = models.JSONField(_("före"), default=dict)
    after = models.JSONField(_("efter"), default=dict)
    details = models.JSONField(default=dict)

    class Meta:
        verbose_name, verbose_name_plural = _("ändring"), _("ändringar")
        indexes = [
            models.Index("object_type", "object_id", name="change_object"),
            models.Index(models.F("at").desc(), models.F("id").desc(), name="change_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_label}"


class Reading(models.Model):
    """One reading of something sensitive: internal figures of small groups, later health data."""

    at = models.DateTimeField(_("när"), auto_now_add=True)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(_("vem"), max_length=200)
    what = models.CharField(_("vad"), max_length=60)
    object_type = models.CharField(max_length=60)
    object_id = models.CharField(max_length=40)
    object_label = models.CharField(_("gäller"), max_length=300)
    details = models.JSONField(default=dict)

    class Meta:
        verbose_name, verbose_name_plural = _("läsning"), _("läsningar")
        indexes = [models.Index(models.F("at").desc(), models.F("id").desc(), name="read_newest")]

    def __str__(self) -> str:
        return f"{self.what} {self.object_label}"
