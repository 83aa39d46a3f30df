"""Facts from an HR system's record files: derived, published month by month, taken back.

The months are worked out before the transaction; it publishes only those that differ from what
counts, and takes back earlier derived months that no records cover any more. ADR 0135, 0136.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.core.months import Month
from samkoll.desk import services as desk
from samkoll.desk.models import Job
from samkoll.org.models import Unit
from samkoll.stats import keeping, policies, services
from samkoll.stats.engine.facts import Convention
from samkoll.stats.facts import SnapshotWriter, StagedSnapshot
from samkoll.stats.models import DERIVED, Derivation, MonthVersion, RecordFile
from samkoll.stats.policies import Actor
from samkoll.stats.records.schema import Kind
from samkoll.stats.spells import Basis, RecordSource, UnitSpan, disjoint

if TYPE_CHECKING:
    from samkoll.stats.spells import Derived
    from samkoll.stats.spells.deriving import Progress

SOURCE = "payroll"
TASK, QUEUE = "samkoll.stats.jobs.derive", "imports"
_FOREVER = 9998 * 12 + 11


class NothingToDerive(DomainError):
    """The records that count do not make a whole month."""


class RecordsGone(DomainError):
    """A record file that counts is not on this server."""


class Overtaken(DomainError):
    """Records were kept or withdrawn while facts were derived from the ones before."""


class RowsLost(DomainError):
    """Months would have more than ten per cent fewer rows than what counts today."""


@dataclass(frozen=True, slots=True)
class MonthRows:
    """Rows of a derived month, and of the version that counts today (None: no version)."""

    month: int
    rows: int
    before: int | None

    @property
    def dropped(self) -> bool:
        """More than ten per cent fewer rows than before."""
        return self.before is not None and self.rows * 10 < self.before * 9


def derive(
    *,
    actor: Actor,
    now: datetime,
    convention: Convention = "day_split",
    confirm_drop: bool = False,
    progress: Progress | None = None,
) -> Derivation:
    """Make facts of all record files that count, and let the months that changed count.

    ``convention``: how short and long sick leave are told apart; another one than before changes
    every month. ``confirm_drop`` accepts months that lose more than ten per cent of their rows.
    Raises: PermissionDenied, NothingToDerive, RecordsGone, RowsLost, Overtaken.
    """
    from samkoll.stats import spells

    require(policies.can_derive(actor, timezone.localdate(now)))
    files = tuple(RecordFile.objects.current().order_by("pk"))
    basis = basis_of(files, convention)
    if not basis.months:
        raise NothingToDerive(_why_none(basis))
    work = Path(settings.FACTS) / "work"
    with spells.derive(basis, work, progress) as derived:
        changed = _changed(derived, convention)
        if any(month.dropped for month in changed) and not confirm_drop:
            raise RowsLost(_lost(changed))
        staged = _staged(derived, [month.month for month in changed], files, convention)
    with transaction.atomic():
        return _published(basis, files, derived, changed, staged, actor=actor, now=now)


@transaction.atomic
def undo(*, derivation_id: int, actor: Actor, now: datetime) -> Derivation:
    """Take a derivation back: its months count again as before it. Raises: PermissionDenied."""
    require(policies.can_derive(actor, timezone.localdate(now)))
    found = Derivation.objects.select_for_update().get(pk=derivation_id)
    services.retract(batch=found.batch, actor=actor, now=now)
    found.undone = True
    found.save(update_fields=["undone"])
    audit.record("stats.derivation_undone", actor, found)
    return found


@transaction.atomic
def ask(*, actor: User, now: datetime, convention: Convention, confirm_drop: bool = False) -> Job:
    """Have facts derived by a worker; the asker's desk tells how it goes.

    Raises: PermissionDenied.
    """
    require(policies.can_derive(actor, timezone.localdate(now)))
    job = desk.open_job(owner=actor, label=_("Månader ur personalsystemets filer"))
    asked = {
        "job_id": job.pk,
        "actor_id": actor.pk,
        "convention": convention,
        "confirm_drop": confirm_drop,
    }

    def send() -> None:
        from procrastinate.contrib.django import app

        app.configure_task(TASK, queue=QUEUE).defer(**asked)

    transaction.on_commit(send)
    audit.record("stats.derivation_asked", actor, job, convention=convention)
    return job


def basis_of(files: Iterable[RecordFile], convention: Convention) -> Basis:
    """The files and the units of all times, as values. Raises: RecordsGone."""
    units = Unit.objects.values_list("code", "pk", "valid_from", "valid_to")
    spans = [UnitSpan(code, pk, _index(first), _index(last)) for code, pk, first, last in units]
    return Basis(tuple(map(_source, files)), disjoint(spans), convention)


# -- inside ------------------------------------------------------------------------------------


def _index(day: date | None) -> int:
    return Month.containing(day).index if day else _FOREVER


def _source(file: RecordFile) -> RecordSource:
    path = Path(settings.FACTS) / f"{file.sha256}.parquet"
    if not path.exists():
        raise RecordsGone(
            _("Registerfilen %(hash)s saknas på disken. Återställ den från säkerhetskopian.")
            % {"hash": file.sha256[:12]}
        )
    kind = cast(Kind, file.kind)
    return RecordSource(kind, path, file.pk, file.first_day, file.last_day, file.source)


def _why_none(basis: Basis) -> str:
    if not basis.of("absence") or not basis.of("employment"):
        return _("Läs in både frånvaro och anställningar först: månaderna räknas fram ur dem.")
    return _(
        "Ingen månad är hel i filerna med frånvaro, anställningar och arbetad tid. "
        "Kontrollera vilka perioder filerna gäller."
    )


def _current() -> dict[int, MonthVersion]:
    rows = MonthVersion.objects.current().filter(source=SOURCE).select_related("snapshot")
    return {row.month: row for row in rows.order_by("month")}


def _changed(derived: Derived, convention: Convention) -> list[MonthRows]:
    """The derived months that are not what counts already, row by row."""
    from samkoll.stats.spells import signatures_of

    current = {month: version for month, version in _current().items() if month in derived.months}
    alike: dict[str, set[int]] = {}
    for month, version in current.items():
        same = version.snapshot.convention == convention
        if same and derived.knows[month] == set(version.snapshot.knows):
            alike.setdefault(version.snapshot.sha256, set()).add(month)
    known: dict[int, tuple[int, int]] = {}
    for sha256, months in alike.items():
        found = signatures_of(Path(settings.FACTS) / f"{sha256}.parquet")
        known |= {month: found[month] for month in months if month in found}
    return [
        MonthRows(month, mark[0], current[month].rows if month in current else None)
        for month, mark in sorted(derived.signatures().items())
        if known.get(month) != mark
    ]


def _lost(changed: list[MonthRows]) -> str:
    worst = next(month for month in changed if month.dropped)
    return _(
        "%(month)s får %(rows)d rader, mot %(before)d som gäller nu. Kontrollera filerna, eller "
        "bekräfta att det ska vara så."
    ) % {"month": Month(worst.month), "rows": worst.rows, "before": worst.before}


def _staged(
    derived: Derived, months: list[int], files: tuple[RecordFile, ...], convention: Convention
) -> list[StagedSnapshot]:
    """The changed months as finished snapshots: one for all months that know the same columns."""
    alike: dict[frozenset[str], list[int]] = {}
    for month in months:
        alike.setdefault(derived.knows[month], []).append(month)
    stands_on = "".join(file.sha256 for file in files)
    metadata = {
        "source": SOURCE,
        "convention": convention,
        "batch": hashlib.sha256(stands_on.encode()).hexdigest(),
    }
    return [
        _snapshot(derived, some, {**metadata, "knows": ",".join(sorted(knows))})
        for knows, some in alike.items()
    ]


def _snapshot(derived: Derived, months: list[int], metadata: dict[str, str]) -> StagedSnapshot:
    with SnapshotWriter(settings.FACTS, metadata) as writer:
        for frame in derived.rows(months):
            writer.write(frame)
        return writer.finish()


def _published(
    basis: Basis,
    files: tuple[RecordFile, ...],
    derived: Derived,
    changed: list[MonthRows],
    staged: list[StagedSnapshot],
    *,
    actor: Actor,
    now: datetime,
) -> Derivation:
    keeping.lock()
    if tuple(RecordFile.objects.current().order_by("pk")) != files:
        raise Overtaken(_("Fler filer har lästs in under tiden. Börja om, så kommer de med."))
    made = Derivation.objects.create(
        source=SOURCE,
        convention=basis.convention,
        months=list(basis.months),
        changed=[month.month for month in changed],
        report={**derived.report.as_dict(), "incomplete": list(basis.incomplete)},
        actor_name=str(actor)[:200],
        derived_at=now,
    )
    made.files.set(files)
    stale = _without_basis(basis, actor, now)
    for snapshot in staged:
        services.publish(snapshot, batch=made.batch, actor=actor, now=now)
    audit.record(
        "stats.derived",
        actor,
        made,
        convention=basis.convention,
        changed=made.changed,
        stale=stale,
        files=[file.pk for file in files],
    )
    return made


def _without_basis(basis: Basis, actor: Actor, now: datetime) -> list[int]:
    """Take back derived months that the records do not make any more, however many times."""
    found: set[int] = set()
    while True:
        stale = [
            version
            for month, version in _current().items()
            if version.batch.startswith(DERIVED) and month not in basis.months
        ]
        if not stale:
            return sorted(found)
        for batch in sorted({version.batch for version in stale}):
            months = [version.month for version in stale if version.batch == batch]
            services.retract(batch=batch, actor=actor, now=now, months=months)
            found.update(months)
