"""Highest and lowest: sexes, times, staff groups; and a figure against the whole municipality's."""

from __future__ import annotations

from collections.abc import Iterator

from samkoll.core.text import listing, number
from samkoll.reports.suggesting.seen import Seen, Value
from samkoll.reports.suggesting.sentence import Sentence, capital, rests
from samkoll.reports.suggesting.words import NOUNS, genitive

LARGER = "Skillnaden är större än vad slumpen brukar ge."
WITHIN = "Skillnaden ligger inom slumpvariationen."
BY_SEX = ("sick_leave", "turnover")
FEWEST = 3
"""So many points in time must be there before one of them is the highest."""


def sexes(seen: Seen) -> Iterator[Sentence]:
    """Women beside men."""
    for metric in BY_SEX:
        women, men = seen.row(metric, "women"), seen.row(metric, "men")
        if not (women and men and women.now and men.now):
            continue
        subject = capital(NOUNS[metric].definite.removeprefix("den totala "))
        carried = rests((women.now.rest, men.now.rest))
        if women.now.value == men.now.value:
            text = f"{subject} är lika hög bland kvinnor och män, {women.now.shown} procent."
        else:
            how = "högre" if women.now.value > men.now.value else "lägre"
            if abs(women.now.value - men.now.value) <= NOUNS[metric].marginal:
                how = f"något {how}"
            text = (
                f"{subject} är {how} bland kvinnor ({women.now.shown} procent) än bland män "
                f"({men.now.shown} procent)."
            )
        yield Sentence(f"sexes.{metric}", text, carried)


def whole(seen: Seen) -> Iterator[Sentence]:
    """The report's own figure beside the municipality's."""
    chance = dict(seen.from_whole)
    for other in seen.whole:
        own, noun = seen.row(other.metric), NOUNS.get(other.metric)
        if noun is None or noun.unit != "points" or not (own and own.now and other.now):
            continue
        gap = own.now.value - other.now.value
        subject = capital(f"{genitive(seen.name)} {noun.owned}")
        verdict = chance.get(other.metric) if gap else None
        if not gap:
            text = f"{subject} är lika hög som i kommunen som helhet, {own.now.shown} procent."
        else:
            how = "högre" if gap > 0 else "lägre"
            apart = number(abs(gap), own.now.decimals)
            text = (
                f"{subject} är {apart} procentenheter {how} än i kommunen som helhet, där den är "
                f"{other.now.shown} procent."
            )
        if verdict:
            words = (
                "är större än vad slumpen brukar ge"
                if verdict.certain
                else "ligger inom slumpvariationen"
            )
            text += f" Skillnaden {words}."
        carried = rests((own.now.rest, other.now.rest, verdict.rest if verdict else None))
        yield Sentence(f"whole.{other.metric}", text, carried)


def times(seen: Seen) -> Iterator[Sentence]:
    """The highest and the lowest of the twelve months that the section's chart shows."""
    for series in seen.series:
        noun = NOUNS.get(series.metric)
        values = [value.value for _label, value in series.points]
        if noun is None or noun.unit != "points":
            continue
        if len(values) <= FEWEST or min(values) == max(values):
            continue
        (high_at, high), (low_at, low) = (
            next(point for point in reversed(series.points) if point[1].value == edge)
            for edge in (max(values), min(values))
        )
        subject = noun.definite
        text = (
            f"Räknat på tolv månader i taget från {series.first} har {subject} varit som högst "
            f"{_at(high, high_at)} och som lägst {_at(low, low_at)}."
        )
        carried = rests(value.rest for _label, value in series.points)
        yield Sentence(f"times.{series.metric}", text, carried)


def _at(value: Value, label: str) -> str:
    return f"{value.shown} procent ({label})"


def groups(seen: Seen) -> Iterator[Sentence]:
    """The three staff groups with the highest figures, when more than three are shown."""
    shown = sorted(seen.groups, key=lambda group: (-group.value.value, group.name))
    if len(shown) <= FEWEST or shown[FEWEST - 1].value.value == shown[FEWEST].value.value:
        return
    noun = NOUNS.get(shown[0].metric)
    if noun is None or noun.unit != "points":
        return
    said = listing(f"”{g.name}” ({g.value.shown} procent)" for g in shown[:FEWEST])
    text = f"Av de personalgrupper vars siffror visas har {said} högst {noun.owned}."
    carried = rests(group.value.rest for group in shown[: FEWEST + 1])
    yield Sentence(f"groups.{shown[0].metric}", text, carried)


RULES = (sexes, whole, times, groups)
