"""What a person chooses about their own desk."""

from __future__ import annotations

from django import forms
from django.http import QueryDict
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from samkoll.desk.models import Wanted
from samkoll.desk.queries import Reminders


class ReminderForm(forms.Form):
    """How to be reminded. ``reminders`` of a valid form is what the service takes."""

    wanted = forms.ChoiceField(
        label=_("Hur ofta vill du bli påmind med e-post?"), choices=Wanted, widget=forms.RadioSelect
    )
    weekday = forms.TypedChoiceField(
        label=_("Veckodag"),
        choices=[(day + 1, name) for day, name in WEEKDAYS.items()],
        coerce=int,
        help_text=_("Gäller bara om du väljer en gång i veckan."),
    )
    days_before = forms.IntegerField(
        label=_("Dagar i förväg"),
        min_value=0,
        max_value=30,
        help_text=_("Så många dagar före sista dagen nämns en uppgift första gången, 0 till 30."),
    )
    on_due = forms.BooleanField(label=_("Påminn på sista dagen"), required=False)
    after_due = forms.BooleanField(label=_("Påminn när dagen har passerat"), required=False)

    def __init__(self, data: QueryDict | None = None, *, chosen: Reminders) -> None:
        super().__init__(data, initial={n: getattr(chosen, n) for n in Reminders.__slots__})

    @property
    def reminders(self) -> Reminders:
        """What was chosen, of a valid form."""
        return Reminders(**self.cleaned_data)


class ViewForm(forms.Form):
    """The name of a saved view, and for a new one what the list shows."""

    name = forms.CharField(label=_("Vyns namn"), max_length=60)
    query = forms.CharField(widget=forms.HiddenInput, required=False)
    next = forms.CharField(widget=forms.HiddenInput, required=False)
