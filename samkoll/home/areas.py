"""The ways between risks, actions and changes: three lists of one area, of a unit or of all."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

Area = tuple[str, str, bool]
"""Label, address, and whether it is the page that shows them."""


def actions_url(code: str) -> str:
    """The list of actions of the unit with the code, or of everything that one may see."""
    return _url("home:unit_actions", "home:actions", code)


def of_actions(code: str) -> tuple[Area, ...]:
    """The areas as the list of actions shows them."""
    return (
        (_("Risker"), _url("risks:unit_index", "risks:index", code), False),
        (_("Åtgärder"), actions_url(code), True),
        (_("Ändringar"), _url("risks:unit_assessments", "risks:assessments", code), False),
    )


def _url(of_unit: str, of_all: str, code: str) -> str:
    return reverse(of_unit, args=[code]) if code else reverse(of_all)
