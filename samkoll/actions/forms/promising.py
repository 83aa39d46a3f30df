"""Forms of what is promised: a new action, an edited one, another day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samkoll.actions.forms.people import PeopleForm, PersonField
from samkoll.actions.models import Action
from samkoll.org.models import Person

MOST_COST = 2_000_000_000


class DayInput(forms.DateInput):
    """The browser's own choice of a day."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def day(label: Any, **options: Any) -> forms.DateField:
    """A field for a day."""
    return forms.DateField(label=label, widget=DayInput(), **options)


def text(label: Any, *, rows: int = 3, **options: Any) -> forms.CharField:
    """A field for some lines of text."""
    return forms.CharField(
        label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=10_000, **options
    )


def cost() -> forms.IntegerField:
    """A field for kronor."""
    return forms.IntegerField(
        label=_("Kostnad i kronor"), min_value=0, max_value=MOST_COST, required=False
    )


class ActionForm(PeopleForm):
    """What an action says. Subclasses add what only a new or only an old one has."""

    title = forms.CharField(label=_("Vad ska göras?"), max_length=200)
    wanted_effect = text(
        _("Önskad effekt"),
        help_text=_("Vad ska vara bättre när åtgärden är gjord? Det bedöms när den följs upp."),
        required=False,
    )
    responsible = PersonField(label=_("Ansvarig person"))
    responsible_title = forms.CharField(
        label=_("Ansvarig, som det står i rapporter"),
        help_text=_("Rapporter visar roller, inte namn. Lämna tomt för personens befattning."),
        max_length=120,
        required=False,
    )


class NewForm(ActionForm):
    """A new action. Why a day has passed is asked only when one has."""

    field_order = ("title", "wanted_effect", "due_date", "reason")
    helper = PersonField(
        label=_("Hjälper till"), required=False, help_text=_("Fler kan läggas till senare.")
    )
    due_date = day(_("Klar senast"))
    cost = cost()
    reason = forms.CharField(
        label=_("Skäl"),
        help_text=_("Skriv varför ett datum som har passerat är rätt."),
        max_length=500,
        required=False,
    )

    def __init__(self, data: Any = None, *, today: date, **options: Any) -> None:
        super().__init__(data, today=today, **options)
        if not self._is_past():
            del self.fields["reason"]

    def _is_past(self) -> bool:
        try:
            return date.fromisoformat(str(self.data.get("due_date", ""))) < self.today
        except ValueError:
            return False

    def values(self) -> dict[str, Any]:
        """What ``services.add_action`` takes."""
        data = dict(self.cleaned_data)
        helper = data.pop("helper")
        return {**data, "helpers": [helper] if helper else []}


class EditForm(ActionForm):
    """An action as it is at a version. The day and the status are changed on pages of their own."""

    field_order = ("title", "wanted_effect", "responsible", "responsible_title", "reason")
    version = forms.IntegerField(widget=forms.HiddenInput)
    helpers = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label=_("Hjälper till"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Ta bort bocken för den som inte längre hjälper till."),
    )
    helper = PersonField(label=_("Lägg till någon som hjälper till"), required=False)
    cost = cost()
    reason = forms.CharField(
        label=_("Skäl"),
        help_text=_("Behövs bara om du byter ansvarig."),
        max_length=500,
        required=False,
    )

    def __init__(self, data: Any, *, action: Action, today: date) -> None:
        helpers = action.helpers.order_by("name_order", "pk")
        initial = {
            "title": action.title,
            "wanted_effect": action.wanted_effect,
            "responsible_title": action.responsible_title,
            "cost": action.cost,
            "helpers": list(helpers),
            "version": action.version,
        }
        people = {"responsible": action.responsible}
        super().__init__(data, today=today, people=people, initial=initial)
        if helpers:
            self.fields["helpers"].queryset = helpers  # type: ignore[attr-defined]
        else:
            del self.fields["helpers"]

    def values(self) -> dict[str, Any]:
        """What ``services.edit_action`` takes."""
        data = dict(self.cleaned_data)
        helper, helpers = data.pop("helper"), list(data.pop("helpers", ()))
        return {**data, "helpers": [*helpers, *([helper] if helper else [])]}


class DueDateForm(forms.Form):
    """Another day, and why."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    due_date = day(_("Klar senast"))
    reason = text(
        _("Varför flyttas slutdatumet?"), help_text=_("Det tidigare datumet och skälet sparas.")
    )
