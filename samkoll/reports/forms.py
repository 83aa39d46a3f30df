"""Web forms of a report: one section, an override, the diary number."""

from __future__ import annotations

from collections.abc import Callable, Collection
from decimal import Decimal
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkoll.reports import lengths
from samkoll.reports.editing import AnswerInput, GivenInput, SectionInput
from samkoll.reports.material import Material
from samkoll.reports.template_data import (
    Form,
    GivenField,
    Question,
    RiskCommentsPart,
    Section,
    TextPart,
)


class SectionForm(forms.Form):
    """Texts, answers and given figures of one section, in the order of the report's form.

    ``version`` is that of the section when the form was opened.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, material: Material, section: Section, version: int) -> None:
        super().__init__(data, initial={"version": version})
        self.material, self.section = material, section
        self.typed_given = [f for f in section.given if is_typed(material.form, f)]
        self.asked = () if material.form.sums_up else section.questions
        for field in self.typed_given:
            self._add_given(field)
        for question in self.asked:
            self._add_question(question)
        for key, label in text_fields(material, section).items():
            self._add_text(key, label)

    def _add_text(self, key: str, label: str) -> None:
        longest = self.section.longest(key)
        how = _("Tom rad ger nytt stycke. Börja raden med - för en punktlista.")
        self.fields[f"text-{key}"] = forms.CharField(
            label=label,
            required=False,
            initial=self.material.texts.get((self.section.key, key), ""),
            widget=forms.Textarea(attrs={"rows": 10}),
            help_text=" ".join(filter(None, (lengths.limit_words(longest), how))),
            validators=[_fits(longest)],
        )

    def _add_given(self, field: GivenField) -> None:
        given = self.material.given.get(field.key)
        unit = f", {field.unit}" if field.unit else ""
        label = f"{self.material.words.fill(field.label)}{unit}"
        year = self.material.window.last.year
        self.fields[f"given-{field.key}"] = _number(
            f"{label}, {year}" if field.key in self.section.with_previous else label,
            field,
            given.current if given else None,
        )
        if field.key in self.section.with_previous:
            before = given.previous if given else None
            self.fields[f"previous-{field.key}"] = _number(f"{label}, {year - 1}", field, before)
        self.fields[f"source-{field.key}"] = forms.CharField(
            label=_("Källa till %(label)s") % {"label": label.lower()},
            required=False,
            max_length=200,
            initial=given.source if given else "",
        )

    def _add_question(self, question: Question) -> None:
        answer = self.material.answers.get(question.key)
        text = self.material.words.fill(question.text)
        words = [(value, self.material.form.word(value)) for value in question.answers]
        self.fields[f"answer-{question.key}"] = forms.ChoiceField(
            label=text,
            choices=[*words, ("", _("Inget svar än"))],
            required=False,
            initial=answer.value if answer else "",
            widget=forms.RadioSelect,
        )
        self.fields[f"comment-{question.key}"] = forms.CharField(
            label=_("Kommentar till svaret på: %(question)s") % {"question": text},
            required=False,
            initial=answer.comment if answer else "",
            widget=forms.Textarea(attrs={"rows": 2}),
        )

    def typed(self) -> SectionInput:
        """What was typed, for ``editing.edit_section``. Only after ``is_valid``."""
        clean = self.cleaned_data
        return SectionInput(
            texts={
                name.removeprefix("text-"): value
                for name, value in clean.items()
                if name.startswith("text-")
            },
            answers={
                q.key: AnswerInput(clean[f"answer-{q.key}"], clean[f"comment-{q.key}"])
                for q in self.asked
            },
            given={
                f.key: GivenInput(
                    clean[f"given-{f.key}"],
                    clean.get(f"previous-{f.key}"),
                    clean[f"source-{f.key}"],
                )
                for f in self.typed_given
            },
        )

    def saved_otherwise(
        self, latest: SectionForm, places: Collection[str]
    ) -> list[tuple[str, str]]:
        """Fields that somebody else saved with another content, among ``places`` (keys of texts,
        questions and given figures): label and what they wrote."""
        found = []
        for name, field in self.fields.items():
            if name.partition("-")[2] not in places:
                continue
            theirs = _shown(latest.fields[name], latest.fields[name].initial)
            if theirs != _shown(field, self.cleaned_data.get(name)):
                found.append((str(field.label), theirs))
        return found


def typed_again(posted: QueryDict, merged: SectionInput, version: int) -> QueryDict:
    """What was posted, with what a merge made of it, for a form on another version."""
    data = posted.copy()
    data["version"] = str(version)
    for part, text in merged.texts.items():
        data[f"text-{part}"] = text
    for question, answer in merged.answers.items():
        data[f"answer-{question}"], data[f"comment-{question}"] = answer.value, answer.comment
    for key, given in merged.given.items():
        for name, value in (("given", given.current), ("previous", given.previous)):
            if f"{name}-{key}" in data:
                data[f"{name}-{key}"] = "" if value is None else formats.localize_input(value)
        data[f"source-{key}"] = given.source
    return data


def is_typed(form: Form, field: GivenField) -> bool:
    """Whether a given number is typed in this report: the municipality's sums are not."""
    return not form.sums_up or field.roll_up == "none"


def text_fields(material: Material, section: Section) -> dict[str, str]:
    """The texts of a section in the order of print: key and label. Risks have one each."""
    fields: dict[str, str] = {}
    for part in section.parts:
        if isinstance(part, RiskCommentsPart):
            fields |= {f"risk-{risk.pk}": risk.title for risk in material.risks(part.which)}
        elif isinstance(part, TextPart):
            fields[part.key] = part.heading
    plain = _("Inledande text") if len(fields) > 1 else _("Text")
    return {key: label or plain for key, label in fields.items()}


def _fits(longest: int) -> Callable[[str], None]:
    """Refuses a text that is too long, beside its own field."""

    def check(text: str) -> None:
        if said := lengths.too_long(text, longest):
            raise forms.ValidationError(said)

    return check


def _number(label: str, field: GivenField, initial: Decimal | None) -> forms.DecimalField:
    if initial is not None:
        initial = initial.quantize(Decimal(1).scaleb(-field.decimals))
    return forms.DecimalField(
        label=label,
        required=False,
        localize=True,
        min_value=0,
        max_digits=12,
        decimal_places=field.decimals,
        initial=initial,
    )


def _shown(field: forms.Field, value: Any) -> str:
    if value is None or value == "":
        return ""
    if isinstance(field, forms.ChoiceField):
        words: dict[str, Any] = dict(field.choices)  # type: ignore[arg-type]
        return str(words.get(value, value))
    if isinstance(value, Decimal):
        return str(value.normalize()).replace(".", ",")
    return str(value).replace("\r\n", "\n").strip()


class OverrideForm(forms.Form):
    """Another answer than the proposed one, and why."""

    value = forms.ChoiceField(label=gettext_lazy("Kommunens svar"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=gettext_lazy("Motivering"),
        help_text=gettext_lazy("Skrivs ut i rapporten tillsammans med förslaget."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, data: Any, *, form: Form, question: Question, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        choices = [(value, form.word(value)) for value in question.answers]
        self.fields["value"].choices = choices  # type: ignore[attr-defined]


class DiaryForm(forms.Form):
    """The diary number."""

    diary_number = forms.CharField(
        label=gettext_lazy("Diarienummer"),
        help_text=gettext_lazy("Till exempel KS-2024/976."),
        max_length=40,
        required=False,
    )
