"""Forms of the organisation pages. Units are found by typing, never from a list of thousands."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from samkoll.org import queries
from samkoll.org.models import SafetyArea, Unit
from samkoll.org.roles import roles

OPTIONS = "unit-options"


class UnitField(forms.CharField):
    """A unit by code or name. Suggestions come while typing; without script one types the code."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(help_text=_("Skriv kod eller namn."), **kwargs)
        self.widget.attrs |= {
            "list": OPTIONS,
            "autocomplete": "off",
            "hx-get": reverse_lazy("org:suggest"),
            "hx-trigger": "input changed delay:250ms",
            "hx-target": f"#{OPTIONS}",
        }

    def clean(self, value: Any) -> Any:
        """The unit, or an error that suggests the nearest. Empty gives None."""
        text = super().clean(value)
        return _unit(text) if text else None


class UnitsField(UnitField):
    """Several units, with commas between."""

    def clean(self, value: Any) -> Any:
        """All the units that are named."""
        text = forms.CharField.clean(self, value)
        return [_unit(part.strip()) for part in text.split(",") if part.strip()]


def _unit(text: str) -> Unit:
    """The unit of today that a code, a name or "KOD Namn" names."""
    now = Unit.objects.filter(valid_to=None)
    code = text.split(" ", maxsplit=1)[0]
    found = (
        now.filter(code__iexact=text).first()
        or now.filter(code__iexact=code, name__iexact=text[len(code) :].strip()).first()
    )
    if found is None:
        named = list(now.filter(name__iexact=text)[:2])
        found = named[0] if len(named) == 1 else None
    if found is None:
        raise forms.ValidationError(queries.unknown_unit(text))
    return found


class FileForm(forms.Form):
    """An organisation file, and the day from which its changes count."""

    file = forms.FileField(
        label=_("Fil"), help_text=_("CSV med semikolon, eller XLSX."), allow_empty_file=True
    )
    day = forms.DateField(
        label=_("Nya namn och nämnder gäller från"),
        widget=forms.DateInput(attrs={"type": "date"}),
    )


class PersonForm(forms.Form):
    """Somebody who can hold roles."""

    name = forms.CharField(label=_("Namn"), max_length=120)
    email = forms.EmailField(label=_("E-postadress"), required=False)


class RoleForm(forms.Form):
    """A role for a person, at a unit or for a safety area."""

    role = forms.ChoiceField(label=_("Roll"))
    unit = UnitField(label=_("Enhet"), required=False)
    with_subtree = forms.BooleanField(label=_("Även enheter under"), required=False, initial=True)
    safety_area = forms.ModelChoiceField(
        SafetyArea.objects.none(), label=_("Skyddsområde"), required=False, empty_label="–"
    )
    valid_from = forms.DateField(label=_("Från"), widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, *args: Any, areas: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(r.code, str(r)) for r in roles().values()]  # type: ignore[attr-defined]
        self.fields["safety_area"].queryset = areas or SafetyArea.objects.filter(valid_to=None)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Exactly one place."""
        data = super().clean() or {}
        wrong = bool(data.get("unit")) == bool(data.get("safety_area"))
        if wrong and "unit" not in self.errors:
            self.add_error("unit", _("Välj antingen en enhet eller ett skyddsområde."))
        return data


class EndForm(forms.Form):
    """The last day of a role."""

    last_day = forms.DateField(label=_("Sista dag"), widget=forms.DateInput(attrs={"type": "date"}))


class AreaForm(forms.Form):
    """A new safety area."""

    name = forms.CharField(label=_("Namn"), max_length=120)
    units = UnitsField(label=_("Enheter"))
    valid_from = forms.DateField(label=_("Från"), widget=forms.DateInput(attrs={"type": "date"}))
