"""Reports as they were decided: the content tree that every later page and file is made from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from samkoll.core.errors import DomainError
from samkoll.documents import stored
from samkoll.documents.content import Document
from samkoll.reports.models import Frozen, Report


class Tampered(DomainError):
    """What is stored is not what was decided."""


def freeze(report: Report, document: Document, *, now: datetime) -> Frozen:
    """Keep the whole document of a report that is decided. Once for each version."""
    content = stored.to_json(document)
    return Frozen.objects.create(
        report=report, content=content, sha256=stored.digest(content), frozen_at=now
    )


def documents(report_ids: Iterable[int]) -> dict[int, Document]:
    """The documents of those reports that are decided, by id, in one query. Raises: Tampered."""
    found = Frozen.objects.filter(report__in=[*report_ids])
    rows = found.select_related("report__unit", "report__board")
    return {row.report_id: _document(row) for row in rows}


def _document(row: Frozen) -> Document:
    if stored.digest(row.content) != row.sha256:
        raise Tampered(
            _("%(report)s är ändrad efter beslutet. Läs in databasen från en säkerhetskopia.")
            % {"report": row.report}
        )
    return stored.from_json(row.content)
