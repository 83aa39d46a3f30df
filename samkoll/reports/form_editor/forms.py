"""Web forms of the form editor: a section, its condition, a part and the rows of a part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkoll.reports.form_editor import content as steps
from samkoll.reports.form_editor.parts import PARTS, addable
from samkoll.reports.models import Value
from samkoll.reports.pages import RULES
from samkoll.stats import metrics
from samkoll.stats import queries as stats

Choices = list[tuple[str, Any]]
SEXES = (
    ("total", gettext_lazy("Alla")),
    ("women", gettext_lazy("Kvinnor")),
    ("men", gettext_lazy("Män")),
)
ROWS = 3
"""Empty rows at the end of a list of rows; saving gives new ones."""
CONDITIONS = (
    ("", gettext_lazy("Alltid")),
    ("answer", gettext_lazy("Bara vid vissa svar på en fråga")),
    ("boards", gettext_lazy("Bara i vissa nämnders rapporter")),
    ("units", gettext_lazy("Bara för vissa enheter och dem under dem")),
    ("figure", gettext_lazy("Bara när en siffra finns")),
)


def metric_choices() -> Choices:
    """Every metric of the catalogue, under its family."""
    families: dict[str, Choices] = {}
    for metric in metrics.catalogue():
        family = str(stats.FAMILIES[metric.terms.family])
        families.setdefault(family, []).append((metric.key, stats.title(metric)))
    return list(families.items())


class StartForm(forms.Form):
    """Which year the copy is for."""

    year = forms.IntegerField(label=gettext_lazy("Rapportår"), min_value=2000, max_value=2099)


class ImportForm(forms.Form):
    """A form as a file."""

    file = forms.FileField(label=gettext_lazy("Mall som YAML-fil"))


class AddSectionForm(forms.Form):
    """A new section."""

    heading = forms.CharField(label=gettext_lazy("Rubrik"), max_length=200)


class AddPartForm(forms.Form):
    """A new part of a section."""

    kind = forms.ChoiceField(label=gettext_lazy("Ny del"))

    def __init__(self, data: Any, *, kind: str) -> None:
        super().__init__(data)
        self.fields["kind"].choices = addable(kind)  # type: ignore[attr-defined]


class SectionForm(forms.Form):
    """Heading, instruction and condition of a section."""

    heading = forms.CharField(label=gettext_lazy("Rubrik"), max_length=200)
    instruction = forms.CharField(
        label=gettext_lazy("Instruktion till den som skriver"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    when = forms.ChoiceField(
        label=gettext_lazy("När avsnittet finns"), choices=CONDITIONS, required=False
    )
    question = forms.ChoiceField(label=gettext_lazy("Fråga"), required=False)
    values = forms.MultipleChoiceField(
        label=gettext_lazy("Svar"),
        choices=Value.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    codes = forms.CharField(
        label=gettext_lazy("Koder för nämnder eller enheter"),
        help_text=gettext_lazy("Skilj koderna åt med komma, till exempel BUF, SOC."),
        required=False,
    )
    figure = forms.ChoiceField(label=gettext_lazy("Siffra"), required=False)

    def __init__(self, data: Any, *, content: Mapping[str, Any], section: dict[str, Any]) -> None:
        first: dict[str, Any] = next(iter(section.get("only_when", ())), {})
        when = next((name for name, _words in CONDITIONS if name and name in first), "")
        initial = {
            "heading": section["heading"],
            "instruction": section["instruction"],
            "when": when,
            "question": first.get("answer", ""),
            "values": first.get("is", []),
            "codes": ", ".join(first.get(when, ())) if when in ("boards", "units") else "",
            "figure": first.get("figure", ""),
        }
        super().__init__(data, initial=initial)
        self.others = list(section.get("only_when", ()))[1:]
        asked = [(q["key"], q["text"]) for q in steps.items(dict(content), "questions")]
        none = ("", _("Ingen"))
        self.fields["question"].choices = [none, *asked]  # type: ignore[attr-defined]
        self.fields["figure"].choices = [none, *metric_choices()]  # type: ignore[attr-defined]

    def values_of(self) -> dict[str, Any]:
        """The section's own values. More than one condition comes from a file, and is kept."""
        clean = self.cleaned_data
        codes = [code.strip() for code in clean["codes"].split(",") if code.strip()]
        made: dict[str, dict[str, Any]] = {
            "answer": {"answer": clean["question"], "is": clean["values"]},
            "boards": {"boards": codes},
            "units": {"units": codes},
            "figure": {"figure": clean["figure"]},
        }
        when = clean["when"]
        return {
            "heading": clean["heading"],
            "instruction": clean["instruction"].replace("\r\n", "\n").strip(),
            "only_when": [made[when], *self.others] if when else [],
        }

    def clean(self) -> dict[str, Any]:
        """A condition needs what it is about."""
        clean = super().clean() or {}
        needs = {
            "answer": ("question", "values"),
            "boards": ("codes",),
            "units": ("codes",),
            "figure": ("figure",),
        }
        for name in needs.get(clean.get("when", ""), ()):
            if not clean.get(name):
                self.add_error(name, _("Fyll i vad villkoret gäller."))
        return clean


class PartForm(forms.Form):
    """What a part of a kind has besides its rows."""

    def __init__(self, data: Any, *, part: dict[str, Any]) -> None:
        names = PARTS[part["kind"]].fields
        super().__init__(data, initial={name: part.get(name) for name in names}, prefix="del")
        for name in names:
            self.fields[name] = FIELDS[name]()

    def values_of(self) -> dict[str, Any]:
        """What the part gets; None takes an optional value away."""
        optional = ("heading", "max_characters", "previous_column", "highest", "longest")
        clean = self.cleaned_data
        return {n: v or None if n in optional else v for n, v in clean.items()}


def _text(label: Any, *, required: bool = True) -> Callable[[], forms.Field]:
    return lambda: forms.CharField(label=str(label), max_length=300, required=required)


def _choice(label: Any, choices: Iterable[tuple[str, Any]]) -> Callable[[], forms.Field]:
    return lambda: forms.ChoiceField(label=str(label), choices=list(choices))


def _count(label: Any, help_text: Any) -> Callable[[], forms.Field]:
    return lambda: forms.IntegerField(
        label=str(label), min_value=1, max_value=100_000, required=False, help_text=str(help_text)
    )


FIELDS: dict[str, Callable[[], forms.Field]] = {
    "caption": _text(gettext_lazy("Tabellens eller diagrammets rubrik")),
    "head": _text(gettext_lazy("Första kolumnens rubrik")),
    "column": _text(gettext_lazy("Andra kolumnens rubrik")),
    "previous_column": _text(gettext_lazy("Rubrik för perioden före"), required=False),
    "unit": _text(gettext_lazy("Enhet på axeln")),
    "lead": _text(gettext_lazy("Inledning till meningen")),
    "heading": _text(gettext_lazy("Egen rubrik"), required=False),
    "max_characters": _count(
        gettext_lazy("Högsta antal tecken"), gettext_lazy("Lämna tomt för ingen gräns.")
    ),
    "highest": _count(gettext_lazy("Antal grupper"), gettext_lazy("Lämna tomt för åtta.")),
    "longest": _count(gettext_lazy("Antal rader"), gettext_lazy("Lämna tomt för femton.")),
    "which": _choice(
        gettext_lazy("Vilka risker"),
        (("current", gettext_lazy("Årets")), ("previous", gettext_lazy("Föregående års"))),
    ),
    "show": _choice(
        gettext_lazy("Visa som"),
        (("chapters", gettext_lazy("Kapitel")), ("table", gettext_lazy("Tabell"))),
    ),
    "metric": lambda: forms.ChoiceField(label=_("Mått"), choices=metric_choices()),
    "metrics": lambda: forms.MultipleChoiceField(
        label=_("Mått, det första bestämmer ordningen"),
        choices=metric_choices(),
        widget=forms.SelectMultiple(attrs={"size": 8}),
    ),
}


class QuestionForm(forms.Form):
    """One question: its answers, the one that nobody needs to explain, and how it rolls up."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    text = forms.CharField(label=gettext_lazy("Fråga"), max_length=500)
    answers = forms.MultipleChoiceField(
        label=gettext_lazy("Tillåtna svar"),
        choices=Value.choices,
        widget=forms.CheckboxSelectMultiple,
        initial=["yes", "partly", "no"],
    )
    expected = forms.ChoiceField(
        label=gettext_lazy("Väntat svar, som inte behöver förklaras"),
        choices=Value.choices,
        initial="yes",
    )
    roll_up = forms.ChoiceField(
        label=gettext_lazy("Så vägs svaren samman"), choices=RULES.items(), initial="all_graded"
    )

    def clean(self) -> dict[str, Any]:
        """The expected answer is one of the allowed."""
        clean = super().clean() or {}
        if clean.get("answers") and clean.get("expected") not in clean["answers"]:
            self.add_error("expected", _("Det väntade svaret ska vara ett av de tillåtna."))
        return clean


class RowForm(forms.Form):
    """One row of a table of computed figures; without a metric a sub-head."""

    label = forms.CharField(label=gettext_lazy("Radens rubrik"), max_length=200)
    metric = forms.ChoiceField(label=gettext_lazy("Mått"), required=False)
    sex = forms.ChoiceField(
        label=gettext_lazy("Gäller"), choices=SEXES, required=False, initial="total"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        none = ("", _("Underrubrik utan siffror"))
        self.fields["metric"].choices = [none, *metric_choices()]  # type: ignore[attr-defined]


class GivenForm(forms.Form):
    """One number that is typed in the report."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    label = forms.CharField(label=gettext_lazy("Uppgift"), max_length=200)
    unit = forms.CharField(label=gettext_lazy("Enhet"), max_length=40, required=False)
    decimals = forms.IntegerField(
        label=gettext_lazy("Decimaler"), min_value=0, max_value=2, initial=0
    )
    roll_up = forms.ChoiceField(
        label=gettext_lazy("I kommunens rapport"),
        choices=(("sum", gettext_lazy("Summeras")), ("none", gettext_lazy("Summeras inte"))),
        initial="sum",
    )


_ROW_FORMS = {"questions": QuestionForm, "rows": RowForm, "fields": GivenForm}


def row_forms(data: Any, part: dict[str, Any]) -> forms.BaseFormSet[Any] | None:
    """The rows of a part, each with its place and a way to take it away; None without rows."""
    name = PARTS[part["kind"]].rows
    if not name:
        return None
    made: type[forms.BaseFormSet[Any]] = forms.formset_factory(
        _ROW_FORMS[name], extra=ROWS, can_order=True, can_delete=True, max_num=100
    )
    rows = [_initial(row) for row in part[name]]
    return made(data, initial=rows, prefix="rad")


def _initial(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"label": row["group"]} if "group" in row else dict(row)


def rows_of(
    made: forms.BaseFormSet[Any], part: dict[str, Any], taken: set[str]
) -> dict[str, list[dict[str, Any]]]:
    """What a part's list becomes, in the order that was typed. ``taken``: keys of the form."""
    name = PARTS[part["kind"]].rows
    return {name: [_row(name, form.cleaned_data, taken) for form in made.ordered_forms]}


def _row(name: str, clean: Mapping[str, Any], taken: set[str]) -> dict[str, Any]:
    row = {k: v for k, v in clean.items() if k not in ("ORDER", "DELETE")}
    if name == "rows":
        if not row["metric"]:
            return {"group": row["label"]}
        return {**row, "sex": row["sex"] or "total"}
    if not row["key"]:
        row["key"] = steps.free_key(row["text" if name == "questions" else "label"], taken, 60)
        taken.add(row["key"])
    return row
