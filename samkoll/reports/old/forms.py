"""The forms of old reports: choose a file, and confirm what was found in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkoll.files.forms import AttachmentField
from samkoll.org import queries as org
from samkoll.org.models import Board, Unit
from samkoll.reports import services
from samkoll.reports.old.choice import Choice
from samkoll.reports.old.found import Found

GROUPS = ("texts", "answers", "given", "risks", "measures")
FIRST_YEAR = 1990
Labels = Mapping[str, Mapping[int, str]]
"""What stands on the tick of each thing: by group and place in ``Found``."""


class Upload(forms.Form):
    """The document."""

    file = AttachmentField(
        most=1,
        label=gettext_lazy("Rapport"),
        help_text=gettext_lazy("DOCX, PDF eller TXT med text, inte inskannade bilder."),
    )


class Confirm(forms.Form):
    """Which report it is, and a tick for each thing that is right."""

    year = forms.IntegerField(
        label=gettext_lazy("Rapportår"),
        help_text=gettext_lazy("Året i rapportens namn. Siffrorna gäller oftast året före."),
        min_value=FIRST_YEAR,
        max_value=2100,
    )
    place = forms.ChoiceField(label=gettext_lazy("Rapport från"))

    def __init__(self, data: Any, *, found: Found, labels: Labels, today: date) -> None:
        pairs = places(today)
        chosen = next((key for key, (_u, board) in pairs.items() if _is(board, found)), "")
        super().__init__(data, initial={"year": found.year, "place": chosen})
        self.pairs = pairs
        choices = [(key, _place(unit, board)) for key, (unit, board) in pairs.items()]
        self.fields["place"].choices = [("", _("Välj")), *choices]  # type: ignore[attr-defined]
        for group in GROUPS:
            every = [(str(n), label) for n, label in labels[group].items()]
            if every:
                self.fields[group] = forms.MultipleChoiceField(
                    label=_GROUP_LABELS[group],
                    choices=every,
                    initial=[key for key, _label in every],
                    required=False,
                    widget=forms.CheckboxSelectMultiple,
                )

    def choice(self) -> Choice:
        """What was chosen. Only after ``is_valid``."""
        clean = self.cleaned_data
        unit, board = self.pairs[clean["place"]]
        chosen = {group: {int(n) for n in clean.get(group, ())} for group in GROUPS}
        return Choice(clean["year"], unit, board, **chosen)


_GROUP_LABELS = {
    "texts": gettext_lazy("Texter som stämmer"),
    "answers": gettext_lazy("Svar som stämmer"),
    "given": gettext_lazy("Tal som stämmer"),
    "risks": gettext_lazy("Risker som ska läggas in med sina åtgärder"),
    "measures": gettext_lazy("Åtgärder som ska läggas in i planen"),
}


def places(today: date) -> dict[str, tuple[Unit, Board | None]]:
    """The administrations with the boards that they serve, then the municipality, by key."""
    served = services.served(today)
    pairs: dict[str, tuple[Unit, Board | None]] = {
        f"{unit.pk}-{board.pk if board else ''}": (unit, board) for unit, board in served
    }
    top = org.municipality()
    return pairs | {f"{top.pk}-": (top, None)}


def _is(board: Board | None, found: Found) -> bool:
    if found.kind != "board":
        return board is None
    return board is not None and board.name == found.board


def _place(unit: Unit, board: Board | None) -> str:
    return f"{board.name} ({unit.name})" if board else unit.name
