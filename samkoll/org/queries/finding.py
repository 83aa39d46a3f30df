"""Finding units and boards."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.utils.translation import gettext as _

from samkoll.core.fields import valid_on
from samkoll.core.text import nearest
from samkoll.org.models import Board, Unit, UnitName


@dataclass(frozen=True, slots=True)
class Found:
    """A unit that a search found, with the former name that fitted and its last day, if any."""

    pk: int
    code: str
    name: str
    above: str
    former: str
    closed: date | None


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
