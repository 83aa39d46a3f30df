"""What one person has on the desk: progress of long work, and drafts of what is being written."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    WAITING = "waiting", _("väntar")
    RUNNING = "running", _("pågår")
    DONE = "done", _("klart")
    FAILED = "failed", _("gick inte")


class Job(models.Model):
    """One piece of long work that a person has started, and how far it has come."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    label = models.CharField(_("arbete"), max_length=200)
    state = models.CharField(max_length=8, choices=JobState, default=JobState.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    step = models.CharField(_("steg"), max_length=200, blank=True)
    message = models.TextField(_("besked"), blank=True)
    result_url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("arbete"), _("arbeten")
        constraints = [models.CheckConstraint(condition=Q(state__in=JobState), name="job_state")]

    def __str__(self) -> str:
        return self.label


class Draft(models.Model):
    """What a person has typed into one form and not saved yet. ``key`` names the form.

    ``content`` holds the typed values by field name, as the browser sent them: a draft may be
    incomplete or wrong, and only the form itself decides what it is worth.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.SlugField(max_length=100)
    content = models.JSONField(default=dict)
    saved_at = models.DateTimeField(_("sparat"))

    class Meta:
        verbose_name, verbose_name_plural = _("utkast"), _("utkast")
        constraints = [models.UniqueConstraint("owner", "key", name="one_draft_of_a_form")]

    def __str__(self) -> str:
        return self.key
