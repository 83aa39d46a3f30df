"""The lines of a breakdown: the place itself, and its units, boards or sexes under it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkoll.explore.exploring_address import By
from samkoll.explore.exploring_place import Place, boards_of, children
from samkoll.explore.exploring_reader import Reader, Whose
from samkoll.org.models import UnitKind
from samkoll.stats import queries as stats
from samkoll.stats.engine.breakdown import Dimension
from samkoll.stats.engine.cube import Sex
from samkoll.stats.engine.hierarchy import Scope
from samkoll.web.page import Words

BYS: dict[By, Words] = {
    "": gettext_lazy("Ingen"),
    "enheter": gettext_lazy("Enheter"),
    "namnder": gettext_lazy("Nämnder"),
    "kon": gettext_lazy("Kön"),
    "personalgrupp": gettext_lazy("Personalgrupp"),
    "alder": gettext_lazy("Ålder"),
    "anstallning": gettext_lazy("Anställningsform"),
}
"""The breakdowns by their words in the address."""
DIMENSIONS: dict[By, Dimension] = {
    "personalgrupp": "staff_group",
    "alder": "age_band",
    "anstallning": "form",
}
"""Those into groups of employees."""
SEXES: tuple[tuple[Sex, Words], ...] = (
    ("women", gettext_lazy("Kvinnor")),
    ("men", gettext_lazy("Män")),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its name, whose figures, and the same page about that unit or board.

    ``whole``: the same of the whole municipality, for comparison. ``metric``: its own one, where
    the lines are about different metrics.
    """

    name: str
    whose: Whose
    whole: Whose
    unit: str = ""
    board: str = ""
    metric: str = ""
    strong: bool = False


def possible(place: Place) -> tuple[By, ...]:
    """The breakdowns that exist for the place."""
    by_board = place.board is None and place.unit.kind in (
        UnitKind.MUNICIPALITY,
        UnitKind.ADMINISTRATION,
    )
    below = place.board is None or place.unit.parent_id is None
    wanted: dict[By, bool] = {"enheter": below, "namnder": by_board, "kon": place.has_groups}
    wanted |= dict.fromkeys(DIMENSIONS, place.has_groups)
    return ("", *(by for by, exists in wanted.items() if exists))


def lines(place: Place, by: By, reader: Reader, top: Scope) -> tuple[Line, ...]:
    """The place's own line, then those of the breakdown that have existed in the window."""
    own = Line(place.name, Whose(place.scope), Whose(top), strong=True)
    makers = {"enheter": _units, "namnder": _boards, "kon": _sexes}
    if by in DIMENSIONS:
        return (own, *_groups(place, DIMENSIONS[by], reader, top))
    return (own, *(makers[by](place, reader, top) if by in makers else ()))


def statutory(place: Place, reader: Reader, top: Scope) -> tuple[Line, ...]:
    """The seven figures of the law: total, the share of sixty days, by sex and by age.

    Source: docs/sources.md#sick-leave-statement
    """
    whose, whole = Whose(place.scope), Whose(top)
    found = [
        Line(_("Alla"), whose, whole, strong=True),
        Line(_("Andel i perioder på minst 60 dagar"), whose, whole, metric="sick_leave_60"),
    ]
    if place.has_groups:
        found += [*_sexes(place, reader, top), *_groups(place, "age_band", reader, top)]
    return tuple(found)


def by_sex(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The total, women and men among the figures of the law: what one picture can show."""
    return tuple(line for line in lines if not line.metric and line.whose.group is None)


def _units(place: Place, reader: Reader, top: Scope) -> Iterator[Line]:
    for pk, code, name in children(reader.hierarchy, place.unit.pk):
        if place.board and place.board.pk not in _boards_now(reader, pk):
            continue
        whose = Whose(Scope(pk, place.scope.board))
        yield Line(name, whose, Whose(top), code, place.board.code if place.board else "")


def _boards(place: Place, reader: Reader, top: Scope) -> Iterator[Line]:
    served = _boards_now(reader, place.unit.pk)
    unit = None if place.unit.parent_id is None else place.unit.pk
    for pk, (code, name) in place.boards.items():
        if pk in served:
            yield Line(name, Whose(Scope(unit, pk)), Whose(top), "", code)


def _sexes(place: Place, _reader: Reader, top: Scope) -> Iterator[Line]:
    for sex, name in SEXES:
        yield Line(str(name), Whose(place.scope, sex), Whose(top, sex))


def _groups(place: Place, dimension: Dimension, reader: Reader, top: Scope) -> Iterator[Line]:
    for group in reader.groups(dimension):
        whose, whole = Whose(place.scope, group=group), Whose(top, group=group)
        yield Line(stats.group_label(group), whose, whole)


def _boards_now(reader: Reader, unit: int) -> set[int]:
    return boards_of(reader.hierarchy, unit, (month.index for month in reader.window))


def head(by: By) -> str:
    """The head of the first column."""
    heads: dict[By, str] = {"": _("Gäller"), "enheter": _("Enhet"), "namnder": _("Nämnd")}
    return heads.get(by) or str(BYS[by])
