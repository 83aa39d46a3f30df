"""Everything that changes open figures: fetch, read, answer, undo.

A load is all or nothing. Its content is checked and kept when it comes, compared once more when
it is answered, and then counts as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.opendata import bundle as bundles
from samkoll.opendata import files, policies
from samkoll.opendata.bundle import Bundle, NotKolada
from samkoll.opendata.client import Client, Progress, no_progress
from samkoll.opendata.models import (
    Group,
    Kpi,
    Load,
    LoadState,
    Municipality,
    Source,
    Value,
    ValueState,
)
from samkoll.opendata.plan import Plan, plan
from samkoll.opendata.policies import Actor
from samkoll.opendata.wanted import wanted

__all__ = [
    "LARGEST_FILE",
    "NotKolada",
    "Progress",
    "apply",
    "discard",
    "read",
    "receive",
    "stage",
    "stage_fetched",
    "undo",
]

LARGEST_FILE = files.LARGEST
YEARS = 6
"""Whole calendar years that are asked for unless told."""
_LOT = 5000


class AlreadyDropped(DomainError):
    """A received file does not wait to be read any more."""


@transaction.atomic
def receive(*, content: bytes, name: str, actor: Actor, now: datetime) -> Load:
    """Keep a file with what Kolada gives until ``read`` has looked into it.

    Raises: PermissionDenied, NotKolada for a file that is empty or too large.
    """
    require(policies.can_load(actor, _day(now)))
    files.check_size(content, name=name)
    load = Load.objects.create(
        source=Source.FILE,
        origin=name[:300],
        sha256=sha256(content).hexdigest(),
        state=LoadState.RECEIVED,
        content=content,
        actor_id=actor.pk,
        actor_name=str(actor)[:200],
        fetched_at=now,
    )
    audit.record("opendata.received", actor, load)
    return load


def read(*, load_id: int, actor: Actor, now: datetime) -> Load:
    """Read a received file, JSON or CSV; it then waits for an answer. One that is not Kolada's is
    dropped.

    Raises: PermissionDenied, NotKolada, AlreadyDropped.
    """
    require(policies.can_load(actor, _day(now)))
    load = _received(Load.objects.get(pk=load_id))
    try:
        bundle = files.read(bytes(load.content or b""), name=load.origin)
    except NotKolada:
        discard(load_id=load_id, actor=actor, now=now)
        raise
    with transaction.atomic():
        load = _received(_locked(load_id))
        return _staged(load, bundle, actor=actor, now=now)


def stage_fetched(*, actor: Actor, now: datetime, progress: Progress = no_progress) -> Load:
    """Fetch the key figures of ``data/kpis.yaml`` for the last whole years, and keep them until
    they are answered. Contacts Kolada.

    Raises: PermissionDenied, KoladaUnreachable, NotKolada.
    """
    require(policies.can_load(actor, _day(now)))
    base, this = settings.KOLADA_URL, _day(now).year
    bundle = Client(base).fetch(tuple(wanted()), range(this - YEARS, this), progress)
    return stage(bundle=bundle, source=Source.API, origin=base, actor=actor, now=now)


@transaction.atomic
def stage(*, bundle: Bundle, source: Source, origin: str, actor: Actor, now: datetime) -> Load:
    """Keep a bundle until somebody has seen what it would change; one that brings nothing new is
    only noted.

    Raises: PermissionDenied, NotKolada.
    """
    require(policies.can_load(actor, _day(now)))
    load = Load(
        source=source,
        origin=origin[:300],
        actor_id=actor.pk,
        actor_name=str(actor)[:200],
        fetched_at=now,
    )
    return _staged(load, bundle, actor=actor, now=now)


@transaction.atomic
def apply(*, load_id: int, actor: Actor, now: datetime) -> Load:
    """Let a staged load count: new values are added, changed ones supersede the stored.

    Raises: PermissionDenied.
    """
    load = _locked(load_id)
    require(policies.can_answer(actor, load, _day(now)))
    bundle = bundles.unpacked(bytes(load.content or b""))
    found = plan(bundle)
    load.before = _registers(found)
    load.counts = found.counts()
    _write_values(load, found)
    _write_registers(found)
    _answer(load, LoadState.APPLIED, now)
    renamed = [f"{each.code}: {each.before} → {each.after}" for each in found.renamed_kpis]
    told = found.counts() | {"renamed": renamed, "retired": found.retired}
    audit.record("opendata.applied", actor, load, **told)
    return load


@transaction.atomic
def discard(*, load_id: int, actor: Actor, now: datetime) -> Load:
    """Drop a load that does not count yet. Raises: PermissionDenied."""
    load = _locked(load_id)
    require(policies.can_discard(actor, load, _day(now)))
    _answer(load, LoadState.DISCARDED, now)
    audit.record("opendata.discarded", actor, load)
    return load


@transaction.atomic
def undo(*, load_id: int, actor: Actor, now: datetime) -> Load:
    """Take the newest load back: every value and title is again as it was before it.

    Raises: PermissionDenied.
    """
    load = _locked(load_id)
    require(policies.can_undo(actor, load, _day(now)))
    ours = load.values.filter(state=ValueState.CURRENT)
    earlier = [pk for pk in ours.values_list("replaces", flat=True) if pk]
    ours.update(state=ValueState.WITHDRAWN)
    for start in range(0, len(earlier), _LOT):
        again = Value.objects.filter(pk__in=earlier[start : start + _LOT])
        again.update(state=ValueState.CURRENT)
    _restore(load.before)
    _answer(load, LoadState.UNDONE, now)
    audit.record("opendata.undone", actor, load, restored=len(earlier))
    return load


def _received(load: Load) -> Load:
    if load.state != LoadState.RECEIVED:
        raise AlreadyDropped(_("Inläsningen togs bort innan filen var läst."))
    return load


def _staged(load: Load, bundle: Bundle, *, actor: Actor, now: datetime) -> Load:
    """The load with its bundle, waiting for an answer unless there is nothing to answer."""
    packed, found = bundle.checked().packed(), plan(bundle)
    load.sha256, load.counts = bundles.fingerprint(packed), found.counts()
    load.state = LoadState.STAGED if found.changes else LoadState.SAME
    load.content = packed if found.changes else None
    load.answered_at = None if found.changes else now
    load.save()
    audit.record("opendata.staged", actor, load, **found.counts())
    return load


def _locked(load_id: int) -> Load:
    """The load; all loads are locked in one order, so that two answers never mix."""
    list(Load.objects.select_for_update().order_by("pk").only("pk"))
    return Load.objects.get(pk=load_id)


def _answer(load: Load, state: LoadState, now: datetime) -> None:
    load.state, load.content, load.answered_at = state, None, now
    load.save(update_fields=["state", "content", "answered_at", "counts", "before"])


def _write_values(load: Load, found: Plan) -> None:
    superseded = [stored.pk for stored, _content in found.changed.values()]
    for start in range(0, len(superseded), _LOT):
        old = Value.objects.filter(pk__in=superseded[start : start + _LOT])
        old.update(state=ValueState.SUPERSEDED)
    rows = [_value(load, key, content, None) for key, content in found.new.items()]
    rows += [
        _value(load, key, content, stored.pk) for key, (stored, content) in found.changed.items()
    ]
    Value.objects.bulk_create(rows, batch_size=_LOT)


def _value(load: Load, key: bundles.Key, content: bundles.Content, replaces: int | None) -> Value:
    kpi, municipality, year, sex = key
    value, status = content
    return Value(
        load=load,
        kpi=kpi,
        municipality=municipality,
        year=year,
        sex=sex,
        value=value,
        status=status,
        replaces_id=replaces,
    )


_KPI = ("title", "description", "area", "published", "by_sex", "retired")
_TOWN = ("title", "kind")
_GROUP = ("title", "members")


def _registers(found: Plan) -> dict[str, Any]:
    """The rows that the plan touches as they are now; None for one that is not there."""
    kpis = [row.code for row in found.kpis] + found.retired
    return {
        "kpis": _rows(Kpi, kpis, _KPI),
        "towns": _rows(Municipality, [row.code for row in found.towns], _TOWN),
        "groups": _rows(Group, [row.code for row in found.groups], _GROUP),
    }


def _rows(
    model: type[Kpi] | type[Municipality] | type[Group], codes: Sequence[str], names: Sequence[str]
) -> dict[str, Any]:
    there = model._default_manager.filter(code__in=codes).values("code", *names)
    found: dict[str, Any] = dict.fromkeys(codes)
    found.update({row.pop("code"): row for row in there})
    return found


def _write_registers(found: Plan) -> None:
    _upsert(
        Kpi,
        [
            Kpi(
                code=row.code,
                title=row.title,
                description=row.description,
                area=row.area,
                published=row.published,
                by_sex=row.by_sex,
                retired=False,
            )
            for row in found.kpis
        ],
        _KPI,
    )
    Kpi.objects.filter(code__in=found.retired).update(retired=True)
    towns = [Municipality(code=r.code, title=r.title, kind=r.kind) for r in found.towns]
    _upsert(Municipality, towns, _TOWN)
    groups = [Group(code=r.code, title=r.title, members=[*r.members]) for r in found.groups]
    _upsert(Group, groups, _GROUP)


def _upsert(model: Any, rows: Sequence[Any], names: Sequence[str]) -> None:
    model._default_manager.bulk_create(
        rows, update_conflicts=True, unique_fields=["code"], update_fields=[*names]
    )


def _restore(before: dict[str, dict[str, Any]]) -> None:
    for model, name in ((Kpi, "kpis"), (Municipality, "towns"), (Group, "groups")):
        rows = before.get(name, {})
        names = {"kpis": _KPI, "towns": _TOWN, "groups": _GROUP}[name]
        gone = [code for code, row in rows.items() if row is None]
        model._default_manager.filter(code__in=gone).delete()
        again = [model(code=code, **row) for code, row in rows.items() if row is not None]
        _upsert(model, again, names)


def _day(now: datetime) -> date:
    return timezone.localdate(now)
