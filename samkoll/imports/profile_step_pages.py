"""What the steps of making a profile show: the sample's rows, what was proposed, the trial."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from samkoll.core.text import MISSING, number
from samkoll.imports import profiles_drafts as drafts
from samkoll.imports import profiles_proposing as proposing
from samkoll.imports import profiles_shapes, services
from samkoll.imports import profiles_words as words
from samkoll.imports.faults import FaultLog
from samkoll.imports.models import ProfileDraft
from samkoll.imports.profiles_sample import Sample
from samkoll.web.page import Words
from samkoll.web.tables import Cell, Fact, Head, Kind, Row, Table

if TYPE_CHECKING:
    from samkoll.imports.examining import Findings

_LABELS: Final[tuple[Words, ...]] = (
    _lazy("Läsning"), _lazy("Kolumner"), _lazy("Ord"), _lazy("Prov"), _lazy("Spara"),
)  # fmt: skip
STEPS: Final[Mapping[str, Words]] = dict(zip(drafts.STEPS, _LABELS, strict=True))
FIRST_ROWS: Final = 10


@dataclass(frozen=True, slots=True)
class Trial:
    """What reading the sample gave. ``good``: nothing was wrong with any row."""

    facts: tuple[Fact, ...]
    faults: Table | None
    good: bool


def steps(now: str) -> list[tuple[Words, str]]:
    """Where one is, for ``web/steps.html``; "" is the choice of a file."""
    names = ["", *STEPS]
    here = names.index(now)
    labels: list[Words] = [_("Fil"), *STEPS.values()]
    when = ["done" if at < here else "now" if at == here else "later" for at in range(len(names))]
    return list(zip(labels, when, strict=True))


def next_step(now: str) -> str:
    """The step after one; "spara" is the last."""
    names = list(STEPS)
    return names[min(names.index(now) + 1, len(names) - 1)]


def before(now: str) -> str:
    """The step before one; "" before the first."""
    at = list(STEPS).index(now)
    return list(STEPS)[at - 1] if at else ""


def preview(sample: Sample) -> Table:
    """The first rows, with nothing in them that tells who somebody is."""
    columns = [
        profiles_shapes.shown(head, cells, FIRST_ROWS)
        for head, cells in zip(sample.heads, sample.cells, strict=True)
    ]
    first = sample.head_row + 1
    heads = (Head(_("Rad")), *(Head(profiles_shapes.shown_head(head)) for head in sample.heads))
    rows = tuple(
        Row((Cell(str(first + at)), *map(Cell, cells)))
        for at, cells in enumerate(zip(*columns, strict=True))
    )
    return Table(
        _("Filens första rader"), heads, rows, cards=False, caption_hidden=True,
        empty=_("Provet har inga rader under rubrikerna."),
    )  # fmt: skip


def file_columns(sample: Sample) -> Table:
    """Every head of the sample with examples, and what its cells look like."""
    heads = Head(_("Rubrik")), Head(_("Till exempel")), Head(_("Ser ut som"))
    rows = []
    for head, cells in zip(sample.heads, sample.cells, strict=True):
        looks = profiles_shapes.looks_like(cells)
        like = next((str(word) for shape, word in words.SHAPES.items() if shape in looks), "")
        shown = ", ".join(_different(head, cells)) or MISSING
        rows.append(Row((Cell(profiles_shapes.shown_head(head)), Cell(shown), Cell(like))))
    return Table(_("Vad som finns i filen"), heads, tuple(rows), caption_hidden=True)


def hints(content: Mapping[str, Any], sample: Sample | None) -> dict[str, str]:
    """For each logical column what was proposed, how sure that is, and what stands there."""
    if sample is None:
        return {}
    chosen = content.get("columns") or {}
    proposals = proposing.propose(sample.heads, sample.cells, content["kind"])
    said = {}
    for name in {**chosen, **proposals}:
        each = proposals.get(name)
        proposed = sample.heads[each.position] if each else ""
        told = _proposal(proposed, each) if each else ""
        said[name] = f"{told} {_examples(chosen.get(name) or proposed, sample)}".strip()
    return said


def _proposal(head: str, each: proposing.Proposal) -> str:
    why = str(words.WHY[each.why])
    if each.doubt:
        why = f"{why}, {words.DOUBT}"
    return _("%(sure)s: %(head)s (%(why)s).") % {
        "sure": words.CONFIDENCE[each.confidence],
        "head": profiles_shapes.shown_head(head),
        "why": why,
    }


def _examples(head: str, sample: Sample) -> str:
    cells = sample.of(head)
    if not cells:
        return ""
    shown = _different(head, cells)
    if not shown:
        return _("Cellerna är tomma i provet.")
    return _("Till exempel %(cells)s.") % {"cells": ", ".join(shown)}


def _different(head: str, cells: Sequence[str]) -> list[str]:
    """The first three different cells of a column, as they may be shown."""
    return list(dict.fromkeys(filter(None, profiles_shapes.shown(head, cells, 50))))[:3]


def trial(draft: ProfileDraft, now: datetime) -> Trial:
    """Read the sample as an import would, with nothing kept.

    Raises: UnusableProfile, FileFault, NoSample.
    """
    from samkoll.imports.reading import Source

    profile, content = drafts.as_profile(draft), drafts.content(draft)
    source = Source(draft.file_name, len(content), lambda: BytesIO(content))
    found = services.inspect(source=source, profile=profile, now=now).findings
    return Trial(_trial_facts(found), _trial_faults(found.faults), not found.quarantined)


def _trial_facts(found: Findings) -> tuple[Fact, ...]:
    facts = [
        Fact(_("Lästa rader"), number(found.read)),
        Fact(_("Godkända rader"), number(found.accepted)),
        Fact(_("Rader med fel"), number(found.quarantined)),
        Fact(_("Skyddad identitet, läses aldrig in"), number(found.protected_rows)),
    ]
    if found.unused:
        unused = ", ".join(map(profiles_shapes.shown_head, found.unused))
        facts.append(Fact(_("Kolumner som inte används"), unused))
    if found.unknown:
        facts.append(Fact(_("Ord som inte är uppräknade"), _unlisted(found.unknown)))
    return tuple(facts)


def _unlisted(words_: Sequence[str]) -> str:
    """Words that only the fallback knows; as patterns when they may be names."""
    if profiles_shapes.names_persons("", words_):
        words_ = [profiles_shapes.pattern_of(word) for word in words_]
    return ", ".join(dict.fromkeys(map(profiles_shapes.shown_head, words_)))


def _trial_faults(log: FaultLog) -> Table | None:
    """Faults by column and kind, with the first of each."""
    if not log.counts:
        return None
    first: dict[tuple[str, str], str] = {}
    for fault in sorted(log.listed):
        example = _("Rad %(row)s: %(reason)s") % {"row": number(fault.row), "reason": fault.reason}
        first.setdefault((fault.column, fault.kind), example)
    counts: Counter[tuple[str, str]] = log.counts
    heads = Head(_("Kolumn")), Head(_("Rader"), Kind.NUMBER), Head(_("Till exempel"))
    rows = tuple(
        Row((Cell(column), Cell(number(count)), Cell(first.get((column, kind), ""))))
        for (column, kind), count in counts.most_common(50)
    )
    return Table(_("Fel per kolumn"), heads, rows, caption_hidden=True)
