"""A full menu for tests of the frame, in place of what the apps register."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest

from samkoll.web.registry import MenuEntry, Registry, UnitContext

_ENTRIES = (
    ("todo", "Att göra", "todo", 7, True),
    ("report", "Rapportera", "report", 0, True),
    ("unit", "Enheten", "unit", 0, False),
    ("kit", "Risker och åtgärder", "shield", 3, False),
    ("events", "Händelser", "warning", 0, False),
    ("statistics", "Statistik", "statistics", 0, False),
    ("reports", "Rapporter", "document", 0, False),
    ("steering", "Styrning", "target", 0, False),
    ("organisation", "Organisation", "people", 0, False),
    ("import", "Import", "import", 0, False),
)


def _count(count: int, request: HttpRequest) -> int:
    return count


def full_menu() -> Registry:
    """Ten entries (so that one goes under "Mer"), a unit that can be changed, a search page."""
    registry = Registry(
        unit=lambda request: UnitContext(
            "GSN-SOL", "Solskolan", "Grundskolenämnden", "/organisation"
        ),
        search_url=lambda: "/sok",
    )
    for order, (key, label, icon, count, phone) in enumerate(_ENTRIES):
        registry.add(
            MenuEntry(
                key=key,
                label=label,
                icon=icon,
                order=order,
                url=lambda unit: "/kit",
                areas=("web",) if key == "kit" else (),
                count=partial(_count, count),
                phone=phone,
            )
        )
    return registry
