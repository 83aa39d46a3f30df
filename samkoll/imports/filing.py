"""Writing down what a file held: batch, months, faults, quarantined rows, profile version."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.utils.translation import gettext as _

from samkoll.core.errors import DomainError
from samkoll.core.text import number
from samkoll.imports.models import Batch, BatchMonth, MappingProfile, QuarantinedRow, RowFault
from samkoll.imports.profiles import Profile, UnusableProfile
from samkoll.imports.vault import Vault

if TYPE_CHECKING:
    from samkoll.imports.checks import Check
    from samkoll.imports.examining import Findings
    from samkoll.imports.reading import Source

_LOCK = 0x5A4D4B01  # one import at a time decides what counts
_AT_ONCE = 2_000


class AlreadyImported(DomainError):
    """The same file was imported before under the same version of the profile."""

    def __init__(self, batch: Batch) -> None:
        self.batch = batch
        super().__init__(
            _(
                "Filen är redan inläst (import %(pk)s, %(rows)s rader). Inget har ändrats. "
                "Ångra den importen först om filen ska läsas in på nytt."
            )
            % {"pk": batch.pk, "rows": number(batch.rows_accepted)}
        )


def lock_imports() -> None:
    """Let one import at a time decide and publish, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def profile_row(profile: Profile) -> MappingProfile:
    """The stored version of a profile. One that ships is stored at its first use.

    It becomes the one that is used unless somebody has made own versions of it. Raises:
    UnusableProfile when it changed under its number.
    """
    found = MappingProfile.objects.filter(name=profile.name, version=profile.version).first()
    if found is None:
        found, others = unsaved(profile), MappingProfile.objects.filter(name=profile.name)
        found.is_current = not others.exclude(actor_name="").exists()
        if found.is_current:
            others.update(is_current=False)
        found.save()
        return found
    if found.sha256 != profile.sha256:
        raise UnusableProfile(
            _("Profilen %(profile)s har ändrats utan att få ett nytt versionsnummer.")
            % {"profile": profile.label}
        )
    return found


def unsaved(profile: Profile) -> MappingProfile:
    """A version of a profile as a row that is not stored yet, as the one that is used."""
    return MappingProfile(
        name=profile.name,
        version=profile.version,
        kind=profile.kind,
        title=profile.title,
        source=profile.source,
        content=asdict(profile),
        sha256=profile.sha256,
        is_current=True,
    )


def write_findings(batch: Batch, findings: Findings) -> None:
    """Set the batch's counts, and replace its months and its listed faults. Does not save it."""
    batch.encoding, batch.unused = findings.encoding, list(findings.unused)
    batch.rows_read, batch.rows_accepted = findings.read, findings.accepted
    batch.rows_quarantined = findings.quarantined
    batch.rows_protected, batch.persons_protected = findings.protected_rows, findings.protected
    batch.persons_unverified = findings.unverified
    batch.detected = {
        "notes": findings.notes,
        "unknown": list(findings.unknown),
        "sheet": findings.sheet,
    }
    batch.fault_counts = [
        {"column": column, "kind": kind, "count": count}
        for (column, kind), count in findings.faults.counts.most_common()
    ]


def write_rows(batch: Batch, findings: Findings) -> None:
    """Replace the months and the listed faults of a saved batch."""
    batch.months.all().delete()
    batch.faults.all().delete()
    BatchMonth.objects.bulk_create(
        BatchMonth(batch=batch, **totals.as_dict()) for totals in findings.totals
    )
    RowFault.objects.bulk_create(
        [
            RowFault(
                batch=batch,
                row=fault.row,
                column=fault.column[:100],
                kind=fault.kind,
                reason=fault.reason[:400],
            )
            for fault in sorted(findings.faults.listed)
        ],
        batch_size=_AT_ONCE,
    )


Sealed = list[tuple[int, bytes]]


def seal_rows(
    source: Source, sha256: str, check: Check, findings: Findings, vault: Vault
) -> Sealed:
    """The faulty rows that may be kept, read again and encrypted, as (row, sealed)."""
    if not findings.quarantined:
        return []
    from samkoll.imports.examining import faulty_rows

    return [
        (row, vault.seal(json.dumps(cells).encode(), bound(sha256, row)))
        for row, cells in faulty_rows(source, findings, check)
    ]


def bound(sha256: str, row: int) -> str:
    """What a quarantined row is bound to: its file and its number."""
    return f"{sha256}:{row}"


def write_quarantine(batch: Batch, sealed: Iterable[tuple[int, bytes]], expires_on: date) -> None:
    """Keep the encrypted rows until their day."""
    QuarantinedRow.objects.bulk_create(
        (
            QuarantinedRow(batch=batch, row=row, payload=payload, expires_on=expires_on)
            for row, payload in sealed
        ),
        batch_size=_AT_ONCE,
    )


def summary(batch: Batch) -> dict[str, Any]:
    """What the change log tells of a batch."""
    return {
        "file": batch.file_name,
        "sha256": batch.sha256,
        "profile": str(batch.profile),
        "kind": batch.profile.kind,
        "months": [str(row.month) for row in batch.months.order_by("month")],
        "rows": batch.rows_accepted,
        "quarantined": batch.rows_quarantined,
        "protected": batch.rows_protected,
    }
