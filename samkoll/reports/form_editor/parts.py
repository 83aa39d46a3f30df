"""The kinds of parts that a section can have: words, what a new one holds, what can be set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from samkoll.reports.template_data import FormKind
from samkoll.web.page import Words

EVERY: tuple[FormKind, ...] = ("unit", "board", "municipality", "plan", "brief")
ASKING: tuple[FormKind, ...] = ("unit", "board", "municipality")
BOARD: tuple[FormKind, ...] = ("board",)
WHOLE: tuple[FormKind, ...] = ("municipality",)
PLAN: tuple[FormKind, ...] = ("plan",)
BRIEF: tuple[FormKind, ...] = ("brief",)


@dataclass(frozen=True, slots=True)
class PartKind:
    """``new``: what a new part holds. ``fields``: what its page sets, in order. ``rows``: the name
    of its list of questions, figures or metric rows. ``within``: the kinds of form that have it."""

    label: Words
    new: dict[str, Any]
    fields: tuple[str, ...] = ()
    rows: str = ""
    within: tuple[FormKind, ...] = EVERY


PARTS: dict[str, PartKind] = {
    "text": PartKind(_("Text"), {"key": ""}, ("heading", "max_characters")),
    "questions": PartKind(
        _("Frågor"),
        {"caption": "Frågor", "head": "Fråga", "column": "Svar", "questions": []},
        ("caption", "head", "column"),
        "questions",
        ASKING,
    ),
    "figures": PartKind(
        _("Tabell med beräknade siffror"),
        {"caption": "Siffror", "head": "Mått", "rows": []},
        ("caption", "head"),
        "rows",
    ),
    "given_table": PartKind(
        _("Tabell med antal som skrivs in"),
        {"caption": "Antal", "head": "Antal", "column": "Perioden", "fields": []},
        ("caption", "head", "column", "previous_column"),
        "fields",
    ),
    "given": PartKind(_("Tal som skrivs in, utan tabell"), {"fields": []}, (), "fields"),
    "chart": PartKind(
        _("Diagram över tid"),
        {"metric": "sick_leave", "caption": "Sjukfrånvaro per kön", "unit": "Procent"},
        ("metric", "caption", "unit"),
    ),
    "risks": PartKind(
        _("Risker som rapporteras vidare"),
        {"which": "current", "caption": "Utvalda risker och åtgärder"},
        ("which", "caption"),
        within=BOARD,
    ),
    "risk_comments": PartKind(
        _("En text om varje risk"), {"which": "current"}, ("which", "max_characters"), within=BOARD
    ),
    "included_reports": PartKind(
        _("Ingående rapporter"),
        {"lead": "Rapporten sammanfattar rapporterna från:"},
        ("lead",),
        within=WHOLE,
    ),
    "board_risks": PartKind(
        _("Nämndernas risker"),
        {"which": "current", "lead": "Risker som rapporteras vidare:"},
        ("which", "lead"),
        within=WHOLE,
    ),
    "board_figures": PartKind(
        _("Ett mått för varje nämnd"),
        {"metric": "sick_leave", "caption": "Total sjukfrånvaro per nämnd, procent"},
        ("metric", "caption"),
        within=WHOLE,
    ),
    "boards_with_more": PartKind(
        _("Nämnder där ett mått ökade"),
        {"lead": "Fler timmar än föregående år:", "metric": "extra_hours"},
        ("lead", "metric"),
        within=WHOLE,
    ),
    "boards_without_ended_actions": PartKind(
        _("Nämnder utan avslutade åtgärder"),
        {"lead": "Inga avslutade åtgärder:"},
        ("lead",),
        within=WHOLE,
    ),
    "staff_groups": PartKind(
        _("Personalgrupper med högst värden"),
        {"caption": "Personalgrupper med högst sjukfrånvaro", "metrics": ["sick_leave"]},
        ("caption", "metrics", "highest"),
        within=("municipality", "plan"),
    ),
    "measures": PartKind(
        _("Planens åtgärder"), {"show": "chapters"}, ("show", "caption"), within=PLAN
    ),
    "headlines": PartKind(
        _("Nyckeltal"),
        {"caption": "Nyckeltal", "head": "Nyckeltal", "rows": []},
        ("caption", "head"),
        "rows",
        BRIEF,
    ),
    "overdue_actions": PartKind(
        _("Försenade åtgärder"),
        {"caption": "Försenade åtgärder"},
        ("caption", "longest"),
        within=BRIEF,
    ),
    "high_risks": PartKind(
        _("Öppna höga risker"),
        {"caption": "Öppna höga risker"},
        ("caption", "longest"),
        within=BRIEF,
    ),
}


def addable(kind: str) -> list[tuple[str, Words]]:
    """The parts that a form of a kind can have: code and words."""
    return [(code, part.label) for code, part in PARTS.items() if kind in part.within]


def new(code: str) -> dict[str, Any]:
    """A new part of a kind. Raises: KeyError."""
    return {"kind": code, **PARTS[code].new}
