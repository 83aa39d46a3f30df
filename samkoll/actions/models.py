"""Actions (åtgärder): who promised what, by when, and whether it had the wanted effect."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samkoll.org.models import Person, Unit


class Status(models.TextChoices):
    PLANNED = "planned", _("Ej påbörjad")
    ONGOING = "ongoing", _("Pågående")
    DONE = "done", _("Genomförd, effekten följs upp")
    CLOSED = "closed", _("Avslutad")
    DROPPED = "dropped", _("Genomförs inte")


ENDED = (Status.DONE, Status.CLOSED, Status.DROPPED)


class Effect(models.TextChoices):
    """Whether the wanted effect was reached; empty until somebody has followed it up."""

    REACHED = "reached", _("Önskad effekt nådd")
    PARTLY = "partly", _("Önskad effekt delvis nådd")
    NOT_REACHED = "not_reached", _("Önskad effekt inte nådd")


class ActionQuerySet(models.QuerySet["Action"]):
    """Filters on our own columns only; anything about users lives in ``queries``."""

    def open(self) -> Self:
        return self.filter(status__in=(Status.PLANNED, Status.ONGOING))

    def overdue(self, *, today: date) -> Self:
        """Open and past due. Due today is not overdue."""
        return self.open().filter(due_date__lt=today)


class Action(models.Model):
    """One promised measure, owned by exactly one unit at a time.

    ``responsible_title`` is the role that documents print ("Förvaltningschef"): reports name
    roles and not people, and an action may be promised before the person is known.
    ``ended_on`` is the day on which it was done or given up; ``due_date`` stays as promised.
    """

    title = models.CharField(_("åtgärd"), max_length=200)
    wanted_effect = models.TextField(_("önskad effekt"), blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    responsible = models.ForeignKey(Person, models.PROTECT, related_name="+", null=True)
    responsible_title = models.CharField(_("ansvarig"), max_length=120)
    due_date = models.DateField(_("klar senast"))
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.PLANNED)
    ended_on = models.DateField(_("slutdatum"), null=True)
    effect = models.CharField(_("effekt"), max_length=12, choices=Effect, blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("åtgärd"), _("åtgärder")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status), name="action_status"),
            models.CheckConstraint(
                condition=Q(effect__in=["", *Effect.values]), name="action_effect"
            ),
            models.CheckConstraint(
                condition=Q(status__in=ENDED, ended_on__isnull=False)
                | Q(ended_on__isnull=True) & ~Q(status__in=ENDED),
                name="action_ended_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.CLOSED) | ~Q(effect=""), name="action_closed_effect"
            ),
        ]
        indexes = [
            models.Index(
                "due_date", condition=Q(status__in=("planned", "ongoing")), name="action_open_due"
            )
        ]

    def __str__(self) -> str:
        return self.title
