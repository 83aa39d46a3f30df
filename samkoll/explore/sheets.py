"""The statistics sheet of one manager: which rows it has, before it is written in any format."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import translation

from samkoll.core.errors import DomainError
from samkoll.core.months import Month
from samkoll.core.text import listing, number, sort_key
from samkoll.explore.sheets_figures import SICK, YEAR, Reader, SickRow, WorkRow
from samkoll.org import queries as org
from samkoll.org.models import Person, Unit, UnitKind
from samkoll.stats import queries as stats
from samkoll.stats.charts import Chart, Point, Role, Series
from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.queries import BoundFacts

CLOSING = {4: "tertial 1", 8: "tertial 2", 12: "helåret"}
"""Months that end a tertial or a year, and what the period is called."""


class NoSheetMonth(DomainError):
    """There are no twelve months of facts that end with the month."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """A manager and the units that they lead, in Swedish order."""

    person: Person
    units: tuple[Unit, ...]

    @property
    def names(self) -> str:
        return listing(unit.name for unit in self.units)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything on one manager's sheet. The receiver's units come first in every table."""

    receiver: Receiver
    month: Month
    municipality: str
    sentence: str
    sick: tuple[SickRow, ...]
    boards: tuple[SickRow, ...]
    work: tuple[WorkRow, ...]
    curve: Chart
    bars: Chart
    snapshots: tuple[str, ...]
    convention: str

    @property
    def title(self) -> str:
        """``Statistik tertial 1 2024``, ``Statistik R12 2024-03``."""
        return title_of(self.month)


@dataclass(frozen=True, slots=True)
class Ground:
    """What all sheets of a run share: figures, units, and the rows of the boards."""

    reader: Reader
    top: Unit
    units: Mapping[int, Unit]
    below: Mapping[int, tuple[Unit, ...]]
    boards: tuple[SickRow, ...]
    bars: Chart
    convention: str


def title_of(month: Month) -> str:
    """The sheet's title, by the period that it closes."""
    closing = CLOSING.get(month.month)
    return f"Statistik {closing} {month.year}" if closing else f"Statistik R12 {month}"


def receivers(today: date, people: Iterable[int] | None = None) -> list[Receiver]:
    """Managers of today with their units; of these people only when some are named."""
    led = org.managers(today).select_related("person", "unit")
    led = led if people is None else led.filter(person__in=[*people])
    units: dict[Person, list[Unit]] = defaultdict(list)
    for position in led.order_by("person__name_order", "person", "unit__name_order"):
        units[position.person].append(position.unit)
    return [Receiver(person, tuple(found)) for person, found in units.items()]


def ground(facts: BoundFacts, month: Month) -> Ground:
    """Read the organisation once, and the boards' figures. Raises: NoSheetMonth."""
    require_month(facts, month)
    reader, last = Reader(facts, month), month.last_day
    units = {unit.pk: unit for unit in Unit.objects.valid(last).order_by("name_order")}
    below: dict[int, list[Unit]] = defaultdict(list)
    for unit in units.values():
        if unit.parent_id:
            below[unit.parent_id].append(unit)
    top = org.municipality()
    rows = [reader.sick(board.name, Scope(board=board.pk)) for board in org.boards(last)]
    rows.sort(key=lambda row: sort_key(row.name))
    rows.append(reader.sick(top.name, Scope(top.pk)))
    inner = {parent: tuple(found) for parent, found in below.items()}
    months = range(month.index - YEAR + 1, month.index + 1)
    with translation.override("sv"):  # a sheet is a document, whoever asks for it
        said = stats.convention_words(facts, months)
    return Ground(reader, top, units, inner, tuple(rows), _bars(rows, month), said)


def require_month(facts: BoundFacts, month: Month) -> None:
    """Raises: NoSheetMonth when a month of the twelve is not loaded."""
    missing = [m for m in range(month.index - YEAR + 1, month.index + 1) if m not in facts.months]
    if missing:
        raise NoSheetMonth(
            f"Underlag saknas för {Month(missing[0])}. Läs in månaden, eller välj en annan period."
        )


def sheet(receiver: Receiver, shared: Ground) -> Sheet:
    """One manager's sheet."""
    places = _places(receiver, shared)
    reader = shared.reader
    sick = tuple(reader.sick(unit.name, Scope(unit.pk), own=own) for unit, own in places)
    figure = reader.figure(Scope(shared.top.pk), SICK)
    return Sheet(
        receiver=receiver,
        month=reader.month,
        municipality=shared.top.name,
        sentence=_sentence(sick[0], shared.boards[-1], reader.month),
        sick=sick,
        boards=shared.boards,
        work=tuple(reader.work(unit.name, Scope(unit.pk), own=own) for unit, own in places),
        curve=_curve(receiver, shared),
        bars=shared.bars,
        snapshots=figure.snapshots if figure else (),
        convention=shared.convention,
    )


def _places(receiver: Receiver, shared: Ground) -> list[tuple[Unit, bool]]:
    """The receiver's units, what lies right below them, then the administration and the whole."""
    found: dict[int, tuple[Unit, bool]] = {}
    for unit in receiver.units:
        found[unit.pk] = unit, True
        for inner in shared.below.get(unit.pk, ()):
            found.setdefault(inner.pk, (inner, True))
    for above in _above(receiver, shared):
        found.setdefault(above.pk, (above, False))
    return list(found.values())


def _above(receiver: Receiver, shared: Ground) -> list[Unit]:
    """The administrations over the receiver's units, and the municipality."""
    found: dict[int, Unit] = {}
    for unit in receiver.units:
        above: Unit | None = unit
        while above is not None:
            if above.kind == UnitKind.ADMINISTRATION:
                found[above.pk] = above
            above = shared.units.get(above.parent_id or 0)
    return [*found.values(), shared.top]


def _sentence(own: SickRow, whole: SickRow, month: Month) -> str:
    """The receiver's first unit and the municipality, in words."""
    if own.total.value is None:
        said = f"Sjukfrånvaron för {own.name} visas inte (R12 {month})."
    else:
        said = f"Sjukfrånvaron i {own.name} var {own.total.text} procent (R12 {month})"
        said += _against(own) + "."
    if own.name == whole.name or whole.total.value is None:
        return said
    return f"{said} I hela kommunen var den {whole.total.text} procent."


def _against(row: SickRow) -> str:
    if row.change.value is None:
        return ""
    if row.change.value == 0:
        return ", som ett år innan"
    word = "högre" if row.change.value > 0 else "lägre"
    return f", {number(abs(row.change.value), 1)} procentenheter {word} än ett år innan"


def _curve(receiver: Receiver, shared: Ground) -> Chart:
    """The receiver's first unit beside its administration and the municipality."""
    first, top = receiver.units[0], shared.top
    above = next(iter(_above(Receiver(receiver.person, (first,)), shared)))
    roles: dict[Unit, Role] = {above: "before", top: "total", first: "now"}
    drawn = sorted(roles, key=lambda unit: (unit != first, unit == top))
    lines = [Series(unit.name, _points(shared.reader, unit), roles[unit]) for unit in drawn]
    caption = "Sjukfrånvaro, rullande tolv månader"
    return Chart("lines", caption, _curve_alt(lines), "%", tuple(lines))


def _points(reader: Reader, unit: Unit) -> tuple[Point, ...]:
    figures = [(m, reader.figure(Scope(unit.pk), SICK, "total", m)) for m in reader.series]
    return tuple(Point(str(month), figure.value if figure else None) for month, figure in figures)


def _curve_alt(lines: Iterable[Series]) -> str:
    said = []
    for line in lines:
        known = [(point.label, point.value) for point in line.points if point.value is not None]
        if known:
            (first, start), (last, end) = known[0], known[-1]
            said.append(
                f"{line.name} från {number(start, 1)} procent ({first}) till "
                f"{number(end, 1)} ({last})"
            )
        else:
            said.append(f"{line.name} visas inte")
    return f"Sjukfrånvaro rullande tolv månader: {listing(said)}."


def _bars(rows: Iterable[SickRow], month: Month) -> Chart:
    """Boards beside each other, now and a year before."""
    rows = list(rows)
    now = Series(f"R12 {month}", tuple(Point(r.name, r.total.value) for r in rows), "now")
    before = Series(
        f"R12 {month - YEAR}", tuple(Point(r.name, r.before.value) for r in rows), "before"
    )
    said = listing(f"{row.name} {row.total.text}" for row in rows)
    alt = f"Sjukfrånvaro R12 {month} i procent: {said}."
    return Chart("bars", "Sjukfrånvaro per nämnd", alt, "%", (now, before))
