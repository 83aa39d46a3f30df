"""Small forms: a reason, a choice of actions, of a common risk, of a board."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from samkoll.actions.forms.promising import text
from samkoll.actions.models import Action
from samkoll.org.models import Board, Unit
from samkoll.risks.forms.judging import RiskForm
from samkoll.risks.models import Risk


class ReasonForm(forms.Form):
    """Why."""

    reason = text(_("Skäl"))

    def __init__(
        self, *args: Any, label: Any, needed: bool, help_text: Any, **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].label = label
        self.fields["reason"].help_text = help_text
        self.fields["reason"].required = needed


class LinkForm(forms.Form):
    """An action that exists and serves the risk too."""

    q = forms.CharField(label=_("Sök åtgärd"), max_length=200, required=False)


class CommonForm(forms.Form):
    """The common risk under which a risk is to stand."""

    common = forms.TypedChoiceField(label=_("Gemensam risk"), coerce=int, widget=forms.RadioSelect)

    def __init__(self, *args: Any, risks: Iterable[Risk], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(risk.pk, f"{risk.title} ({risk.unit.name})") for risk in risks]
        self.fields["common"].choices = choices  # type: ignore[attr-defined]


class GatherForm(RiskForm):
    """A new common risk over several, and the unit at which it stands."""

    unit = forms.TypedChoiceField(label=_("Enhet"), coerce=int)

    def __init__(self, *args: Any, units: Sequence[Unit], **options: Any) -> None:
        super().__init__(*args, source="common", **options)
        del self.fields["found_on"]
        del self.fields["version"]
        self.units = {unit.pk: unit for unit in units}
        choices = [(unit.pk, unit.name) for unit in units]
        self.fields["unit"].choices = choices  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What ``services.gather`` takes besides the risks."""
        data = super().values()
        del data["source"]
        return {**data, "unit": self.units[data["unit"]]}


class ReportForm(forms.Form):
    """Which board reads of the risk, in the report of which year, with which actions, and why."""

    board = forms.TypedChoiceField(label=_("Nämnd"), coerce=int)
    year = forms.IntegerField(
        label=_("Rapportår"), min_value=2000, max_value=2100, help_text=_("Året i rapportens namn.")
    )
    actions = forms.TypedMultipleChoiceField(
        label=_("Åtgärder som rapporteras"), coerce=int, widget=forms.CheckboxSelectMultiple
    )
    reason = text(
        _("Varför rapporteras risken vidare?"),
        help_text=_("Till exempel: åtgärden kräver längre tid eller mer resurser än vi har."),
        required=False,
    )

    def __init__(
        self, *args: Any, boards: Iterable[Board], actions: Sequence[Action], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.boards = {board.pk: board for board in boards}
        self.known = {action.pk: action for action in actions}
        named = [(pk, board.name) for pk, board in self.boards.items()]
        self.fields["board"].choices = named  # type: ignore[attr-defined]
        titles = [(pk, action.title) for pk, action in self.known.items()]
        self.fields["actions"].choices = titles  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """What ``services.report_onward`` takes besides the risk."""
        data = self.cleaned_data
        return {
            **data,
            "board": self.boards[data["board"]],
            "actions": [self.known[pk] for pk in data["actions"]],
        }
