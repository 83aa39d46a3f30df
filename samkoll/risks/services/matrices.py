"""Storing matrices: those that ship with Samkoll at first use, a municipality's own versions."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.risks import matrix, policies
from samkoll.risks.matrix import Fault, Matrix
from samkoll.risks.models import MatrixVersion
from samkoll.risks.queries import matrices
from samkoll.risks.services.common import Actor


class BadMatrix(DomainError):
    """A matrix that cannot be used; ``faults`` says where and why."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        super().__init__(_("Matrisen går inte att använda än. Rätta felen och spara igen."))


@transaction.atomic
def store_matrices(*, actor: Actor, today: date) -> list[MatrixVersion]:
    """Store the matrices that ship with Samkoll and are not stored yet; the first default.

    A stored version is never touched: what people have judged on stays as it was.
    """
    fresh = []
    has_default = MatrixVersion.objects.filter(is_default=True).exists()
    for content in matrix.shipped():
        first = not has_default and content["code"] == matrix.DEFAULT
        row, new = MatrixVersion.objects.get_or_create(
            code=content["code"],
            version=content["version"],
            defaults={"content": content, "stored_on": today, "is_default": first},
        )
        if new:
            audit.record("matrix.stored", actor, row, after={"name": str(row)})
            fresh.append(row)
    return fresh


def stored_default(*, actor: Actor, today: date) -> Matrix:
    """The matrix of new assessments, stored at its first use."""
    if not MatrixVersion.objects.filter(is_default=True).exists():
        store_matrices(actor=actor, today=today)
    return matrices.default_matrix()


@transaction.atomic
def save_matrix(*, code: str, content: dict[str, Any], actor: Actor, today: date) -> MatrixVersion:
    """Store what somebody has written as the next version of a matrix.

    Earlier versions stay, and risks keep theirs. The new version takes over as default from an
    earlier one of the same matrix. Raises: PermissionDenied, BadMatrix.
    """
    require(policies.can_change_matrices(actor, today))
    store_matrices(actor=actor, today=today)
    versions = MatrixVersion.objects.select_for_update().filter(code=code)
    latest = versions.order_by("-version").first()
    written = {**content, "code": code, "version": latest.version + 1 if latest else 1}
    if faults := matrix.faults(written):
        raise BadMatrix(faults)
    was_default = versions.filter(is_default=True).exists()
    row = MatrixVersion.objects.create(
        code=code, version=written["version"], content=written, stored_on=today
    )
    audit.record("matrix.stored", actor, row, after={"name": str(row)})
    if was_default:
        _take_over(row)
    return row


@transaction.atomic
def choose_matrix(*, name: str, actor: Actor, today: date) -> MatrixVersion:
    """Let new assessments use a version. Raises: PermissionDenied, MatrixVersion.DoesNotExist."""
    require(policies.can_change_matrices(actor, today))
    store_matrices(actor=actor, today=today)
    code, _slash, version = name.partition("/")
    chosen = MatrixVersion.objects.get(code=code, version=int(version) if version.isdigit() else 0)
    before = MatrixVersion.objects.filter(is_default=True).first()
    if before != chosen:
        _take_over(chosen)
        audit.record(
            "matrix.chosen", actor, chosen, before={"name": str(before)}, after={"name": name}
        )
    return chosen


def _take_over(row: MatrixVersion) -> None:
    MatrixVersion.objects.filter(is_default=True).update(is_default=False)
    MatrixVersion.objects.filter(pk=row.pk).update(is_default=True)
    row.is_default = True
