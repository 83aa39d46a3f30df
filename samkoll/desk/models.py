"""What one person has on the desk: jobs, drafts, saved views, reminders, the calendar's key."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
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


class SavedView(models.Model):
    """A list as its owner wants to find it again: the filters and sorting of a list's address.

    ``page`` is the list's key ("actions"), ``query`` the normalised part after the question mark.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    page = models.SlugField(max_length=40)
    name = models.CharField(_("namn"), max_length=60)
    query = models.CharField(max_length=2000, blank=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name, verbose_name_plural = _("sparad vy"), _("sparade vyer")
        constraints = [
            models.UniqueConstraint("owner", "page", Lower("name"), name="one_view_of_a_name")
        ]

    def __str__(self) -> str:
        return self.name


class Wanted(models.TextChoices):
    DAILY = "daily", _("Varje dag som det finns något att påminna om")
    WEEKLY = "weekly", _("En gång i veckan")
    NEVER = "never", _("Aldrig")


class ReminderSettings(models.Model):
    """How a person wants to be reminded by mail. Who has chosen nothing has the defaults here.

    ``weekday``: 1 (Monday) to 7, for weekly mail. ``days_before``: how many days before the last
    day something is mentioned, 0 for not before. ``on_due``, ``after_due``: on the last day, and
    when it has passed.
    """

    owner = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    wanted = models.CharField(max_length=6, choices=Wanted, default=Wanted.DAILY)
    weekday = models.PositiveSmallIntegerField(default=1)
    days_before = models.PositiveSmallIntegerField(default=7)
    on_due = models.BooleanField(default=True)
    after_due = models.BooleanField(default=True)

    class Meta:
        verbose_name, verbose_name_plural = _("påminnelser"), _("påminnelser")
        constraints = [
            models.CheckConstraint(condition=Q(wanted__in=Wanted), name="reminders_wanted"),
            models.CheckConstraint(condition=Q(weekday__range=(1, 7)), name="reminders_weekday"),
            models.CheckConstraint(
                condition=Q(days_before__range=(0, 30)), name="reminders_days_before"
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_wanted_display())


class CalendarKey(models.Model):
    """The secret in the address of a person's calendar feed, of which only the hash is kept."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("skapad"))
    last_used_at = models.DateTimeField(_("senast hämtad"), null=True)
    revoked_at = models.DateTimeField(_("stängd"), null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("kalenderadress"), _("kalenderadresser")
        constraints = [
            models.UniqueConstraint(
                "owner", condition=Q(revoked_at=None), name="one_open_calendar_key"
            )
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)


class DigestSent(models.Model):
    """That a person's mail of a day has been taken on by a worker: one a day at most."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint("owner", "day", name="one_digest_a_day")]

    def __str__(self) -> str:
        return str(self.day)


class Notice(models.Model):
    """Something that happened without the person, to read and tick off: "Du ansvarar nu för …"."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    text = models.CharField(_("besked"), max_length=300)
    url = models.CharField(max_length=300)
    created_at = models.DateTimeField(_("när"), auto_now_add=True)
    seen_at = models.DateTimeField(_("läst"), null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("besked"), _("besked")
        indexes = [models.Index("owner", condition=Q(seen_at=None), name="notice_unseen")]

    def __str__(self) -> str:
        return self.text
