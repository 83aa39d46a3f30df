"""Made-up contents of the /kit page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkoll.core.access import ALLOW, Verdict, deny
from samkoll.core.text import number
from samkoll.web import lists
from samkoll.web.spark import spark
from samkoll.web.tables import Cell, Column, Fact, Head, Kind, Row, State, Table, Tone


class SampleForm(forms.Form):
    """One field of each kind."""

    title = forms.CharField(label=gettext_lazy("Risk"), max_length=80)
    description = forms.CharField(
        label=gettext_lazy("Beskrivning"),
        help_text=gettext_lazy("Vad kan hända, och för vem?"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
    )
    unit = forms.ChoiceField(
        label=gettext_lazy("Enhet"),
        choices=[("", "–"), ("KSF-110", "Kansliet"), ("SOF-210", "Hemtjänst norr")],
    )
    share = forms.DecimalField(label=gettext_lazy("Andel, procent"), max_value=100, localize=True)
    due = forms.DateField(
        label=gettext_lazy("Klar senast"), widget=forms.DateInput(attrs={"type": "date"})
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Slag av risk"),
        help_text=gettext_lazy("Välj det som risken mest handlar om."),
        widget=forms.RadioSelect,
        choices=[("fysisk", gettext_lazy("Fysisk")), ("osa", gettext_lazy("Organisatorisk"))],
    )
    areas = forms.MultipleChoiceField(
        label=gettext_lazy("Berör"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("1", gettext_lazy("Medarbetare")), ("2", gettext_lazy("Chefer"))],
    )
    sure = forms.BooleanField(label=gettext_lazy("Skyddsombudet har varit med"))


@dataclass(frozen=True, slots=True)
class SampleRow:
    """An action as its row shows it."""

    pk: int
    title: str
    unit: str
    due: str
    state: State
    finish: Verdict
    is_overdue: bool = False

    @property
    def cells(self) -> tuple[Cell, ...]:
        """Every cell but the one with the button."""
        return (Cell(self.title), Cell(self.unit), Cell(self.due), Cell("", state=self.state))


@dataclass(frozen=True, slots=True)
class SampleEntry:
    """A line of a history."""

    when: datetime
    who: str
    what: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class SampleDraft:
    """A draft that waits for its owner, as ``desk.drafts.FormDraft``."""

    offered: bool = True
    restored: bool = False
    saved: str = "14.02"
    page_url: str = "/kit"
    restore_url: str = "/kit"
    discard_url: str = "/kit/formular"


COLUMNS = (
    Column(gettext_lazy("Enhet"), key="enhet"),
    Column(gettext_lazy("Sjukfrånvaro"), Kind.NUMBER, key="andel"),
    Column(gettext_lazy("Timmar"), Kind.NUMBER),
    Column(gettext_lazy("Uppdaterad"), Kind.DATE, key="datum"),
    Column(gettext_lazy("Läge"), Kind.STATE),
)
ACTION_HEADS = (
    Head(gettext_lazy("Åtgärd")),
    Head(gettext_lazy("Enhet")),
    Head(gettext_lazy("Klar senast"), Kind.DATE),
    Head(gettext_lazy("Läge"), Kind.STATE),
    Head(gettext_lazy("Nästa steg")),
)


def everything(request: HttpRequest) -> dict[str, Any]:
    """The whole context of the page."""
    return {
        "states": states(),
        "no": deny(_("Bara enhetens chef kan lämna in rapporten.")),
        "yes": ALLOW,
        "empty_form": SampleForm(),
        "draft": SampleDraft(),
        "wrong_form": SampleForm({"title": "", "share": "140", "due": "2024-02-30"}),
        "table": table(request),
        "empty_table": Table(_("Utan rader"), table(request).heads, ()),
        "filters": filters(request),
        "rows": lists.page_of(request, range(1, 642)),
        "heads": ACTION_HEADS,
        "actions": [row(1), row(2), row(3)],
        "facts": facts(),
        "spark": spark([Decimal(v) for v in LINE], _("Sjukfrånvaron föll från 8,1 till 7,6.")),
        "gap": spark([5, 6, None, 5, 4, 4, None, 3, 2], _("Två månader saknas.")),
        "sentence": _("Sjukfrånvaron föll från 8,1 till 7,6 procent på tolv månader."),
        "chart": CHART,
        "exports": [("XLSX", "#tabeller"), ("CSV", "#tabeller")],
        "note": _("−0,5 procentenheter på ett år. Kommunen: 7,7 procent."),
        "matrix": matrix(),
        "steps": [(_("Fil"), "done"), (_("Granska"), "now"), (_("Bekräfta"), "later")],
        "history": history(),
        "refusals": ["403", "404", "422"],
    }


CHART = mark_safe(  # drawn by hand; real charts come from the report writers
    '<svg viewBox="0 0 480 120" width="480" height="120"><g fill="none" stroke="#0b4a6f" '
    'stroke-width="2"><path d="M40 30 120 26 200 52 280 60 360 78 440 80"/></g>'
    '<path d="M40 100H440" stroke="#6b7680"/><g font-size="12" fill="#333"><text x="40" y="116">'
    '2023-04</text><text x="396" y="116">2024-03</text><text x="446" y="84">7,6</text></g></svg>'
)
LINE = ("8.1", "8.2", "8.0", "7.9", "7.9", "7.7", "7.8", "7.7", "7.6", "7.7", "7.6", "7.6")


def states() -> list[State]:
    """One state of each tone."""
    return [
        State(_("Ej påbörjad")),
        State(_("Pågår"), Tone.INFO, "clock"),
        State(_("Klar"), Tone.SUCCESS),
        State(_("Delvis"), Tone.WARNING),
        State(_("Försenad"), Tone.DANGER, "alarm"),
    ]


def table(request: HttpRequest) -> Table:
    """Three units and their sum; one of them too small to show."""
    sort = lists.sort_of(request.GET, ("enhet", "andel", "datum"), "enhet")
    rows = (
        _unit("Förskolan Eken", "9.4", 182_340, Tone.DANGER, _("Hög")),
        _unit("Förskolan Granen", "6.1", 171_022, Tone.SUCCESS, _("Låg")),
        Row((Cell("Öppna förskolan"), Cell(".."), Cell(".."), Cell("2024-03-31"), Cell("–"))),
        Row(
            (Cell(_("Summa")), Cell("7,6"), Cell(number(371_840)), Cell(""), Cell("")), strong=True
        ),
    )
    caption = _("Sjukfrånvaro per enhet, procent, rullande tolv månader till 2024-03")
    return Table(caption, lists.heads(request.GET, COLUMNS, sort), rows)


def _unit(name: str, share: str, hours: int, tone: Tone, word: str) -> Row:
    return Row(
        (
            Cell(name, url="#tabeller"),
            Cell(number(Decimal(share), 1), note=_("+0,4 procentenheter")),
            Cell(number(hours)),
            Cell("2024-03-31"),
            Cell("", state=State(word, tone)),
        )
    )


def filters(request: HttpRequest) -> list[lists.Filter]:
    """One filter where several may be on, one where one may."""
    status = [("ny", _("Ny")), ("pagar", _("Pågår")), ("klar", _("Klar"))]
    years = [("2023", "2023"), ("2024", "2024")]
    counts = {"ny": 12, "pagar": 31, "klar": 598}
    return [
        lists.filter_of(request.GET, "status", _("Läge"), status, counts=counts),
        lists.filter_of(request.GET, "ar", _("År"), years, several=False),
    ]


def row(pk: int) -> SampleRow:
    """An action that one may, may not, or need not finish."""
    verdict = deny(_("Bara ansvarig person kan avsluta åtgärden.")) if pk == 2 else ALLOW
    title = [_("Köp in hörselskydd"), _("Se över schemat"), _("Öva utrymning")][pk - 1]
    state = State(_("Försenad"), Tone.DANGER, "alarm") if pk == 1 else states()[1]
    return SampleRow(pk, title, "Kansliet", f"2024-04-0{pk}", state, verdict, pk == 1)


def done_row(pk: int) -> SampleRow:
    """The same, finished."""
    return SampleRow(
        pk, _("Köp in hörselskydd"), "Kansliet", "2024-04-01", states()[2], deny(_("Den är klar."))
    )


def facts() -> list[Fact]:
    """A definition list with each kind of line."""
    return [
        Fact(_("Läge"), "", state=State(_("Pågår"), Tone.INFO, "clock")),
        Fact(_("Enhet"), "Förskolan Eken", url="#fakta"),
        Fact(_("Klar senast"), "2024-04-30", note=_("om 12 dagar")),
        Fact(_("Ansvarig"), "Exempel Exempelsson"),
        Fact(_("Önskad effekt"), _("Ingen utsätts för buller över gränsvärdet.")),
    ]


def history() -> list[SampleEntry]:
    """Two events."""
    at = datetime(2024, 4, 2, 8, 15, tzinfo=UTC)
    return [
        SampleEntry(at, "Exempel Chefsson", _("ändrade klar senast"), "2024-03-31", "2024-04-30"),
        SampleEntry(at.replace(hour=7), "Exempel Exempelsson", _("skapade åtgärden")),
    ]


def matrix() -> dict[str, Any]:
    """A matrix of two by two: a cell that leads to its list, one with a mark, an empty one."""
    low, high = State(_("Låg"), Tone.SUCCESS), State(_("Hög"), Tone.DANGER)
    columns = [_step(1, _("Lindrig")), _step(2, _("Allvarlig"))]
    below, above = _step(1, _("Möjlig")), _step(2, _("Sannolik"))
    cells = [
        {"level": 2, "state": low, "marks": [_("Efter")], "label": _("nivå 2, låg")},
        {"level": 4, "state": high, "count": 3, "url": "#siffror", "label": _("nivå 4, hög")},
        {"level": 1, "state": low, "count": 0, "label": _("nivå 1, låg")},
        {"level": 2, "state": low, "label": _("nivå 2, låg")},
    ]
    return {
        "caption": _("Risker efter sannolikhet och konsekvens"),
        "columns": columns,
        "rows": [{"head": above, "cells": cells[:2]}, {"head": below, "cells": cells[2:]}],
        "probability": [below, above],
        "bands": [low, high],
    }


def _step(value: int, label: str) -> dict[str, Any]:
    return {"value": value, "label": label, "text": f"{value}: {label}"}
