"""What a row of the organisation file says: a unit, or a board (nämnd)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from samkoll.core.text import nearest
from samkoll.org.importing.sheet import FileUnreadable, Sheet, SheetRow
from samkoll.org.models import UnitKind

CODE, NAME, KIND, PARENT = "kod", "namn", "typ", "överordnad"
BOARD, STARTS, ENDS, REPLACES = "nämnd", "gäller från", "gäller till", "ersätter"
REQUIRED = (CODE, NAME, KIND, PARENT, STARTS)
OPTIONAL = (BOARD, ENDS, REPLACES)

KINDS = {
    "kommun": UnitKind.MUNICIPALITY,
    "förvaltning": UnitKind.ADMINISTRATION,
    "avdelning": UnitKind.DEPARTMENT,
    "enhet": UnitKind.UNIT,
}
BOARD_KIND = "nämnd"
LONGEST = {CODE: 20, NAME: 120}


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing that is wrong: where (row and column as the user sees them) and what to do."""

    row: int
    column: str
    sentence: str

    def __str__(self) -> str:
        place = _("Rad %(row)d, %(column)s") % {"row": self.row, "column": self.column}
        return f"{place}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class Line:
    """One row, read. A board has no parent, board or ``replaces``."""

    row: int
    code: str
    name: str
    kind: str
    parent: str
    board: str
    starts: date
    ends: date | None
    replaces: tuple[str, ...]

    @property
    def is_board(self) -> bool:
        return self.kind == BOARD_KIND


def read_lines(sheet: Sheet) -> tuple[list[Line], list[Fault]]:
    """All rows that can be read, and what is wrong with the others.

    Raises: FileUnreadable when columns are missing or unknown.
    """
    _check_head(sheet.head)
    lines, faults = [], []
    for row in sheet.rows:
        reading = _Reading(row, sheet.head)
        line = reading.line()
        faults.extend(reading.faults)
        if line is not None and not reading.faults:
            lines.append(line)
    return lines, faults


def _check_head(head: tuple[str, ...]) -> None:
    missing = [name for name in REQUIRED if name not in head]
    if missing:
        raise FileUnreadable(
            _("Filens första rad saknar: %(missing)s. Den ska innehålla %(all)s.")
            % {"missing": ", ".join(missing), "all": ", ".join((*REQUIRED, *OPTIONAL))}
        )
    unknown = [name for name in head if name and name not in (*REQUIRED, *OPTIONAL)]
    twice = [name for name in set(head) if name and head.count(name) > 1]
    if unknown or twice:
        raise FileUnreadable(
            _(
                "Filens första rad har kolumner som inte känns igen eller finns två gånger: "
                "%(names)s."
            )
            % {"names": ", ".join(unknown + twice)}
        )


class _Reading:
    """Reads one row and collects its faults."""

    def __init__(self, row: SheetRow, head: tuple[str, ...]) -> None:
        self.row = row.number
        self.cells = dict(zip(head, row.cells, strict=False))
        self.surplus = any(row.cells[len(head) :])
        self.faults: list[Fault] = []

    def line(self) -> Line | None:
        if self.surplus:
            self._fault(
                "", _("raden har fler kolumner än filens första rad: kontrollera semikolonen.")
            )
            return None
        starts, ends = self._starts(), self._ends()
        if starts and ends and ends < starts:
            self._fault(ENDS, _("enheten kan inte sluta gälla före sin första dag."))
        line = Line(
            row=self.row,
            code=self._text(CODE),
            name=self._text(NAME),
            kind=self._kind(),
            parent=self._cell(PARENT),
            board=self._cell(BOARD),
            starts=starts or date.min,
            ends=ends,
            replaces=tuple(self._replaces()),
        )
        self._check_place(line)
        return line

    def _check_place(self, line: Line) -> None:
        if line.is_board and (line.parent or line.board or line.replaces):
            self._fault(PARENT, _("en nämnd har ingen överordnad enhet, nämnd eller föregångare."))
        if line.kind == UnitKind.MUNICIPALITY and line.parent:
            self._fault(PARENT, _("kommunen är överst: lämna cellen tom."))
        if line.kind in KINDS.values() and line.kind != UnitKind.MUNICIPALITY and not line.parent:
            self._fault(PARENT, _("skriv koden för enheten ovanför."))

    def _cell(self, column: str) -> str:
        return self.cells.get(column, "")

    def _text(self, column: str) -> str:
        value = self._cell(column)
        longest = LONGEST[column]
        if not value:
            self._fault(column, _("cellen är tom."))
        elif len(value) > longest or not value.isprintable():
            self._fault(column, _("högst %(longest)d vanliga tecken.") % {"longest": longest})
        return value

    def _kind(self) -> str:
        word = self._cell(KIND).lower()
        if word == BOARD_KIND:
            return BOARD_KIND
        if word not in KINDS:
            self._fault(
                KIND,
                _("”%(word)s” är ingen typ: skriv %(kinds)s eller nämnd.")
                % {"word": self._cell(KIND), "kinds": ", ".join(KINDS)},
            )
        return KINDS.get(word, "")

    def _starts(self) -> date | None:
        if not self._cell(STARTS):
            self._fault(STARTS, _("skriv första dagen som 2024-01-01."))
            return None
        return self._date(STARTS)

    def _ends(self) -> date | None:
        return self._date(ENDS) if self._cell(ENDS) else None

    def _date(self, column: str) -> date | None:
        value = self._cell(column)
        try:
            return date.fromisoformat(value.removesuffix(" 00:00:00"))
        except ValueError:
            self._fault(
                column, _("”%(value)s” är inget datum: skriv som 2024-01-01.") % {"value": value}
            )
            return None

    def _replaces(self) -> Iterator[str]:
        return (code.strip() for code in self._cell(REPLACES).split(",") if code.strip())

    def _fault(self, column: str, sentence: str) -> None:
        self.faults.append(Fault(self.row, column or _("hela raden"), sentence))


def suggest(wrong: str, known: list[str]) -> str:
    """``Menade du …?`` with the nearest codes, or nothing when none is near."""
    near = nearest(wrong, known)
    return _("Menade du %(near)s?") % {"near": ", ".join(near)} if near else ""
