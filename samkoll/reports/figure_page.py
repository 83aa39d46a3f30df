"""The birth certificate of a figure: everything that tells where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from django.utils.translation import gettext as _

from samkoll.core.errors import DomainError
from samkoll.reports import given_page, other_figures, then_and_now
from samkoll.reports.composition import Context
from samkoll.reports.figures import FigureKey
from samkoll.stats import metrics
from samkoll.stats import queries as stats
from samkoll.stats.queries import FigurePage, MadeOf, Subject
from samkoll.web.tables import Fact


def of(context: Context, figure_id: str) -> FigurePage | None:
    """The page of a figure of a report; None for an id that the report does not have."""
    kind, _dot, rest = figure_id.partition(".")
    others: dict[str, Callable[[], FigurePage | None]] = {
        "given": lambda: _given(context, rest),
        "group": lambda: other_figures.of_group(context, rest, _basis(context, ())),
        "register": lambda: other_figures.of_register(context, rest),
        "whole": lambda: of(_of_the_whole(context), rest),
    }
    if kind in others:
        return others[kind]()
    try:
        key = FigureKey.parse(figure_id)
        metric = metrics.lookup(key.metric)
    except (ValueError, DomainError):
        return None
    made_of = _made_of(context, key)
    page = stats.figure_page(metric, key.sex, key.month, made_of, _subject(context, key, metric))
    if made_of is None:
        return page
    first, *rest_of_them = page.facts
    return replace(page, facts=(first, *then_and_now.facts(context, key), *rest_of_them))


def _made_of(context: Context, key: FigureKey) -> MadeOf | None:
    asked = (context.report.scope, key.metric, key.sex, key.month)
    certificate = context.figures.certificate(*asked)
    if certificate is None:
        return None
    value = context.figures.shown(*asked).value
    return MadeOf(value, certificate.numerator, certificate.denominator)


def _given(context: Context, key: str) -> FigurePage | None:
    return given_page.of(context, key) if key in context.report.form.given() else None


def _of_the_whole(context: Context) -> Context:
    """The municipality's figure beside a brief's own."""
    report = context.report
    name = report.words.municipality
    whole = replace(report, unit_id=report.whole_id, unit_name=name, board_id=None, board_name="")
    return replace(context, report=whole)


def _subject(context: Context, key: FigureKey, metric: metrics.Metric) -> Subject:
    months = range(key.month.index - metric.terms.months + 1, key.month.index + 1)
    return Subject(
        place=Fact(_("Gäller"), context.report.name, note=context.report.unit_name),
        definition=context.say(context.report.form.definition(key.metric)),
        basis=_basis(context, months),
    )


def _basis(context: Context, months: Iterable[int]) -> tuple[Fact, ...]:
    """What the figures of some months stand on; of the report's own period without any."""
    report = context.report
    period = [*months] or [month.index for month in report.window]
    convention = context.figures.convention_of(period)
    taken = report.extracted_at
    return (
        Fact(_("Kort och lång sjukfrånvaro"), stats.CONVENTIONS.get(convention or "", "")),
        Fact(_("Underlag uttaget"), f"{taken:%Y-%m-%d}" if taken else ""),
        Fact(_("Underlagets kontrollsumma"), ", ".join(context.figures.hashes_of(period))),
        Fact(_("Ändrad för hand"), _("Nej. Beräknade siffror kan inte ändras.")),
    )
