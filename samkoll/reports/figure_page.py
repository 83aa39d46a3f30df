"""The birth certificate of a figure: everything that tells where it comes from."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from samkoll.core.errors import DomainError
from samkoll.core.text import number
from samkoll.reports import pages
from samkoll.reports.composition import Context
from samkoll.reports.composition.colophon import CONVENTIONS
from samkoll.reports.figures import FigureKey
from samkoll.stats import metrics
from samkoll.web.tables import Fact, Table

SEXES = {"total": "", "women": "kvinnor", "men": "män"}


@dataclass(frozen=True, slots=True)
class FigurePage:
    """What the page of one figure shows."""

    title: str
    facts: tuple[Fact, ...]
    notice: str = ""
    table: Table | None = None


def of(context: Context, figure_id: str) -> FigurePage | None:
    """The page of a figure of a report; None for an id that the report does not have."""
    kind, _dot, rest = figure_id.partition(".")
    if kind == "given":
        if rest not in context.report.form.given():
            return None
        given = pages.given(context, rest)
        return FigurePage(given.title, given.facts, table=given.table)
    try:
        key = FigureKey.parse(figure_id)
        metric = metrics.lookup(key.metric)
    except (ValueError, DomainError):
        return None
    return _computed(context, key, metric)


def _computed(context: Context, key: FigureKey, metric: metrics.Metric) -> FigurePage:
    """A protected figure has the same page whatever lies behind it."""
    certificate = context.figures.certificate(context.report.scope, key.metric, key.sex, key.month)
    about = _about(context, key, metric)
    title = ", ".join(filter(None, (metric.label, SEXES[key.sex])))
    if certificate is None:
        notice = _(
            "Siffran visas inte: underlag saknas, eller så är gruppen så liten att någon skulle "
            "kunna kännas igen."
        )
        return FigurePage(title, about, notice)
    shown = context.figures.shown(context.report.scope, key.metric, key.sex, key.month)
    value = "–" if shown.value is None else number(shown.value, metric.terms.decimals)
    facts = [
        Fact(_("Värde"), f"{value} {metric.terms.unit}"),
        Fact(_("Täljare"), certificate.numerator),
        Fact(_("Nämnare"), certificate.denominator),
    ]
    made_of = tuple(fact for fact in facts if fact.text)
    return FigurePage(title, (*made_of, *about, *_basis(context, key, metric)))


def _about(context: Context, key: FigureKey, metric: metrics.Metric) -> tuple[Fact, ...]:
    first = key.month - (metric.terms.months - 1)
    version = _("Definition, version %(n)s") % {"n": metric.terms.version}
    return (
        Fact(version, context.say(context.report.form.definition(key.metric))),
        Fact(_("Period"), f"{first} – {key.month}"),
        Fact(_("Gäller"), context.report.name, note=context.report.unit_name),
        Fact(_("Minsta grupp som visas"), str(metric.terms.smallest_group)),
    )


def _basis(context: Context, key: FigureKey, metric: metrics.Metric) -> tuple[Fact, ...]:
    months = range(key.month.index - metric.terms.months + 1, key.month.index + 1)
    convention = context.figures.convention_of(months)
    taken = context.report.extracted_at
    facts = [
        Fact(_("Kort och lång sjukfrånvaro"), CONVENTIONS.get(convention or "", "")),
        Fact(_("Underlag uttaget"), f"{taken:%Y-%m-%d}" if taken else ""),
        Fact(_("Underlagets kontrollsumma"), ", ".join(context.figures.hashes_of(months))),
        Fact(_("Ändrad för hand"), _("Nej. Beräknade siffror kan inte ändras.")),
    ]
    return tuple(fact for fact in facts if fact.text)
