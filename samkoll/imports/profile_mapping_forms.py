"""The two large forms of a mapping profile: which head is what, and what the words mean."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from samkoll.imports import profiles_choosing as choosing
from samkoll.imports import profiles_words as words
from samkoll.imports.kinds import KINDS
from samkoll.imports.profile_forms import Content, lines, lines_field
from samkoll.imports.profiles import LONGEST_TEXT
from samkoll.imports.profiles_sample import Sample, spelled
from samkoll.imports.profiles_shapes import holds_number, shown_head

Group = tuple[str, list[forms.BoundField]]
_FALLBACK = ("form", "departure", "cause")


class ColumnsForm(forms.Form):
    """The head of each logical column. ``hints`` says what was proposed and what stands there."""

    def __init__(
        self,
        *args: Any,
        content: Content,
        sample: Sample | None,
        hints: Mapping[str, str],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.kind = KINDS[content["kind"]]
        chosen = content.get("columns") or {}
        for name in self.kind.columns:
            self.fields[f"kolumn-{name}"] = self._field(name, chosen.get(name, ""), sample, hints)
        self.fields["as_above"] = forms.MultipleChoiceField(
            label=str(words.FIELDS["as_above"]),
            choices=[(n, words.column(self.kind.name, n)) for n in self.kind.columns],
            widget=forms.CheckboxSelectMultiple,
            required=False,
            initial=list(content.get("as_above") or ()),
            help_text=_("Kryssa för kolumner där värdet bara står på gruppens första rad."),
        )

    def groups(self) -> list[Group]:
        """The fields that are needed, and those that are not."""
        return [
            (_("Kolumner som behövs"), self._of(self.kind.required)),
            (_("Kolumner som kan finnas"), self._of(self.kind.optional)),
        ]

    def chosen(self) -> dict[str, Any]:
        """The heads by logical column, and the columns in which blank means as above."""
        columns = {name: head for name in self.kind.columns if (head := self._head(name))}
        above = [name for name in self.cleaned_data["as_above"] if name in columns]
        return {"columns": columns, "as_above": above}

    def clean(self) -> dict[str, Any]:
        """No head for two columns, but for one day that is both first and last.

        What looks like an identity number is no head: it would be stored in clear.
        """
        data = super().clean() or {}
        seen: dict[str, str] = {}
        for name in self.kind.columns:
            head = spelled(self._head(name))
            other = seen.get(head)
            if holds_number(head):
                wrong = _("Rubriken ser ut som ett personnummer. Har filen ingen rubrikrad?")
                self.add_error(f"kolumn-{name}", wrong)
            elif head and other and {other, name} != {"first", "last"}:
                self.add_error(
                    f"kolumn-{name}",
                    _("Rubriken är redan vald för %(column)s.")
                    % {"column": words.column(self.kind.name, other)},
                )
            seen.setdefault(head, name)
        return data

    def _head(self, name: str) -> str:
        return " ".join(str(self.cleaned_data.get(f"kolumn-{name}") or "").split())

    def _of(self, names: Sequence[str]) -> list[forms.BoundField]:
        return [self[f"kolumn-{name}"] for name in names]

    def _field(
        self, name: str, head: str, sample: Sample | None, hints: Mapping[str, str]
    ) -> forms.Field:
        common: dict[str, Any] = {
            "label": words.column(self.kind.name, name),
            "required": name in self.kind.required,
            "initial": head,
            "help_text": hints.get(name, ""),
        }
        if sample is None:
            return forms.CharField(max_length=LONGEST_TEXT, **common)
        heads = {spelled(each): each for each in sample.heads}
        missing = (
            []
            if not head or spelled(head) in heads
            else [(head, _("%(head)s (finns inte i provet)") % {"head": head})]
        )
        common["initial"] = heads.get(spelled(head), head)
        return forms.ChoiceField(
            choices=[("", _("Ingen kolumn")), *missing, *_heads(sample)], **common
        )


class WordsForm(forms.Form):
    """What the words of the sample mean, list by list, and words that it does not have."""

    def __init__(self, *args: Any, content: Content, sample: Sample | None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.values = content.get("values") or {}
        self.found = choosing.words_of(content, sample)
        used = {choosing.list_of(content["kind"], name) for name in content.get("columns") or ()}
        self.lists = [name for name in KINDS[content["kind"]].words if name in used]
        for name in self.lists:
            for word in self.found[name]:
                self.fields[_word_field(name, word)] = self._meaning(name, word)
            for code, meaning in words.MEANINGS[name].items():
                self.fields[f"fler-{name}-{code}"] = self._more(name, code, str(meaning))
            if name in _FALLBACK:
                self.fields[f"annat-{name}"] = self._other(name, content)

    def groups(self) -> list[Group]:
        """The fields of each list under its name."""
        return [(str(words.LISTS[name]), self._of(name)) for name in self.lists]

    def chosen(self) -> dict[str, Any]:
        """The words and their codes, list by list. Lists that no column uses stay as they are."""
        values = dict(self.values)
        fallback: dict[str, int] = {}
        for name in self.lists:
            values[name] = {
                word: int(code)
                for word in self.found[name]
                if (code := self.cleaned_data[_word_field(name, word)]) != ""
            }
            for code in words.MEANINGS[name]:
                for word in lines(self.cleaned_data[f"fler-{name}-{code}"]):
                    values[name].setdefault(word, code)
            other = self.cleaned_data.get(f"annat-{name}")
            if other not in (None, ""):
                fallback[name] = int(other)
        return {"values": values, "fallback": fallback}

    def _of(self, name: str) -> list[forms.BoundField]:
        starts = (f"ord-{name}-", f"fler-{name}-", f"annat-{name}")
        return [self[field] for start in starts for field in self.fields if field.startswith(start)]

    def _meaning(self, name: str, word: str) -> forms.Field:
        code = self.values.get(name, {}).get(word)
        return forms.ChoiceField(
            label=_("”%(word)s” betyder") % {"word": word},
            choices=[("", _("Vet inte: raden blir fel")), *_codes(name)],
            initial="" if code is None else str(code),
            required=False,
        )

    def _more(self, name: str, code: int, meaning: str) -> forms.Field:
        listed = set(self.found[name])
        known = self.values.get(name, {}).items()
        initial = [word for word, each in known if each == code and word not in listed]
        label = _("Fler ord som betyder %(meaning)s") % {"meaning": meaning}
        return lines_field(label, initial, _("Ord som inte finns i provet, ett på varje rad."))

    def _other(self, name: str, content: Content) -> forms.Field:
        code = (content.get("fallback") or {}).get(name)
        return forms.ChoiceField(
            label=_("Ord som inte är uppräknade"),
            choices=[("", _("Raden blir fel")), *_codes(name)],
            initial="" if code is None else str(code),
            required=False,
            help_text=_("Importens sida räknar upp orden, så att du kan lägga till dem."),
        )


def _heads(sample: Sample) -> list[tuple[str, str]]:
    return [(head, shown_head(head)) for head in sample.heads if not holds_number(head)]


def _codes(name: str) -> list[tuple[str, Any]]:
    return [(str(code), meaning) for code, meaning in words.MEANINGS[name].items()]


def _word_field(name: str, word: str) -> str:
    return f"ord-{name}-{hashlib.sha256(word.encode()).hexdigest()[:12]}"
