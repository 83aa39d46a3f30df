"""How a figure has moved in a year, and whether chance explains it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from samkoll.core.text import number
from samkoll.reports.suggesting.seen import Compared, Period, Seen, Value
from samkoll.reports.suggesting.sentence import Sentence, capital, rests
from samkoll.reports.suggesting.words import (
    NOUNS,
    SEXES,
    SMALL_BASE,
    Noun,
    share,
    size,
)

LARGER = "Förändringen är större än vad slumpen brukar ge."
WITHIN = "Förändringen ligger inom slumpvariationen."


def changes(seen: Seen) -> Iterator[Sentence]:
    """One sentence for each row of a known metric with both values."""
    chance = dict(seen.by_chance)
    for row in seen.rows:
        noun = NOUNS.get(row.metric)
        if noun is None or row.now is None or row.before is None:
            continue
        verdict = chance.get(row.metric) if row.sex == "total" and row.change else None
        text = _sentence(noun, row, row.now, row.before, seen.period)
        if verdict:
            text = f"{text} {LARGER if verdict.certain else WITHIN}"
        carried = rests((row.now.rest, row.before.rest, verdict.rest if verdict else None))
        yield Sentence(f"change.{row.metric}.{row.sex}", text, carried)


def _sentence(noun: Noun, row: Compared, now: Value, before: Value, period: Period) -> str:
    subject = capital(noun.definite + SEXES[row.sex])
    change = now.value - before.value
    how = size(noun, change, before.value)
    if how == "unchanged":
        when = f" {period.now}" if period.now else ""
        return (
            f"{subject} är {noun.unchanged} jämfört med {_year_before(period)}, "
            f"{with_unit(noun, now)}{when}."
        )
    verb = "ökat" if change > 0 else "minskat"
    little = " marginellt" if how == "marginal" else ""
    moved = f"{subject} har {verb}{little} med {_amount(noun, abs(change), now.decimals)}"
    moved += _part(noun, change, before)
    old, new = with_unit(noun, before), with_unit(noun, now)
    if not period.now:
        return f"{moved}, från {old} till {new}, jämfört med ett år tidigare."
    link = " under " if noun.unit == "count" else " "
    return f"{moved}, från {old}{link}{period.before} till {new}{link}{period.now}."


def _year_before(period: Period) -> str:
    return period.before or "ett år tidigare"


def _amount(noun: Noun, change: Decimal, decimals: int) -> str:
    """``0,2 procentenheter``, ``1 procentenhet``, ``453 timmar``, ``24``."""
    shown = number(change, decimals)
    if noun.unit == "points":
        return f"{shown} procentenheter"
    if noun.unit == "hours":
        return f"{shown} {_hours(change)}"
    return shown


def _part(noun: Noun, change: Decimal, before: Value) -> str:
    """``(54 procent)`` of the year before, for hours from a base that is large enough."""
    if noun.unit != "hours" or before.value < SMALL_BASE:
        return ""
    shown = share(abs(change), before.value)
    return f" ({shown} procent)" if shown != "0" else ""


def with_unit(noun: Noun, value: Value) -> str:
    """``4,2 procent``, ``1 timme``, ``44``."""
    if noun.unit == "points":
        return f"{value.shown} procent"
    return f"{value.shown} {_hours(value.value)}" if noun.unit == "hours" else value.shown


def _hours(value: Decimal) -> str:
    return "timme" if value == 1 else "timmar"


def pensions(seen: Seen) -> Iterator[Sentence]:
    """How many of those who left went into retirement, and turnover without them."""
    left, retired = seen.row("departures"), seen.row("retirements")
    if left and retired and left.now and retired.now and left.now.value > 1:
        when = f" {seen.period.now}" if seen.period.now else ""
        text = f"Av de {left.now.shown} som slutade{when} gick {retired.now.shown} i pension."
        carried = [left.now.rest, retired.now.rest]
        if left.before and retired.before and left.before.value > 1:
            text += f" Året innan gick {retired.before.shown} av {left.before.shown} i pension."
            carried += [left.before.rest, retired.before.rest]
        yield Sentence("pension.departures", text, rests(carried))
    without = seen.row("turnover_without_retirement")
    if without and without.now and without.before:
        text = (
            f"Utan pensionsavgångar slutade {without.now.shown} procent av de "
            f"tillsvidareanställda, mot {without.before.shown} procent året innan."
        )
        yield Sentence("pension.turnover", text, rests((without.now.rest, without.before.rest)))


RULES = (changes, pensions)
