"""A whole file examined: read, checked, pseudonymised and settled month by month. No Django.

    check = RowCheck(profile, units, pseudonyms, today=today)
    findings = examine(source, check, folder=folder, sink=writer.write)

Facts go to ``sink`` one month at a time, oldest first, sorted by month, unit and sex. Whether the
sink keeps them is decided afterwards from the ``Findings``.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from samkoll.core.months import Month
from samkoll.imports import staging
from samkoll.imports.endings import Endings
from samkoll.imports.faults import FaultLog, FileFault
from samkoll.imports.reading import CHUNK_BYTES, Chunk, Reader, Source
from samkoll.imports.rows import RowCheck
from samkoll.imports.staging import Stage
from samkoll.imports.totals import MonthTotals

Sink = Callable[[pl.DataFrame], object]
Progress = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Findings:
    """What a file held. ``read`` = ``accepted`` + ``quarantined`` + ``protected_rows``.

    ``unverified`` counts persons with a temporary identity number, ``protected`` persons who were
    refused. ``unused`` are heads that no logical column reads.
    """

    encoding: str
    unused: tuple[str, ...]
    read: int
    accepted: int
    protected_rows: int
    protected: int
    unverified: int
    faults: FaultLog
    totals: tuple[MonthTotals, ...]

    @property
    def quarantined(self) -> int:
        return len(self.faults.rows)

    @property
    def months(self) -> tuple[Month, ...]:
        """The months of which some row was accepted."""
        return tuple(Month(each.month) for each in self.totals)


def examine(
    source: Source,
    check: RowCheck,
    *,
    folder: Path,
    sink: Sink | None = None,
    progress: Progress | None = None,
    chunk_bytes: int = CHUNK_BYTES,
) -> Findings:
    """Read and check the whole file; ``progress`` hears how many bytes have been read.

    Pseudonymised rows lie under ``folder`` meanwhile and are gone afterwards.
    Raises: FileFault when the file as a whole cannot be used; then nothing of it may be kept.
    """
    reader = Reader(source, check.profile, chunk_bytes=chunk_bytes)
    with tempfile.TemporaryDirectory(dir=folder, prefix="import-") as place:
        with Stage(Path(place)) as stage:
            read = _read_all(reader, check, stage, progress)
        if read == 0:
            raise FileFault(f"Filen {source.name} har rubriker men inga rader.")
        totals, hidden = _settle(stage, check, sink)
    tally = check.tally
    return Findings(
        encoding=reader.encoding or "",
        unused=reader.layout.unused if reader.layout else (),
        read=read,
        accepted=sum(each.rows for each in totals),
        protected_rows=tally.protected_rows + hidden,
        protected=len(tally.protected),
        unverified=len(tally.unverified - tally.protected),
        faults=check.faults,
        totals=totals,
    )


def _read_all(reader: Reader, check: RowCheck, stage: Stage, progress: Progress | None) -> int:
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


def _ahead(chunks: Iterator[Chunk]) -> Iterator[Chunk]:
    """The same chunks; the next is read in another thread while one is checked."""
    with ThreadPoolExecutor(1, "import-reader") as pool:
        coming = pool.submit(next, chunks, None)
        while (chunk := coming.result()) is not None:
            coming = pool.submit(next, chunks, None)
            yield chunk


def _refuse_half(last: Chunk | None, faults: FaultLog, reader: Reader) -> None:
    """A last row that has too few fields, or is faulty and lacks its line end, was cut off."""
    if last is None:
        return
    wanted = len(reader.heads())
    found = dict(last.uneven).get(last.last_row, wanted)
    if found < wanted or (not last.ended and last.last_row in faults.rows):
        fields = f" ({found} av {wanted} fält)" if found < wanted else ""
        raise FileFault(
            f"Filen slutar mitt i rad {last.last_row}{fields}. Hämta hela filen på nytt."
        )


def _settle(
    stage: Stage, check: RowCheck, sink: Sink | None
) -> tuple[tuple[MonthTotals, ...], int]:
    totals, hidden, endings = [], 0, Endings()
    for month, rows in stage.months():
        facts = endings.without_late(month, rows, check.faults, check.profile)
        settled, gone = staging.settled(
            facts, protected=check.tally.protected, faults=check.faults, profile=check.profile
        )
        hidden += gone
        endings.note(settled)
        if settled.height:
            totals.append(staging.totals(month, settled))
            if sink:
                sink(settled)
    return tuple(totals), hidden


def faulty_rows(
    source: Source, findings: Findings, check: RowCheck
) -> Iterator[tuple[int, list[str]]]:
    """The cells of every faulty row that may be kept, read again from the file: (row, cells).

    Left out are rows of protected persons, rows whose mark of protection is not readable, and
    uneven rows, where nobody can tell.
    """
    wanted = list(findings.faults.rows)
    for chunk in Reader(source, check.profile).chunks():
        found = check.storable(chunk.frame.filter(pl.col("row").is_in(wanted)))
        yield from ((row, list(cells)) for row, *cells in found.iter_rows())
