"""Finding units and who may do what where. All tree questions are answered in SQL."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.core.fields import valid_on
from samkoll.core.text import nearest
from samkoll.org.importing.lines import read_lines
from samkoll.org.importing.plan import Plan, make_plan
from samkoll.org.importing.sheet import read_sheet
from samkoll.org.importing.tree import Known, Node
from samkoll.org.models import (
    Board,
    BoardUnit,
    Position,
    RoleAssignment,
    Succession,
    Unit,
    UnitName,
    UnitPath,
)
from samkoll.org.roles import Role, roles, roles_with


@dataclass(frozen=True, slots=True)
class Found:
    """A unit that a search found, with the former name that fitted and its last day, if any."""

    pk: int
    code: str
    name: str
    above: str
    former: str
    closed: date | None


def assignments(user: User, permission: str, today: date) -> QuerySet[RoleAssignment]:
    """The user's role assignments of today that carry a permission."""
    return RoleAssignment.objects.filter(
        valid_on(today), person__user=user, role__in=roles_with(permission)
    )


def units_with(user: User, permission: str, today: date) -> QuerySet[Unit]:
    """The units where the user has a permission today, as one query on the closure table."""
    held = assignments(user, permission, today)
    by_unit = held.filter(unit=OuterRef("ancestor")).filter(
        Q(with_subtree=True) | Q(unit=OuterRef("descendant"))
    )
    by_area = held.filter(valid_on(today, "safety_area__"), safety_area__units=OuterRef("ancestor"))
    paths = UnitPath.objects.filter(descendant=OuterRef("pk")).filter(
        Exists(by_unit) | Exists(by_area)
    )
    return Unit.objects.filter(Exists(paths))


def may(user: User, permission: str, today: date, *, unit: Unit | None = None) -> bool:
    """Whether the user has the permission at the unit, or anywhere when none is named."""
    if unit is None:
        return assignments(user, permission, today).exists()
    return units_with(user, permission, today).filter(pk=unit.pk).exists()


def visible_to(user: User, today: date) -> QuerySet[Unit]:
    """The units that a user sees: the organisation is public to everyone who is signed in."""
    return Unit.objects.all() if user.is_authenticated else Unit.objects.none()


def roles_of(user: User, today: date) -> list[Role]:
    """The roles that a user has today, in the order of ``data/roles.yaml``."""
    held = RoleAssignment.objects.filter(valid_on(today), person__user=user)
    codes = set(held.values_list("role", flat=True))
    return [role for code, role in roles().items() if code in codes]


def own_units(user: User, today: date) -> QuerySet[Unit]:
    """The units named in the user's roles and positions of today, without those below them."""
    held = RoleAssignment.objects.filter(valid_on(today), person__user=user)
    posts = Position.objects.filter(valid_on(today), person__user=user)
    return Unit.objects.filter(
        Q(pk__in=held.values("unit"))
        | Q(pk__in=held.values("safety_area__units"))
        | Q(pk__in=posts.values("unit"))
    ).order_by("name_order")


def municipality() -> Unit:
    """The top unit. Raises: Unit.DoesNotExist before any organisation has been loaded."""
    return Unit.objects.get(parent=None)


def unit_by_code(code: str) -> Unit:
    """The unit with a code: the one of today, else the latest. Raises: Unit.DoesNotExist."""
    found = Unit.objects.filter(code=code).order_by(F("valid_to").desc(nulls_first=True)).first()
    if found is None:
        raise Unit.DoesNotExist
    return found


def unknown_unit(text: str) -> str:
    """The sentence for a unit that does not exist, with the nearest codes and names."""
    units = Unit.objects.filter(valid_to=None).values_list("code", "name")
    near = nearest(text, [word for unit in units for word in unit])
    said = _("Det finns ingen enhet som heter eller har koden ”%(text)s”.") % {"text": text}
    asked = _("Menade du %(near)s?") % {"near": ", ".join(near)} if near else ""
    return f"{said} {asked}".strip()


def above(unit: Unit) -> list[Unit]:
    """The units above, the municipality first."""
    paths = unit.ancestor_paths.filter(depth__gt=0).order_by("-depth")
    return [path.ancestor for path in paths.select_related("ancestor")]


def find(text: str, *, limit: int = 20) -> list[Found]:
    """Units by code, name or former name: whole code first, then beginnings, then the rest."""
    asked = text.strip()
    if not asked:
        return []
    former = UnitName.objects.filter(unit=OuterRef("pk"), name__icontains=asked)
    rank = Case(
        When(code__iexact=asked, then=0),
        When(name__istartswith=asked, then=1),
        When(code__istartswith=asked, then=2),
        default=3,
    )
    units = (
        Unit.objects.filter(Q(code__icontains=asked) | Q(name__icontains=asked) | Exists(former))
        .annotate(rank=rank, closed=Q(valid_to__isnull=False), former=_former_name(asked))
        .select_related("parent")
        .order_by("closed", "rank", "name_order", "code")
    )
    return [_found(unit, asked) for unit in units[:limit]]


def boards(day: date) -> QuerySet[Board]:
    """The boards of a day, in Swedish order."""
    return Board.objects.filter(valid_on(day)).order_by("name_order")


def current_boards() -> QuerySet[Board]:
    """The boards that have not ended."""
    return Board.objects.filter(valid_to=None).order_by("name_order")


def describe_users(users: Sequence[int], today: date) -> dict[int, list[str]]:
    """What each user is, for the list of demo users: "Chef, Solskolan"."""
    held = (
        RoleAssignment.objects.filter(valid_on(today), person__user__in=users)
        .select_related("person", "unit", "safety_area")
        .order_by("pk")
    )
    said: dict[int, list[str]] = {}
    for row in held:
        place = row.unit or row.safety_area
        said.setdefault(row.person.user_id or 0, []).append(f"{roles()[row.role]}, {place}")
    return said


def preview(content: bytes, day: date) -> Plan:
    """What an organisation file would change, or its faults. Raises: FileUnreadable."""
    lines, faults = read_lines(read_sheet(content))
    if faults:
        return Plan(faults=tuple(sorted(faults)))
    return make_plan(lines, _known(), day=day)


def _known() -> Known:
    served = {
        row.unit_id: row for row in BoardUnit.objects.filter(valid_to=None).select_related("board")
    }
    units = list(Unit.objects.all())
    keys = {unit.pk: (unit.code, unit.valid_from) for unit in units}
    nodes = {}
    for unit in units:
        serving = served.get(unit.pk)
        nodes[keys[unit.pk]] = Node(
            code=unit.code,
            name=unit.name,
            kind=unit.kind,
            starts=unit.valid_from,
            ends=unit.valid_to,
            parent=keys[unit.parent_id] if unit.parent_id else None,
            board=serving.board.code if serving else "",
            board_since=serving.valid_from if serving else None,
        )
    pairs = Succession.objects.values_list("predecessor", "successor")
    return Known(
        units=nodes,
        boards={board.code: board.name for board in current_boards()},
        successions=frozenset((keys[old], keys[new]) for old, new in pairs),
    )


def _former_name(asked: str) -> Subquery:
    """The newest other name that fits what was asked for."""
    names = UnitName.objects.filter(unit=OuterRef("pk"), name__icontains=asked).exclude(
        name=OuterRef("name")
    )
    return Subquery(names.order_by("-valid_from").values("name")[:1])


def _found(unit: Unit, asked: str) -> Found:
    former: str | None = unit.former  # type: ignore[attr-defined]
    shown = former if former and asked.lower() not in unit.name.lower() else ""
    above = unit.parent.name if unit.parent else ""
    return Found(unit.pk, unit.code, unit.name, above, shown, unit.valid_to)
