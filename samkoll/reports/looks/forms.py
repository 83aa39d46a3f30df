"""The form of a look."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from samkoll.files.checking import Checked
from samkoll.files.forms import AttachmentField


class LookForm(forms.Form):
    """A Word template and a logo; what is left empty stays as it is."""

    template = AttachmentField(
        most=1,
        required=False,
        label=gettext_lazy("Word-mall"),
        help_text=gettext_lazy("DOCX. Utgå från vår mall, så finns alla format där."),
    )
    logo = AttachmentField(
        most=1,
        required=False,
        label=gettext_lazy("Logotyp"),
        help_text=gettext_lazy("PNG eller JPEG, högst 300 kB. Visas 18 mm hög, i Word och PDF."),
    )

    def chosen(self, name: str) -> Checked | None:
        """The file of a field, if one was chosen. Only after ``is_valid``."""
        found: list[Checked] = self.cleaned_data[name]
        return found[0] if found else None
