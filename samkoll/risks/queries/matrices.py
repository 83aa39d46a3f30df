"""The matrices that the municipality has: those that ship with Samkoll, and its own versions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from samkoll.risks import matrix
from samkoll.risks.matrix import Matrix
from samkoll.risks.models import MatrixVersion

Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One version of a matrix in the list. ``newest``: the latest of its code."""

    matrix: Matrix
    is_default: bool
    newest: bool
    used: int


def default_matrix() -> Matrix:
    """The matrix of new assessments, in the reader's language. One query."""
    row = MatrixVersion.objects.filter(is_default=True).first()
    return _read(row.content if row else shipped_contents()[f"{matrix.DEFAULT}/1"])


def matrix_named(name: str) -> Matrix:
    """The version that a risk was judged on ("4x4/1"). Raises: MatrixVersion.DoesNotExist."""
    found = matrices_named([name])
    if name not in found:
        raise MatrixVersion.DoesNotExist(name)
    return found[name]


def matrices_named(names: Iterable[str]) -> dict[str, Matrix]:
    """Several versions by name, in the reader's language. One query."""
    wanted = {*names}
    return {name: _read(c) for name, c in _contents().items() if name in wanted}


def content_named(name: str) -> Content | None:
    """The stored content of a version, to begin a new one from."""
    return _contents().get(name)


def contents() -> dict[str, Content]:
    """Every version by name, oldest first within its code."""
    return dict(sorted(_contents().items(), key=lambda item: _order(item[1])))


def shipped_contents() -> dict[str, Content]:
    """What ships with Samkoll, by name."""
    return {f"{c['code']}/{c['version']}": c for c in matrix.shipped()}


def _contents() -> dict[str, Content]:
    """What is stored goes before what ships under the same name."""
    stored = MatrixVersion.objects.values_list("code", "version", "content")
    return shipped_contents() | {f"{code}/{version}": c for code, version, c in stored}


def _order(content: Content) -> tuple[str, int]:
    return content["code"], content["version"]


def _read(content: Content) -> Matrix:
    return matrix.read(content, get_language() or "sv")
