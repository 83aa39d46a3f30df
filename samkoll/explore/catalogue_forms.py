"""The forms in which limits of working time and yearly costs are written."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkoll.stats.models import CostYear, Limit, LimitKind
from samkoll.stats.queries import AMOUNTS

PROPOSED = {
    "week_hours": Decimal("38.25"),
    "sick_pay": Decimal(80),
    "deduction": Decimal(20),
    "supplement": Decimal(10),
    "holiday": Decimal(12),
    "fee": Decimal("31.42"),
    "replaced": Decimal(0),
    "replacement_pay": Decimal(100),
}
"""What the form of a first year starts with. To be checked: nothing is kept before somebody saves.
Source: docs/sources.md#cost-of-sick-leave"""

LABELS = {
    "hourly_pay": gettext_lazy("Lön per timme i medeltal, kronor"),
    "week_hours": gettext_lazy("Timmar i en genomsnittlig arbetsvecka"),
    "sick_pay": gettext_lazy("Sjuklön dag 1–14, procent av lönen"),
    "deduction": gettext_lazy("Karensavdrag per tillfälle, procent av en veckas sjuklön"),
    "supplement": gettext_lazy("Tillägg från dag 15, procent av lönen"),
    "holiday": gettext_lazy("Semesterlön, procent av det som betalas"),
    "fee": gettext_lazy("Arbetsgivaravgift, procent av det som betalas"),
    "replaced": gettext_lazy("Hur stor del av sjuktimmarna som ersätts, procent"),
    "replacement_pay": gettext_lazy("Ersättarens kostnad, procent av lönen i medeltal"),
}
CHECKED = gettext_lazy("Kontrollerad mot källan den")


class LimitForm(forms.Form):
    """One limit of working time."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Gräns för"),
        choices=lambda: [(kind, capfirst(kind.label)) for kind in LimitKind],
    )
    valid_from = forms.DateField(
        label=gettext_lazy("Gäller från och med"),
        help_text=gettext_lazy("Den första i en månad, till exempel 2026-01-01."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )
    hours = forms.DecimalField(
        label=gettext_lazy("Timmar"),
        min_value=Decimal("0.25"),
        max_digits=6,
        decimal_places=2,
        localize=True,
    )
    source = forms.CharField(label=gettext_lazy("Källa"), max_length=200, required=False)
    checked_on = forms.DateField(
        label=CHECKED, required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    @classmethod
    def of(cls, data: Any, row: Limit | None) -> LimitForm:
        """The form, filled with a limit that is kept."""
        names = cls.base_fields
        return cls(data, initial={name: getattr(row, name) for name in names} if row else None)


class CostYearForm(forms.Form):
    """One year's parameters, each with its source."""

    def __init__(self, data: Any, *, row: CostYear | None) -> None:
        super().__init__(data)
        for name in AMOUNTS:
            self.fields[name] = forms.DecimalField(
                label=LABELS[name],
                min_value=Decimal(0),
                localize=True,
                initial=getattr(row, name) if row else PROPOSED.get(name),
                max_digits=7 if name == "hourly_pay" else 5,
                decimal_places=2,
            )
            self.fields[f"source-{name}"] = forms.CharField(
                label=_("Källa till %(what)s") % {"what": LABELS[name]},
                max_length=200,
                required=False,
                initial=row.sources.get(name, "") if row else "",
            )
        self.fields["checked_on"] = forms.DateField(
            label=CHECKED,
            required=False,
            initial=row.checked_on if row else None,
            widget=forms.DateInput(attrs={"type": "date"}),
        )

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Each parameter beside its source."""
        return [(self[name], self[f"source-{name}"]) for name in AMOUNTS]

    @property
    def amounts(self) -> dict[str, Decimal]:
        """The parameters as typed."""
        return {name: self.cleaned_data[name] for name in AMOUNTS}

    @property
    def sources(self) -> dict[str, str]:
        """Where they come from, as typed."""
        return {name: self.cleaned_data[f"source-{name}"] for name in AMOUNTS}
