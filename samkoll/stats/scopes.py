"""Scopes by what people call them: a unit's or board's code or name."""

from __future__ import annotations

from django.utils.translation import gettext as _

from samkoll.core.errors import DomainError
from samkoll.core.text import nearest
from samkoll.org import queries as org
from samkoll.org.models import Board, Unit
from samkoll.stats.engine.hierarchy import Scope


class UnknownUnit(DomainError):
    """No unit has that code or name."""


class UnknownBoard(DomainError):
    """No board has that name or code."""


def scope_of(*, unit: str = "", board: str = "") -> Scope:
    """The scope of a unit's code or name, a board's code or name, or both.

    Raises: UnknownUnit, UnknownBoard, naming the nearest.
    """
    found = None
    if unit:
        named = Unit.objects.filter(name__iexact=unit).order_by("-valid_from").first()
        try:
            found = org.unit_by_code(unit.upper()) if named is None else named
        except Unit.DoesNotExist as error:
            raise UnknownUnit(org.unknown_unit(unit)) from error
    return Scope(found.pk if found else None, _board(board).pk if board else None)


def _board(text: str) -> Board:
    boards = {word.lower(): b for b in Board.objects.all() for word in (b.code, b.name)}
    if text.lower() not in boards:
        near = nearest(text, [word for b in Board.objects.all() for word in (b.code, b.name)])
        said = _("Det finns ingen nämnd som heter eller har koden ”%(text)s”.") % {"text": text}
        asked = _("Menade du %(near)s?") % {"near": ", ".join(near)} if near else ""
        raise UnknownBoard(f"{said} {asked}".strip())
    return boards[text.lower()]
