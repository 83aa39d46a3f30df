"""Attachments of reports: protocols, enquiries, pictures. `samkoll.files` checks them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkoll.audit import services as audit
from samkoll.core.access import ALLOW, Verdict, deny, require
from samkoll.files import services as files
from samkoll.files.checking import Checked
from samkoll.files.forms import AttachmentField
from samkoll.files.queries import FileRow
from samkoll.files.queries import row as file_row
from samkoll.reports import policies
from samkoll.reports.models import Attachment, Report


@dataclass(frozen=True, slots=True)
class AttachedRow:
    """An attachment as the page of documents lists it. ``remove_url``: empty for who may not."""

    file: FileRow
    url: str
    remove_url: str


class AttachForm(forms.Form):
    """Files for a report."""

    files = AttachmentField(label=gettext_lazy("Filer"))  # type: ignore[assignment]


def can_attach(actor: policies.Actor, report: Report, today: date) -> Verdict:
    """Attach files to a report and take them away, until it is decided."""
    held = {"report:municipal", "report:register", policies.writing(report)}
    if not any(policies.may(actor, permission, report.unit, today) for permission in held):
        return deny(_("Bilagor läggs till av dem som skriver eller diarieför rapporten."))
    if report.locked:
        return deny(_("Rapporten är beslutad och ändras inte mer. Rätta den med en ny version."))
    return ALLOW


@transaction.atomic
def attach(
    *,
    report_id: int,
    uploads: Sequence[UploadedFile[Any] | Checked],
    actor: policies.Actor,
    now: datetime,
) -> list[Attachment]:
    """Keep files with a report, all or none. Raises: PermissionDenied, files.services.Refused."""
    report = _held(report_id)
    require(can_attach(actor, report, now.date()))
    links = []
    for upload in uploads:
        stored = files.store(upload=upload, actor=actor, now=now)
        links.append(Attachment.objects.create(report=report, file=stored))
        audit.record("report.file_attached", actor, report, after={"file": stored.name})
    return links


@transaction.atomic
def detach(*, attachment_id: int, actor: policies.Actor, today: date) -> None:
    """Take a file away from its report; forget it when no other version has it.

    Raises: PermissionDenied.
    """
    link = Attachment.objects.select_related("file").get(pk=attachment_id)
    report, stored = _held(link.report_id), link.file
    require(can_attach(actor, report, today))
    link.delete()
    audit.record("report.file_removed", actor, report, before={"file": stored.name})
    if not Attachment.objects.filter(file=stored).exists():
        files.remove(stored=stored, actor=actor)


def of(report: Report) -> QuerySet[Attachment]:
    """A report's attachments in the order in which they came, with their files."""
    return report.attachments.select_related("file").order_by("pk")


def rows(report: Report, may_attach: Verdict) -> list[AttachedRow]:
    """The attachments as the page shows them, in one query."""
    return [
        AttachedRow(
            file_row(link.file),
            reverse("reports:attachment", args=[report.pk, link.pk]),
            reverse("reports:detach", args=[report.pk, link.pk]) if may_attach else "",
        )
        for link in of(report)
    ]


def _held(report_id: int) -> Report:
    """The report, locked until the change is made: a decision waits for it, and it for one."""
    return Report.objects.select_for_update(of=("self",)).select_related("unit").get(pk=report_id)
