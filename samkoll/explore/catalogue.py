"""The pages of the metric catalogue: the list by family, and everything about one metric."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkoll.core.months import Month
from samkoll.org import queries as org
from samkoll.org.models import Unit
from samkoll.stats import metrics
from samkoll.stats import queries as stats
from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.metrics import Metric
from samkoll.stats.metrics.time import LIMITED
from samkoll.stats.registry import uses
from samkoll.web.page import Words
from samkoll.web.tables import Cell, Fact, Head, Row, Table


@dataclass(frozen=True, slots=True)
class Shelf:
    """One family of the catalogue."""

    heading: Words
    table: Table


@dataclass(frozen=True, slots=True)
class MetricPage:
    """Everything about one metric. ``used``: places that show it, as (name, address)."""

    title: str
    definition: str
    facts: tuple[Fact, ...]
    history: Table
    used: tuple[tuple[Words, str], ...]
    caveats: tuple[Words, ...]


def shelves(asked: str = "") -> list[Shelf]:
    """The families with their metrics; only those that have every word that is asked for."""
    found = [each for each in metrics.catalogue() if _fits(each, asked)]
    return [
        Shelf(
            stats.FAMILIES[family], _table(family, [m for m in found if m.terms.family == family])
        )
        for family in metrics.FAMILIES
        if any(metric.terms.family == family for metric in found)
    ]


def page_of(metric: Metric) -> MetricPage:
    """The page of one metric, with its latest published figure of the municipality."""
    return MetricPage(
        title=stats.title(metric),
        definition=stats.definition(metric),
        facts=(*_latest(metric), *_facts(metric)),
        history=_history(metric),
        used=tuple(uses.of(metric.key)),
        caveats=stats.CAVEATS.get(metric.key, ()),
    )


def _fits(metric: Metric, asked: str) -> bool:
    words = (stats.title(metric), stats.label(metric), stats.definition(metric), metric.key)
    text = " ".join(map(str, words)).lower()
    return all(word in text for word in asked.lower().split())


def _table(family: str, found: list[Metric]) -> Table:
    heads = (Head(_("Mått")), Head(_("Vad det är")), Head(_("Sort")))
    return Table(stats.FAMILIES[family], heads, tuple(map(_row, found)), caption_hidden=True)


def _row(metric: Metric) -> Row:
    url = reverse("explore:metric", args=[metric.key])
    name = Cell(stats.title(metric), url=url)
    return Row((name, Cell(stats.definition(metric)), Cell(stats.unit_word(metric))))


def _latest(metric: Metric) -> tuple[Fact, ...]:
    """The figure that everybody may see of the latest month that has facts."""
    facts = stats.current_facts()
    try:
        top = org.municipality()
    except Unit.DoesNotExist:
        return ()
    if not facts.months:
        return ()
    month = Month(max(facts.months))
    figure = stats.figure(Scope(unit=top.pk), metric, "total", month, facts)
    value = figure.text if figure.value is None else stats.with_unit(figure.value, metric)
    label = _("%(unit)s, %(window)s") % {"unit": top.name, "window": figure.window}
    return (Fact(label, value, note=figure.reason),)


def _facts(metric: Metric) -> tuple[Fact, ...]:
    terms = metric.terms
    smallest = _(
        "%(n)d personer, och bara när ingen mindre grupp kan räknas ut ur siffran och andra siffror"
    )
    return (
        Fact(_("Formel"), stats.formula(metric)),
        Fact(_("Period"), _window(metric)),
        Fact(_("Sort"), _unit(metric)),
        Fact(_("Vilka som räknas"), stats.POPULATIONS[terms.population]),
        Fact(_("Minsta grupp som visas för alla"), smallest % {"n": terms.smallest_group}),
        Fact(_("Delas upp på"), _split(metric)),
        Fact(_("Summering"), _adding(metric)),
        Fact(_("Källa"), stats.source(metric)),
        *_assumptions(metric),
        Fact(_("Kod"), metric.key),
    )


def _assumptions(metric: Metric) -> tuple[Fact, ...]:
    """Where the municipality's own figures behind it are kept, if it has any."""
    if metric.terms.family != "cost" and metric.key not in LIMITED:
        return ()
    return (Fact(_("Antaganden"), _("Gränser och kostnader"), url=reverse("explore:parameters")),)


def _window(metric: Metric) -> str:
    if metric.terms.window == "year":
        return _("kalenderåret hittills")
    if metric.terms.months == 1:
        return _("en månad")
    if metric.terms.prior:
        return _("rullande tolv månader, och månaden före dem")
    return _("rullande tolv månader")


def _unit(metric: Metric) -> str:
    decimals = metric.terms.decimals
    if not decimals:
        return stats.unit_word(metric)
    shown = {"unit": stats.unit_word(metric), "n": decimals}
    return ngettext("%(unit)s, %(n)d decimal", "%(unit)s, %(n)d decimaler", decimals) % shown


def _split(metric: Metric) -> str:
    if metric.terms.kind == "additive":
        return _("enhet, nämnd, kön, personalgrupp, ålder och anställningsform")
    return _("enhet, nämnd och kön")


def _adding(metric: Metric) -> str:
    if not metric.terms.adds_up:
        return _("Delarnas tal summerar inte till helhetens.")
    if metric.terms.kind == "additive":
        return _("Täljare och nämnare är summor: delarna blir helheten.")
    return _("Räknas för sig på varje period: summera inte månader. Enheternas tal blir helhetens.")


def _history(metric: Metric) -> Table:
    heads = (Head(_("Version")), Head(_("Från")), Head(_("Vad som ändrades")))
    rows = tuple(
        Row((Cell(str(each.number)), Cell(each.since.isoformat()), Cell(each.change)))
        for each in reversed(stats.history(metric))
    )
    return Table(_("Definitionens versioner"), heads, rows, caption_hidden=True)
