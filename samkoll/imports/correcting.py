"""Faulty rows to correct: written as a file in the profile's own layout, and read back in.

The file holds what the quarantine keeps, no more: heads, the rows as they were read, and the
reason behind each. Corrected rows are added to what their import made count (``base_of``).
"""

from __future__ import annotations

import csv
import io
import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.utils.translation import gettext as _

from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.core.months import Month
from samkoll.imports import filing, policies, queries
from samkoll.imports.faults import FileFault
from samkoll.imports.models import Batch, QuarantinedRow
from samkoll.imports.policies import Actor
from samkoll.imports.profiles import Profile
from samkoll.imports.vault import Vault
from samkoll.stats.models import MonthVersion, RecordFile

if TYPE_CHECKING:
    import polars as pl

REASON: Final = "Fel att rätta"
_AT_ONCE: Final = 500
_EARLIER: Final = 10**9

Base = Callable[[list[int]], "Iterator[pl.DataFrame]"]


def to_correct(*, batch: Batch, actor: Actor, today: date) -> Iterator[bytes]:
    """The quarantined rows as a file, piece by piece; that they are read is logged first.

    Raises: PermissionDenied, also when the rows have been deleted.
    """
    require(policies.can_correct(actor, batch, today))
    rows = batch.quarantined.order_by("row")
    audit.read("import.quarantine", actor, batch, rows=rows.count())
    return _written(batch, queries.profile_of(batch), _open(batch))


def _open(batch: Batch) -> Iterator[tuple[int, list[str]]]:
    vault = Vault.from_key_file(settings.UPLOADS, settings.KEY_FILE)
    rows: Iterator[QuarantinedRow] = batch.quarantined.order_by("row").iterator(_AT_ONCE)
    for kept in rows:
        bound = filing.bound(batch.sha256, kept.row)
        yield kept.row, json.loads(vault.unseal(bytes(kept.payload), bound))


def _written(
    batch: Batch, profile: Profile, rows: Iterator[tuple[int, list[str]]]
) -> Iterator[bytes]:
    reasons: dict[int, list[str]] = defaultdict(list)
    for fault in batch.faults.all():
        reasons[fault.row].append(f"{fault.column}: {fault.reason}")
    line = _fixed if profile.layout == "fixed" else _delimited
    codec = {"auto": "utf-8-sig", "utf-16": "utf-16"}.get(profile.encoding, profile.encoding)
    above = "\r\n" * profile.skip_rows
    below = "\r\n" * (profile.head_rows - 1)
    heads = line(profile, [*profile.columns.values()], REASON) if profile.head_rows else ""
    yield (above + heads + below).encode(codec, "replace")
    codec = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(codec, codec)
    for number, cells in rows:
        yield line(profile, cells, " ".join(reasons.get(number, ()))).encode(codec, "replace")


def _delimited(profile: Profile, cells: list[str], reason: str) -> str:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=profile.separator, lineterminator="\r\n").writerow([*cells, reason])
    return text.getvalue()


def _fixed(profile: Profile, cells: list[str], reason: str) -> str:
    width = max(last for _first, last in profile.positions.values())
    line = [" "] * width
    places = [profile.positions[column] for column in profile.columns]
    for cell, (first, last) in zip(cells, places, strict=True):
        line[first - 1 : last] = cell[: last - first + 1].ljust(last - first + 1)
    return "".join(line) + f" {reason}\r\n"


def base_of(batch: Batch) -> Base:
    """What an import made count, for the rows that correct it: of the months that they name, or
    all of its records. Rows of it have numbers of 0 and below.

    Raises: FileFault when a later file has replaced it.
    """

    def rows(parts: list[int]) -> Iterator[pl.DataFrame]:
        read = _months if batch.profile.kind == "months" else _records
        return read(batch, parts)

    return rows


def _months(batch: Batch, months: list[int]) -> Iterator[pl.DataFrame]:
    import polars as pl

    own = MonthVersion.objects.filter(batch=str(batch.pk))
    current = set(own.current().values_list("month", flat=True))
    had = set(own.values_list("month", flat=True))
    for month in months:
        if month in had - current:
            raise FileFault(
                _("%(month)s har ersatts av en senare fil. Rätta den i stället.")
                % {"month": Month(month)}
            )
        if month in current:
            facts = pl.scan_parquet(settings.FACTS / f"{batch.snapshot}.parquet")
            rows = facts.filter(pl.col("month") == month).collect()
            yield rows.select(pl.lit(0, pl.Int64).alias("row"), pl.all())


def _records(batch: Batch, parts: list[int]) -> Iterator[pl.DataFrame]:
    import polars as pl
    import pyarrow.parquet as pq

    from samkoll.imports.records import part_of

    if not RecordFile.objects.current().filter(batch=str(batch.pk)).exists():
        raise FileFault(_("Filen har ersatts av en senare. Rätta den i stället."))
    with pq.ParquetFile(settings.FACTS / f"{batch.snapshot}.parquet") as file:
        for block in file.iter_batches():
            rows = pl.DataFrame(block)
            yield rows.with_columns(pl.col("row") - _EARLIER, part_of())
