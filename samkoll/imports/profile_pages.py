"""What the pages of mapping profiles show, as frozen rows of the kit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.core.access import Verdict
from samkoll.core.text import MISSING, listing, number
from samkoll.imports import policies, profiles_store
from samkoll.imports import profiles_words as words
from samkoll.imports.kinds import KINDS
from samkoll.imports.models import MappingProfile, ProfileDraft
from samkoll.imports.profiles import Profile
from samkoll.imports.profiles_diff import Difference
from samkoll.web.page import Crumb
from samkoll.web.tables import Cell, Fact, Head, Kind, Row, State, Table, Tone
from samkoll.web.templatetags.samkoll import moment

_SETTINGS: Final = (
    "layout", "encoding", "separator", "sheet", "skip_rows", "head_rows", "decimal", "hours_unit",
    "extent_unit", "month_format", "date_format", "convention", "corrections", "null_words",
    "skip_words",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Detail:
    """One version of a profile: what it says, what it changed, and what may be done with it."""

    name: str
    version: int
    title: str
    state: State
    latest: bool
    retired: bool
    facts: tuple[Fact, ...]
    settings: tuple[Fact, ...]
    columns: Table
    words: Table | None
    changes: Table | None
    versions: Table
    change: Verdict


def crumbs(*more: Crumb) -> tuple[Crumb, ...]:
    """The way back from a page of profiles."""
    return (
        Crumb(_("Importer"), reverse("imports:index")),
        Crumb(_("Mappningsprofiler"), reverse("imports:profiles")),
        *more,
    )


def table(rows: Sequence[MappingProfile]) -> Table:
    """The list of profiles."""
    heads = (
        Head(_("Profil")), Head(_("Innehåll")), Head(_("Läge"), Kind.STATE),
        Head(_("Version"), Kind.NUMBER), Head(_("Importer"), Kind.NUMBER),
        Head(_("Ändrad"), Kind.DATE),
    )  # fmt: skip
    return Table(_("Mappningsprofiler"), heads, tuple(map(_row, rows)), caption_hidden=True)


def draft_table(drafts: Sequence[ProfileDraft]) -> Table:
    """One's own started profiles."""
    heads = Head(_("Påbörjad profil")), Head(_("Innehåll")), Head(_("Ändrad"), Kind.DATE)
    rows = tuple(
        Row(
            (
                Cell(str(each), url=reverse("imports:profile_step", args=[each.pk, "lasning"])),
                Cell(words.KINDS[each.content["kind"]]),
                Cell(moment(each.changed_at)),
            )
        )
        for each in drafts
    )
    return Table(_("Dina påbörjade profiler"), heads, rows, caption_hidden=True)


def state_of(row: MappingProfile) -> State:
    """Whether a version is the one that files are read with."""
    if row.is_current:
        return State(_("gäller"), Tone.SUCCESS)
    if row.retired_at:
        return State(_("avslutad"), Tone.WARNING)
    return State(_("tidigare"), Tone.NEUTRAL)


def detail(
    row: MappingProfile, versions: Sequence[MappingProfile], user: User, today: date
) -> Detail:
    """Everything that the page of one version shows."""
    profile = profiles_store.content_of(row)
    changes = profiles_store.changes_since(row, versions)
    return Detail(
        name=row.name,
        version=row.version,
        title=profile.title,
        state=state_of(row),
        latest=row.version == versions[0].version,
        retired=versions[0].retired_at is not None,
        facts=_facts(row),
        settings=_settings(profile),
        columns=_columns(profile),
        words=_words(profile),
        changes=change_table(changes) if changes else None,
        versions=_versions(versions),
        change=policies.can_change_profiles(user, today),
    )


def change_table(changes: Sequence[Difference]) -> Table:
    """What differs from the version before."""
    heads = Head(_("Vad")), Head(_("Före")), Head(_("Efter"))
    rows = tuple(
        Row((Cell(each.what), Cell(each.before or MISSING), Cell(each.after or MISSING)))
        for each in changes
    )
    return Table(_("Ändrat i den här versionen"), heads, rows, caption_hidden=True)


def _row(row: MappingProfile) -> Row:
    return Row(
        (
            Cell(row.title, url=reverse("imports:profile", args=[row.name]), note=row.name),
            Cell(words.KINDS[row.kind]),
            Cell("", state=state_of(row)),
            Cell(number(row.version)),
            Cell(number(_uses(row))),
            Cell(_when(row)),
        )
    )


def _uses(row: MappingProfile) -> int:
    return int(getattr(row, "uses", 0))


def _when(row: MappingProfile) -> str:
    return moment(row.stored_at) if row.stored_at else _("följer med Samkoll")


def _facts(row: MappingProfile) -> tuple[Fact, ...]:
    facts = [
        Fact(_("Kort namn"), row.name),
        Fact(_("Innehåll"), words.KINDS[row.kind]),
        Fact(_("Version"), number(row.version), note=row.note),
        Fact(_("Sparad"), _when(row), note=row.actor_name),
    ]
    if row.retired_at:
        facts.append(Fact(_("Avslutad"), moment(row.retired_at)))
    return tuple(facts)


def _settings(profile: Profile) -> tuple[Fact, ...]:
    kind = KINDS[profile.kind]
    hidden = {
        "sheet": not profile.sheet,
        "separator": profile.layout == "fixed",
        "decimal": not kind.hours,
        "hours_unit": not kind.hours,
        "extent_unit": "extent" not in profile.columns,
        "month_format": "month" not in profile.columns,
        "date_format": not kind.dates,
        "convention": profile.kind != "months",
        "corrections": profile.kind != "months",
        "null_words": not profile.null_words,
    }
    return tuple(
        Fact(words.FIELDS[name], _value(name, getattr(profile, name)))
        for name in _SETTINGS
        if not hidden.get(name)
    )


def _value(name: str, value: object) -> str:
    if isinstance(value, str | int):
        return words.choice(name, value)
    return ", ".join(map(str, value)) if isinstance(value, Sequence) else ""


def _columns(profile: Profile) -> Table:
    heads = [Head(_("Kolumn")), Head(_("Rubrik i filen")), Head(_("Plats"))]
    rows = []
    for name, head in profile.columns.items():
        first, last = profile.positions.get(name) or (0, 0)
        place = _("tecken %(first)s till %(last)s") % {"first": first, "last": last}
        above = _("tom cell: som ovanför") if name in profile.as_above else ""
        label = words.column(profile.kind, name)
        rows.append(Row((Cell(label), Cell(head, note=above), Cell(place if first else MISSING))))
    if not profile.positions:
        heads, rows = heads[:2], [Row(row.cells[:2]) for row in rows]
    return Table(_("Kolumner"), tuple(heads), tuple(rows), caption_hidden=True)


def _words(profile: Profile) -> Table | None:
    heads = Head(_("Lista")), Head(_("Betyder")), Head(_("Ord i filen"))
    rows = []
    for name, known in profile.values.items():
        for code, meaning in words.MEANINGS[name].items():
            found = [word for word, each in known.items() if each == code]
            more = [_("alla andra ord")] if profile.fallback.get(name) == code else []
            if found or more:
                said = listing([*(f"”{word}”" for word in found), *more])
                rows.append(Row((Cell(words.LISTS[name]), Cell(meaning), Cell(said))))
    return Table(_("Ord"), heads, tuple(rows), caption_hidden=True) if rows else None


def _versions(versions: Sequence[MappingProfile]) -> Table:
    heads = (
        Head(_("Version")), Head(_("Läge"), Kind.STATE), Head(_("Vad är nytt")),
        Head(_("Sparad"), Kind.DATE), Head(_("Av")), Head(_("Importer"), Kind.NUMBER),
    )  # fmt: skip
    rows = tuple(
        Row(
            (
                Cell(
                    _("Version %(number)s") % {"number": row.version},
                    url=reverse("imports:profile_version", args=[row.name, row.version]),
                ),
                Cell("", state=state_of(row)),
                Cell(row.note or MISSING),
                Cell(_when(row)),
                Cell(row.actor_name or "Samkoll"),
                Cell(number(_uses(row))),
            )
        )
        for row in versions
    )
    return Table(_("Versioner"), heads, rows, caption_hidden=True)
