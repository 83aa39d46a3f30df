"""Loads of open figures as lists: what has been fetched, and what one load would change."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkoll.core.text import MISSING, number
from samkoll.opendata.models import Load, LoadState
from samkoll.opendata.queries import Content, Key, Plan, wanted
from samkoll.web.tables import Cell, Fact, Head, Kind, Row, State, Table, Tone

FEW = 20
"""Rows of an example; the counts tell the rest."""
_TONES = {
    LoadState.RECEIVED: Tone.INFO,
    LoadState.STAGED: Tone.WARNING,
    LoadState.SAME: Tone.NEUTRAL,
    LoadState.APPLIED: Tone.SUCCESS,
    LoadState.DISCARDED: Tone.NEUTRAL,
    LoadState.UNDONE: Tone.INFO,
}


def state(load: Load) -> State:
    """The load's state in words."""
    return State(load.get_state_display(), _TONES[LoadState(load.state)])


def loads(rows: Iterable[Load]) -> Table:
    """The list of loads."""
    heads = (
        Head(_("Hämtad"), Kind.DATE),
        Head(_("Varifrån")),
        Head(_("Av")),
        Head(_("Nya"), Kind.NUMBER),
        Head(_("Ändrade"), Kind.NUMBER),
        Head(_("Läge"), Kind.STATE),
    )
    body = (
        Row(
            (
                Cell(_when(load), url=reverse("explore:load", args=[load.pk]), about=load.origin),
                Cell(f"{load.get_source_display()}: {load.origin}"),
                Cell(load.actor_name),
                Cell(number(load.counts.get("new", 0))),
                Cell(number(load.counts.get("changed", 0))),
                Cell("", state=state(load)),
            )
        )
        for load in rows
    )
    return Table(_("Inläsningar"), heads, tuple(body), caption_hidden=True)


def facts(load: Load) -> tuple[Fact, ...]:
    """What is known about a load."""
    answered = timezone.localtime(load.answered_at) if load.answered_at else None
    found = (
        Fact(_("Läge"), "", state=state(load)),
        Fact(_("Källa"), f"Kolada, {load.get_source_display()}: {load.origin}"),
        Fact(_("Hämtad"), _when(load)),
        Fact(_("Av"), load.actor_name),
        Fact(_("Besked"), f"{answered:%Y-%m-%d %H.%M}" if answered else ""),
        Fact(_("Nya värden"), number(load.counts.get("new", 0))),
        Fact(_("Ändrade värden"), number(load.counts.get("changed", 0))),
        Fact(_("Oförändrade värden"), number(load.counts.get("same", 0))),
        Fact(_("Nya eller ändrade kommuner"), number(load.counts.get("municipalities", 0))),
        Fact(_("Nya eller ändrade grupper"), number(load.counts.get("groups", 0))),
        Fact(_("Innehållets kontrollsumma"), load.sha256[:12]),
    )
    return tuple(fact for fact in found if fact.text or fact.state)


def warnings(found: Plan) -> tuple[str, ...]:
    """What somebody should look at before saying yes: renamed, retired and unknown key figures."""
    said = [
        _("%(code)s heter nu ”%(after)s” (förut ”%(before)s”). Kontrollera att det är samma sak.")
        % {"code": each.code, "before": each.before, "after": each.after}
        for each in found.renamed_kpis
    ]
    said += [
        _("%(code)s finns inte längre i Kolada. Värden som redan är inlästa ligger kvar.")
        % {"code": code}
        for code in found.retired
    ]
    said += [
        _("%(code)s har ingen titel i Kolada. Kontrollera vad det är.") % {"code": code}
        for code in found.unnamed
    ]
    return tuple(said)


def kpi_table(found: Plan) -> Table | None:
    """New and changed key figures, as Kolada calls them and as Samkoll takes them."""
    about = {code: each.about for code, each in wanted().items()}
    rows = tuple(
        Row((Cell(kpi.code), Cell(kpi.title), Cell(about.get(kpi.code, MISSING))))
        for kpi in found.kpis
    )
    heads = (Head(_("Nyckeltal")), Head(_("Koladas titel")), Head(_("Samkoll läser det som")))
    return Table(_("Nyckeltal"), heads, rows, caption_hidden=True) if rows else None


def change_table(found: Plan) -> Table | None:
    """The first changed values: stored and coming."""
    rows = tuple(
        Row((Cell(_named(key)), Cell(_text(stored.content)), Cell(_text(content))))
        for key, (stored, content) in sorted(found.changed.items(), key=_newest)[:FEW]
    )
    heads = (Head(_("Värde")), Head(_("I dag"), Kind.NUMBER), Head(_("Blir"), Kind.NUMBER))
    caption = _("Ändrade värden, högst %(few)d visas") % {"few": FEW}
    return Table(caption, heads, rows, caption_hidden=True) if rows else None


def _newest(item: tuple[Key, object]) -> tuple[int, Key]:
    return -item[0][2], item[0]


def _named(key: Key) -> str:
    kpi, town, year, sex = key
    return f"{kpi}, {town}, {year}, {sex}"


def _text(content: Content) -> str:
    value, _status = content
    return MISSING if value is None else number(value, 2)


def _when(load: Load) -> str:
    return f"{timezone.localtime(load.fetched_at):%Y-%m-%d %H.%M}"
