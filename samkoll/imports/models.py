"""Import batches (importer): what came in, what was wrong with it, and whether it counts.

Nothing here holds an identity number in clear: quarantined rows are encrypted, faults name rows
and columns only.
"""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ProfileQuerySet(models.QuerySet["MappingProfile"]):
    """Filters on our own columns."""

    def current(self) -> Self:
        """The version of each profile that new files are read with; none of a retired one."""
        return self.filter(is_current=True)


class MappingProfile(models.Model):
    """One version of a mapping profile. What it says is never changed: a change is a new version.

    ``is_current``: new files are read with it; no version of a retired profile is. A shipped
    version has no ``actor_name``. ``stored_at`` is empty where nobody made it by hand.
    """

    name = models.CharField(_("profil"), max_length=60)
    version = models.PositiveIntegerField(_("version"))
    kind = models.CharField(_("sort"), max_length=12, default="months")
    title = models.CharField(_("namn"), max_length=200)
    source = models.CharField(_("källa"), max_length=40)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64, unique=True)
    is_current = models.BooleanField(_("gäller"), default=False)
    note = models.CharField(_("vad som är nytt"), max_length=300, blank=True)
    actor_name = models.CharField(_("vem"), max_length=200, blank=True)
    stored_at = models.DateTimeField(_("när"), null=True)
    retired_at = models.DateTimeField(_("avslutad"), null=True)

    objects = ProfileQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("profil"), _("profiler")
        constraints = [
            models.UniqueConstraint("name", "version", name="profile_version"),
            models.UniqueConstraint(
                "name", condition=Q(is_current=True), name="profile_one_current"
            ),
            models.CheckConstraint(
                condition=Q(is_current=False) | Q(retired_at__isnull=True),
                name="profile_current_not_retired",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} version {self.version}"


class ProfileDraft(models.Model):
    """A profile that somebody is making from a sample. Only its owner sees it.

    ``content`` holds what has been chosen so far. ``upload`` names the sample (the beginning of a
    file) in the vault; it is deleted with the draft. ``base`` is the version that is changed.
    """

    owner = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    base = models.ForeignKey(MappingProfile, models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(_("fil"), max_length=200, blank=True)
    upload = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField(_("storlek"), default=0)
    content = models.JSONField(default=dict)
    created_at = models.DateTimeField(_("påbörjad"))
    changed_at = models.DateTimeField(_("ändrad"))

    class Meta:
        verbose_name, verbose_name_plural = _("påbörjad profil"), _("påbörjade profiler")
        indexes = [
            models.Index("owner", models.F("changed_at").desc(), name="profile_draft_newest"),
            models.Index("changed_at", name="profile_draft_age"),
        ]

    def __str__(self) -> str:
        return self.file_name or str(self.base)


class BatchState(models.TextChoices):
    RECEIVED = "received", _("mottagen, kontrolleras")
    PREVIEWED = "previewed", _("kontrollerad, väntar på besked")
    COMMITTED = "committed", _("inläst")
    REFUSED = "refused", _("avvisad")
    UNDONE = "undone", _("ångrad")


class BatchQuerySet(models.QuerySet["Batch"]):
    """Filters on our own columns."""

    def committed(self) -> Self:
        """Batches whose months count (or counted until a later file replaced them)."""
        return self.filter(state=BatchState.COMMITTED)


class Batch(models.Model):
    """One file that somebody imported or tried to: its counts, its faults and its fate.

    ``rows_read`` = accepted + quarantined + protected. ``snapshot`` is the content hash of the
    facts. ``upload`` names the encrypted file while the batch waits for an answer, else empty.
    ``detected``: notes, unknown codes and sheet of ``examining.Findings``. Records are complete for
    the days of the period; ``derivation`` is the run that made months of them. ``corrects``: the
    import whose faulty rows these are, corrected.
    """

    file_name = models.CharField(_("fil"), max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField(_("storlek"))
    profile = models.ForeignKey(MappingProfile, models.PROTECT, related_name="batches")
    state = models.CharField(max_length=9, choices=BatchState, default=BatchState.RECEIVED)
    reason = models.TextField(_("skäl"), blank=True)
    encoding = models.CharField(_("teckenkodning"), max_length=20, blank=True)
    unused = models.JSONField(_("kolumner som inte används"), default=list)
    detected = models.JSONField(_("hur filen lästes"), default=dict)
    period_first = models.DateField(_("från och med"), null=True)
    period_last = models.DateField(_("till och med"), null=True)
    derivation = models.BigIntegerField(null=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")

    rows_read = models.PositiveIntegerField(_("lästa rader"), default=0)
    rows_accepted = models.PositiveIntegerField(_("godkända rader"), default=0)
    rows_quarantined = models.PositiveIntegerField(_("rader med fel"), default=0)
    rows_protected = models.PositiveIntegerField(_("rader med skyddad identitet"), default=0)
    persons_protected = models.PositiveIntegerField(default=0)
    persons_unverified = models.PositiveIntegerField(default=0)
    fault_counts = models.JSONField(default=list)

    upload = models.CharField(max_length=64, blank=True)
    snapshot = models.CharField(max_length=64, blank=True)
    job = models.ForeignKey("desk.Job", models.SET_NULL, null=True, related_name="+")
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(_("vem"), max_length=200)
    created_at = models.DateTimeField(_("när"))
    committed_at = models.DateTimeField(_("inläst"), null=True)
    ended_at = models.DateTimeField(null=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("import"), _("importer")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=BatchState), name="batch_state"),
            models.CheckConstraint(
                condition=Q(committed_at__isnull=False)
                | ~Q(state__in=[BatchState.COMMITTED, BatchState.UNDONE]),
                name="batch_committed_at",
            ),
            models.CheckConstraint(
                condition=Q(period_last__gte=models.F("period_first"))
                | Q(period_first=None, period_last=None),
                name="batch_period",
            ),
            models.UniqueConstraint(
                "sha256", "profile", condition=Q(state="committed"), name="file_imported_once"
            ),
        ]
        indexes = [models.Index(models.F("created_at").desc(), name="batch_newest")]

    def __str__(self) -> str:
        return f"{self.file_name} ({self.pk})"

    @property
    def period(self) -> tuple[date, date] | None:
        """The days for which its records are complete."""
        first, last = self.period_first, self.period_last
        return (first, last) if first and last else None


class BatchMonth(models.Model):
    """Control totals (kontrollsummor) of one month of a batch, or of the whole file (month 0).

    ``sums`` are those of the kind of file (see ``totals``). Hours in hundredths.
    """

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="months")
    month = models.IntegerField(_("månad"))
    rows = models.PositiveIntegerField(_("rader"))
    persons = models.PositiveIntegerField(_("personer"))
    sums = models.JSONField(_("summor"), default=dict)

    class Meta:
        constraints = [models.UniqueConstraint("batch", "month", name="batch_month_once")]
        indexes = [models.Index("month", "batch", name="batch_month")]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.month}"


class RowFault(models.Model):
    """What is wrong with one row: its number, the column and the reason. No personal data.

    The first thousand of a batch are kept; ``Batch.fault_counts`` counts all.
    """

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="faults")
    row = models.PositiveIntegerField(_("rad"))
    column = models.CharField(_("kolumn"), max_length=100)
    kind = models.CharField(max_length=20)
    reason = models.CharField(_("skäl"), max_length=400)

    class Meta:
        verbose_name, verbose_name_plural = _("fel på rad"), _("fel på rader")
        ordering = ["row", "id"]
        indexes = [models.Index("batch", "row", "id", name="fault_row")]

    def __str__(self) -> str:
        return f"{self.row} {self.column}"


class QuarantineQuerySet(models.QuerySet["QuarantinedRow"]):
    """Filters on our own columns."""

    def expired(self, today: date) -> Self:
        """Rows whose time is over; the day of expiry itself is the last day."""
        return self.filter(expires_on__lt=today)


class QuarantinedRow(models.Model):
    """A faulty row as it stood in the file, encrypted, for as long as it may be corrected."""

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="quarantined")
    row = models.PositiveIntegerField(_("rad"))
    payload = models.BinaryField()
    expires_on = models.DateField(_("sparas till"))

    objects = QuarantineQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint("batch", "row", name="quarantined_once")]
        indexes = [models.Index("expires_on", name="quarantine_expiry")]

    def __str__(self) -> str:
        return f"{self.batch_id}: {self.row}"
