"""Changing the chosen actions at once: what is typed, and what it would change, before it does."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkoll.accounts.models import User
from samkoll.actions import queries as actions
from samkoll.actions.models import Action
from samkoll.home.action_rows import CHOSEN
from samkoll.org import queries as org
from samkoll.org.models import Person
from samkoll.web.page import Words
from samkoll.web.tables import Cell, Head, Kind, Row, Table

LIST, CONFIRMED = "lista", "bekraftad"
PEOPLE = "people-options"
MOST = 500


class BulkForm(forms.Form):
    """A new responsible person, a new last day, or both, and why."""

    ansvarig = forms.CharField(
        label=gettext_lazy("Ny ansvarig"),
        help_text=gettext_lazy("Skriv en del av namnet. Lämna tomt om ansvarig är densamma."),
        required=False,
    )
    roll = forms.CharField(
        label=gettext_lazy("Ny ansvarigs roll"),
        help_text=gettext_lazy("Skrivs i handlingsplaner. Lämna tomt för personens befattning."),
        max_length=120,
        required=False,
    )
    klar = forms.DateField(
        label=gettext_lazy("Ny dag, klar senast"),
        widget=forms.DateInput(attrs={"type": "date"}),
        required=False,
    )
    skal = forms.CharField(
        label=gettext_lazy("Skäl"),
        help_text=gettext_lazy("Skälet sparas i historiken för varje åtgärd."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["ansvarig"].widget.attrs |= {
            "list": PEOPLE,
            "autocomplete": "off",
            "hx-get": reverse("actions:people"),
            "hx-trigger": "input changed delay:250ms",
            "hx-target": f"#{PEOPLE}",
        }

    def clean_ansvarig(self) -> Person | None:
        """The person whom the text names, alone."""
        text = self.cleaned_data["ansvarig"].replace("\x00", "").strip()
        return _person(text, self.today) if text else None

    def clean(self) -> dict[str, Any]:
        """Something has to change."""
        data = super().clean() or {}
        if not self.errors and not data.get("ansvarig") and not data.get("klar"):
            raise forms.ValidationError(_("Skriv en ny ansvarig, en ny dag eller båda."))
        return data


@dataclass(frozen=True, slots=True)
class Chosen:
    """The chosen actions that the person may see, and those of them that may not be changed."""

    actions: tuple[Action, ...]
    refused: tuple[Action, ...]
    ended: tuple[Action, ...]

    @property
    def possible(self) -> tuple[Action, ...]:
        """Those that a change can take."""
        stand_in_the_way = {action.pk for action in (*self.refused, *self.ended)}
        return tuple(action for action in self.actions if action.pk not in stand_in_the_way)


def chosen(user: User, query: QueryDict, today: date) -> Chosen:
    """What the address or the form chose, of what the person sees. Two queries."""
    keys = [int(pk) for pk in query.getlist(CHOSEN) if pk.isascii() and pk.isdecimal()][:MOST]
    keys = [pk for pk in keys if pk < 2**63]
    found = list(_read(actions.visible_to(user, today).filter(pk__in=keys)))
    places = org.units_with(user, "action:write", today)
    allowed = set(places.filter(pk__in={a.unit_id for a in found}).values_list("pk", flat=True))
    return Chosen(
        tuple(found),
        tuple(action for action in found if action.unit_id not in allowed),
        tuple(action for action in found if action.ended_on),
    )


def chosen_table(shown: Iterable[Action]) -> Table:
    """The actions as they stand."""
    heads = (Head(_("Åtgärd")), Head(_("Enhet")), Head(_("Ansvarig")), Head(_("Klar senast")))
    rows = tuple(
        Row(
            (
                Cell(action.title, url=_url(action)),
                Cell(action.unit.name),
                Cell(action.responsible.name),
                Cell(str(action.due_date)),
            )
        )
        for action in shown
    )
    return Table(_("Valda åtgärder"), heads, rows)


def changes_table(shown: Iterable[Action], responsible: Person | None, due: date | None) -> Table:
    """What each action is and what it becomes."""
    heads = [Head(_("Åtgärd")), Head(_("Enhet"))]
    if responsible:
        heads += [Head(_("Ansvarig i dag")), Head(_("Ny ansvarig"))]
    if due:
        heads += [Head(_("Klar senast i dag"), Kind.DATE), Head(_("Ny dag"), Kind.DATE)]
    rows = []
    for action in shown:
        cells = [Cell(action.title, url=_url(action)), Cell(action.unit.name)]
        if responsible:
            cells += [
                Cell(action.responsible.name),
                Cell(_changed(action.responsible, responsible)),
            ]
        if due:
            cells += [Cell(str(action.due_date)), Cell(_changed(action.due_date, due))]
        rows.append(Row(tuple(cells)))
    return Table(_("Det här ändras"), tuple(heads), tuple(rows))


def _changed(before: object, after: object) -> Words:
    return _("samma") if before == after else str(after)


def _read(found: QuerySet[Action]) -> QuerySet[Action]:
    return found.select_related("unit", "responsible").defer("search").order_by("due_date", "pk")


def _url(action: Action) -> str:
    return reverse("actions:detail", args=[action.pk])


def _person(text: str, today: date) -> Person:
    """The one person that a name, a part of it or a whole suggestion names."""
    found = actions.find_people(text, today)
    exact = [
        each for each in found if text.lower() in (each.label.lower(), each.person.name.lower())
    ]
    if len(exact) == 1 or len(found) == 1:
        return (exact or found)[0].person
    if not found:
        raise forms.ValidationError(
            _("Ingen som arbetar här i dag heter ”%(text)s”. Pröva en del av namnet.")
            % {"text": text}
        )
    near = "; ".join(each.label for each in found)
    raise forms.ValidationError(_("Flera stämmer. Skriv en av dem: %(near)s.") % {"near": near})
