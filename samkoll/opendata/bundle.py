"""Replies of the Kolada API (or a file with the same content) as one plain, checked bundle.

No Django models and no network here. Whatever is wrong is told with its place; a bundle with
faults is refused as a whole.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from hashlib import sha256
from typing import Any

from django.utils.translation import gettext as _

from samkoll.core.errors import DomainError
from samkoll.core.text import rounded

FIRST_YEAR, LAST_YEAR = 1970, 2100
DECIMALS = 6
LARGEST = Decimal(10) ** 13
DELETED = "deleted"
SEXES = ("T", "K", "M")
_KPI = re.compile(r"[A-Z]\d{5}")
_MUNICIPALITY = re.compile(r"\d{4}")
_MOST_FAULTS = 20

Key = tuple[str, str, int, str]
"""Key figure, municipality, calendar year, sex (T, K, M)."""
Content = tuple[Decimal | None, str]
"""The value and Kolada's status word."""


class NotKolada(DomainError):
    """The content is not what the Kolada API gives. ``faults``: what is wrong, and where."""

    def __init__(self, message: str, faults: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class KpiRow:
    """What Kolada says about a key figure."""

    code: str
    title: str
    description: str = ""
    area: str = ""
    published: str = ""
    by_sex: bool = False


@dataclass(frozen=True, slots=True)
class MunicipalityRow:
    """A municipality of the register."""

    code: str
    title: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A group and the codes of its members, in order."""

    code: str
    title: str
    members: tuple[str, ...]


@dataclass(slots=True)
class Bundle:
    """Everything that was fetched at once. ``asked``: the key figures that were asked for."""

    asked: tuple[str, ...] = ()
    kpis: dict[str, KpiRow] = field(default_factory=dict)
    municipalities: dict[str, MunicipalityRow] = field(default_factory=dict)
    groups: dict[str, GroupRow] = field(default_factory=dict)
    values: dict[Key, Content] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def add(self, reply: Mapping[str, Any], where: str = "") -> None:
        """Add one reply of the API; the shape of its rows says what it is about."""
        rows = reply.get("values")
        if not isinstance(rows, list):
            self.faults.append(_("%(where)s: ”values” saknas.") % {"where": where or _("Svaret")})
            return
        for number, row in enumerate(rows, start=1):
            place = _("%(where)s rad %(number)d") % {"where": where, "number": number}
            if isinstance(row, dict):
                self._add_row(row, place.strip())
            else:
                self.faults.append(_("%(place)s är inte ett objekt.") % {"place": place.strip()})

    def _add_row(self, row: Mapping[str, Any], place: str) -> None:
        if "period" in row:
            self._add_data(row, place)
        elif "members" in row:
            self._add_group(row, place)
        elif _KPI.fullmatch(str(row.get("id", ""))):
            self._add_kpi(row)
        elif _MUNICIPALITY.fullmatch(str(row.get("id", ""))):
            kind = _text(row, "type", 1)
            town = MunicipalityRow(_text(row, "id", 4), _text(row, "title", 120), kind)
            self.municipalities[town.code] = town
        else:
            self.faults.append(
                _("%(place)s är varken värde, nyckeltal, kommun eller grupp.") % {"place": place}
            )

    def _add_group(self, row: Mapping[str, Any], place: str) -> None:
        found = row["members"] if isinstance(row["members"], list) else []
        made = GroupRow(_text(row, "id", 20), _text(row, "title", 300), tuple(map(_member, found)))
        if not made.code or not all(map(_MUNICIPALITY.fullmatch, made.members)):
            self.faults.append(
                _("%(place)s är en grupp utan kod eller kommuner.") % {"place": place}
            )
            return
        self.groups[made.code] = made

    def _add_kpi(self, row: Mapping[str, Any]) -> None:
        made = KpiRow(
            code=_text(row, "id", 6),
            title=_text(row, "title", 500),
            description=_text(row, "description", 20_000),
            area=_text(row, "operating_area", 200),
            published=_text(row, "publication_date", 10),
            by_sex=str(row.get("is_divided_by_gender", "")).lower() in ("1", "true"),
        )
        self.kpis[made.code] = made

    def _add_data(self, row: Mapping[str, Any], place: str) -> None:
        inner = row.get("values")
        if not isinstance(inner, list) or not all(isinstance(each, dict) for each in inner):
            self.faults.append(_("%(place)s saknar ”values”.") % {"place": place})
            return
        for each in inner:
            self.add_value(
                kpi=str(row.get("kpi", "")),
                municipality=str(row.get("municipality", "")),
                year=str(row["period"]),
                sex=str(each.get("gender", "")),
                value=None if each.get("value") is None else str(each["value"]),
                status=DELETED if each.get("isdeleted") else str(each.get("status") or ""),
                place=place,
            )

    def add_value(  # noqa: PLR0917 (one argument for each part of a value)
        self, kpi: str, municipality: str, year: str, sex: str, value: str | None, status: str,
        place: str,
    ) -> None:  # fmt: skip
        """Add one value, or what is wrong with it."""
        in_time = year.isdecimal() and FIRST_YEAR <= int(year) <= LAST_YEAR
        sound = (
            (_KPI.fullmatch(kpi), _("nyckeltalet ”%(text)s”"), kpi),
            (_MUNICIPALITY.fullmatch(municipality), _("kommunkoden ”%(text)s”"), municipality),
            (in_time, _("året ”%(text)s”"), year),
            (sex in SEXES, _("könet ”%(text)s” (T, K eller M)"), sex),
        )
        wrong = [what % {"text": text[:20]} for ok, what, text in sound if not ok]
        try:
            shown = None if value is None or status == DELETED else _number(value)
        except InvalidOperation:
            shown = None
            wrong.append(_("värdet ”%(text)s”") % {"text": str(value)[:20]})
        if wrong:
            said = {"place": place, "what": ", ".join(wrong)}
            self.faults.append(_("%(place)s: kan inte läsa %(what)s.") % said)
            return
        key, content = (kpi, municipality, int(year), sex), (shown, _clean(status)[:40])
        if self.values.setdefault(key, content) != content:
            said = {"place": place, "what": " ".join(map(str, key))}
            self.faults.append(_("%(place)s: %(what)s finns redan med ett annat värde.") % said)

    def checked(self) -> Bundle:
        """The bundle itself when all of it could be read. Raises: NotKolada."""
        if self.faults:
            more = len(self.faults) - _MOST_FAULTS
            faults = self.faults[:_MOST_FAULTS]
            if more > 0:
                faults.append(_("… och %(count)d fel till.") % {"count": more})
            raise NotKolada(_("Inget har lästs in: innehållet har fel som behöver rättas."), faults)
        if not (self.values or self.kpis or self.municipalities or self.groups):
            raise NotKolada(_("Svaret från Kolada är tomt: det finns inget att läsa in."))
        return self

    def packed(self) -> bytes:
        """The bundle to be kept until it is answered; equal bundles give equal bytes."""
        values = [
            (*key, None if value is None else str(value), status)
            for key, (value, status) in sorted(self.values.items())
        ]
        content = {
            "asked": sorted(self.asked),
            "kpis": [_plain(row) for _code, row in sorted(self.kpis.items())],
            "municipalities": [_plain(row) for _code, row in sorted(self.municipalities.items())],
            "groups": [_plain(row) for _code, row in sorted(self.groups.items())],
            "values": values,
        }
        return zlib.compress(json.dumps(content, ensure_ascii=False).encode())


def unpacked(content: bytes) -> Bundle:
    """The inverse of ``Bundle.packed``."""
    found = json.loads(zlib.decompress(content))
    kpis = (KpiRow(**row) for row in found["kpis"])
    towns = (MunicipalityRow(**row) for row in found["municipalities"])
    groups = (GroupRow(r["code"], r["title"], tuple(r["members"])) for r in found["groups"])
    values = {
        (kpi, town, year, sex): (None if value is None else Decimal(value), status)
        for kpi, town, year, sex, value, status in found["values"]
    }
    return Bundle(
        asked=tuple(found["asked"]),
        kpis={row.code: row for row in kpis},
        municipalities={row.code: row for row in towns},
        groups={row.code: row for row in groups},
        values=values,
    )


def fingerprint(packed: bytes) -> str:
    """What tells two packed bundles apart."""
    return sha256(zlib.decompress(packed)).hexdigest()


def replies_of(content: Any) -> Iterator[Mapping[str, Any]]:
    """The replies in a JSON document: one of them, a list of them, or an object that names them."""
    if isinstance(content, list):
        for each in content:
            yield from replies_of(each)
    elif isinstance(content, dict):
        if "values" in content:
            yield content
        else:
            for each in content.values():
                yield from replies_of(each)


def _number(text: str) -> Decimal:
    """Raises: InvalidOperation for what is not a number of a sensible size."""
    value = Decimal(text)
    if not value.is_finite() or abs(value) >= LARGEST:
        raise InvalidOperation
    return rounded(value, DECIMALS)


def _text(row: Mapping[str, Any], name: str, most: int) -> str:
    return _clean(str(row.get(name) or ""))[:most]


def _clean(text: str) -> str:
    """One line without what the database cannot keep: NUL and half surrogate pairs."""
    return " ".join(text.replace("\0", "").encode(errors="ignore").decode().split())


def _member(each: Any) -> str:
    """A member's code, however the reply's version spells it."""
    if isinstance(each, dict):
        return str(each.get("member_id") or each.get("id") or "")
    return str(each)


def _plain(row: KpiRow | MunicipalityRow | GroupRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row.__slots__}
