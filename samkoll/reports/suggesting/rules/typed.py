"""What people typed: counts of events, and answers that are not the expected ones."""

from __future__ import annotations

from collections.abc import Iterator

from samkoll.core.text import listing, number
from samkoll.reports.suggesting.seen import Asked, Counted, Seen
from samkoll.reports.suggesting.sentence import Rest, Sentence, rests
from samkoll.reports.suggesting.words import NOUNS, Noun, counted, share, size

INJURIES, NEAR, CLOSED = "occupational_injuries", "near_misses", "completed_events"
COUNTS = "Antal "


def events(seen: Seen) -> Iterator[Sentence]:
    """How many injuries and near misses were reported, and how many of them are closed."""
    by_key = {each.key: each.now for each in seen.counts}
    injuries, near, closed = (by_key.get(key) for key in (INJURIES, NEAR, CLOSED))
    if injuries is None or near is None:
        return
    when = f"Under {seen.period.now}" if seen.period.now else "Under perioden"
    hurt = f"{injuries.shown} {'arbetsskada' if injuries.value == 1 else 'arbetsskador'}"
    carried = rests((injuries.rest, near.rest))
    yield Sentence("events", f"{when} rapporterades {hurt} och {near.shown} tillbud.", carried)
    total = injuries.value + near.value
    if closed is None or not total > 1 or closed.value > total:
        return
    word = "klarmarkerad" if closed.value == 1 else "klarmarkerade"
    text = (
        f"Av {number(total)} rapporterade händelser är {closed.shown} {word} "
        f"({share(closed.value, total)} procent)."
    )
    yield Sentence("closed", text, rests((*carried, closed.rest)))


def counts(seen: Seen) -> Iterator[Sentence]:
    """How each count has moved since the year before."""
    for each in seen.counts:
        if each.label.startswith(COUNTS) and each.now and each.before:
            carried = rests((each.now.rest, each.before.rest))
            yield Sentence(f"count.{each.key}", _count(each, seen), carried)


def _count(each: Counted, seen: Seen) -> str:
    now, before = each.now, each.before
    assert now and before
    subject = f"Antalet {each.label.removeprefix(COUNTS)}"
    change = now.value - before.value
    years = seen.period
    then = years.before or "ett år tidigare"
    how = size(_PLAIN, change, before.value)
    if how == "unchanged":
        return f"{subject} är oförändrat jämfört med {then}, {now.shown}."
    verb = "ökat" if change > 0 else "minskat"
    little = " marginellt" if how == "marginal" else ""
    return (
        f"{subject} har {verb}{little} med {number(abs(change), now.decimals)}, från "
        f"{before.shown} till {now.shown}, jämfört med {then}."
    )


_PLAIN: Noun = NOUNS["departures"]


def answers(seen: Seen) -> Iterator[Sentence]:
    """Answers that are not the expected ones, and the boards that gave them."""
    for asked in seen.questions:
        if asked.boards:
            if asked.deviating:
                yield Sentence(f"answer.{asked.key}", _of_boards(asked), _given(asked))
        elif asked.answer and not asked.expected:
            text = f"På frågan ”{asked.text}” är svaret {asked.answer}."
            yield Sentence(
                f"answer.{asked.key}", text, (Rest(f"answer.{asked.key}", asked.answer),)
            )


def _of_boards(asked: Asked) -> str:
    said = [f"{answer} svarar {listing(names)}." for answer, names in asked.deviating]
    many = sum(len(names) for _answer, names in asked.deviating)
    noun = "nämnd" if asked.boards == 1 else "nämnder"
    return (
        f"På frågan ”{asked.text}” avviker {counted(many)} av {counted(asked.boards)} {noun}. "
        f"{' '.join(said)}"
    )


def _given(asked: Asked) -> tuple[Rest, ...]:
    named = "; ".join(f"{answer}: {listing(names)}" for answer, names in asked.deviating)
    return (Rest(f"answer.{asked.key}", f"{named} (av {asked.boards})"),)


RULES = (events, counts, answers)
