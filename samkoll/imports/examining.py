"""A whole file examined: read, checked, pseudonymised and settled part by part. No Django.

    check = checking(profile, units, pseudonyms, today=today)
    findings = examine(source, check, folder=folder, sink=writer.write)

Facts go to ``sink`` one part at a time; person-months go month by month, oldest first, sorted by
month, unit and sex. Whether the sink keeps them is decided afterwards from the ``Findings``.
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

import polars as pl

from samkoll.core.months import Month
from samkoll.imports.checks import Check
from samkoll.imports.faults import FaultLog, FileFault
from samkoll.imports.profiles import Profile
from samkoll.imports.pseudonyms import Pseudonyms
from samkoll.imports.reading import CHUNK_BYTES, Chunk, Reader, Source
from samkoll.imports.records import RecordCheck
from samkoll.imports.rows import RowCheck
from samkoll.imports.staging import Stage
from samkoll.imports.totals import WHOLE_FILE, Totals, merged
from samkoll.imports.units import Units

Sink = Callable[[pl.DataFrame], object]
Progress = Callable[[int], object]
Base = Callable[[list[int]], Iterator[pl.DataFrame]]
Step = TypeVar("Step")


@dataclass(frozen=True, slots=True)
class Findings:
    """What a file held. ``read`` = ``accepted`` + ``quarantined`` + ``protected_rows``.

    ``unverified`` counts persons with a temporary identity number, ``protected`` persons who were
    refused. ``unused`` are heads that no logical column reads. ``notes`` counts what was left out,
    filled in or put right; ``unknown`` are codes that only the profile's fallback knows.
    """

    encoding: str
    unused: tuple[str, ...]
    read: int
    accepted: int
    protected_rows: int
    protected: int
    unverified: int
    faults: FaultLog
    totals: tuple[Totals, ...]
    notes: dict[str, int] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    sheet: str = ""

    @property
    def quarantined(self) -> int:
        return len(self.faults.rows)

    @property
    def months(self) -> tuple[Month, ...]:
        """The months of which some row was accepted."""
        return tuple(Month(each.month) for each in self.totals if each.month != WHOLE_FILE)


def checking(profile: Profile, units: Units, pseudonyms: Pseudonyms, *, today: date) -> Check:
    """The check of the profile's kind of file."""
    kind = RowCheck if profile.kind == "months" else RecordCheck
    return kind(profile, units, pseudonyms, today=today)


def examine(
    source: Source,
    check: Check,
    *,
    folder: Path,
    sink: Sink | None = None,
    progress: Progress | None = None,
    base: Base | None = None,
    chunk_bytes: int = CHUNK_BYTES,
) -> Findings:
    """Read and check the whole file; ``progress`` hears how many bytes have been read.

    ``base`` gives facts that count already for the parts of the file: it then corrects them.
    Pseudonymised rows lie under ``folder`` meanwhile and are gone afterwards.
    Raises: FileFault when the file as a whole cannot be used; then nothing of it may be kept.
    """
    reader = Reader(source, check.profile, chunk_bytes=chunk_bytes)
    with (
        tempfile.TemporaryDirectory(dir=folder, prefix="import-") as place,
        Stage(Path(place), check.key) as stage,
    ):
        read = _read_all(reader, check, stage, progress)
        if read == 0:
            raise FileFault(f"Filen {source.name} har rubriker men inga rader.")
        accepted = -_with_base(stage, base)
        totals: list[Totals] = []
        for part, facts in _ahead(check.settled(stage)):
            accepted += facts.height
            totals.extend(part)
            if sink:
                sink(facts)
    _refuse_contradiction(check.faults)
    tally = check.tally
    notes = Counter(tally.notes)
    notes.update(reader.left_out)
    return Findings(
        encoding=reader.encoding or "",
        unused=reader.layout.unused if reader.layout else (),
        read=read,
        accepted=accepted,
        protected_rows=tally.protected_rows,
        protected=len(tally.protected),
        unverified=len(tally.unverified - tally.protected),
        faults=check.faults,
        totals=merged(totals),
        notes={name: count for name, count in sorted(notes.items()) if count},
        unknown=tuple(sorted(tally.unknown)),
        sheet=reader.sheet,
    )


def _read_all(reader: Reader, check: Check, stage: Stage, progress: Progress | None) -> int:
    read = 0
    last: Chunk | None = None
    for chunk in _ahead(reader.chunks()):
        check.faults.add_uneven(chunk.uneven, reader.heads())
        checked = check(chunk.frame)
        stage.add(checked.facts)
        read += checked.rows + len(chunk.uneven)
        last = chunk if chunk.last_row else last
        if progress:
            progress(chunk.bytes_read)
    _refuse_half(last, check.faults, reader)
    return read


def _with_base(stage: Stage, base: Base | None) -> int:
    """Put facts that count already beside those of the file; returns how many."""
    count = 0
    for facts in base(stage.begun()) if base else ():
        stage.add(facts)
        count += facts.height
    return count


def _refuse_contradiction(faults: FaultLog) -> None:
    """Rows that count already, numbered 0 and below, may not become faulty by a correction."""
    if any(row <= 0 for row in faults.rows):
        first = next((f for f in sorted(faults.listed) if f.row > 0), "")
        raise FileFault(
            f"Rättelsen motsäger rader som redan är inlästa. Inget är ändrat. {first}".strip()
        )


def _ahead(steps: Iterator[Step]) -> Iterator[Step]:
    """The same steps; the next is made in another thread while one is used."""
    with ThreadPoolExecutor(1, "import-ahead") as pool:
        coming = pool.submit(next, steps, None)
        while (step := coming.result()) is not None:
            coming = pool.submit(next, steps, None)
            yield step


def _refuse_half(last: Chunk | None, faults: FaultLog, reader: Reader) -> None:
    """A last row that has too few fields, or is faulty and lacks its line end, was cut off."""
    if last is None:
        return
    wanted = len(reader.heads())
    found = len(dict(last.uneven).get(last.last_row, reader.heads()))
    if found < wanted or (not last.ended and last.last_row in faults.rows):
        fields = f" ({found} av {wanted} fält)" if found < wanted else ""
        raise FileFault(
            f"Filen slutar mitt i rad {last.last_row}{fields}. Hämta hela filen på nytt."
        )


def faulty_rows(
    source: Source, findings: Findings, check: Check
) -> Iterator[tuple[int, list[str]]]:
    """The cells of every faulty row that may be kept, read again from the file: (row, cells).

    Left out are rows of protected persons, rows whose mark of protection is not readable, and
    uneven rows, where nobody can tell.
    """
    wanted = list(findings.faults.rows)
    for chunk in Reader(source, check.profile).chunks():
        found = check.storable(chunk.frame.filter(pl.col("row").is_in(wanted)))
        yield from ((row, list(cells)) for row, *cells in found.iter_rows())
