"""What the import pages ask for."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from samkoll.core.text import number
from samkoll.imports import profiles, profiles_store
from samkoll.imports.profiles import Profile
from samkoll.imports.uploads import VaultFile


class Upload(forms.Form):
    """A payroll file and the profile that it follows."""

    file = forms.FileField(
        label=_("Fil från lönesystemet"),
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )
    profile = forms.ChoiceField(label=_("Profil"), initial=profiles.DEFAULT)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = profiles_store.choices()
        self.fields["profile"] = forms.ChoiceField(
            label=_("Profil"),
            choices=choices,
            initial=profiles.DEFAULT,
            help_text=_("Profilen säger hur lönesystemet skriver kolumner, tal och ord."),
        )
        self.fields["file"].help_text = _(
            "CSV eller XLSX, högst %(limit)s MB. Större filer läses in från kommandoraden."
        ) % {"limit": number(settings.MAX_UPLOAD_MEGABYTES)}

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
