"""Whose figures: the municipality, a unit, a board, or what an administration does for a board."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

import numpy as np
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from samkoll.core.errors import DomainError
from samkoll.core.text import nearest, sort_key
from samkoll.explore.exploring_address import BOARD, UNIT
from samkoll.org import queries as org
from samkoll.org.forms import UnitField
from samkoll.org.models import Board, Unit, UnitKind
from samkoll.stats.engine.hierarchy import NO_BOARD, Hierarchy, Scope


class UnknownPlace(DomainError):
    """The address names a unit or board that does not exist, or two that do not fit."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Place:
    """A scope with its words. ``unit`` is the municipality when only a board is named.

    ``boards``: code and name of every board by key, for the choice and for rows.
    """

    scope: Scope
    unit: Unit
    board: Board | None
    boards: dict[int, tuple[str, str]]

    @property
    def is_whole(self) -> bool:
        """Whether it is the municipality itself."""
        return self.unit.parent_id is None and self.board is None

    @property
    def name(self) -> str:
        """``Socialförvaltningen``, ``Socialnämnden``, or both."""
        if self.board is None:
            return self.unit.name
        if self.unit.parent_id is None:
            return self.board.name
        return f"{self.board.name} ({self.unit.name})"

    @property
    def code(self) -> str:
        """The codes, for the name of a file."""
        board = self.board.code if self.board else ""
        unit = "" if self.unit.parent_id is None and board else self.unit.code
        return "-".join(filter(None, (unit, board)))

    @property
    def has_groups(self) -> bool:
        """Whether figures by sex, age, staff group and form exist: administrations and upwards."""
        return self.board is not None or self.unit.kind in ("municipality", "administration")


def find(unit: str, board: str) -> Place:
    """The place that an address names; the municipality without one. Raises: UnknownPlace."""
    boards = list(Board.objects.order_by("name_order"))
    top = org.municipality()
    found = _unit(unit) if unit else top
    served = _board(board, boards) if board else None
    if served and found.parent_id and found.kind != UnitKind.ADMINISTRATION:
        raise UnknownPlace(
            BOARD, _("Välj en hel förvaltning tillsammans med nämnden, eller bara nämnden.")
        )
    own = None if served and found.parent_id is None else found.pk
    named = {each.pk: (each.code, each.name) for each in boards}
    return Place(Scope(own, served.pk if served else None), found, served, named)


def _unit(text: str) -> Unit:
    """By code, of whatever time; else as units are found when one types them."""
    for code in (text, text.upper()):
        with suppress(Unit.DoesNotExist):
            return org.unit_by_code(code)
    try:
        found: Unit = UnitField().clean(text)
    except ValidationError as error:
        raise UnknownPlace(UNIT, " ".join(error.messages)) from error
    return found


def _board(text: str, boards: Iterable[Board]) -> Board:
    for each in boards:
        if text.casefold() in (each.code.casefold(), each.name.casefold()):
            return each
    near = nearest(text, [word for each in boards for word in (each.code, each.name)])
    said = _("Det finns ingen nämnd som heter eller har koden ”%(text)s”.") % {"text": text}
    asked = _("Menade du %(near)s?") % {"near": ", ".join(near)} if near else ""
    raise UnknownPlace(BOARD, f"{said} {asked}".strip())


def children(hierarchy: Hierarchy, unit: int) -> list[tuple[int, str, str]]:
    """Key, code and name of every unit that has ever been right below, in Swedish order."""
    here = hierarchy.position[unit]
    found = [
        node for node, above in zip(hierarchy.units, hierarchy.parent, strict=True) if above == here
    ]
    return [
        (node.id, node.code, node.name) for node in sorted(found, key=lambda n: sort_key(n.name))
    ]


def boards_of(hierarchy: Hierarchy, unit: int, months: Iterable[int]) -> set[int]:
    """The boards that the unit and what lies below it answer to in any of the months."""
    start, end = hierarchy.range_of(Scope(unit))
    periods = {hierarchy.period_of(month): month for month in months}
    found = [np.unique(hierarchy.boards_at(month)[start:end]) for month in periods.values()]
    return {int(board) for boards in found for board in boards} - {NO_BOARD}
