"""Finding parts, and what they answered and wrote, in as many queries for one as for hundreds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypedDict

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce, Concat

from samkoll.accounts.models import User
from samkoll.org import queries as org
from samkoll.reports.material import GatheredPart
from samkoll.reports.models import Answer, Event, Kind, Report, Reports, Status, Text, What
from samkoll.reports.template_data import AnswerValue

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

    class Told(TypedDict):
        """When a part was handed in, its last step with why, how many questions it answered."""

        handed_in: Any
        last_step: Any
        answered: Any

    ToldPart = WithAnnotations[Report, Told]

Key = tuple[str, int, int | None, int]
"""What gathers parts, whatever its version: kind, unit, board, year."""


_WHAT_AND_WHY = Concat("what", Value(":"), "comment", output_field=TextField())


def visible(user: User, today: date) -> Q:
    """The parts that a user may read: those of the units where the user may read parts."""
    return Q(kind=Kind.UNIT, unit__in=org.units_with(user, "part:read", today))


def below(report: Report) -> Reports:
    """The parts that a report gathers itself, not those that its departments gather."""
    return Report.objects.current().filter(
        kind=Kind.UNIT,
        part_of__kind=report.kind,
        part_of__unit=report.unit_id,
        part_of__board=report.board_id,
        part_of__year=report.year,
    )


def newest_year() -> int:
    """The newest year that has board reports for parts to belong to; 0 for none."""
    years = Report.objects.filter(kind=Kind.BOARD).order_by("-year").values_list("year", flat=True)
    return years.first() or 0


def told(parts: QuerySet[Report]) -> QuerySet[ToldPart]:
    """Parts with when they were handed in, why they came back and how much is answered."""
    events = Event.objects.filter(
        report=OuterRef("pk"), what__in=(What.HANDED_IN, What.RETURNED)
    ).order_by("-at", "-pk")
    answers = Answer.objects.filter(report=OuterRef("pk")).order_by().values("report")
    return parts.annotate(
        handed_in=Subquery(events.filter(what=What.HANDED_IN).values("at")[:1]),
        last_step=Subquery(events.values(said=_WHAT_AND_WHY)[:1]),
        answered=Coalesce(Subquery(answers.annotate(n=Count("pk")).values("n")), 0),
    ).defer("facts")


def returned_because(part: ToldPart) -> str | None:
    """Why a part came back; None unless that was its last step."""
    what, _colon, comment = (part.last_step or "").partition(":")
    return comment if what == What.RETURNED and part.status == Status.DRAFT else None


def key_of(report: Report) -> Key:
    """What parts know a report by."""
    return (report.kind, report.unit_id, report.board_id, report.year)


def gathered(reports: Iterable[Report]) -> dict[Key, tuple[GatheredPart, ...]]:
    """The parts that each report gathers, in Swedish order, with the answers of those handed in.

    Two queries whatever the number of reports and parts.
    """
    wanted = [key_of(report) for report in reports if report.kind in (Kind.BOARD, Kind.UNIT)]
    if not wanted:
        return {}
    rows = (
        Report.objects.current()
        .filter(
            kind=Kind.UNIT,
            part_of__unit__in={key[1] for key in wanted},
            part_of__year__in={key[3] for key in wanted},
        )
        .order_by("unit__name_order", "pk")
        .values_list(
            "part_of__kind", "part_of__unit", "part_of__board", "part_of__year",
            "pk", "unit__name", "unit__code", "status",
        )
    )  # fmt: skip
    found: dict[Key, list[tuple[int, str, str, str]]] = {}
    for kind, unit, board, year, pk, name, code, status in rows:
        found.setdefault((kind, unit, board, year), []).append((pk, name, code, status))
    mine = {key: found[key] for key in wanted if key in found}
    handed = {p[0] for parts in mine.values() for p in parts if p[3] == Status.HANDED_IN}
    answers = _answers(handed)
    return {key: _named(parts, answers) for key, parts in mine.items()}


def _answers(parts: set[int]) -> dict[int, dict[str, AnswerValue]]:
    answers: dict[int, dict[str, AnswerValue]] = {part: {} for part in parts}
    rows = Answer.objects.filter(report__in=parts).values_list("report", "question", "value")
    for part, question, value in rows:
        answers[part][question] = value  # type: ignore[assignment]
    return answers


def _named(
    parts: list[tuple[int, str, str, str]], answers: Mapping[int, dict[str, AnswerValue]]
) -> tuple[GatheredPart, ...]:
    """Units of one name are told apart by their codes."""
    names = Counter(name for _pk, name, _code, _status in parts)
    return tuple(
        GatheredPart(pk, name if names[name] == 1 else f"{name} ({code})", answers.get(pk))
        for pk, name, code, _status in parts
    )


@dataclass(frozen=True, slots=True)
class Written:
    """What somebody else wrote in a section: whose it is, its report, and the text."""

    name: str
    report: int
    text: str
    handed_in: bool


def texts_below(section: str, names: Mapping[int, str]) -> list[Written]:
    """What the reports named wrote in a section, in the order of ``names``. One query."""
    rows = Text.objects.filter(report__in=[*names], section=section).exclude(text="")
    written: dict[int, list[str]] = {}
    status: dict[int, str] = {}
    for pk, text, now in rows.order_by("part").values_list("report", "text", "report__status"):
        written.setdefault(pk, []).append(text)
        status[pk] = now
    return [
        Written(name, pk, "\n\n".join(written[pk]), status[pk] != Status.DRAFT)
        for pk, name in names.items()
        if pk in written
    ]
