"""What the import pages show, as frozen rows of the kit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samkoll.accounts.models import User
from samkoll.core.access import Verdict
from samkoll.core.text import MISSING, number
from samkoll.imports import pages_totals, policies, queries
from samkoll.imports.comparison import MonthChange
from samkoll.imports.models import Batch, BatchState, RowFault
from samkoll.stats.queries import derived_words
from samkoll.web.tables import Cell, Column, Fact, Head, Kind, Row, State, Table, Tone
from samkoll.web.templatetags.samkoll import moment

TONES: Final = {
    BatchState.RECEIVED: Tone.INFO,
    BatchState.PREVIEWED: Tone.WARNING,
    BatchState.COMMITTED: Tone.SUCCESS,
    BatchState.REFUSED: Tone.DANGER,
    BatchState.UNDONE: Tone.NEUTRAL,
}


KINDS: Final = {
    "months": gettext_lazy("Månadsrader"),
    "absence": gettext_lazy("Frånvaro"),
    "employment": gettext_lazy("Anställningar"),
    "time": gettext_lazy("Arbetad tid"),
    "departure": gettext_lazy("Avgångar"),
}
NOTES: Final = {
    "sums": gettext_lazy("Summarader och sidfötter som inte lästes"),
    "heads": gettext_lazy("Rubriker som upprepas"),
    "groups": gettext_lazy("Rader som bara namnger en grupp"),
    "as_above": gettext_lazy("Tomma celler som betyder ”som ovan”"),
    "zeros": gettext_lazy("Personnummer som fick tillbaka inledande nollor"),
    "unit_zeros": gettext_lazy("Enhetskoder som fick tillbaka inledande nollor"),
    "unknown": gettext_lazy("Okända orsaker som räknas enligt profilen"),
    "corrected": gettext_lazy("Rättelserader som lades till sin rad"),
    "twice": gettext_lazy("Rader som står två gånger och lästes en"),
    "open_hours": gettext_lazy("Poster där timmarna inte kunde användas"),
}


@dataclass(frozen=True, slots=True)
class Correct:
    """The rows that can be corrected, and until when; or why there are none any more."""

    verdict: Verdict
    load_url: str
    kept_until: str


@dataclass(frozen=True, slots=True)
class Detail:
    """One batch: its state, counts, faults, months and what may be done with it."""

    pk: int
    title: str
    state: State
    sentence: str
    tone: str
    facts: tuple[Fact, ...]
    detected: tuple[Fact, ...]
    derived: tuple[Fact, ...]
    derived_url: str
    faults: Table | None
    months: Table | None
    drops: bool
    partial: bool
    waiting: bool
    commit: Verdict
    discard: Verdict
    undo: Verdict
    correct: Correct | None


def columns() -> tuple[Column, ...]:
    """The columns of the list of imports."""
    return (
        Column(_("Fil")),
        Column(_("Läge"), Kind.STATE),
        Column(_("Rader"), Kind.NUMBER),
        Column(_("Med fel"), Kind.NUMBER),
        Column(_("Inlagd"), Kind.DATE),
        Column(_("Av")),
    )


def index_rows(batches: Iterable[Batch]) -> tuple[Row, ...]:
    """One row for each import."""
    return tuple(
        Row(
            (
                Cell(batch.file_name, url=reverse("imports:detail", args=[batch.pk])),
                Cell("", state=state_of(batch)),
                Cell(number(batch.rows_accepted)),
                Cell(number(batch.rows_quarantined)),
                Cell(moment(batch.created_at)),
                Cell(batch.actor_name),
            )
        )
        for batch in batches
    )


def state_of(batch: Batch) -> State:
    """The state as word and tone."""
    state = BatchState(batch.state)
    return State(str(state.label), TONES[state])


def detail(batch: Batch, user: User, today: date) -> Detail:
    """Everything that the page of one import shows."""
    changes = queries.changes_of(batch)
    sentence, tone = _sentence(batch, changes)
    return Detail(
        pk=batch.pk,
        title=batch.file_name,
        state=state_of(batch),
        sentence=sentence,
        tone=tone,
        facts=_facts(batch),
        detected=tuple(_detected(batch)),
        derived=tuple(_found(batch)),
        derived_url=derivation_url(batch),
        faults=_fault_table(batch),
        months=pages_totals.table(batch, changes),
        drops=any(change.is_large_drop for change in changes),
        partial=batch.rows_quarantined > 0,
        waiting=batch.state == BatchState.PREVIEWED,
        commit=policies.can_commit(user, batch, today),
        discard=policies.can_discard(user, batch, today),
        undo=policies.can_undo(user, batch, today),
        correct=_correct(batch, policies.can_correct(user, batch, today)),
    )


def derivation_url(batch: Batch) -> str:
    """The page of the run that made months of the batch's records; empty without one."""
    return reverse("imports:derivation", args=[batch.derivation]) if batch.derivation else ""


def derived(batch: Batch) -> str:
    """What became of the months that records make, as one sentence; empty for ready months."""
    if batch.profile.kind == "months":
        return ""
    made = queries.derivation_of(batch)
    if made is None:
        return _("Månaderna är inte omräknade. %(why)s") % {"why": batch.reason}
    return ngettext(
        "%(count)s månad är omräknad.", "%(count)s månader är omräknade.", len(made.changed)
    ) % {"count": number(len(made.changed))}


def fault_table(faults: Iterable[RowFault]) -> Table:
    """Faults row by row."""
    heads = (Head(_("Rad"), Kind.NUMBER), Head(_("Kolumn")), Head(_("Vad som är fel")))
    rows = tuple(
        Row((Cell(number(f.row)), Cell(f.column), Cell(_sentence_case(f.reason)))) for f in faults
    )
    return Table(_("Fel rad för rad"), heads, rows, caption_hidden=True)


def _sentence(batch: Batch, changes: Sequence[MonthChange]) -> tuple[str, str]:
    if batch.state != BatchState.PREVIEWED:
        return {
            BatchState.REFUSED: (batch.reason, "danger"),
            BatchState.UNDONE: (_("Importen är ångrad. Månaderna är som de var före."), "info"),
            BatchState.COMMITTED: _committed(batch),
            BatchState.RECEIVED: (_("Filen kontrolleras. Inget är inläst ännu."), "info"),
        }[BatchState(batch.state)]
    said = [_accepted(batch)]
    drops = [str(change.month) for change in changes if change.is_large_drop]
    if drops:
        said.append(
            ngettext(
                "%(months)s får mer än 10 procent färre rader än i dag.",
                "%(count)s månader får mer än 10 procent färre rader än i dag.",
                len(drops),
            )
            % {"months": drops[0], "count": number(len(drops))}
        )
    odd = pages_totals.oddities(changes)
    if odd:
        said.append(odd)
    if not drops and not odd and not batch.rows_quarantined:
        said.append(_("Läs in filen så räknas den i statistiken."))
        return " ".join(said), "success"
    return " ".join(said), "warning"


def _committed(batch: Batch) -> tuple[str, str]:
    if batch.profile.kind == "months":
        return _("Filens månader räknas i statistiken."), "success"
    told = f"{_('Filens rader ligger till grund för statistiken.')} {derived(batch)}"
    return told, "success" if batch.derivation else "warning"


def _accepted(batch: Batch) -> str:
    if not batch.rows_quarantined:
        return _("Alla rader är godkända.")
    return ngettext(
        "%(count)s rad har fel, %(good)s är godkända.",
        "%(count)s rader har fel, %(good)s är godkända.",
        batch.rows_quarantined,
    ) % {"count": number(batch.rows_quarantined), "good": number(batch.rows_accepted)}


def _facts(batch: Batch) -> tuple[Fact, ...]:
    protected = ngettext("%(count)s person", "%(count)s personer", batch.persons_protected) % {
        "count": number(batch.persons_protected)
    }
    facts = [
        Fact(_("Lästa rader"), number(batch.rows_read)),
        Fact(_("Godkända rader"), number(batch.rows_accepted)),
        Fact(_("Rader med fel"), number(batch.rows_quarantined)),
        Fact(_("Skyddad identitet, läses aldrig in"), number(batch.rows_protected), note=protected),
        Fact(_("Personer med tillfälligt nummer"), number(batch.persons_unverified)),
        Fact(_("Profil"), str(batch.profile)),
        Fact(_("Slag"), str(KINDS[batch.profile.kind])),
        *_period(batch),
        Fact(_("Teckenkodning"), batch.encoding or MISSING, note=_sheet(batch)),
        Fact(_("Storlek"), _("%(size)s kB") % {"size": number(batch.size // 1000)}),
        Fact(_("Inlagd"), moment(batch.created_at), note=batch.actor_name),
    ]
    if batch.committed_at:
        facts.append(Fact(_("Inläst"), moment(batch.committed_at)))
    if batch.corrects:
        facts.append(Fact(_("Rättar"), str(batch.corrects)))
    if batch.unused:
        facts.append(Fact(_("Kolumner som inte används"), ", ".join(batch.unused)))
    return tuple(facts)


def _correct(batch: Batch, verdict: Verdict) -> Correct | None:
    if batch.state != BatchState.COMMITTED or not batch.rows_quarantined:
        return None
    last = batch.quarantined.order_by("-expires_on").values_list("expires_on", flat=True).first()
    load_url = f"{reverse('imports:upload')}?rattar={batch.pk}"
    return Correct(verdict, load_url, last.isoformat() if last else "")


def _period(batch: Batch) -> list[Fact]:
    if batch.period is None:
        return []
    return [Fact(_("Filen gäller"), " – ".join(day.isoformat() for day in batch.period))]


def _sheet(batch: Batch) -> str:
    sheet = batch.detected.get("sheet", "")
    return _("bladet %(sheet)s") % {"sheet": sheet} if sheet else ""


def _detected(batch: Batch) -> list[Fact]:
    """What was left out, filled in, put right or read in a general way, with how often."""
    notes = batch.detected.get("notes", {})
    unknown = ", ".join(batch.detected.get("unknown", []))
    return [
        Fact(str(label), number(notes[name]), note=unknown if name == "unknown" else "")
        for name, label in NOTES.items()
        if notes.get(name)
    ]


def _found(batch: Batch) -> list[Fact]:
    """What the making of months could not use, or is not sure of."""
    made = queries.derivation_of(batch)
    if made is None:
        return []
    return [
        Fact(str(label), number(made.report[name]))
        for name, label in derived_words.REPORTED.items()
        if made.report.get(name)
    ]


def _fault_table(batch: Batch) -> Table | None:
    """Faults grouped by column, with the first of each as an example."""
    if not batch.fault_counts:
        return None
    examples: dict[tuple[str, str], RowFault] = {}
    for fault in batch.faults.all():
        examples.setdefault((fault.column, fault.kind), fault)
    heads = (Head(_("Kolumn")), Head(_("Rader"), Kind.NUMBER), Head(_("Till exempel")))
    rows = []
    for found in batch.fault_counts:
        example = examples.get((found["column"], found["kind"]))
        shown = _("Rad %(row)s: %(reason)s") % {
            "row": number(example.row), "reason": example.reason
        } if example else MISSING  # fmt: skip
        rows.append(Row((Cell(found["column"]), Cell(number(found["count"])), Cell(shown))))
    return Table(_("Fel per kolumn"), heads, tuple(rows), caption_hidden=True)


def _sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]
