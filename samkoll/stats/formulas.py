"""Formulas and exact parts of figures in words, and values with their units."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkoll.core.text import number
from samkoll.stats.costs import PARTS
from samkoll.stats.engine.facts import HOURS
from samkoll.stats.metrics import ByGrowth, Lesser, Metric, Ratio, ShownSum, Sum
from samkoll.stats.words import MEASURES, label

ORE = 100


def formula(metric: Metric, months: int | None = None) -> str:
    """How the figure is worked out, in the words of its measures; ``months`` of its window."""
    expression, months = metric.expression, months or metric.terms.months
    if isinstance(expression, Ratio):
        return _ratio(expression, months)
    if isinstance(expression, ShownSum):
        return " + ".join(label(each) for each in expression.added)
    if isinstance(expression, Lesser):
        one, other, stock = (str(MEASURES[name]) for name in expression.measures)
        lesser = _("det minsta av %(one)s och %(other)s") % {"one": one, "other": other}
        return f"100 × ({lesser}) × {months} / ({stock})"
    if isinstance(expression, ByGrowth):
        return _by_growth(expression)
    summed = _("summan av %(what)s") % {"what": _named(expression.measures, " + ")}
    averaged = isinstance(expression, Sum) and expression.averaged
    return f"{summed} / {months}" if averaged else summed


def parts(metric: Metric, above: int, below: int | None, months: int = 12) -> tuple[str, str]:
    """Exact numerator and denominator in words; a sum has no denominator."""
    expression = metric.expression
    divided = _(" (personmånader, delas med %(n)d)") % {"n": months}
    if isinstance(expression, Ratio):
        left = _(" utom ") + _named(expression.less, ", ") if expression.less else ""
        return (
            _part(expression.numerator, above) + left,
            _part(expression.below, below or 0) + (divided if expression.averaged else ""),
        )
    if isinstance(expression, Lesser | ByGrowth):
        either = _(" eller ").join(str(MEASURES[name]) for name in expression.above)
        averaged = divided if isinstance(expression, Lesser) else ""
        return f"{number(above)} {either}", _part(expression.below, below or 0) + averaged
    return _part(expression.measures, above), ""


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


def _ratio(expression: Ratio, months: int) -> str:
    above = " − ".join(
        filter(None, (_named(expression.numerator, " + "), _named(expression.less, " − ")))
    )
    below = _named(expression.denominator, " + ")
    scale = f"{expression.scale} × " if expression.scale != 1 else ""
    factor = f" × {months}" if expression.averaged and months > 1 else ""
    return f"{scale}({above}){factor} / ({below})"


def _by_growth(expression: ByGrowth) -> str:
    words = {name: MEASURES[getattr(expression, name)] for name in ("grown", "other")}
    words |= {name: MEASURES[getattr(expression, name)] for name in ("before", "after")}
    return (
        _("200 × (%(grown)s om antalet har ökat, annars %(other)s) / (%(before)s + %(after)s)")
        % words
    )


def _named(measures: Iterable[str], between: str) -> str:
    return between.join(str(MEASURES[name]) for name in measures)


def _part(measures: Iterable[str], total: int) -> str:
    """``12 345,50 timmar kort sjukfrånvaro och lång sjukfrånvaro``."""
    names = tuple(measures)
    what = _named(names, _(" och "))
    if set(names) <= set(HOURS):
        hours = number(Decimal(total) / 100, 2)
        return _("%(hours)s timmar %(what)s") % {"hours": hours, "what": what}
    if set(names) <= set(PARTS):
        crowns = number(Decimal(total) / ORE)
        return _("ungefär %(crowns)s kronor, %(what)s") % {"crowns": crowns, "what": what}
    return f"{number(total)} {what}"
