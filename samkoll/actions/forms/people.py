"""A person by typing: suggestions while one types, and a choice among those found.

Without script one types a part of the name and sends the form: it comes back with the people that
were meant as radio buttons.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkoll.actions import queries
from samkoll.actions.queries import Candidate
from samkoll.org.models import Person

OPTIONS, PICK = "person-options", "_pick"
HELP = gettext_lazy("Skriv en del av namnet, befattningen eller enheten.")


class PersonField(forms.CharField):
    """The text of a ``PeopleForm``'s person; the form puts the person in its place."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=400, **{"help_text": HELP, **options})
        self.widget.attrs |= {
            "list": OPTIONS,
            "autocomplete": "off",
            "hx-get": reverse_lazy("actions:people"),
            "hx-trigger": "input changed delay:250ms",
            "hx-target": f"#{OPTIONS}",
        }


class PeopleForm(forms.Form):
    """A form some of whose fields are ``PersonField``s. ``cleaned_data`` has people (or None)."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        today: date,
        people: Mapping[str, Person | None] | None = None,
        **options: Any,
    ) -> None:
        """``people``: who stands in the fields from the start."""
        super().__init__(data, **options)
        self.today = today
        self._candidates: dict[str, list[Candidate]] = {}
        given = {name: person for name, person in (people or {}).items() if person}
        for name, person in given.items():
            self.initial[name] = queries.candidates([person], today)[0].label
        for name in [n for n, field in self.fields.items() if isinstance(field, PersonField)]:
            self._offer(name)

    def clean(self) -> dict[str, Any]:
        """The people that were typed or picked."""
        data = super().clean() or {}
        for name, field in list(self.fields.items()):
            if isinstance(field, PersonField) and name in data:
                data[name] = self._person(name)
            if name.endswith(PICK):
                field.required = True  # for its label only: a choice that is shown is to be made
        return {key: value for key, value in data.items() if not key.endswith(PICK)}

    def _offer(self, name: str) -> None:
        """Radio buttons after a text that several people answer to."""
        self._found(name)
        found = self._candidates.get(name, [])
        if len(found) < 2 or self._exact(name, found):
            return
        choices = [(str(c.person.pk), c.label) for c in found]
        pick = forms.ChoiceField(
            label=_("Vem menar du med ”%(text)s”?") % {"text": self._text(name)},
            choices=choices,
            widget=forms.RadioSelect,
            required=False,
        )
        self.fields = _after(self.fields, name, f"{name}{PICK}", pick)

    def _found(self, name: str) -> None:
        text = self._text(name)
        if self.is_bound and text:
            self._candidates[name] = queries.find_people(text, self.today, limit=20)

    def _text(self, name: str) -> str:
        return str(self.data.get(self.add_prefix(name), "")).replace("\x00", "").strip()

    def _exact(self, name: str, found: list[Candidate]) -> Person | None:
        """The one whose whole label was typed, or the only one of that name."""
        text = self._text(name).casefold()
        whole = [c.person for c in found if c.label.casefold() == text]
        named = [c.person for c in found if c.person.name.casefold() == text]
        return next((people[0] for people in (whole, named) if len(people) == 1), None)

    def _person(self, name: str) -> Person | None:
        """Who is meant; an error on the field when that is not clear."""
        if not self._text(name):
            return None
        found = self._candidates.get(name, [])
        picked = self.data.get(self.add_prefix(f"{name}{PICK}"))
        chosen = next((c.person for c in found if str(c.person.pk) == picked), None)
        exact = chosen or self._exact(name, found) or (found[0].person if len(found) == 1 else None)
        if exact is None:
            self.add_error(name, self._unclear(found))
        return exact

    def _unclear(self, found: list[Candidate]) -> str:
        if not found:
            return _("Ingen som arbetar här i dag stämmer. Skriv bara en del av namnet.")
        return _("Flera stämmer. Välj en av dem, eller skriv mer av namnet.")


def _after(
    fields: dict[str, forms.Field], name: str, new: str, field: forms.Field
) -> dict[str, forms.Field]:
    """The fields with a new one after that of a name."""
    found: dict[str, forms.Field] = {}
    for key, each in fields.items():
        found[key] = each
        if key == name:
            found[new] = field
    return found
