"""Actions (åtgärder): who promised what, by when, whether it helped, and what was handed up.

History is the change log (``audit``): it can only be added to. What people say is a ``Comment``.
The migration adds a trigger: a status may only change along ``STEPS``.
"""

from __future__ import annotations

from datetime import date
from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from samkoll.core.fields import swedish_search
from samkoll.files.models import StoredFile
from samkoll.org.models import Person, Unit


class Status(models.TextChoices):
    PLANNED = "planned", _("Ej påbörjad")
    ONGOING = "ongoing", _("Pågående")
    DONE = "done", _("Genomförd, effekten följs upp")
    CLOSED = "closed", _("Avslutad")
    DROPPED = "dropped", _("Genomförs inte")


OPEN = (Status.PLANNED, Status.ONGOING)
ENDED = (Status.DONE, Status.CLOSED, Status.DROPPED)
STEPS: dict[str, tuple[str, ...]] = {
    Status.PLANNED: (Status.ONGOING, Status.DONE, Status.DROPPED),
    Status.ONGOING: (Status.DONE, Status.DROPPED),
    Status.DONE: (Status.CLOSED, Status.ONGOING),
    Status.CLOSED: (Status.ONGOING,),
    Status.DROPPED: (Status.ONGOING,),
}
"""From a status to those that may follow. Opening an ended action again needs a reason."""


class Effect(models.TextChoices):
    """Whether the wanted effect was reached; empty until somebody has followed it up."""

    REACHED = "reached", _("Önskad effekt nådd")
    PARTLY = "partly", _("Önskad effekt delvis nådd")
    NOT_REACHED = "not_reached", _("Önskad effekt inte nådd")


class Severity(models.IntegerChoices):
    """The bands of every risk matrix, lowest first; a matrix has its own words for them."""

    LOW = 1, _("Låg")
    MEDIUM = 2, _("Medel")
    HIGH = 3, _("Hög")
    VERY_HIGH = 4, _("Mycket hög")


class ActionQuerySet(models.QuerySet["Action"]):
    """Filters on our own columns only; anything about users lives in ``queries``."""

    def open(self) -> Self:
        return self.filter(status__in=OPEN)

    def overdue(self, *, today: date) -> Self:
        """Open and past due. Due today is not overdue."""
        return self.open().filter(due_date__lt=today)

    def to_follow_up(self, *, today: date) -> Self:
        """Done, and the day has come to judge the effect."""
        return self.filter(status=Status.DONE, follow_up_on__lte=today)


class Action(models.Model):
    """One promised measure, owned by exactly one unit and one person at a time.

    ``responsible_title`` is the role that documents print ("Förvaltningschef"): reports name
    roles and not people. ``ended_on`` is the day on which it was done or given up; ``due_date``
    is the day promised last. ``origin`` names what made it (``registry.origins``). ``level`` and
    ``severity`` are the highest of the risks that it serves now, told by its origin; empty when
    the origin knows no level. ``follows``: the action whose follow-up led to this one.
    ``version`` grows with each change: two people who edit at once are told.
    """

    title = models.CharField(_("åtgärd"), max_length=200)
    wanted_effect = models.TextField(_("önskad effekt"), blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    origin = models.CharField(_("ursprung"), max_length=20, default="own")
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    responsible = models.ForeignKey(Person, models.PROTECT, related_name="+")
    responsible_title = models.CharField(_("ansvarig"), max_length=120)
    helpers = models.ManyToManyField(Person, related_name="+", blank=True)
    cost = models.PositiveIntegerField(_("kostnad i kronor"), null=True)
    level = models.PositiveSmallIntegerField(_("risknivå"), null=True)
    severity = models.PositiveSmallIntegerField(_("riskband"), choices=Severity, null=True)
    added_on = models.DateField(_("tillagd"))
    due_date = models.DateField(_("klar senast"))
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.PLANNED)
    ended_on = models.DateField(_("slutdatum"), null=True)
    follow_up_on = models.DateField(_("effekten följs upp"), null=True)
    effect = models.CharField(_("effekt"), max_length=12, choices=Effect, blank=True)
    version = models.PositiveIntegerField(default=1)
    search = models.GeneratedField(
        expression=swedish_search("title", "wanted_effect", "responsible_title"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("åtgärd"), _("åtgärder")
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="action_status"),
            models.CheckConstraint(
                condition=Q(effect__in=["", *Effect.values]), name="action_effect"
            ),
            models.CheckConstraint(
                condition=Q(status__in=ENDED, ended_on__isnull=False)
                | Q(ended_on__isnull=True) & ~Q(status__in=ENDED),
                name="action_ended_has_day",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.DONE) | Q(follow_up_on__isnull=False),
                name="action_done_is_followed_up",
            ),
            models.CheckConstraint(
                condition=Q(status__in=(Status.DONE, Status.CLOSED)) | Q(effect=""),
                name="action_effect_after_done",
            ),
            models.CheckConstraint(
                condition=~Q(status=Status.CLOSED) | ~Q(effect=""), name="action_closed_effect"
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=True, severity__isnull=True)
                | Q(level__isnull=False, severity__in=Severity.values),
                name="action_level_and_severity",
            ),
        ]
        indexes = [
            models.Index("due_date", "id", name="action_due"),
            models.Index("unit", "status", "due_date", name="action_unit_status"),
            models.Index(
                "responsible", "due_date", condition=Q(status__in=(*OPEN, "done")),
                name="action_mine",
            ),
            GinIndex(F("search"), name="action_search"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title


class Comment(models.Model):
    """What somebody said about an action. The writer's id and name stand without a key."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="comments")
    author_id = models.BigIntegerField(null=True)
    author_name = models.CharField(_("vem"), max_length=200)
    text = models.TextField(_("kommentar"))
    at = models.DateTimeField(_("när"), auto_now_add=True)

    class Meta:
        verbose_name, verbose_name_plural = _("kommentar"), _("kommentarer")

    def __str__(self) -> str:
        return self.text[:60]


class ActionFile(models.Model):
    """A file that belongs to an action."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="files")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint("action", "file", name="action_file_once")]

    def __str__(self) -> str:
        return str(self.file)


class Decision(models.TextChoices):
    """What a follow-up led to."""

    CLOSE = "close", _("Avsluta åtgärden")
    NEW_ACTION = "new_action", _("Ny åtgärd")
    HAND_UP = "hand_up", _("Lyft frågan uppåt")


class FollowUp(models.Model):
    """One judgement of whether a done action had the wanted effect. May be made again later."""

    action = models.ForeignKey(Action, models.CASCADE, related_name="follow_ups")
    on = models.DateField(_("uppföljd"))
    effect = models.CharField(_("effekt"), max_length=12, choices=Effect)
    evidence = models.TextField(_("hur det syns"))
    safety_rep_took_part = models.BooleanField(_("skyddsombud medverkade"))
    decision = models.CharField(_("beslut"), max_length=10, choices=Decision)
    by_id = models.BigIntegerField(null=True)
    by_name = models.CharField(_("av"), max_length=200)

    class Meta:
        verbose_name, verbose_name_plural = _("effektuppföljning"), _("effektuppföljningar")
        constraints = [
            models.CheckConstraint(condition=Q(effect__in=Effect.values), name="follow_up_effect"),
            models.CheckConstraint(
                condition=Q(decision__in=Decision.values), name="follow_up_decision"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.on}"


class HandUpReason(models.TextChoices):
    """Why a unit cannot act by itself."""

    AUTHORITY = "authority", _("Vi saknar befogenhet")
    MONEY = "money", _("Vi saknar resurser")
    TIME = "time", _("Det kräver lång tid")
    COMMON = "common", _("Risken är gemensam för flera enheter")


class Answer(models.TextChoices):
    """What the unit above decided."""

    TAKES_OVER = "takes_over", _("Tar över åtgärden")
    RETURNS = "returns", _("Lämnar tillbaka med resurser")
    HANDS_ON = "hands_on", _("Lyfter vidare")
    REFUSES = "refuses", _("Avslår")


class HandUp(models.Model):
    """A question up the line (lyft): we cannot act, you must answer.

    The action stays where it is until the answer: asking does not buy time. ``previous`` is the
    hand-up that ``hands_on`` carried on, so a chain leads back to ``origin``, whose manager sees
    each answer and ticks it off (``seen_on``).
    """

    action = models.ForeignKey(Action, models.CASCADE, related_name="hand_ups")
    from_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    to_unit = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    origin = models.ForeignKey(Unit, models.PROTECT, related_name="+")
    previous = models.OneToOneField("self", models.PROTECT, null=True, related_name="carried_on")
    reason_kind = models.CharField(_("skäl"), max_length=10, choices=HandUpReason)
    reason = models.TextField(_("motivering"))
    asked_on = models.DateField(_("lyft"))
    asked_by_id = models.BigIntegerField(null=True)
    asked_by_name = models.CharField(_("av"), max_length=200)
    answer_by = models.DateField(_("svar senast"))
    answer = models.CharField(_("svar"), max_length=10, choices=Answer, blank=True)
    answer_text = models.TextField(_("svarets motivering"), blank=True)
    answered_on = models.DateField(_("besvarad"), null=True)
    answered_by_id = models.BigIntegerField(null=True)
    answered_by_name = models.CharField(_("besvarad av"), max_length=200, blank=True)
    seen_on = models.DateField(_("svaret läst"), null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("lyft"), _("lyft")
        constraints = [
            models.UniqueConstraint("action", condition=Q(answer=""), name="one_open_hand_up"),
            models.CheckConstraint(
                condition=Q(answer="", answered_on__isnull=True)
                | Q(answer__in=Answer.values, answered_on__isnull=False) & ~Q(answer_text=""),
                name="hand_up_answer",
            ),
            models.CheckConstraint(
                condition=Q(reason_kind__in=HandUpReason.values) & ~Q(reason=""),
                name="hand_up_reason",
            ),
            models.CheckConstraint(condition=~Q(from_unit=F("to_unit")), name="hand_up_upwards"),
            models.CheckConstraint(
                condition=Q(seen_on__isnull=True) | ~Q(answer=""), name="hand_up_seen"
            ),
        ]
        indexes = [
            models.Index("to_unit", "answer_by", condition=Q(answer=""), name="hand_up_waiting"),
            models.Index("origin", condition=Q(seen_on=None), name="hand_up_unseen"),
        ]

    def __str__(self) -> str:
        return f"{self.action} > {self.to_unit}"
