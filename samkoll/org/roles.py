"""Roles as data: ``data/roles.yaml`` drives what every policy answers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml
from django.utils.translation import get_language

_FILE = Path(__file__).parent / "data" / "roles.yaml"


@dataclass(frozen=True, slots=True)
class Role:
    """A role's code, its words and its permissions ("report:write")."""

    code: str
    sv: str
    en: str
    may: frozenset[str]

    def __str__(self) -> str:
        return self.en if get_language() == "en" else self.sv


@cache
def roles() -> dict[str, Role]:
    """All roles by code, in the order of the file."""
    data = yaml.safe_load(_FILE.read_text(encoding="utf-8"))["roles"]
    return {
        code: Role(code, item["sv"], item["en"], frozenset(item["may"]))
        for code, item in data.items()
    }


@cache
def roles_with(permission: str) -> tuple[str, ...]:
    """Codes of the roles that have a permission. Raises: KeyError for one that no role has."""
    found = tuple(code for code, role in roles().items() if permission in role.may)
    if not found:
        raise KeyError(permission)
    return found
