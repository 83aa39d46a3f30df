"""Forms that somebody is working on, before they become versions."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samkoll.reports.models.template import Kind, Template


class TemplateDraft(models.Model):
    """The next version of a form, while it is edited. ``version`` is the one that it will be.

    One for each kind and year. ``content`` need not be usable until it is published. ``revision``
    grows with every change; a page carries the one that it was opened with. ``base``: what it
    started from, for the list of what has changed.
    """

    kind = models.CharField(max_length=12, choices=Kind)
    year = models.PositiveSmallIntegerField(_("rapportår"))
    version = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField()
    base = models.ForeignKey(Template, models.PROTECT, related_name="+", null=True)
    revision = models.PositiveIntegerField(default=0)
    changed_by = models.CharField(_("ändrad av"), max_length=200)
    changed_at = models.DateTimeField(_("ändrad"))

    class Meta:
        verbose_name, verbose_name_plural = _("utkast till mall"), _("utkast till mallar")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind), name="template_draft_kind"),
            models.UniqueConstraint("kind", "year", name="template_draft_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.year}, version {self.version}"
