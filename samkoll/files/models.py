"""Stored files (bilagor): what other apps attach to their own things. See docs/adr/0090."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """One attachment: its name as typed, and where its content lies by ``sha256``.

    Rows with the same content share one file on disk. Whoever links here by a foreign key (use
    PROTECT) decides who may read it; a stored file says nothing about access. ``size``: bytes.
    ``owner``: who attached it, by name also when the account is gone or was a command.
    """

    name = models.CharField(_("namn"), max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField(_("storlek"))
    sha256 = models.CharField(max_length=64, db_index=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    owner_name = models.CharField(_("bifogad av"), max_length=200)
    stored_at = models.DateTimeField(_("bifogad"))

    class Meta:
        verbose_name, verbose_name_plural = _("bilaga"), _("bilagor")
        constraints = [
            models.CheckConstraint(condition=Q(sha256__regex="^[0-9a-f]{64}$"), name="file_sha256")
        ]

    def __str__(self) -> str:
        return self.name
