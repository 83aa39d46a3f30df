"""Risks (risker), the actions against them, and what was reported onward to a board in a year."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samkoll.actions.models import Action
from samkoll.org.models import Board, Unit


class Risk(models.Model):
    """Something that may hurt people at work, as it was judged on one version of a matrix.

    ``serious`` is what the law asks for (allvarlig: ja eller nej) and is decided by a person,
    never derived from the level. ``matrix`` names code and version ("4x4/1").
    """

    title = models.CharField(_("risk"), max_length=300)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    probability = models.PositiveSmallIntegerField(_("sannolikhet"))
    consequence = models.PositiveSmallIntegerField(_("konsekvens"))
    level = models.PositiveSmallIntegerField(_("risknivå"))
    matrix = models.CharField(_("matris"), max_length=20)
    serious = models.BooleanField(_("allvarlig"))
    found_on = models.DateField(_("upptäckt"))
    actions = models.ManyToManyField(Action, through="RiskAction", related_name="+")

    class Meta:
        verbose_name, verbose_name_plural = _("risk"), _("risker")
        constraints = [
            models.CheckConstraint(
                condition=Q(probability__gte=1, consequence__gte=1), name="risk_steps"
            ),
            models.CheckConstraint(condition=Q(level__gte=F("probability")), name="risk_level"),
        ]

    def __str__(self) -> str:
        return self.title


class RiskAction(models.Model):
    """An action serves a risk. One action may serve several risks; order is that of linking."""

    risk = models.ForeignKey(Risk, models.CASCADE, related_name="links")
    action = models.ForeignKey(Action, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("risk", "action", name="risk_action_once")]

    def __str__(self) -> str:
        return f"{self.risk} – {self.action}"


class ReportedOnward(models.Model):
    """A risk was chosen to be reported onward to a board in the report of a year."""

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="reported")
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("rapportår"))
    reason = models.TextField(_("skäl"), blank=True)

    class Meta:
        constraints = [models.UniqueConstraint("risk", "board", "year", name="reported_once")]
        indexes = [models.Index("year", "board", name="reported_year_board")]

    def __str__(self) -> str:
        return f"{self.risk} ({self.year})"


class ReportedAction(models.Model):
    """One of the actions with which a risk was reported onward in that year.

    Kept apart from ``RiskAction``: the same risk may be reported again next year with new
    actions, and last year's table still has to show last year's.
    """

    reported = models.ForeignKey(ReportedOnward, models.CASCADE, related_name="actions")
    action = models.ForeignKey(Action, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("reported", "action", name="reported_action_once")]

    def __str__(self) -> str:
        return f"{self.reported} – {self.action}"
