"""What the import pages ask for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from samkoll.core.text import number
from samkoll.imports import profiles, profiles_store, queries
from samkoll.imports.models import Batch
from samkoll.imports.profiles import Profile
from samkoll.imports.receiving import NEEDS_PERIOD
from samkoll.imports.uploads import VaultFile

_DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Upload(forms.Form):
    """A file, the profile that it follows, and the days for which its records are complete.

    A file that corrects an import (``corrects``) follows that import's profile and period.
    """

    file = forms.FileField(
        label=_("Fil från HR-systemet"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx,.xls"}),
    )
    profile = forms.ChoiceField(
        label=_("Profil"),
        help_text=_("Profilen säger vad filen innehåller och hur systemet skriver det."),
    )
    period_first = forms.DateField(
        label=_("Filen gäller från och med"),
        required=False,
        widget=_DAY,
        help_text=_("Behövs för frånvaro och anställningar. Filen ska vara hel för de dagarna."),
    )
    period_last = forms.DateField(label=_("Till och med"), required=False, widget=_DAY)

    def __init__(self, *args: Any, corrects: Batch | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.corrects = corrects
        self.fields["file"].help_text = _(
            "CSV, TSV, text, XLSX eller XLS, högst %(limit)s MB. Större filer läses in från "
            "kommandoraden."
        ) % {"limit": number(settings.MAX_UPLOAD_MEGABYTES)}
        if corrects is not None:
            for name in ("profile", "period_first", "period_last"):
                del self.fields[name]
            return
        self.fields["profile"] = forms.ChoiceField(
            label=self.fields["profile"].label,
            choices=profiles_store.choices(),
            initial=profiles.DEFAULT,
            help_text=self.fields["profile"].help_text,
        )

    def clean_file(self) -> VaultFile:
        """Refuse a file above the stated size."""
        file: VaultFile = self.cleaned_data["file"]
        limit = settings.MAX_UPLOAD_MEGABYTES
        if file.too_big:
            raise forms.ValidationError(
                _(
                    "Filen är större än %(limit)s MB. Dela upp den, "
                    "eller läs in den från kommandoraden."
                )
                % {"limit": number(limit)}
            )
        return file

    def clean_profile(self) -> Profile:
        """The profile itself."""
        return profiles_store.current(self.cleaned_data["profile"])

    def clean(self) -> dict[str, Any]:
        """Both days of the period, where the kind of file needs them."""
        given: dict[str, Any] = super().clean() or {}
        first, last = given.get("period_first"), given.get("period_last")
        profile = given.get("profile")
        needed = profile is not None and profile.kind in NEEDS_PERIOD
        for name, day in (("period_first", first), ("period_last", last)):
            if day is None and name not in self.errors and (needed or first or last):
                self.add_error(name, _("Ange dagen."))
        if first and last and last < first:
            self.add_error("period_last", _("Dagen ligger före den första."))
        return given

    def terms(self) -> dict[str, Any]:
        """Profile, period and corrected import, as ``services.upload`` takes them."""
        if self.corrects is not None:
            return {"profile": queries.profile_of(self.corrects), "corrects": self.corrects}
        given = self.cleaned_data
        period = (given["period_first"], given["period_last"]) if given["period_first"] else None
        return {"profile": given["profile"], "period": period}


class Commit(forms.Form):
    """The confirmations that this batch needs; only those are shown."""

    accept_partial = forms.BooleanField(
        label=_("Läs in de godkända raderna utan dem som har fel"), required=False
    )
    confirm_drop = forms.BooleanField(
        label=_("Ja, månaderna ska få färre rader än i dag"), required=False
    )

    def __init__(self, *args: Any, partial: bool, drop: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not partial:
            del self.fields["accept_partial"]
        if not drop:
            del self.fields["confirm_drop"]

    def confirmations(self) -> dict[str, bool]:
        """Both answers; a question that was not asked is answered no."""
        given = self.cleaned_data
        return {name: bool(given.get(name)) for name in ("accept_partial", "confirm_drop")}
