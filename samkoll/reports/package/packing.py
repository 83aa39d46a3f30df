"""The package as one ZIP: made by a job or the command line, kept beside the report's files."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from pathlib import PurePath
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from samkoll.accounts.models import User
from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.desk import services as desk
from samkoll.desk.models import Job
from samkoll.documents import writers
from samkoll.documents.content import Document
from samkoll.documents.downloads import CONTENT_TYPES
from samkoll.documents.writers import Format
from samkoll.documents.writers.archive import EARLIEST
from samkoll.files import services as files
from samkoll.reports import attachments, building, policies, report_data, storing
from samkoll.reports.building import Built
from samkoll.reports.composition import Context
from samkoll.reports.models import Report, ReportFile
from samkoll.reports.package import archive, papers, proposing
from samkoll.reports.package.archive import Packed

PACK = "samkoll.reports.jobs.package"
"""Name of the task that ``jobs`` defines."""
FORMAT = "zip"
METADATA = "metadata/mets.xml"
MAIN, PAPER, ATTACHED = "Huvuddokument", "Beslutsunderlag", "Bilaga"


def order(*, report: Report, actor: User, now: datetime) -> Job:
    """Ask for a report's package; a worker makes it. Raises: PermissionDenied."""
    require(policies.can_build(actor, report, now.date()))
    with transaction.atomic():
        job = desk.open_job(owner=actor, label=_("Skapa nämndpaket: %(what)s") % {"what": report})
        task = app.configure_task(PACK, queue=storing.QUEUE)
        transaction.on_commit(partial(task.defer, job_id=job.pk, report_id=report.pk))
    return job


def store(*, report_id: int, actor: audit.Actor, now: datetime) -> ReportFile:
    """Make a report's package and keep it for download.

    Raises: NotExtracted, MixedConventions, DocumentTooLarge, Tampered, ContentGone.
    """
    return storing.keep(make(report_id, now=now), actor, now)


def make(report_id: int, *, now: datetime) -> Built:
    """The package. Raises: as ``store``."""
    context = building.gather([report_id], produced_on=now.date())[report_id]
    document = building.document(report_id, produced_on=now.date())
    report = Report.objects.get(pk=report_id)
    packed = [*_files(context, document), *_attached(report), *archive.schemas()]
    metadata = archive.metadata(context.report, document.title, packed, now=now)
    found = {file.path: file.data for file in packed} | {METADATA: metadata}
    name = f"namndpaket-{building.file_name(context.report, FORMAT)}"
    return Built(report_id, FORMAT, name, _zipped(found.items()))


def _files(context: Context, document: Document) -> Iterator[Packed]:
    """The report itself, the summary, the proposal and the figures in brief."""
    name = building.file_name(context.report, "").rstrip(".")
    proposed = proposing.of(context, document)
    data = report_data.of(context, document)
    papers_of: tuple[tuple[str, str, str, Document, tuple[Format, ...]], ...] = (
        (f"rapport/{name}", document.name, MAIN, document, ("docx", "pdf", "xlsx", "json")),
        ("tjansteskrivelse", "Tjänsteskrivelse", PAPER,
         papers.summary(context, document, proposed), ("docx", "pdf")),
        ("forslag-till-beslut", "Förslag till beslut", PAPER,
         papers.proposal(document, proposed), ("docx",)),
        ("siffror-i-korthet", "Siffror i korthet", PAPER,
         papers.figures(context, document), ("pdf", "xlsx")),
    )  # fmt: skip
    for stem, title, use, paper, formats in papers_of:
        made = writers.render(paper, formats=formats, data=data)
        for form, content in made.items():
            yield Packed(f"{stem}.{form}", title, use, CONTENT_TYPES[form], content)


def _attached(report: Report) -> Iterator[Packed]:
    """The attachments under plain names, in their order. Raises: ContentGone."""
    for place, link in enumerate(attachments.of(report), start=1):
        name = PurePath(link.file.name)
        plain = f"{place:02}-{slugify(name.stem)[:60] or 'bilaga'}{name.suffix.lower()}"
        content = b"".join(files.response(link.file).streaming_content)  # type: ignore[arg-type]
        yield Packed(f"bilagor/{plain}", link.file.name, ATTACHED, link.file.content_type, content)


def _zipped(found: Iterable[tuple[str, bytes]]) -> bytes:
    """The files in their order; equal files give equal bytes."""
    out = io.BytesIO()
    with ZipFile(out, "w") as made:
        for path, data in found:
            member = ZipInfo(path, EARLIEST)
            member.compress_type = ZIP_DEFLATED
            member.external_attr = 0o600 << 16
            made.writestr(member, data)
    return out.getvalue()
