"""The list of parts: what its address asks for, its filters and its rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.core.paginator import Page as Slice
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.core.text import number
from samkoll.org import queries as org
from samkoll.reports.models import Kind, Report, Status, Template
from samkoll.reports.parts import queries
from samkoll.reports.template_reader import form_of
from samkoll.web import lists
from samkoll.web.lists import Filter
from samkoll.web.tables import Cell, Column, Row, State, Table, Tone
from samkoll.web.tables import Kind as ColumnKind

if TYPE_CHECKING:
    from samkoll.reports.parts.queries import ToldPart

TONES = {Status.DRAFT: Tone.NEUTRAL, Status.HANDED_IN: Tone.SUCCESS}


@dataclass(frozen=True, slots=True)
class PartList:
    """One page of the list. ``handed_in`` of ``all`` parts that the address asks for."""

    year: int
    all: int
    handed_in: int
    page: Slice[ToldPart]
    table: Table
    filters: list[Filter]


def read(request: HttpRequest, user: User, today: date) -> PartList:
    """The fifty parts that the address asks for, of those that the user may read: of the year,
    of the report that gathers them, in a status. Seven queries whatever their number."""
    visible = Report.objects.current().filter(queries.visible(user, today))
    years = sorted(set(visible.order_by().values_list("year", flat=True)), reverse=True)
    year = _number(request.GET, "ar") or (years[0] if years else 0)
    wanted = visible.filter(year=year)
    if gatherer := _number(request.GET, "samlas"):
        wanted = wanted.filter(part_of=gatherer)
    counts = wanted.aggregate(all=Count("pk"), done=Count("pk", filter=_handed_in()))
    if status := _status(request.GET):
        wanted = wanted.filter(status=status)
    page = lists.page_of(request, _in_order(queries.told(wanted)))
    return PartList(
        year=year,
        all=counts["all"],
        handed_in=counts["done"],
        page=page,
        table=_table(request.GET, list(page), _taken_by(user, list(page), today)),
        filters=_filters(request.GET, years, counts),
    )


def _handed_in() -> Q:
    return Q(status=Status.HANDED_IN)


def _in_order(parts: QuerySet[ToldPart]) -> QuerySet[ToldPart]:
    related = parts.select_related("unit", "part_of__unit", "part_of__board")
    return related.order_by(
        "part_of__unit__name_order", "part_of__board__name_order", "unit__name_order", "pk"
    )


def _number(query: QueryDict, name: str) -> int:
    text = query.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _status(query: QueryDict) -> str:
    return next((s for s in TONES if s.value == query.get("lage")), "")


def _filters(query: QueryDict, years: list[int], counts: dict[str, int]) -> list[Filter]:
    handed = {Status.HANDED_IN: counts["done"], Status.DRAFT: counts["all"] - counts["done"]}
    states = [(status.value, str(status.label)) for status in TONES]
    filters = [
        lists.filter_of(
            query, "lage", _("Läge"), states, several=False,
            counts={status.value: count for status, count in handed.items()},
        )
    ]  # fmt: skip
    if len(years) > 1:
        words = [(str(year), str(year)) for year in years]
        filters.append(lists.filter_of(query, "ar", _("År"), words, several=False))
    return filters


def _taken_by(user: User, parts: list[ToldPart], today: date) -> set[int]:
    """The handed-in parts that the user gathers, and so may give back."""
    handed = {part.pk: part.unit.parent_id for part in parts if part.status == Status.HANDED_IN}
    if org.may(user, "report:municipal", today, unit=org.municipality()):
        return set(handed)
    written = org.units_with(user, "report:write", today).filter(pk__in=set(handed.values()))
    above = set(written.values_list("pk", flat=True))
    return {part for part, parent in handed.items() if parent in above}


def _table(query: QueryDict, parts: list[ToldPart], taken: set[int]) -> Table:
    columns = (
        Column(_("Enhet")),
        Column(_("Samlas i")),
        Column(_("Läge"), ColumnKind.STATE),
        Column(_("Inlämnad"), ColumnKind.DATE),
        Column(_("Besvarade frågor"), ColumnKind.NUMBER),
        Column(_("Steg")),
    )
    asked = _asked({part.template_id for part in parts})
    address = lists.address_of("reports:read")
    rows = tuple(
        _row(part, asked[part.template_id], address(part.pk), part.pk in taken) for part in parts
    )
    return Table(
        _("Enheternas delar"), lists.heads(query, columns, None), rows, caption_hidden=True
    )


def _row(part: ToldPart, asked: int, url: str, taken: bool) -> Row:
    status = Status(part.status)
    returned = queries.returned_because(part)
    note = _("Lämnades tillbaka: %(why)s") % {"why": returned} if returned is not None else ""
    above = part.part_of
    tone = TONES.get(status, Tone.NEUTRAL) if returned is None else Tone.WARNING
    return Row(
        (
            Cell(part.unit.name, url=url),
            Cell(str(above.board or above.unit) if above else "", note=_place(above)),
            Cell("", state=State(str(status.label), tone), note=note),
            Cell(f"{timezone.localdate(part.handed_in)}" if part.handed_in else "–"),
            Cell(_("%(done)s av %(all)s") % {"done": number(part.answered), "all": number(asked)}),
            _give_back(part) if taken else Cell("–"),
        )
    )


def _give_back(part: ToldPart) -> Cell:
    url = reverse("reports:send_back", args=[part.pk])
    return Cell(_("Lämna tillbaka"), url=url, about=part.unit.name)


def _place(above: Report | None) -> str:
    """The administration of a board's report."""
    return above.unit.name if above and above.board else ""


def _asked(templates: set[int]) -> dict[int, int]:
    """How many questions each form asks."""
    rows = Template.objects.filter(pk__in=templates, kind=Kind.UNIT)
    return {row.pk: len(list(form_of(row.content).questions())) for row in rows}


def link(report: Report, user: User, today: date) -> str:
    """The list of the parts that one report gathers; empty when there is none to see."""
    visible = queries.below(report).filter(queries.visible(user, today))
    if not visible.exists():
        return ""
    return f"{reverse('reports:parts')}?ar={report.year}&samlas={report.pk}"
