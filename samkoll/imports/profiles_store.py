"""Stored profiles: every version that there is, which one new files are read with, and changes.

Profiles that ship with Samkoll count before anybody has stored them: reading finds them in their
files, and the first change or import stores them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Final

from django.db import connection, transaction
from django.db.models import Count, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.core.text import listing, nearest
from samkoll.imports import filing, policies, profiles, profiles_yaml
from samkoll.imports.models import MappingProfile
from samkoll.imports.policies import Actor
from samkoll.imports.profiles import Profile, UnusableProfile
from samkoll.imports.profiles_diff import Difference, differences, sides

_LOCK: Final = 0x5A4D4B02  # one change of profiles at a time


class NameTaken(DomainError):
    """Another profile has the name."""


class SavedMeanwhile(DomainError):
    """Somebody has saved a newer version than the one that was changed."""


class NothingNew(DomainError):
    """The version says the same as the one before."""


# -- reading -----------------------------------------------------------------------------------


def visible_to(user: User, today: date) -> QuerySet[MappingProfile]:
    """All stored versions for whoever may read imports, none for others."""
    stored = MappingProfile.objects.all()
    return stored if policies.can_read(user, today) else stored.none()


def latest() -> list[MappingProfile]:
    """The latest version of every profile by title, with ``uses``: how many imports it has read.

    A shipped profile that nobody has used yet is a row that is not saved.
    """
    by_name: dict[str, list[MappingProfile]] = {name: [] for name in profiles.available()}
    stored = MappingProfile.objects.annotate(uses=Count("batches")).order_by("-version")
    for row in stored.defer("content"):
        by_name.setdefault(row.name, []).append(row)
    newest = []
    for name, rows in by_name.items():
        uses = sum(row.uses for row in rows)  # type: ignore[attr-defined]
        row = _with_shipped(name, rows)[0]
        row.uses = uses  # type: ignore[attr-defined]
        newest.append(row)
    return sorted(newest, key=lambda row: (row.title.casefold(), row.name))


def versions(name: str) -> list[MappingProfile]:
    """Every version of a profile, the latest first; none when there is no such profile."""
    stored = MappingProfile.objects.filter(name=name).annotate(uses=Count("batches"))
    return _with_shipped(name, list(stored.order_by("-version")))


def content_of(row: MappingProfile) -> Profile:
    """What a version says."""
    return profiles.from_dict(row.content)


def current(name: str) -> Profile:
    """The profile that new files are read with. Raises: UnusableProfile."""
    found = versions(name)
    if not found:
        known = [row.name for row in latest() if row.is_current]
        near = nearest(name, known) or known
        raise UnusableProfile(
            _("Profilen ”%(name)s” finns inte. Välj %(known)s.")
            % {"name": name[:60], "known": listing(near)}
        )
    if not found[0].is_current:
        raise UnusableProfile(
            _("Profilen ”%(name)s” är avslutad. Ta den i bruk igen, eller välj en annan.")
            % {"name": name}
        )
    return content_of(found[0])


def choices() -> list[tuple[str, str]]:
    """The profiles that a file can be read with, as name and title."""
    return [(row.name, row.title) for row in latest() if row.is_current]


def changes_since(row: MappingProfile, earlier: Sequence[MappingProfile]) -> tuple[Difference, ...]:
    """What a version changed against the nearest of the earlier ones; none of a first version."""
    before = [each for each in earlier if each.version < row.version]
    if not before:
        return ()
    return differences(content_of(max(before, key=lambda each: each.version)), content_of(row))


def written(profile: Profile) -> str:
    """A profile as the text of a YAML file, which ``bring_in`` reads again."""
    head = "# Mappningsprofil från Samkoll. Läs in filen under Importer, Mappningsprofiler.\n"
    return head + profiles_yaml.written(asdict(profile))


# -- changes -----------------------------------------------------------------------------------


@transaction.atomic
def save(
    *,
    profile: Profile,
    base: MappingProfile | None,
    note: str,
    actor: Actor,
    now: datetime,
    anyway: bool = False,
) -> MappingProfile:
    """Store a profile as the next version of ``base``, or as the first of a new name.

    ``profile.version`` does not matter. The version before stays, and imports keep theirs.
    Raises: PermissionDenied, NameTaken, NothingNew, SavedMeanwhile unless ``anyway``.
    """
    require(policies.can_change_profiles(actor, _day(now)))
    known = _locked(profile.name)
    if known and (base is None or base.name != profile.name):
        raise NameTaken(
            _("Profilen ”%(name)s” finns redan. Välj ett annat kort namn.") % {"name": profile.name}
        )
    if known and base and known[0].version > base.version and not anyway:
        raise SavedMeanwhile(
            _("%(who)s har sparat version %(version)s medan du arbetade. Jämför på profilens sida.")
            % {"who": known[0].actor_name or "Samkoll", "version": known[0].version}
        )
    return _next_version(profile, known, "profile.saved", note=note, actor=actor, now=now)


@transaction.atomic
def copy(
    *, row: MappingProfile, name: str, title: str, actor: Actor, now: datetime
) -> MappingProfile:
    """Store what a version says as the first version of a new name.

    Raises: PermissionDenied, UnusableProfile for a name that cannot be one, NameTaken.
    """
    require(policies.can_change_profiles(actor, _day(now)))
    profile = profiles.from_dict({**row.content, "name": name, "title": title, "version": 1})
    if _locked(name):
        raise NameTaken(
            _("Profilen ”%(name)s” finns redan. Välj ett annat kort namn.") % {"name": name}
        )
    note = _("Kopia av %(profile)s") % {"profile": row}
    return _next_version(profile, [], "profile.copied", note=note, actor=actor, now=now)


@transaction.atomic
def bring_in(*, text: str, actor: Actor, now: datetime) -> MappingProfile:
    """Store a profile from the text of a YAML file: a new one, or the next version of its name.

    Raises: PermissionDenied, UnusableProfile with what is wrong, NothingNew.
    """
    require(policies.can_change_profiles(actor, _day(now)))
    profile = profiles.parse(text)
    known = _locked(profile.name)
    note = _("Inläst från fil")
    return _next_version(profile, known, "profile.imported", note=note, actor=actor, now=now)


@transaction.atomic
def retire(*, name: str, actor: Actor, now: datetime) -> MappingProfile:
    """No new files are read with the profile; its imports keep it. Raises: PermissionDenied."""
    require(policies.can_change_profiles(actor, _day(now)))
    row = _locked(name)[0]
    if row.is_current:
        row.is_current, row.retired_at = False, now
        row.save(update_fields=["is_current", "retired_at"])
        audit.record("profile.retired", actor, row, before={"retired_at": None},
                     after={"retired_at": now})  # fmt: skip
    return row


@transaction.atomic
def restore(*, name: str, actor: Actor, now: datetime) -> MappingProfile:
    """Let new files be read with a retired profile again. Raises: PermissionDenied."""
    require(policies.can_change_profiles(actor, _day(now)))
    row = _locked(name)[0]
    if not row.is_current:
        before = audit.state(row, "retired_at")
        row.is_current, row.retired_at = True, None
        row.save(update_fields=["is_current", "retired_at"])
        audit.record("profile.restored", actor, row, before=before, after={"retired_at": None})
    return row


# -- inside ------------------------------------------------------------------------------------


def _with_shipped(name: str, stored: list[MappingProfile]) -> list[MappingProfile]:
    """The stored versions, below the one that ships when that is new and nobody made own ones."""
    if name not in profiles.available() or any(row.actor_name for row in stored):
        return stored
    shipped = profiles.load(name)
    if stored and stored[0].version >= shipped.version:
        return stored
    row = filing.unsaved(shipped)
    row.uses = 0  # type: ignore[attr-defined]
    for older in stored:
        older.is_current = False
    return [row, *stored]


def _locked(name: str) -> list[MappingProfile]:
    """The stored versions of a name, the latest first, while nobody else changes profiles."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
    stored = MappingProfile.objects.filter(name=name).order_by("-version")
    known = _with_shipped(name, list(stored))
    if known and known[0].pk is None:
        filing.profile_row(content_of(known[0]))
    return list(stored.all())


def _next_version(
    profile: Profile,
    known: list[MappingProfile],
    what: str,
    *,
    note: str,
    actor: Actor,
    now: datetime,
) -> MappingProfile:
    """Store the version after the known ones and let new files be read with it."""
    before = content_of(known[0]) if known else None
    changed = differences(before, profile) if before else ()
    if before and not changed and known[0].is_current:
        raise NothingNew(_("Profilen säger redan detta. Inget har ändrats."))
    number = known[0].version + 1 if known else 1
    content = {**asdict(profile), "version": number}
    earlier = MappingProfile.objects.filter(name=profile.name)
    earlier.update(is_current=False, retired_at=None)
    row = filing.unsaved(profiles.from_dict(content))
    row.note, row.actor_name, row.stored_at = note[:300], str(actor)[:200], now
    row.save()
    old, new = sides(changed)
    first: dict[str, object] = {"profile": str(row)}
    audit.record(what, actor, row, before=old, after=new or first, note=note)
    return row


def _day(now: datetime) -> date:
    return timezone.localtime(now).date()
