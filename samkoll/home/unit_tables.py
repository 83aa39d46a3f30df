"""The tables of a unit's page: two years beside each other, month by month, and the units below."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from samkoll.core.months import Month
from samkoll.core.text import MISSING
from samkoll.home.figures import Address, sex_words
from samkoll.home.reader import LONG, SHORT, SICK, YEAR, Reader
from samkoll.home.words import change_text, is_internal
from samkoll.org import queries as org
from samkoll.stats.engine.cube import Sex
from samkoll.stats.metrics import difference
from samkoll.stats.queries import Figure
from samkoll.web.tables import Cell, Head, Kind, Row, State, Table, Tone

NEAR = Decimal(1)
"""Percentage points from the municipality that still count as "like the municipality"."""
LAST = Decimal("Infinity")


def comparison(reader: Reader, unit: int, name: str, address: Address) -> Table:
    """Sick leave R12 now and a year before: total, short and long, by sex where published."""
    keys = (SICK, SHORT, LONG) if reader.tells_short_from_long() else (SICK,)
    rows = [
        _compared(reader, unit, key, sex, address) for key in keys for sex in reader.sexes(unit)
    ]
    heads = (
        Head(_("Sjukfrånvaro, procent")),
        Head(f"R12 {reader.month}", Kind.NUMBER),
        Head(f"R12 {reader.month - YEAR}", Kind.NUMBER),
        Head(_("Skillnad"), Kind.NUMBER),
    )
    caption = _("Sjukfrånvaro i %(name)s, nu och för ett år sedan") % {"name": name}
    return Table(caption, heads, tuple(rows), caption_hidden=True)


def by_month(reader: Reader, unit: int, name: str, address: Address) -> Table:
    """The table behind the chart, the newest month first."""
    words, sexes = sex_words(), reader.sexes(unit)
    heads = (Head("R12"), *(Head(words[sex], Kind.NUMBER) for sex in sexes))
    rows = tuple(
        Row(
            (
                Cell(str(month)),
                *(_cell(reader.figure(unit, SICK, month, s), address) for s in sexes),
            )
        )
        for month in reversed(reader.series)
    )
    caption = _("Sjukfrånvaro i %(name)s månad för månad, procent") % {"name": name}
    return Table(caption, heads, rows, cards=False)


def below(unit: org.Branch, reader: Reader | None, address: Address) -> Table | None:
    """The units below with those that deviate most from the municipality first."""
    if not unit.inner:
        return None
    heads = [Head(_("Enhet")), Head(_("Chef"))]
    if reader is None:
        rows = [Row((_name(b), _manager(b))) for b in unit.inner]
    else:
        heads[1:1] = [
            Head(_("Sjukfrånvaro R12, procent"), Kind.NUMBER),
            Head(_("På ett år"), Kind.NUMBER),
            Head(_("Mot kommunen"), Kind.STATE),
        ]
        lines = [_line(branch, reader, address) for branch in unit.inner]
        rows = [line.row for line in sorted(lines, key=lambda line: line.order)]
    caption = _("Enheter under %(name)s") % {"name": unit.name}
    return Table(caption, tuple(heads), tuple(rows), caption_hidden=True)


@dataclass(frozen=True, slots=True)
class _Line:
    order: Decimal
    row: Row


def _line(branch: org.Branch, reader: Reader, address: Address) -> _Line:
    now, change = reader.change(branch.pk, SICK)
    then = reader.figure(branch.pk, SICK, reader.month - YEAR)
    gap = difference(now.value, reader.figure(reader.top, SICK).value)
    state = _state(gap)
    cells = (
        _name(branch),
        _cell(now, address),
        Cell(change_text(change, now, then)),
        Cell(str(state.word), state=state) if state else Cell(MISSING),
        _manager(branch),
    )
    return _Line(LAST if gap is None else -gap, Row(cells))


def _state(gap: Decimal | None) -> State | None:
    if gap is None:
        return None
    if gap > NEAR:
        return State(_("Högre än kommunen"), Tone.WARNING)
    if gap < -NEAR:
        return State(_("Lägre än kommunen"), Tone.SUCCESS)
    return State(_("Som kommunen"))


def _compared(reader: Reader, unit: int, key: str, sex: Sex, address: Address) -> Row:
    now, then = _pair(reader, unit, key, sex)
    change = difference(now.value, then.value)
    label = f"{now.label}, {sex_words()[sex].lower()}"
    cells = (Cell(label), _cell(now, address), _cell(then, address))
    strong = key == SICK and sex == "total"
    return Row((*cells, Cell(change_text(change, now, then))), strong=strong)


def _pair(reader: Reader, unit: int, key: str, sex: Sex) -> tuple[Figure, Figure]:
    before: Month = reader.month - YEAR
    return reader.figure(unit, key, sex=sex), reader.figure(unit, key, before, sex)


def _cell(figure: Figure, address: Address) -> Cell:
    note = _("intern") if is_internal(figure) else ""
    return Cell(figure.text, url=address(figure), note=note)


def _name(branch: org.Branch) -> Cell:
    return Cell(branch.name, url=branch.url)


def _manager(branch: org.Branch) -> Cell:
    return Cell(branch.manager or MISSING)
