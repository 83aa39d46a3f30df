"""From reports to files: gather, compose, write. Ten reports in three formats take seconds."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from django.utils.translation import gettext as _

from samkoll.core.errors import DomainError
from samkoll.documents import writers
from samkoll.documents.content import Document
from samkoll.documents.writers import Format
from samkoll.reports import composition, frozen, published, queries, registers, report_data
from samkoll.reports.looks.queries import chosen as chosen_looks
from samkoll.reports.material import Material

Progress = Callable[[int, int, str], None]
NAMES = {
    "unit": "arbetsmiljounderlag",
    "board": "arbetsmiljorapport",
    "municipality": "arbetsmiljorapport",
    "plan": "atgardsplan",
    "brief": "arbetsmiljobrev",
}
"""What the files of each kind of report begin with."""


class NotExtracted(DomainError):
    """The report has no pinned facts yet."""


@dataclass(frozen=True, slots=True)
class Built:
    """One file of one report, as bytes. ``format``: a ``Format``, or "zip" for a package."""

    report_id: int
    format: str
    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        return sha256(self.data).hexdigest()


def no_progress(done: int, total: int, step: str) -> None:
    """For callers that nobody watches."""


def document(report_id: int, *, produced_on: date) -> Document:
    """One report as a content tree. Raises: NotExtracted, MixedConventions."""
    return next(iter(documents([report_id], produced_on=produced_on).values()))


def documents(report_ids: Sequence[int], *, produced_on: date) -> dict[int, Document]:
    """Reports as content trees, in the order of ``report_ids``.

    Those that are decided stand as they were frozen. The number of queries does not grow with the
    number of reports, and reports that stand on the same facts share one cube.
    Raises: NotExtracted, MixedConventions, Tampered.
    """
    kept = frozen.documents(report_ids)
    contexts = gather([pk for pk in report_ids if pk not in kept], produced_on=produced_on)
    return {pk: kept[pk] if pk in kept else compose(contexts[pk]) for pk in report_ids}


def gather(report_ids: Sequence[int], *, produced_on: date) -> dict[int, composition.Context]:
    """What each report is composed from; for the municipality's also every board's."""
    found = queries.materials(report_ids)
    years = {m.year for m in found.values() if m.form.sums_up}
    boards = queries.materials(_board_ids(years)) if years else {}
    figures = published.sources({pk: material.facts for pk, material in found.items()})
    briefs = [m.unit_id for m in found.values() if m.form.kind == "brief"]
    told = registers.of(briefs, produced_on) if briefs else {}
    contexts = {}
    for pk, material in found.items():
        if not material.facts:
            raise NotExtracted(
                _("Ta ut underlaget för %(year)s innan rapporten skapas.") % {"year": material.year}
            )
        below = _boards_of(material, boards)
        register = told.get(material.unit_id, registers.NONE)
        contexts[pk] = composition.Context(material, figures[pk], produced_on, below, register)
    return contexts


def _board_ids(years: set[int]) -> list[int]:
    return [report.pk for year in sorted(years) for report in queries.board_reports(year)]


def _boards_of(material: Material, boards: dict[int, Material]) -> tuple[Material, ...]:
    if not material.form.sums_up:
        return ()
    return tuple(board for board in boards.values() if board.year == material.year)


def compose(context: composition.Context) -> Document:
    """A report as a content tree. Raises: MixedConventions."""
    return composition.document(context)


def build(
    report_ids: Sequence[int],
    *,
    formats: Iterable[Format],
    produced_on: date,
    progress: Progress = no_progress,
) -> Iterator[Built]:
    """Files of reports, one report after another.

    Raises: NotExtracted, MixedConventions, DocumentTooLarge, Tampered, BadWordTemplate.
    """
    wanted = [f for f in writers.FORMATS if f in set(formats)]
    contexts = gather(report_ids, produced_on=produced_on)
    kept = frozen.documents(report_ids)
    looks = chosen_looks(context.report.unit_id for context in contexts.values())
    for done, pk in enumerate(report_ids):
        name = contexts[pk].report.name
        progress(done, len(report_ids), name)
        whole = kept.get(pk) or compose(contexts[pk])
        data = report_data.of(contexts[pk], whole) if "json" in wanted else None
        look = looks[contexts[pk].report.unit_id].of(whole)
        files = writers.render(whole, formats=wanted, look=look, data=data)
        for format_, file in files.items():
            yield Built(pk, format_, file_name(contexts[pk].report, format_), file)
    progress(len(report_ids), len(report_ids), "")


def file_name(material: Material, format_: str) -> str:
    """``arbetsmiljorapport-2024-KSF-KS.docx``, ``arbetsmiljobrev-2026-04-BUF.pdf``; the
    municipality's has its own code only, and a correction its version."""
    codes = [code for code in (material.unit_code, material.board_code) if code]
    plain = (re.sub(r"[^A-Za-z0-9]+", "-", _plain(code)).strip("-") for code in codes)
    version = f"-v{material.version}" if material.version > 1 else ""
    when = material.month if material.form.kind == "brief" else material.year
    return f"{NAMES[material.form.kind]}-{when}-{'-'.join(plain)}{version}.{format_}"


def _plain(code: str) -> str:
    return code.translate(str.maketrans("åäöéüÅÄÖÉÜ", "aaoeuAAOEU"))


def write_file(path: Path, data: bytes, *, mode: int = 0o644) -> None:
    """Write a whole file or nothing: readers never see half of it, a killed process leaves the
    earlier one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, mode)
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
