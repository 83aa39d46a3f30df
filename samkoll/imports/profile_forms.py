"""What the pages of mapping profiles ask for, step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from samkoll.core.text import number
from samkoll.imports import profiles_words as words
from samkoll.imports import profiles_yaml
from samkoll.imports.kinds import KINDS
from samkoll.imports.models import Batch
from samkoll.imports.profiles import (
    CHOICES,
    LONGEST_TITLE,
    MOST_HEAD_ROWS,
    MOST_SKIPPED,
)
from samkoll.imports.profiles_sample import Sample
from samkoll.imports.uploads import VaultFile

Content = Mapping[str, Any]
_NAME = r"^[a-z0-9][a-z0-9-]*$"


class StartForm(forms.Form):
    """A file to look at: uploaded now, or one that waits for an answer."""

    file = forms.FileField(
        label=_lazy("Fil att prova med"),
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xls"}),
    )

    def __init__(self, *args: Any, waiting: Sequence[Batch], editing: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.editing = editing
        self.fields["file"].required = not editing and not waiting
        self.fields["file"].error_messages["required"] = _("Välj en fil att utgå från.")
        self.fields["file"].help_text = _(
            "CSV, text eller Excel, högst %(limit)s MB. Bara början av filen sparas, krypterad, "
            "och den tas bort när profilen är klar."
        ) % {"limit": number(settings.MAX_UPLOAD_MEGABYTES)}
        if waiting:
            self.fields["batch"] = forms.TypedChoiceField(
                label=_("Eller en fil som redan väntar på besked"),
                choices=[("", _("Ingen")), *((each.pk, each.file_name) for each in waiting)],
                coerce=int,
                empty_value=None,
                required=False,
            )
        if not editing:
            self.fields["kind"] = forms.ChoiceField(
                label=_("Vad filen innehåller"),
                choices=[("", _("Föreslå av innehållet")), *words.KINDS.items()],
                required=False,
            )

    def clean_file(self) -> VaultFile | None:
        """Refuse a file above the stated size, and an empty one."""
        file: VaultFile | None = self.cleaned_data["file"]
        if file is not None and (file.too_big or not file.size):
            raise forms.ValidationError(
                _("Filen är större än %(limit)s MB. Spara de första raderna som en egen fil.")
                % {"limit": number(settings.MAX_UPLOAD_MEGABYTES)}
                if file.too_big
                else _("Filen är tom.")
            )
        return file

    def clean(self) -> dict[str, Any]:
        """A new profile needs a file."""
        data = super().clean() or {}
        given = data.get("file") or data.get("batch")
        if not self.editing and not given and "file" not in self.errors:
            self.add_error("file", _("Välj en fil att utgå från."))
        return data


class ReadingForm(forms.Form):
    """How the file is written: what was detected, each part to be changed."""

    def __init__(self, *args: Any, content: Content, sample: Sample | None, **options: Any) -> None:
        super().__init__(*args, **options)
        kind = KINDS[content["kind"]]
        self._choice("kind", content, _("Avgör vilka kolumner som behövs."))
        self._choice("layout", content)
        if not (sample and sample.sheets):
            self._choice("encoding", content, _found(sample))
            self._choice("separator", content, _("Gäller tabeller, inte fasta positioner."))
        if sample and len(sample.sheets) > 1:
            self.fields["sheet"] = forms.ChoiceField(
                label=str(words.FIELDS["sheet"]),
                choices=[("", _("Det blad som har rubrikerna")), *((s, s) for s in sample.sheets)],
                required=False,
                initial=content.get("sheet", ""),
            )
        self._number("skip_rows", content, MOST_SKIPPED, 0, _heads_at(sample))
        self._number("head_rows", content, MOST_HEAD_ROWS, 1)
        if sample and sample.positions:
            self._text(
                "starts",
                " ".join(str(first) for first, _last in sample.positions),
                _("Var varje kolumn börjar"),
                _("Tecknens nummer på raden, med mellanslag emellan: 1 14 20."),
            )
        for name, needed in {
            "decimal": bool(kind.hours),
            "hours_unit": bool(kind.hours),
            "extent_unit": "extent" in kind.columns,
            "month_format": "month" in kind.columns,
            "date_format": bool(kind.dates),
            "convention": kind.name == "months",
            "corrections": kind.name == "months",
        }.items():
            if needed:
                self._choice(name, content)
        self._words("null_words", content, _("Till exempel NULL eller -. Ett ord på varje rad."))
        self._words("skip_words", content, _("Till exempel Summa. Ett ord på varje rad."))

    def chosen(self) -> dict[str, Any]:
        """The choices by the names of a profile."""
        data = dict(self.cleaned_data)
        for name in ("null_words", "skip_words"):
            data[name] = lines(data[name])
        if "starts" in data:
            data["starts"] = sorted({int(each) for each in data["starts"].split()})
        return data

    def clean_starts(self) -> str:
        """Numbers from 1, at most as many as a file can have columns."""
        parts = self.cleaned_data["starts"].split()
        right = all(part.isascii() and part.isdigit() and int(part[:6]) >= 1 for part in parts)
        if not parts or not right or len(parts) > 200:
            raise forms.ValidationError(_("Skriv hela tal från 1, till exempel 1 14 20."))
        return " ".join(parts)

    def clean(self) -> dict[str, Any]:
        """Two signs that cannot be the same; a table has heads."""
        data = super().clean() or {}
        if data.get("separator") and data["separator"] == data.get("decimal"):
            self.add_error("decimal", _("Samma tecken kan inte stå mellan fälten och i talen."))
        if data.get("layout") == "table" and data.get("head_rows") == 0:
            self.add_error("head_rows", _("En tabell behöver minst en rad med rubriker."))
        return data

    def _choice(self, name: str, content: Content, help_text: str = "") -> None:
        known = words.CHOICES[name]
        self.fields[name] = forms.ChoiceField(
            label=str(words.FIELDS[name]),
            choices=[(value, known[value]) for value in CHOICES[name]],
            initial=content.get(name, CHOICES[name][0]),
            help_text=help_text,
        )

    def _number(
        self, name: str, content: Content, most: int, least: int, help_text: str = ""
    ) -> None:
        self.fields[name] = forms.IntegerField(
            label=str(words.FIELDS[name]),
            min_value=least if content.get("layout") != "fixed" else 0,
            max_value=most,
            initial=content.get(name, least),
            help_text=help_text,
        )

    def _text(self, name: str, initial: str, label: str, help_text: str) -> None:
        self.fields[name] = forms.CharField(
            label=label, initial=initial, help_text=help_text, max_length=2_000, required=False
        )

    def _words(self, name: str, content: Content, help_text: str) -> None:
        self.fields[name] = lines_field(str(words.FIELDS[name]), content.get(name) or (), help_text)


class SaveForm(forms.Form):
    """What the profile is called, and what is new in this version."""

    title = forms.CharField(label=_lazy("Namn"), max_length=LONGEST_TITLE)
    name = forms.RegexField(
        _NAME,
        label=_lazy("Kort namn"),
        max_length=60,
        help_text=_lazy("Små bokstäver a till z, siffror och bindestreck. Används i kommandon."),
        error_messages={
            "invalid": _lazy("Använd bara små bokstäver a till z, siffror och bindestreck.")
        },
    )
    note = forms.CharField(
        label=_lazy("Vad är nytt?"), max_length=300, required=False, widget=forms.Textarea
    )

    def __init__(self, *args: Any, fixed: bool, overtaken: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        if fixed:
            del self.fields["name"]
        if overtaken:
            self.fields["anyway"] = forms.BooleanField(
                label=_("Spara min som en ännu nyare version"), required=False
            )


class CopyForm(forms.Form):
    """The names of a copy."""

    title = SaveForm.base_fields["title"]
    name = SaveForm.base_fields["name"]


class FileForm(forms.Form):
    """A profile's YAML file."""

    file = forms.FileField(
        label=_lazy("Profilens fil"),
        widget=forms.ClearableFileInput(attrs={"accept": ".yaml,.yml"}),
        help_text=_lazy("En YAML-fil som har hämtats från Samkoll eller är skriven på samma sätt."),
    )

    def text(self) -> str:
        """The file's text; "" when it is too large or not UTF-8, with an error on the field."""
        file = self.cleaned_data["file"]
        if file.size > 4 * profiles_yaml.LARGEST:
            self.add_error("file", _("Filen är för stor för att vara en profil."))
            return ""
        try:
            return str(file.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            self.add_error("file", _("Filen är inte text i UTF-8."))
            return ""


def _found(sample: Sample | None) -> str:
    if sample is None:
        return ""
    return _("Filen läses som %(encoding)s.") % {"encoding": words.encoding(sample.encoding)}


def _heads_at(sample: Sample | None) -> str:
    start = _("Rubrikerna letas upp nedanför de raderna.")
    if sample is None:
        return start
    return f"{start} " + _("I provet står de på rad %(row)s.") % {"row": sample.head_row}


def lines_field(label: str, initial: Sequence[str], help_text: str) -> forms.CharField:
    """A field for several words, one on each line."""
    return forms.CharField(
        label=label,
        initial="\n".join(map(str, initial)),
        required=False,
        max_length=5_000,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def lines(text: str) -> list[str]:
    """The different words of such a field."""
    return list(
        dict.fromkeys(plain for line in text.splitlines() if (plain := " ".join(line.split())))
    )
