"""The birth certificate of a figure: what it is, what it is made of, and what it stands on.

One shape for every page that shows where a figure comes from, of units and of reports. A figure
that is not shown has the same page whatever lies behind it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from samkoll.core.months import Month, Window
from samkoll.core.text import MISSING, listing
from samkoll.stats.engine.facts import FactSet, MixedConventions
from samkoll.stats.formulas import formula, with_unit
from samkoll.stats.metrics import Metric
from samkoll.stats.models import DERIVED, MonthVersion, RecordFile
from samkoll.stats.sums import Lack, window_of
from samkoll.stats.words import CAVEATS, LACKS, MEASURES, POPULATIONS, label
from samkoll.web.page import Words
from samkoll.web.tables import Fact, Table

SEXES: dict[str, Words] = {
    "total": "",
    "women": pgettext_lazy("figure", "kvinnor"),
    "men": pgettext_lazy("figure", "män"),
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
    """Whose figure it is, how it is defined there, and what else its page tells about its basis.

    ``window``: unless it is the metric's own. ``group``: of which employees, where not of all.
    """

    place: Fact
    definition: str
    basis: tuple[Fact, ...]
    window: Window | None = None
    group: str = ""


def figure_page(
    metric: Metric, sex: str, month: Month, made_of: MadeOf | None, subject: Subject
) -> FigurePage:
    """The page of one figure. ``made_of`` None: it is protected, or its facts are missing."""
    title = ", ".join(filter(None, (label(metric), subject.group, str(SEXES[sex]))))
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


def lack_words(lack: Lack, unknown: Iterable[str] = ()) -> str:
    """Why there is no figure; empty when nothing is lacking."""
    return lacking_words(unknown) if lack == "columns" else str(LACKS[lack])


def batches_of(hashes: Iterable[str], months: Iterable[int]) -> tuple[str, ...]:
    """The import batches that brought these months of these snapshots, oldest first.

    Months that were derived from record files came with the batches of those files.
    """
    found = MonthVersion.objects.filter(snapshot__sha256__in=[*hashes], month__in=[*months])
    keys = tuple(dict.fromkeys(found.order_by("pk").values_list("batch", flat=True)))
    derived = [int(key.removeprefix(DERIVED)) for key in keys if key.startswith(DERIVED)]
    if not derived:
        return keys
    files = RecordFile.objects.filter(derivations__in=derived).order_by("pk")
    brought = files.values_list("batch", flat=True)
    return tuple(dict.fromkeys((*(k for k in keys if not k.startswith(DERIVED)), *brought)))


def _about(metric: Metric, month: Month, subject: Subject) -> tuple[Fact, ...]:
    window = subject.window or window_of(metric, month)
    version = _("Definition, version %(n)s") % {"n": metric.terms.version}
    rule = _(
        "Visas från %(n)d personer i den minsta månaden, och bara när ingen mindre grupp kan "
        "räknas ut ur siffran och andra siffror."
    )
    return (
        Fact(version, subject.definition),
        Fact(_("Formel"), formula(metric, len(window))),
        *(Fact(_("Tänk på"), caveat) for caveat in CAVEATS.get(metric.key, ())),
        Fact(_("Vilka som räknas"), POPULATIONS[metric.terms.population]),
        Fact(_("Period"), f"{window.first} – {window.last}"),
        subject.place,
        Fact(_("Minsta grupp som visas"), rule % {"n": metric.terms.smallest_group}),
    )


def _said(fact: Fact) -> bool:
    return bool(fact.text)
