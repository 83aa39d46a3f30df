"""Reading batches, and what an import needs to know: units, and the totals that count today."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import cast

from django.db.models import QuerySet

from samkoll.accounts.models import User
from samkoll.core.months import Month
from samkoll.imports import comparison, policies, profiles
from samkoll.imports.comparison import MonthChange
from samkoll.imports.models import Batch, BatchMonth, BatchState, ProfileDraft
from samkoll.imports.profiles import Profile
from samkoll.imports.totals import WHOLE_FILE, Totals
from samkoll.imports.units import FOREVER, UnitPeriod, Units
from samkoll.org.models import Unit
from samkoll.stats.engine.facts import Convention
from samkoll.stats.models import Derivation

TOTALS = ("month", "rows", "persons", "sums")


Period = tuple[date, date]


def visible_to(user: User, today: date) -> QuerySet[Batch]:
    """All batches for whoever may read imports, none for others."""
    return Batch.objects.all() if policies.can_read(user, today) else Batch.objects.none()


def units() -> Units:
    """The whole organisation of all times, the latest first where a code was used again."""
    rows = Unit.objects.order_by("-valid_from", "code")
    return Units(
        UnitPeriod(
            unit.pk,
            unit.code,
            unit.name,
            Month.containing(unit.valid_from).index,
            Month.containing(unit.valid_to).index if unit.valid_to else FOREVER,
        )
        for unit in rows
    )


def current_totals(
    source: str, kind: str, months: Iterable[int], *, before: datetime | None = None
) -> dict[int, Totals]:
    """Control totals of the version of each month that counts today, by ``Month.index``.

    With ``before`` the version that was committed last before that time.
    """
    rows = BatchMonth.objects.filter(
        batch__state=BatchState.COMMITTED,
        batch__profile__source=source,
        batch__profile__kind=kind,
        month__in=[*months],
    )
    if before is not None:
        rows = rows.filter(batch__committed_at__lt=before)
    newest = rows.order_by("month", "-batch__committed_at", "-batch").distinct("month")
    return {row["month"]: Totals(**row) for row in newest.values(*TOTALS)}


def changes_of(batch: Batch) -> tuple[MonthChange, ...]:
    """A batch's months beside what counts today; beside what counted before it once committed."""
    profile = batch.profile
    return _compared(
        profile.source, profile.kind, totals_of(batch), batch.period, batch.committed_at
    )


def compared(
    profile: Profile, totals: Iterable[Totals], period: Period | None = None
) -> tuple[MonthChange, ...]:
    """Each month of a file beside what counts today."""
    return _compared(profile.source, profile.kind, list(totals), period, None)


def _compared(
    source: str, kind: str, new: list[Totals], period: Period | None, before: datetime | None
) -> tuple[MonthChange, ...]:
    wanted = {month for each in new for month in (each.month, each.month - 1)}
    current = current_totals(source, kind, wanted, before=before)
    changes = comparison.compare(new, current)
    if period is None:
        return changes
    first, last = (Month.containing(day).index for day in period)
    return tuple(c for c in changes if c.new.month == WHOLE_FILE or first <= c.new.month <= last)


def totals_of(batch: Batch) -> list[Totals]:
    """A batch's own control totals, oldest month first."""
    return [Totals(**row) for row in batch.months.order_by("month").values(*TOTALS)]


def committed(sha256: str, profile: Profile) -> Batch | None:
    """The committed batch of the same file under the same version of the profile."""
    found = Batch.objects.committed().filter(sha256=sha256, profile__sha256=profile.sha256)
    return found.first()


def uploads() -> set[str]:
    """Names in the vault that a batch or a started profile still refers to.

    Others are orphans for the doctor.
    """
    rows = (Batch.objects, ProfileDraft.objects)
    return {
        name for each in rows for name in each.exclude(upload="").values_list("upload", flat=True)
    }


def profile_of(batch: Batch) -> Profile:
    """The profile in the version that the batch was read with."""
    return profiles.from_dict(batch.profile.content)


def convention(batch: Batch) -> Convention:
    """How short and long sick leave are told apart: as in the latest derivation, else as the
    batch's profile says."""
    latest = Derivation.objects.filter(undone=False).order_by("-pk").first()
    return cast("Convention", latest.convention if latest else profile_of(batch).convention)


def derivations(user: User, today: date) -> QuerySet[Derivation]:
    """Every run from records to months for whoever may read imports, the newest first."""
    found = Derivation.objects.order_by("-derived_at", "-pk")
    return found if policies.can_read(user, today) else found.none()


def derivation_of(batch: Batch) -> Derivation | None:
    """The run that made months of a batch's records."""
    return Derivation.objects.filter(pk=batch.derivation).first() if batch.derivation else None
