"""Risks (risker), their assessment before a change, and what was reported onward to a board.

History is the change log (``audit``). Values are kept before, wanted and after: each remembers
the version of the matrix that it was judged on.
"""

from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from samkoll.actions.models import Action, Severity
from samkoll.core.fields import swedish_search
from samkoll.org.models import Board, Unit


class MatrixVersion(models.Model):
    """One version of a risk matrix, as data (see ``matrix.Matrix``). Never changed once used.

    ``is_default``: new assessments use it; at most one.
    """

    code = models.CharField(_("kod"), max_length=20)
    version = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField()
    is_default = models.BooleanField(_("används för nya bedömningar"), default=False)
    stored_on = models.DateField(_("sparad"))

    class Meta:
        verbose_name, verbose_name_plural = _("riskmatris"), _("riskmatriser")
        constraints = [
            models.UniqueConstraint("code", "version", name="matrix_version_once"),
            models.UniqueConstraint(
                "is_default", condition=Q(is_default=True), name="one_default_matrix"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code}/{self.version}"


class AssessmentStatus(models.TextChoices):
    DRAFT = "draft", _("Pågår")
    DECIDED = "decided", _("Klar, ändringen kan beslutas")
    FOLLOWED_UP = "followed_up", _("Uppföljd")
    WITHDRAWN = "withdrawn", _("Ändringen genomförs inte")


class ChangeAssessment(models.Model):
    """Risk assessment before a change (riskbedömning inför ändring i verksamheten).

    Its risks are those of the time after the change. ``change_on`` is the day of the change;
    ``follow_up_on`` lies three to six months later. ``no_risks`` says why nobody is at risk, where
    the assessment found no risk at all; ``status_reason`` why the change does not happen.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    title = models.CharField(_("ändring"), max_length=200)
    what = models.TextField(_("vad ändras"))
    affected = models.TextField(_("vilka berörs"))
    affected_units = models.ManyToManyField(Unit, related_name="+", blank=True)
    opportunities = models.TextField(_("möjligheter"), blank=True)
    diary_number = models.CharField(_("diarienummer"), max_length=60, blank=True)
    decision = models.TextField(_("beslut som bedömningen hör till"), blank=True)
    change_on = models.DateField(_("ändringen sker"))
    follow_up_on = models.DateField(_("uppföljning"))
    safety_rep = models.CharField(_("skyddsombud som medverkat"), max_length=200, blank=True)
    employees = models.TextField(_("hur medarbetarna medverkat"), blank=True)
    status = models.CharField(
        _("läge"), max_length=11, choices=AssessmentStatus, default=AssessmentStatus.DRAFT
    )
    no_risks = models.TextField(_("varför ändringen inte ger några risker"), blank=True)
    status_reason = models.TextField(_("skäl"), blank=True)
    decided_on = models.DateField(_("klar"), null=True)
    result = models.TextField(_("uppföljningens resultat"), blank=True)
    followed_up_on = models.DateField(_("uppföljd"), null=True)
    added_on = models.DateField(_("påbörjad"))
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("riskbedömning inför ändring")
        verbose_name_plural = _("riskbedömningar inför ändring")
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=AssessmentStatus.values), name="assessment_status"
            ),
            models.CheckConstraint(
                condition=Q(follow_up_on__gt=F("change_on")), name="assessment_follow_up_later"
            ),
            models.CheckConstraint(
                condition=Q(status="followed_up", followed_up_on__isnull=False) & ~Q(result="")
                | Q(followed_up_on__isnull=True) & ~Q(status="followed_up"),
                name="assessment_followed_up",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=("decided", "followed_up"))
                | ~Q(safety_rep="") & ~Q(employees=""),
                name="assessment_took_part",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=("decided", "followed_up")) | Q(decided_on__isnull=False),
                name="assessment_decided_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(status="withdrawn") | ~Q(status_reason=""),
                name="assessment_withdrawn_reason",
            ),
        ]
        indexes = [models.Index("unit", "status", name="assessment_unit_status")]

    def __str__(self) -> str:
        return self.title


class RiskStatus(models.TextChoices):
    PROPOSED = "proposed", _("Föreslagen")
    OPEN = "open", _("Öppen")
    CLOSED = "closed", _("Åtgärdad")
    REJECTED = "rejected", _("Inte en risk")


class Risk(models.Model):
    """Something that may hurt people at work, as it was judged on one version of a matrix.

    ``probability``, ``consequence`` and ``level`` are the values before measures, ``wanted_…``
    what the measures aim at, ``after_…`` what the latest follow-up found. ``current_level`` and
    ``severity`` (the band) are those after where there are any. ``serious`` is what the law asks
    for (allvarlig: ja eller nej), decided by a person, never derived from the level. ``matrix``
    names code and version ("4x4/1") of the latest judgement. A proposed risk (from an employee or
    a safety representative) is judged when the manager accepts it. ``common`` is the risk under
    which similar ones of several units are gathered. ``source`` and ``area`` are codes of
    ``data/risk_words.yaml``.
    """

    title = models.CharField(_("risk"), max_length=300)
    description = models.TextField(_("beskrivning"), blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    source = models.CharField(_("källa"), max_length=20, default="own")
    area = models.CharField(_("område"), max_length=20, blank=True)
    exposed = models.CharField(_("vilka som utsätts"), max_length=300, blank=True)
    status = models.CharField(_("läge"), max_length=8, choices=RiskStatus, default=RiskStatus.OPEN)
    status_reason = models.TextField(_("skäl"), blank=True)
    proposed_by_id = models.BigIntegerField(null=True)
    proposed_by_name = models.CharField(_("föreslagen av"), max_length=200, blank=True)
    matrix = models.CharField(_("matris"), max_length=24)
    probability = models.PositiveSmallIntegerField(_("sannolikhet"), null=True)
    consequence = models.PositiveSmallIntegerField(_("konsekvens"), null=True)
    level = models.PositiveSmallIntegerField(_("risknivå"), null=True)
    wanted_probability = models.PositiveSmallIntegerField(_("önskad sannolikhet"), null=True)
    wanted_consequence = models.PositiveSmallIntegerField(_("önskad konsekvens"), null=True)
    wanted_level = models.PositiveSmallIntegerField(_("önskad risknivå"), null=True)
    after_probability = models.PositiveSmallIntegerField(_("sannolikhet efter"), null=True)
    after_consequence = models.PositiveSmallIntegerField(_("konsekvens efter"), null=True)
    after_level = models.PositiveSmallIntegerField(_("risknivå efter"), null=True)
    current_level = models.GeneratedField(
        expression=Coalesce("after_level", "level"),
        output_field=models.PositiveSmallIntegerField(null=True),
        db_persist=True,
    )
    severity = models.PositiveSmallIntegerField(_("riskband"), choices=Severity, null=True)
    serious = models.BooleanField(_("allvarlig"), null=True)
    found_on = models.DateField(_("upptäckt"))
    closed_on = models.DateField(_("åtgärdad"), null=True)
    common = models.ForeignKey("self", models.PROTECT, null=True, related_name="gathered")
    assessment = models.ForeignKey(
        ChangeAssessment, models.PROTECT, null=True, related_name="risks"
    )
    actions = models.ManyToManyField(Action, through="RiskAction", related_name="+")
    version = models.PositiveIntegerField(default=1)
    search = models.GeneratedField(
        expression=swedish_search("title", "description", "exposed"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        verbose_name, verbose_name_plural = _("risk"), _("risker")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=RiskStatus.values), name="risk_status"),
            models.CheckConstraint(
                condition=Q(probability__gte=1, consequence__gte=1, level__gte=1)
                | Q(probability=None, consequence=None, level=None),
                name="risk_values",
            ),
            models.CheckConstraint(
                condition=Q(
                    wanted_probability__gte=1, wanted_consequence__gte=1, wanted_level__gte=1
                )
                | Q(wanted_probability=None, wanted_consequence=None, wanted_level=None),
                name="risk_wanted_values",
            ),
            models.CheckConstraint(
                condition=Q(after_probability__gte=1, after_consequence__gte=1, after_level__gte=1)
                | Q(after_probability=None, after_consequence=None, after_level=None),
                name="risk_after_values",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("proposed", "rejected"))
                | Q(level__isnull=False, serious__isnull=False, severity__in=Severity.values),
                name="risk_is_judged",
            ),
            models.CheckConstraint(
                condition=Q(status="closed", closed_on__isnull=False)
                | Q(closed_on__isnull=True) & ~Q(status="closed"),
                name="risk_closed_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(status="rejected") | ~Q(status_reason=""), name="risk_rejected_reason"
            ),
            models.CheckConstraint(condition=~Q(common=F("id")), name="risk_common_other"),
        ]
        indexes = [
            models.Index("unit", "status", name="risk_unit_status"),
            models.Index(F("current_level").desc(), "id", name="risk_level_order"),
            GinIndex(F("search"), name="risk_search"),
        ]

    def __str__(self) -> str:
        return self.title


class RiskAction(models.Model):
    """An action serves a risk. One action may serve several risks; order is that of linking."""

    risk = models.ForeignKey(Risk, models.CASCADE, related_name="links")
    action = models.ForeignKey(Action, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("risk", "action", name="risk_action_once")]
        indexes = [models.Index("action", name="risk_action_action")]

    def __str__(self) -> str:
        return f"{self.risk} – {self.action}"


class ReportedOnward(models.Model):
    """A risk was chosen to be reported onward to a board in the report of a year."""

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="reported")
    board = models.ForeignKey(Board, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("rapportår"))
    reason = models.TextField(_("skäl"), blank=True)
    reported_on = models.DateField(_("vald"))

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
