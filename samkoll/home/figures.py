"""The figures of a unit's page: the sentence, the cards, the chart, and how they are computed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from samkoll.core.months import Month
from samkoll.core.text import listing, number
from samkoll.home.reader import SICK, Reader
from samkoll.home.words import change_note, more_or_less, why, with_unit
from samkoll.stats import metrics
from samkoll.stats import queries as stats
from samkoll.stats.charts import Chart, Point, Series
from samkoll.stats.engine.cube import Sex
from samkoll.stats.metrics import difference
from samkoll.stats.queries import Figure
from samkoll.web.spark import Spark, spark
from samkoll.web.tables import Fact

TURNOVER, HOURS, PEOPLE = "turnover", "extra_hours", "employees"

Address = Callable[[Figure], str]
"""The page of a figure: where it comes from."""


@dataclass(frozen=True, slots=True)
class Card:
    """One card. ``note`` tells the change, the municipality, or why there is no figure."""

    title: str
    value: str
    note: str
    url: str
    link: str
    spark: Spark | None = None


def sex_words() -> dict[Sex, str]:
    """The names of the lines and rows."""
    return {"total": _("Totalt"), "women": _("Kvinnor"), "men": _("Män")}


def cards(reader: Reader, unit: int, address: Address) -> tuple[Card, ...]:
    """The cards with figures."""
    return (
        _sick_card(reader, unit, address),
        _card(reader, unit, TURNOVER, _("Extern personalomsättning"), address, points=True),
        _card(reader, unit, HOURS, _("Mertid och övertid"), address),
        _card(reader, unit, PEOPLE, _("Anställda i medeltal"), address),
    )


def sentence(reader: Reader, unit: int) -> str:
    """The main thing: sick leave, against a year before and against the municipality."""
    sick, change = reader.change(unit, SICK)
    if sick.value is None:
        return " ".join((_("Det finns ingen sjukfrånvaro att visa för enheten."), why(sick)))
    said = [_against_last_year(sick, change)]
    gap = difference(sick.value, reader.figure(reader.top, SICK).value)
    if unit != reader.top and gap:
        said.append(_("Det är %(gap)s än i hela kommunen.") % {"gap": more_or_less(gap)})
    return " ".join(said)


def _against_last_year(sick: Figure, change: Decimal | None) -> str:
    said = {"value": sick.text, "month": sick.window.last}
    if change is None:
        return _("Sjukfrånvaron var %(value)s procent (R12 %(month)s).") % said
    if change == 0:
        return _("Sjukfrånvaron var %(value)s procent (R12 %(month)s), som ett år innan.") % said
    said["change"] = more_or_less(change)
    return (
        _("Sjukfrånvaron var %(value)s procent (R12 %(month)s), %(change)s än ett år innan.") % said
    )


def chart(reader: Reader, unit: int) -> Chart | None:
    """Sick leave R12 over time, by sex where that is published; None with fewer than two values."""
    words = sex_words()
    lines = tuple(
        Series(words[sex], tuple(_point(reader, unit, month, sex) for month in reader.series), sex)
        for sex in reader.sexes(unit)
    )
    if sum(point.value is not None for point in lines[0].points) < 2:
        return None
    caption = _("Sjukfrånvaro, rullande tolv månader")
    return Chart("lines", caption, _chart_alt(lines), "%", lines)


def _point(reader: Reader, unit: int, month: Month, sex: Sex) -> Point:
    return Point(str(month), reader.figure(unit, SICK, month, sex).value)


def _chart_alt(lines: tuple[Series, ...]) -> str:
    """From where to where each line goes."""
    said = []
    for line in lines:
        known = [(point.label, point.value) for point in line.points if point.value is not None]
        if known:
            (first, start), (last, end) = known[0], known[-1]
            words = {"name": line.name.lower(), "start": number(start, 1), "first": first}
            words |= {"end": number(end, 1), "last": last}
            said.append(
                _("%(name)s från %(start)s procent (%(first)s) till %(end)s (%(last)s)") % words
            )
    return _("Sjukfrånvaro rullande tolv månader: %(lines)s.") % {"lines": listing(said)}


def how(reader: Reader, unit: int, address: Address) -> tuple[Fact, ...]:
    """How the page's figures are computed, with a link to the page of the main one."""
    sick = reader.figure(unit, SICK)
    months = [month.index for month in sick.window]
    facts = [
        Fact(_("Sjukfrånvaro"), stats.definition(metrics.lookup(SICK))),
        Fact(_("Personalomsättning"), stats.definition(metrics.lookup(TURNOVER))),
        Fact(_("Vilka som räknas"), stats.POPULATIONS["persons"]),
        Fact(_("Period"), f"{sick.window.first} – {sick.window.last}"),
        Fact(_("Kort och lång sjukfrånvaro"), stats.convention_words(reader.facts, months)),
        Fact(_("Små grupper"), _("Visas inte för tio personer eller färre.")),
        Fact(_("Underlagets kontrollsumma"), ", ".join(sha[:12] for sha in sick.snapshots)),
        Fact(_("Siffran i detalj"), _("Täljare, nämnare och underlag"), url=address(sick)),
    ]
    return tuple(fact for fact in facts if fact.text)


def _sick_card(reader: Reader, unit: int, address: Address) -> Card:
    sick, change = reader.change(unit, SICK)
    series = [reader.figure(unit, SICK, reader.month - back).value for back in range(12, -1, -1)]
    alt = _("Sjukfrånvaron månad för månad det senaste året, rullande tolv månader.")
    whole = with_unit(reader.figure(reader.top, SICK))
    compared = [] if unit == reader.top else [_("Kommunen: %(text)s.") % {"text": whole}]
    note = " ".join([change_note(change, points=True), *compared, why(sick)]).strip()
    line = spark(series, alt)
    return Card(_("Sjukfrånvaro"), with_unit(sick), note, address(sick), _link(), line)


def _card(
    reader: Reader, unit: int, metric: str, title: str, address: Address, *, points: bool = False
) -> Card:
    figure, change = reader.change(unit, metric)
    note = f"{change_note(change, points=points)} {why(figure)}".strip()
    return Card(title, with_unit(figure), note, address(figure), _link())


def _link() -> str:
    return _("Så är den räknad")
