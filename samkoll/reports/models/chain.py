"""The chain from a unit's part to a board's decision: who did what when, as events."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from samkoll.accounts.models import User
from samkoll.reports.models.report import Report, Status


class What(models.TextChoices):
    """What happened to a report."""

    HANDED_IN = "handed_in", _("Lämnades in")
    RETURNED = "returned", _("Lämnades tillbaka")
    CONSULTED = "consulted", _("Lämnades till samverkan")
    COMMENTED = "commented", _("Kommenterades")
    SECTION_SIGNED = "section_signed", _("Avsnitt godkändes")
    SECTION_OPENED = "section_opened", _("Avsnitt öppnades igen")
    SIGNED = "signed", _("Godkändes")
    DECIDED = "decided", _("Beslutades")
    PUBLISHED = "published", _("Publicerades")
    CORRECTED = "corrected", _("Rättades med en ny version")
    REMINDED = "reminded", _("Påmindes")


class Event(models.Model):
    """One step of a report. Never changed. ``status``: the report's after it.

    ``section`` is a key of the form for what concerns one section; ``comment`` is what whoever
    did it said, such as why a part was returned.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="events")
    what = models.CharField(max_length=16, choices=What)
    status = models.CharField(max_length=12, choices=Status)
    section = models.CharField(max_length=40, blank=True)
    comment = models.TextField(_("kommentar"), blank=True)
    by = models.CharField(_("av"), max_length=200)
    user = models.ForeignKey(User, models.SET_NULL, related_name="+", null=True)
    at = models.DateTimeField(_("när"))

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(what__in=What), name="event_what")]
        indexes = [models.Index("report", "at", name="event_of_report")]

    def __str__(self) -> str:
        return f"{self.report}: {self.get_what_display()}"


class CommentFrom(models.TextChoices):
    """On whose behalf a comment is given."""

    COOPERATION = "cooperation", _("Samverkansgruppen")
    SAFETY = "safety", _("Huvudskyddsombudet")


class Comment(models.Model):
    """What the cooperation group or the head safety representative said; printed in the report.

    ``held_on``: the day of the meeting that treated the report, for the cooperation group.
    """

    report = models.ForeignKey(Report, models.CASCADE, related_name="comments")
    of = models.CharField(max_length=12, choices=CommentFrom)
    text = models.TextField(_("kommentar"))
    held_on = models.DateField(_("behandlad den"), null=True)
    by = models.CharField(_("av"), max_length=200)
    at = models.DateTimeField(_("när"))

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(of__in=CommentFrom), name="comment_of"),
            models.CheckConstraint(condition=~Q(text=""), name="comment_text"),
            models.UniqueConstraint("report", "of", name="comment_once"),
        ]

    def __str__(self) -> str:
        return f"{self.report}: {self.get_of_display()}"


class Nature(models.TextChoices):
    """What the board did with its report."""

    INFORMED = "informed", _("Nämnden informerades")
    DECIDED = "decided", _("Nämnden beslutade")


class Decision(models.Model):
    """The board's decision or information: day, paragraph and text, as in its minutes."""

    report = models.OneToOneField(Report, models.CASCADE, related_name="decision")
    nature = models.CharField(max_length=8, choices=Nature)
    decided_on = models.DateField(_("sammanträdesdag"))
    paragraph = models.CharField(_("paragraf"), max_length=20)
    text = models.TextField(_("beslut"))
    by = models.CharField(_("registrerat av"), max_length=200)
    at = models.DateTimeField(_("när"))

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(nature__in=Nature), name="nature")]

    def __str__(self) -> str:
        return f"{self.decided_on} § {self.paragraph}"
