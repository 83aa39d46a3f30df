"""Where risks come from, what they are about, and the standard ones: words that are data."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from samkoll.core.errors import DomainError
from samkoll.risks.matrix import in_language

_FOLDER = Path(__file__).parents[1] / "data"


class UnknownWord(DomainError):
    """A source or an area that the data does not have."""


@dataclass(frozen=True, slots=True)
class StandardAction:
    """A measure that often helps, with what it should lead to."""

    title: str
    wanted_effect: str


@dataclass(frozen=True, slots=True)
class StandardRisk:
    """A risk that many workplaces have. ``key`` names it in addresses."""

    key: str
    area: str
    title: str
    description: str
    actions: tuple[StandardAction, ...]


def sources(*, chosen: bool = False) -> dict[str, str]:
    """Sources by code; ``chosen`` leaves out those that nobody chooses by hand."""
    found = _words()["sources"].items()
    return {code: _said(item) for code, item in found if item.get("chosen") or not chosen}


def areas() -> dict[str, str]:
    """Areas by code, in the order of the file."""
    return {code: _said(item) for code, item in _words()["areas"].items()}


def source_label(code: str) -> str:
    """The word for a source; the code itself when the data no longer has it."""
    return sources().get(code, code)


def area_label(code: str) -> str:
    """The word for an area; the code itself when the data no longer has it."""
    return areas().get(code, code)


def known_source(code: str) -> str:
    """The code, when the data has it. Raises: UnknownWord."""
    if code not in _words()["sources"]:
        raise UnknownWord(_("Det finns ingen källa som heter %(code)s.") % {"code": code})
    return code


def known_area(code: str) -> str:
    """The code, when the data has it, or nothing. Raises: UnknownWord."""
    if code and code not in _words()["areas"]:
        raise UnknownWord(_("Det finns inget område som heter %(code)s.") % {"code": code})
    return code


def standard_risks(area: str = "") -> list[StandardRisk]:
    """The standard risks, of one area or of all, in the reader's language."""
    return [
        _standard(code, number, item)
        for code, items in _file("standard")["areas"].items()
        if area in ("", code)
        for number, item in enumerate(items, 1)
    ]


def standard_risk(key: str) -> StandardRisk | None:
    """One standard risk by its key."""
    return next((risk for risk in standard_risks() if risk.key == key), None)


def _standard(area: str, number: int, item: dict[str, Any]) -> StandardRisk:
    actions = (StandardAction(_said(a["title"]), _said(a["wanted"])) for a in item["actions"])
    return StandardRisk(
        key=f"{area}-{number}",
        area=area,
        title=_said(item["title"]),
        description=_said(item["description"]),
        actions=tuple(actions),
    )


def _said(words: dict[str, str]) -> str:
    return in_language(words, get_language() or "sv")


def _words() -> dict[str, Any]:
    return _file("risk_words")


@cache
def _file(name: str) -> dict[str, Any]:
    text = (_FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.load(text, yaml.CSafeLoader)
    return content
