"""The birth certificate of a figure: what it is, what it is made of, and what it stands on.

One shape for every page that shows where a figure comes from, of units and of reports. A figure
that is not shown has the same page whatever lies behind it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from samkoll.core.months import Month, Window
from samkoll.core.text import MISSING, listing, number
from samkoll.stats import metrics
from samkoll.stats.engine.facts import HOURS, FactSet, MixedConventions
from samkoll.stats.metrics import Metric
from samkoll.stats.models import MonthVersion
from samkoll.web.page import Words
from samkoll.web.tables import Fact, Table

MEASURES: dict[str, Words] = {
    "ordinary": gettext_lazy("ordinarie arbetstid"),
    "sick_short": gettext_lazy("kort sjukfrånvaro"),
    "sick_long": gettext_lazy("lång sjukfrånvaro"),
    "additional": gettext_lazy("mertid"),
    "overtime": gettext_lazy("övertid"),
    "sick_60": gettext_lazy("sjukfrånvaro i perioder på minst 60 dagar"),
    "sick_days": gettext_lazy("sjukdagar"),
    "occasions": gettext_lazy("sjukfrånvarotillfällen"),
    "persons": gettext_lazy("anställda"),
    "permanent": gettext_lazy("tillsvidareanställda"),
    "departures": gettext_lazy("avgångar"),
    "retirements": gettext_lazy("pensionsavgångar"),
    "full_time": gettext_lazy("heltidsanställda"),
    "manager": gettext_lazy("närmaste chef"),
}
"""What each base measure counts, and what the columns are about that are no measures."""

SEXES: dict[str, Words] = {
    "total": "",
    "women": pgettext_lazy("figure", "kvinnor"),
    "men": pgettext_lazy("figure", "män"),
}

POPULATIONS: dict[str, Words] = {
    "persons": gettext_lazy(
        "Alla som hade ordinarie arbetstid i månaden, var och en räknad en gång, i enheten för "
        "sin huvudanställning."
    ),
    "permanent": gettext_lazy(
        "Alla som var tillsvidareanställda i månaden, var och en räknad en gång, i enheten för "
        "sin huvudanställning."
    ),
}

CONVENTIONS: dict[str, Words] = {
    "day_split": gettext_lazy(
        "Dag 1–14 i varje sjukperiod räknas som kort sjukfrånvaro och dagarna därefter som lång."
    ),
    "whole_spell": gettext_lazy(
        "En sjukperiod på högst 14 dagar räknas i sin helhet som kort sjukfrånvaro och en längre "
        "i sin helhet som lång."
    ),
}

DEFINITIONS: dict[str, Words] = {
    "sick_leave": gettext_lazy(
        "Timmar med egen sjukdom som andel av den ordinarie arbetstiden före frånvaro."
    ),
    "sick_leave_short": gettext_lazy(
        "Timmar med kort sjukfrånvaro som andel av hela den ordinarie arbetstiden."
    ),
    "sick_leave_long": gettext_lazy(
        "Timmar med lång sjukfrånvaro som andel av hela den ordinarie arbetstiden."
    ),
    "turnover": gettext_lazy(
        "Tillsvidareanställda som lämnade kommunen, pension inräknad, per tillsvidareanställd i "
        "medeltal. Den som byter enhet inom kommunen räknas inte."
    ),
    "departures": gettext_lazy("Tillsvidareanställda som lämnade kommunen, var och en en gång."),
    "retirements": gettext_lazy("De av avgångarna som gällde pension."),
    "employees": gettext_lazy("Personer med ordinarie arbetstid, i medeltal per månad."),
    "permanent": gettext_lazy("Tillsvidareanställda, i medeltal per månad."),
    "additional_hours": gettext_lazy(
        "En deltidsanställds timmar utöver den egna arbetstiden, upp till heltid."
    ),
    "overtime_hours": gettext_lazy("Timmar utöver heltid."),
    "extra_hours": gettext_lazy("Mertid och övertid tillsammans."),
}


@dataclass(frozen=True, slots=True)
class FigurePage:
    """What the page of one figure shows."""

    title: str
    facts: tuple[Fact, ...]
    notice: str = ""
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class MadeOf:
    """A shown figure and its parts in words; ``below`` is empty where there is no denominator."""

    value: Decimal | None
    above: str
    below: str


@dataclass(frozen=True, slots=True)
class Subject:
    """Whose figure it is, how it is defined there, and what else its page tells about its basis."""

    place: Fact
    definition: str
    basis: tuple[Fact, ...]


def figure_page(
    metric: Metric, sex: str, month: Month, made_of: MadeOf | None, subject: Subject
) -> FigurePage:
    """The page of one figure. ``made_of`` None: it is protected, or its facts are missing."""
    title = ", ".join(filter(None, (label(metric), str(SEXES[sex]))))
    about = _about(metric, month, subject)
    if made_of is None:
        notice = _(
            "Siffran visas inte: underlag saknas, eller så är gruppen så liten att någon skulle "
            "kunna kännas igen."
        )
        return FigurePage(title, about, notice)
    value = MISSING if made_of.value is None else with_unit(made_of.value, metric)
    facts = (
        Fact(_("Värde"), value),
        Fact(_("Täljare"), made_of.above),
        Fact(_("Nämnare"), made_of.below),
    )
    return FigurePage(title, (*filter(_said, facts), *about, *filter(_said, subject.basis)))


def parts(metric: Metric, above: int, below: int | None) -> tuple[str, str]:
    """Exact numerator and denominator in words; a sum has no denominator."""
    expression = metric.expression
    if isinstance(expression, metrics.Ratio):
        averaged = _(" (personmånader, delas med 12)") if expression.averaged else ""
        return _part(expression.numerator, above), _part(
            expression.denominator, below or 0
        ) + averaged
    return _part(expression.measures, above), ""


def formula(metric: Metric) -> str:
    """How the figure is worked out, in the words of its measures."""
    expression = metric.expression
    if isinstance(expression, metrics.Ratio):
        above, below = _named(expression.numerator, " + "), _named(expression.denominator, " + ")
        times = metric.terms.months if expression.averaged else 1
        factor = f" × {times}" if times > 1 else ""
        return f"{expression.scale} × ({above}){factor} / ({below})"
    if isinstance(expression, metrics.ShownSum):
        return " + ".join(label(part) for part in expression.parts)
    summed = _("summan av %(what)s") % {"what": _named(metric.expression.measures, " + ")}
    averaged = isinstance(expression, metrics.Sum) and expression.averaged
    return f"{summed} / {metric.terms.months}" if averaged else summed


def label(metric: Metric) -> str:
    """The metric's name in the reader's language; the metrics themselves know no Django."""
    return metric.label_en if get_language() == "en" else metric.label


def with_unit(value: Decimal, metric: Metric) -> str:
    """``3,9 %``, ``1 timme``, ``12 personer``, with a no-break space."""
    shown = {"value": number(value, metric.terms.decimals)}
    if metric.terms.unit == "timmar":
        said = ngettext("%(value)s timme", "%(value)s timmar", int(value)) % shown
    elif metric.terms.unit == "personer":
        said = ngettext("%(value)s person", "%(value)s personer", int(value)) % shown
    else:
        said = f"{shown['value']} {metric.terms.unit}"
    return said.replace(" ", "\u00a0")


def definition(metric: Metric) -> str:
    """The metric's definition in one sentence."""
    return str(DEFINITIONS.get(metric.key, label(metric)))


def convention_words(facts: FactSet, months: Iterable[int]) -> str:
    """How the facts behind these months tell short from long sick leave."""
    try:
        found = facts.convention_of(months)
    except MixedConventions:
        return _("Underlaget delar upp kort och lång på två sätt; de visas inte var för sig.")
    return str(CONVENTIONS.get(found or "", ""))


def lacking_words(unknown: Iterable[str]) -> str:
    """Why there is no figure: what the payroll system behind the facts does not know."""
    what = listing(str(MEASURES[name]) for name in unknown)
    return _("Underlaget har ingen uppgift om %(what)s i hela perioden.") % {"what": what}


def batches_of(hashes: Iterable[str], months: Iterable[int]) -> tuple[str, ...]:
    """The import batches that brought these months of these snapshots, oldest first."""
    found = MonthVersion.objects.filter(snapshot__sha256__in=[*hashes], month__in=[*months])
    return tuple(dict.fromkeys(found.order_by("pk").values_list("batch", flat=True)))


def _about(metric: Metric, month: Month, subject: Subject) -> tuple[Fact, ...]:
    window = Window.rolling(month, metric.terms.months)
    version = _("Definition, version %(n)s") % {"n": metric.terms.version}
    rule = _(
        "Visas från %(n)d personer i den minsta månaden, och bara när ingen mindre grupp kan "
        "räknas ut ur siffran och andra siffror."
    )
    return (
        Fact(version, subject.definition),
        Fact(_("Formel"), formula(metric)),
        Fact(_("Vilka som räknas"), POPULATIONS[metric.terms.population]),
        Fact(_("Period"), f"{window.first} – {window.last}"),
        subject.place,
        Fact(_("Minsta grupp som visas"), rule % {"n": metric.terms.smallest_group}),
    )


def _said(fact: Fact) -> bool:
    return bool(fact.text)


def _named(measures: Iterable[str], between: str) -> str:
    return between.join(str(MEASURES[name]) for name in measures)


def _part(measures: Iterable[str], total: int) -> str:
    """``12 345,50 timmar kort sjukfrånvaro och lång sjukfrånvaro``."""
    names = tuple(measures)
    what = _named(names, _(" och "))
    if set(names) <= set(HOURS):
        hours = number(Decimal(total) / 100, 2)
        return _("%(hours)s timmar %(what)s") % {"hours": hours, "what": what}
    return f"{number(total)} {what}"
