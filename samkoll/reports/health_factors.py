"""The health factors (friskfaktorer) by key, in order: editable data, not a list in code."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import yaml

_FILE = Path(__file__).parent / "data" / "health_factors.yaml"


@cache
def names() -> dict[str, str]:
    """Key and name of each. Source: docs/sources.md#health-factors"""
    found: dict[str, str] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))["factors"]
    return found


def name(key: str) -> str:
    """What a factor is called; a key that is no longer in the list is shown as it is."""
    return names().get(key, key)
