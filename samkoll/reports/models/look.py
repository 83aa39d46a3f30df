"""Word templates and logos: what an administration, or the whole municipality, has chosen."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samkoll.files.models import StoredFile
from samkoll.org.models import Unit


class UnitLook(models.Model):
    """The look of a unit's documents, and of those below it until one of its own.

    A change ends the row and adds another, so that it can be told how a file came to look.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    template = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    logo = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", null=True)
    by = models.CharField(_("av"), max_length=200)
    at = models.DateTimeField(_("när"))
    ended_at = models.DateTimeField(_("till och med"), null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(template__isnull=False) | Q(logo__isnull=False),
                name="look_of_something",
            ),
            models.UniqueConstraint(fields=["unit"], condition=Q(ended_at=None), name="look_once"),
        ]

    def __str__(self) -> str:
        return f"{self.unit}: {self.template or self.logo}"
