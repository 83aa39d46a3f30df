"""The boards beside each other: who rose and fell, who is highest and lowest."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from samkoll.core.text import listing
from samkoll.reports.suggesting.rules.changes import with_unit
from samkoll.reports.suggesting.seen import Boards, Seen
from samkoll.reports.suggesting.sentence import Sentence, capital, rests
from samkoll.reports.suggesting.words import NOUNS, Noun, counted

MOST = {"points": "högst", "hours": "mest", "count": "flest"}
LEAST = {"points": "lägst", "hours": "minst", "count": "färst"}
MOST_TIED = 3
FEWEST = 3
"""So many boards must be shown before any of them is told apart."""
LEFT_OUT = " Nämnder vars siffror inte visas är inte med."
Moved = tuple[tuple[str, Decimal], ...]


def moved(seen: Seen) -> Iterator[Sentence]:
    """For which boards a figure rose, fell or stayed."""
    for boards in seen.boards:
        noun = NOUNS.get(boards.metric)
        found = [(b.name, b.figures.change) for b in boards.shown]
        known = tuple((name, change) for name, change in found if change is not None)
        if noun is None or len(known) < FEWEST or len(known) < len(found):
            continue
        both = (value for b in boards.shown for value in (b.figures.now, b.figures.before))
        carried = rests(value.rest for value in both if value)
        yield Sentence(f"moved.{boards.metric}", _moved(noun, known, boards.hidden), carried)


def _moved(noun: Noun, boards: Moved, hidden: int) -> str:
    rose = [name for name, change in boards if change > 0]
    fell = [name for name, change in boards if change < 0]
    still = [name for name, change in boards if not change]
    subject = noun.definite.removeprefix("den totala ")
    unchanged = f"är {noun.unchanged}"
    for names, words in ((rose, "har ökat"), (fell, "har minskat"), (still, unchanged)):
        if len(names) == len(boards):
            which = "alla nämnder vars siffror visas" if hidden else "alla nämnder"
            return f"{capital(subject)} {words} för {which}."
    groups = ((rose, "ökat"), (fell, "minskat"))
    said = [f"{verb} för {_some(names, len(boards))}" for names, verb in groups if names]
    text = f"Bland nämnderna har {subject} {' och '.join(said)}"
    if still:
        again = "de" if noun.plural else "det" if noun.neuter else "den"
        text += f", och {again} {unchanged} för {_some(still, len(boards))}"
    return f"{text}.{LEFT_OUT if hidden else ''}"


def _some(names: list[str], all_of_them: int) -> str:
    """The names, or how many when they are more than three and more than half."""
    if 2 * len(names) > all_of_them and len(names) > MOST_TIED:
        return f"{counted(len(names))} av {counted(all_of_them)} nämnder"
    return listing(names)


def extremes(seen: Seen) -> Iterator[Sentence]:
    """The boards with the highest and the lowest figure."""
    for found in seen.boards:
        if found.metric in NOUNS and (sentence := _extremes(found)):
            yield sentence


def _extremes(found: Boards) -> Sentence | None:
    now = [(board.name, board.figures.now) for board in found.shown if board.figures.now]
    values = [value.value for _name, value in now]
    if len(now) < FEWEST or min(values) == max(values):
        return None
    high, low = ([n for n, v in now if v.value == edge] for edge in (max(values), min(values)))
    if max(len(high), len(low)) > MOST_TIED:
        return None
    noun = NOUNS[found.metric]
    top, bottom = (
        with_unit(noun, next(v for _n, v in now if v.value == edge))
        for edge in (max(values), min(values))
    )
    text = (
        f"Av nämnderna har {listing(high)} {MOST[noun.unit]} {noun.owned} ({top}) och "
        f"{listing(low)} {LEAST[noun.unit]} ({bottom}).{LEFT_OUT if found.hidden else ''}"
    )
    return Sentence(f"boards.{found.metric}", text, rests(value.rest for _name, value in now))


RULES = (moved, extremes)
