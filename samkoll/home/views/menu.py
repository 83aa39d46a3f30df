"""The side menu: one entry for each thing that a person may use."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from samkoll.accounts.models import User
from samkoll.home import counted, todo, units
from samkoll.org import queries as org
from samkoll.web.registry import MenuEntry, UnitContext, Way, frame


def holds(permission: str) -> Callable[[HttpRequest], bool]:
    """A condition of an entry: the user has the permission somewhere today."""

    def ask(request: HttpRequest) -> bool:
        return permission in _permissions(request)

    return ask


def _permissions(request: HttpRequest) -> frozenset[str]:
    """What the user may do somewhere."""
    user, today = request.user, timezone.localdate()
    return org.permissions_of(user, today) if isinstance(user, User) else frozenset()


def _to(name: str) -> Callable[[UnitContext | None], str]:
    return lambda unit: reverse(name)


def _waiting(request: HttpRequest) -> int:
    user, held = request.user, _permissions(request)
    if not isinstance(user, User):
        return 0
    return counted.kept(request, lambda: todo.waiting(todo.Asker(user, held, timezone.now())))


def _unit_of_request(request: HttpRequest) -> UnitContext | None:
    return units.of_request(request, timezone.localdate())


def _unit_url(unit: UnitContext | None) -> str:
    return units.url(unit.code) if unit else reverse("home:pick")


def _actions_url(unit: UnitContext | None) -> str:
    return ACTIONS.url(unit.code if unit else "")


RISKS = Way(_("Risker"), "risks:unit_index", "risks:index", ("risks:matrix", "risks:unit_matrix"))
ACTIONS = Way(_("Åtgärder"), "home:unit_actions", "home:actions")
CHANGES = Way(_("Ändringar"), "risks:unit_assessments", "risks:assessments")
ENTRIES = (
    MenuEntry(
        "todo", _("Att göra"), "todo", 10, _to("home:start"), ("home:start",),
        count=_waiting, phone=True,
    ),
    MenuEntry("unit", _("Enheten"), "unit", 20, _unit_url, ("home:unit", "home:pick"), phone=True),
    MenuEntry(
        "risks", _("Risker och åtgärder"), "shield", 40, _actions_url,
        ("risks", "actions", "home:actions", "home:unit_actions", "home:bulk"),
        visible=holds("action:read"), ways=(RISKS, ACTIONS, CHANGES),
    ),
    MenuEntry(
        "reports", _("Rapporter"), "document", 60, _to("reports:index"), ("reports",),
        visible=holds("report:read"),
    ),
    MenuEntry(
        "imports", _("Import"), "import", 70, _to("imports:index"), ("imports",),
        visible=holds("import:read"),
    ),
    MenuEntry("org", _("Organisation"), "people", 80, _to("org:index"), ("org",)),
    MenuEntry(
        "log", _("Ändringslogg"), "history", 90, _to("home:changes"), ("home:changes",),
        visible=holds("audit:read"),
    ),
    MenuEntry(
        "readings", _("Läslogg"), "lock", 95, _to("home:readings"), ("home:readings",),
        visible=holds("audit:read"),
    ),
)  # fmt: skip


def register() -> None:
    """Put the entries in the frame; an entry that a package has made itself stays."""
    frame.unit = _unit_of_request
    frame.search_url = lambda: reverse("home:search")
    for entry in ENTRIES:
        if entry.key not in frame.entries:
            frame.add(entry)
