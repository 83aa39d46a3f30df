"""What a bundle would change, against what is stored: the same answer for preview and commit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from samkoll.opendata.bundle import Bundle, Content, GroupRow, Key, KpiRow, MunicipalityRow
from samkoll.opendata.models import Group, Kpi, Municipality, Value


@dataclass(frozen=True, slots=True)
class Stored:
    """A value that counts now."""

    pk: int
    content: Content


@dataclass(frozen=True, slots=True)
class Renamed:
    """A title that is another one than the stored."""

    code: str
    before: str
    after: str


@dataclass(slots=True)
class Plan:
    """New and changed values, and what happens to the registers.

    ``retired``: key figures that were asked for, and are not in the reply. ``unnamed``: key
    figures with values of which neither the bundle nor the register knows the title.
    """

    new: dict[Key, Content] = field(default_factory=dict)
    changed: dict[Key, tuple[Stored, Content]] = field(default_factory=dict)
    same: int = 0
    kpis: list[KpiRow] = field(default_factory=list)
    new_kpis: list[KpiRow] = field(default_factory=list)
    renamed_kpis: list[Renamed] = field(default_factory=list)
    retired: list[str] = field(default_factory=list)
    unnamed: list[str] = field(default_factory=list)
    towns: list[MunicipalityRow] = field(default_factory=list)
    renamed_towns: list[Renamed] = field(default_factory=list)
    groups: list[GroupRow] = field(default_factory=list)

    @property
    def changes(self) -> int:
        """How many rows would change; none: everything is there already."""
        registers = len(self.kpis) + len(self.retired) + len(self.towns) + len(self.groups)
        return len(self.new) + len(self.changed) + registers

    def counts(self) -> dict[str, Any]:
        """For the list of loads and the change log."""
        return {
            "new": len(self.new),
            "changed": len(self.changed),
            "same": self.same,
            "kpis": len(self.kpis),
            "retired": len(self.retired),
            "municipalities": len(self.towns),
            "groups": len(self.groups),
        }


def plan(bundle: Bundle) -> Plan:
    """Compare a bundle with what is stored. As many statements for ten values as for 90,000."""
    found = Plan()
    _values(found, bundle)
    _kpis(found, bundle)
    _towns(found, bundle)
    known = {g.code: (g.title, tuple(g.members)) for g in Group.objects.all()}
    found.groups = [g for g in bundle.groups.values() if known.get(g.code) != (g.title, g.members)]
    return found


def _values(found: Plan, bundle: Bundle) -> None:
    stored = _stored({key[0] for key in bundle.values})
    for key, content in bundle.values.items():
        before = stored.get(key)
        if before is None:
            found.new[key] = content
        elif before.content == content:
            found.same += 1
        else:
            found.changed[key] = before, content


def _stored(kpis: Iterable[str]) -> dict[Key, Stored]:
    rows = Value.objects.current().filter(kpi__in=[*kpis])
    names = ("pk", "kpi", "municipality", "year", "sex", "value", "status")
    return {
        (kpi, town, year, sex): Stored(pk, (value, status))
        for pk, kpi, town, year, sex, value, status in rows.values_list(*names).iterator(10_000)
    }


def _kpis(found: Plan, bundle: Bundle) -> None:
    known = {kpi.code: kpi for kpi in Kpi.objects.all()}
    for row in bundle.kpis.values():
        before = known.get(row.code)
        if before is None:
            found.new_kpis.append(row)
        elif before.title != row.title:
            found.renamed_kpis.append(Renamed(row.code, before.title, row.title))
        if before is None or before.retired or _kpi_row(before) != row:
            found.kpis.append(row)
    found.retired = [
        code
        for code in bundle.asked
        if code not in bundle.kpis and code in known and not known[code].retired
    ]
    named = {*known, *bundle.kpis}
    with_values = {key[0] for key in bundle.values}
    found.unnamed = sorted((with_values | {*bundle.asked}) - named)


def _kpi_row(kpi: Kpi) -> KpiRow:
    return KpiRow(kpi.code, kpi.title, kpi.description, kpi.area, kpi.published, kpi.by_sex)


def _towns(found: Plan, bundle: Bundle) -> None:
    known = {town.code: town for town in Municipality.objects.all()}
    for row in bundle.municipalities.values():
        before = known.get(row.code)
        if before is None:
            found.towns.append(row)
        elif (before.title, before.kind) != (row.title, row.kind or before.kind):
            found.towns.append(row)
            found.renamed_towns.append(Renamed(row.code, before.title, row.title))
