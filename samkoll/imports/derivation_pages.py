"""What the pages of derivations show, as frozen rows of the kit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkoll.core.text import MISSING, number
from samkoll.imports.pages import KINDS
from samkoll.stats.models import Derivation, RecordFile
from samkoll.stats.queries import derived_words as words
from samkoll.web.page import Words
from samkoll.web.tables import Cell, Column, Fact, Head, Kind, Row, State, Table, Tone
from samkoll.web.templatetags.samkoll import moment


@dataclass(frozen=True, slots=True)
class Detail:
    """One derivation: ``uncertain`` may shift figures, ``left_out`` is in none of them."""

    title: str
    sentence: str
    state: State
    facts: tuple[Fact, ...]
    uncertain: tuple[Fact, ...]
    left_out: tuple[Fact, ...]
    files: Table


def columns() -> tuple[Column, ...]:
    """The columns of the list of derivations."""
    return (
        Column(_("Framräknat")),
        Column(_("Läge"), Kind.STATE),
        Column(_("Månader"), Kind.NUMBER),
        Column(_("Ändrade"), Kind.NUMBER),
        Column(_("Osäkra sjukperioder"), Kind.NUMBER),
        Column(_("Räknas inte"), Kind.NUMBER),
        Column(_("Av")),
    )


def rows(derivations: Iterable[Derivation]) -> tuple[Row, ...]:
    """One row for each derivation."""
    return tuple(
        Row(
            (
                Cell(moment(made.derived_at), url=reverse("imports:derivation", args=[made.pk])),
                Cell("", state=_state(made)),
                Cell(number(len(made.months))),
                Cell(number(len(made.changed))),
                Cell(number(made.report.get("censored", 0))),
                Cell(number(sum(made.report.get(name, 0) for name in words.LEFT_OUT))),
                Cell(made.actor_name),
            )
        )
        for made in derivations
    )


def detail(made: Derivation) -> Detail:
    """Everything that the page of one derivation shows."""
    return Detail(
        title=_("Framräkning %(when)s") % {"when": moment(made.derived_at)},
        sentence=_sentence(made),
        state=_state(made),
        facts=_facts(made),
        uncertain=_counts(made, words.UNCERTAIN),
        left_out=(*_counts(made, words.LEFT_OUT), _cut(made)),
        files=_files(made.files.order_by("pk")),
    )


def _state(made: Derivation) -> State:
    if made.undone:
        return State(_("Tillbakatagen"), Tone.NEUTRAL)
    return State(_("Genomförd"), Tone.SUCCESS)


def _sentence(made: Derivation) -> str:
    count = len(made.months)
    months = ngettext("%(count)s månad räknades fram", "%(count)s månader räknades fram", count)
    changed = ngettext("%(count)s ändrades", "%(count)s ändrades", len(made.changed))
    return _("%(months)s, %(changed)s.") % {
        "months": months % {"count": number(count)},
        "changed": changed % {"count": number(len(made.changed))},
    }


def _facts(made: Derivation) -> tuple[Fact, ...]:
    unfinished = made.report.get("incomplete", [])
    return (
        Fact(_("Månader"), words.listed(made.months) or MISSING),
        Fact(_("Ändrade månader"), words.listed(made.changed) or _("ingen")),
        Fact(
            _("Månader som inte räknades fram"),
            words.listed(unfinished) or _("ingen"),
            note=_("Filerna gäller inte hela månaden.") if unfinished else "",
        ),
        Fact(_("Rader i statistiken"), number(made.report.get("rows", 0))),
        *_counts(made, words.SPELLS),
        Fact(_("Kort och lång sjukfrånvaro"), made.get_convention_display()),
        Fact(_("Framräknat"), moment(made.derived_at), note=made.actor_name),
    )


def _counts(made: Derivation, told: Mapping[str, Words]) -> tuple[Fact, ...]:
    return tuple(
        Fact(label, number(made.report.get(name, 0)), note=_meaning(made, name))
        for name, label in told.items()
    )


def _meaning(made: Derivation, name: str) -> str:
    """What the count means, where there is any; how many hours may be told apart wrongly."""
    if not made.report.get(name):
        return ""
    meaning = str(words.MEANINGS[name])
    if name != "censored":
        return meaning
    hours = number(made.report.get("censored_hours", 0) // 100)
    more = _("Det gäller %(hours)s sjuktimmar i de månader som perioderna rör.")
    return f"{meaning} {more % {'hours': hours}}"


def _cut(made: Derivation) -> Fact:
    hours = made.report.get("cut_hours", 0) // 100
    note = words.MEANINGS["cut_hours"] if hours else ""
    return Fact(words.CUT_HOURS, number(hours), note=note)


def _files(files: Iterable[RecordFile]) -> Table:
    heads = (Head(_("Fil")), Head(_("Gäller")), Head(_("Rader"), Kind.NUMBER), Head(_("Läge")))
    return Table(
        _("Filer som månaderna räknades fram ur"),
        heads,
        tuple(
            Row(
                (
                    Cell(str(KINDS[file.kind]), url=_url(file)),
                    Cell(f"{file.first_day.isoformat()} – {file.last_day.isoformat()}"),
                    Cell(number(file.rows)),
                    Cell(str(file.get_state_display())),
                )
            )
            for file in files
        ),
        caption_hidden=True,
    )


def _url(file: RecordFile) -> str:
    """The import that the file came with; records of a command may have another name."""
    return reverse("imports:detail", args=[file.batch]) if file.batch.isdigit() else ""
