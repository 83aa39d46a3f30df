"""The list of risks: what its address asks for, its filters and rows, and the same as a file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.core.paginator import Page as Slice
from django.http import FileResponse, HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkoll.accounts.models import User
from samkoll.actions.models import Severity
from samkoll.org.models import Unit
from samkoll.risks import queries, showing
from samkoll.risks.matrix import Matrix
from samkoll.risks.models import RiskStatus
from samkoll.risks.queries import RiskRow, Wanted, When
from samkoll.web import lists, row_files
from samkoll.web.lists import Filter, Sort
from samkoll.web.page import Words
from samkoll.web.row_files import FileColumn, Value
from samkoll.web.tables import Cell, Column, Kind, Pick, Row, State, Table, Tone

PAGE_KEY = "risker"
ALL, YES, NO = "alla", "ja", "nej"
LIVING = (RiskStatus.PROPOSED.value, RiskStatus.OPEN.value)
"""What a list shows until somebody asks for more."""
NOW, BEFORE = "nu", "fore"
WORDS = ("q", "ansvarig")
AT_A_TIME = 1_000


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address of a list or of the picture asks for."""

    user: User
    unit: Unit | None
    query: QueryDict
    wanted: Wanted
    sort: Sort
    today: date

    @classmethod
    def of(cls, user: User, unit: Unit | None, query: QueryDict, today: date) -> Choice:
        """The choice that an address makes; what it names wrongly is left out."""
        asked = query.copy()
        asked.setlist("lage", _statuses(query))
        asked["varde"] = query.get("varde", NOW)
        return cls(user, unit, asked, _wanted(asked, unit), _sort(query), today)


@dataclass(frozen=True, slots=True)
class RiskList:
    """One page of the list."""

    count: str
    page: Slice[int]
    table: Table
    filters: list[Filter]
    more: list[Filter]
    more_open: bool
    hidden: list[tuple[str, str]]
    text: str
    responsible: str
    cell: str


def read(choice: Choice, request: HttpRequest, *, pick: bool) -> RiskList:
    """The fifty rows that the address asks for, with their filters; ``pick``: to be chosen."""
    found = queries.found(choice.user, choice.wanted, choice.today)
    ordered = queries.in_order(found, choice.sort.key, descending=choice.sort.descending)
    page = lists.page_of(request, ordered)
    more = list(_more(choice.query))
    rows = queries.rows(list(page), today=choice.today)
    return RiskList(
        count=_count(page.paginator.count),
        page=page,
        table=_table(choice, rows, pick=pick),
        filters=list(_filters(choice.query)),
        more=more,
        more_open=any(chip.on for each in more for chip in each.chips),
        hidden=_hidden(choice.query),
        text=choice.wanted.text,
        responsible=choice.wanted.responsible,
        cell=_cell_words(choice.wanted),
    )


def filters(choice: Choice) -> tuple[list[Filter], list[Filter]]:
    """The filters of the list, for the picture: the first ones, and more."""
    return list(_filters(choice.query)), list(_more(choice.query))


def file(choice: Choice, *, form: str) -> FileResponse | None:
    """Every row that the choice finds, with the columns of the page; None for another format."""
    found = queries.found(choice.user, choice.wanted, choice.today)
    ordered = queries.in_order(found, choice.sort.key, descending=choice.sort.descending)
    place = f"-{choice.unit.code.lower()}" if choice.unit else ""
    name = f"risker{place}-{choice.today.isoformat()}"
    return row_files.response(
        _file_columns(), _values(list(ordered), choice.today), form=form, name=name
    )


def _statuses(query: QueryDict) -> list[str]:
    asked = [each for each in query.getlist("lage") if each in (ALL, *RiskStatus.values)]
    return asked or ([ALL] if query.get("cell") else list(LIVING))


def _sort(query: QueryDict) -> Sort:
    return lists.sort_of(query, queries.ORDERS, "-niva")


def _wanted(query: QueryDict, unit: Unit | None) -> Wanted:
    statuses = query.getlist("lage")
    serious = query.get("allvarlig")
    when: When = "before" if query.get("varde") == BEFORE else "now"
    return Wanted(
        unit=unit,
        text=query.get("q", "").replace("\x00", "")[:200].strip(),
        statuses=() if ALL in statuses else tuple(statuses),
        severities=tuple(int(n) for n in query.getlist("niva") if n in {"1", "2", "3", "4"}),
        serious={YES: True, NO: False}.get(serious or ""),
        sources=tuple(query.getlist("kalla")),
        areas=tuple(query.getlist("omrade")),
        reported=_number(query.get("rapporterad", "")),
        responsible=query.get("ansvarig", "").replace("\x00", "")[:120].strip(),
        overdue=query.get("forsenade") == YES,
        cell=_cell(query.get("cell", "")),
        when=when,
    )


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else None


def _cell(text: str) -> tuple[str, int, int] | None:
    """``4x4/1:3:4``: matrix, probability, consequence."""
    parts = text.replace("\x00", "").split(":")
    if len(parts) != 3:
        return None
    probability, consequence = _number(parts[1]), _number(parts[2])
    return (parts[0], probability, consequence) if probability and consequence else None


def _cell_words(wanted: Wanted) -> str:
    if wanted.cell is None:
        return ""
    when = _("före åtgärder") if wanted.when == "before" else _("nu")
    return _("Sannolikhet %(p)s och konsekvens %(c)s, %(when)s") % {
        "p": wanted.cell[1],
        "c": wanted.cell[2],
        "when": when,
    }


def _filters(query: QueryDict) -> Iterator[Filter]:
    statuses: list[tuple[str, Words]] = [(ALL, _("Alla")), *RiskStatus.choices]
    yield lists.filter_of(query, "lage", _("Läge"), statuses)
    bands = [(str(value), label) for value, label in reversed(Severity.choices)]
    yield lists.filter_of(query, "niva", _("Nivå"), bands)
    answers: list[tuple[str, Words]] = [(YES, _("Ja")), (NO, _("Nej"))]
    yield lists.filter_of(query, "allvarlig", _("Allvarlig"), answers, several=False)


def _more(query: QueryDict) -> Iterator[Filter]:
    yield lists.filter_of(query, "omrade", _("Område"), queries.areas().items())
    yield lists.filter_of(query, "kalla", _("Källa"), queries.sources().items())
    years = [(str(year), str(year)) for year in queries.reported_years()]
    if years:
        yield lists.filter_of(query, "rapporterad", _("Rapporterad vidare"), years, several=False)
    late: list[tuple[str, Words]] = [(YES, _("Har försenade åtgärder"))]
    yield lists.filter_of(query, "forsenade", _("Åtgärder"), late, several=False)


def _hidden(query: QueryDict) -> list[tuple[str, str]]:
    """What a search keeps of the address."""
    left_out = (*WORDS, lists.PAGE, "format")
    return [(n, v) for n in query if n not in left_out for v in query.getlist(n)]


def _count(number: int) -> str:
    return ngettext("%(n)s risk", "%(n)s risker", number) % {"n": number}


def _columns() -> tuple[Column, ...]:
    return (
        Column(_("Risk"), key="risk"),
        Column(_("Risknivå"), Kind.STATE, key="niva"),
        Column(_("Allvarlig")),
        Column(_("Läge"), Kind.STATE, key="lage"),
        Column(_("Enhet"), key="enhet"),
        Column(_("Åtgärder")),
        Column(_("Upptäckt"), Kind.DATE, key="upptackt"),
    )


def _table(choice: Choice, rows: list[RiskRow], *, pick: bool) -> Table:
    known = queries.matrices_named({row.matrix for row in rows}) if rows else {}
    heads = lists.heads(choice.query, _columns(), choice.sort)
    return Table(
        _("Risker"), heads, tuple(_row(row, known, pick=pick) for row in rows), caption_hidden=True
    )


def _row(row: RiskRow, known: dict[str, Matrix], *, pick: bool) -> Row:
    level = showing.level_state(known.get(row.matrix), row.level, row.severity)
    return Row(
        (
            Cell(
                row.title,
                url=reverse("risks:detail", args=[row.pk]),
                note=_note(row),
                pick=_pick(row) if pick else None,
            ),
            Cell("", state=level) if level else Cell("–"),
            Cell(showing.serious_word(row.serious)),
            Cell("", state=showing.risk_state(row.status)),
            Cell(row.unit),
            _actions(row),
            Cell(row.found_on.isoformat()),
        )
    )


def _pick(row: RiskRow) -> Pick | None:
    """A box to gather risks with; only an open risk that is no common one can be gathered."""
    if row.status != RiskStatus.OPEN or row.common:
        return None
    return Pick("risk", str(row.pk), _("Välj %(risk)s") % {"risk": row.title}, "gather")


def _note(row: RiskRow) -> str:
    area = queries.area_label(row.area) if row.area else ""
    common = _("gemensam risk") if row.common else ""
    return ", ".join(filter(None, (area, common, showing.lifted_words(row.lifted))))


def _actions(row: RiskRow) -> Cell:
    if row.overdue_actions:
        late = ngettext("%(n)s försenad", "%(n)s försenade", row.overdue_actions)
        return Cell(
            "",
            state=State(late % {"n": row.overdue_actions}, Tone.DANGER, "clock"),
            note=_action_words(row),
        )
    return Cell(_action_words(row))


def _action_words(row: RiskRow) -> str:
    if not row.actions:
        return _("Inga")
    return _("%(open)s pågår av %(all)s") % {"open": row.open_actions, "all": row.actions}


def _file_columns() -> list[FileColumn]:
    widths = (42, 16, 10, 12, 28, 18, 12)
    shown = [FileColumn(c.label, w) for c, w in zip(_columns(), widths, strict=True)]
    return [*shown, FileColumn(_("Område"), 28), FileColumn(_("Rapporterad vidare"), 20)]


def _values(pks: list[int], today: date) -> Iterator[list[Value]]:
    """The rows of the file: what the page shows, the years in a column of their own."""
    for start in range(0, len(pks), AT_A_TIME):
        yield from _some_values(queries.rows(pks[start : start + AT_A_TIME], today=today))


def _some_values(found: list[RiskRow]) -> Iterator[list[Value]]:
    known = queries.matrices_named({row.matrix for row in found}) if found else {}
    for row in found:
        level = showing.level_state(known.get(row.matrix), row.level, row.severity)
        yield [
            row.title,
            str(level.word).replace("\u00a0", " ") if level else "",
            showing.serious_word(row.serious),
            str(showing.risk_state(row.status).word),
            row.unit,
            _action_words(row),
            row.found_on,
            queries.area_label(row.area) if row.area else "",
            ", ".join(map(str, row.lifted)),
        ]
