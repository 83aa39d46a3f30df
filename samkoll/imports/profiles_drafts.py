"""Making a profile step by step: a sample in the vault, and what has been chosen so far.

The sample is the beginning of the file, encrypted. It is deleted when the profile is saved, when
the work is dropped, and in the night after ``DAYS`` days without a change.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.core.errors import DomainError
from samkoll.core.locking import held
from samkoll.desk import services as desk
from samkoll.imports import policies, profiles, profiles_sample, profiles_store
from samkoll.imports import profiles_choosing as choosing
from samkoll.imports.models import Batch, MappingProfile, ProfileDraft
from samkoll.imports.policies import Actor
from samkoll.imports.profiles import Profile
from samkoll.imports.profiles_sample import Sample
from samkoll.imports.vault import Vault

DAYS: Final = 7
STEPS: Final = ("lasning", "kolumner", "ord", "prov", "spara")
"""The steps after the choice of a file, as their addresses name them."""


class NoSample(DomainError):
    """There is no sample to look at."""


def visible_to(user: User, today: date) -> QuerySet[ProfileDraft]:
    """One's own started profiles, for whoever may change profiles."""
    own = ProfileDraft.objects.filter(owner=user)
    return own if policies.can_change_profiles(user, today) else own.none()


def content(draft: ProfileDraft) -> bytes:
    """The sample as it came. Raises: NoSample, VaultDamaged."""
    if not draft.upload:
        raise NoSample(_("Det finns inget prov. Börja om med en fil."))
    with _vault().open(draft.upload) as stream:
        return stream.read()


def sample(draft: ProfileDraft) -> Sample | None:
    """The sample under the settings that are chosen; None without one.

    Raises: FileFault, VaultDamaged.
    """
    if not draft.upload:
        return None
    return profiles_sample.looked_at(content(draft), draft.file_name, draft.content)


@transaction.atomic
def begin(
    *,
    owner: User,
    now: datetime,
    file_name: str = "",
    stored: str = "",
    size: int = 0,
    kind: str = "",
    base: MappingProfile | None = None,
) -> ProfileDraft:
    """Start a profile from a file in the vault (whose beginning is kept), or from ``base`` alone.

    Without ``kind`` the kind is proposed. Raises: PermissionDenied, FileFault, NoSample.
    """
    require(policies.can_change_profiles(owner, _day(now)))
    if not stored and base is None:
        raise NoSample(_("Välj en fil att utgå från."))
    start = base.content if base else {}
    vault, kept, upload = _vault(), b"", ""
    if stored:
        with vault.open(stored) as stream:
            kept = profiles_sample.beginning(stream, size, file_name)
        chosen = choosing.first(kept, file_name, start, kind)
        upload = vault.store([kept]).name
    else:
        chosen = dict(start)
    try:
        draft = ProfileDraft.objects.create(
            owner=owner,
            base=_saved(base),
            file_name=file_name[:200],
            upload=upload,
            size=len(kept),
            content=chosen,
            created_at=now,
            changed_at=now,
        )
        audit.record("profile.begun", owner, draft, after={"sample_bytes": len(kept)})
    except BaseException:
        vault.delete(upload)
        raise
    return draft


@transaction.atomic
def change(*, draft_id: int, chosen: Mapping[str, Any], actor: User, now: datetime) -> ProfileDraft:
    """Remember what one step has chosen. What follows from it is proposed anew.

    Raises: PermissionDenied, FileFault when the sample cannot be read like that.
    """
    require(policies.can_change_profiles(actor, _day(now)))
    draft = held(ProfileDraft.objects.filter(owner=actor), draft_id)
    before = dict(draft.content)
    draft.content = {**before, **chosen}
    found = sample(draft)
    base = draft.base.content if draft.base else {}
    draft.content = choosing.followed(before, draft.content, found, base)
    draft.changed_at = now
    draft.save(update_fields=["content", "changed_at"])
    return draft


@transaction.atomic
def finish(
    *,
    draft_id: int,
    name: str,
    title: str,
    note: str,
    actor: User,
    now: datetime,
    anyway: bool = False,
) -> MappingProfile:
    """Save the profile and delete the sample.

    Raises: PermissionDenied, UnusableProfile with what is missing, and as ``profiles_store.save``.
    """
    require(policies.can_change_profiles(actor, _day(now)))
    draft = held(ProfileDraft.objects.filter(owner=actor).select_related("base"), draft_id)
    profile = as_profile(draft, name=name, title=title)
    row = profiles_store.save(
        profile=profile, base=draft.base, note=note, actor=actor, now=now, anyway=anyway
    )
    _remove(draft, actor)
    return row


@transaction.atomic
def drop(*, draft_id: int, actor: User, now: datetime) -> None:
    """Give up a started profile; its sample is deleted. Raises: PermissionDenied."""
    require(policies.can_change_profiles(actor, _day(now)))
    _remove(held(ProfileDraft.objects.filter(owner=actor), draft_id), actor)


@transaction.atomic
def purge(*, actor: Actor, now: datetime) -> int:
    """Delete started profiles that nobody has changed for a week; returns how many."""
    old = ProfileDraft.objects.filter(changed_at__lt=now - timedelta(days=DAYS))
    old = old.select_related("owner", "base")
    return sum(_remove(draft, actor) for draft in old)


def as_profile(draft: ProfileDraft, *, name: str = "prov", title: str = "") -> Profile:
    """What has been chosen, as a profile. Raises: UnusableProfile with what is missing."""
    known = {key: value for key, value in draft.content.items() if key != "starts"}
    title = title or str(known.get("title") or "") or draft.file_name or name
    return profiles.from_dict({**known, "name": name, "title": title, "version": 1})


def waiting_files() -> list[Batch]:
    """Files that lie in the vault for an answer, the latest first."""
    return list(Batch.objects.exclude(upload="").order_by("-created_at")[:20])


def form_key(draft: ProfileDraft, step: str) -> str:
    """The name of what is typed in a step and not sent yet."""
    return f"profil-{draft.pk}-{step}"


def _remove(draft: ProfileDraft, actor: Actor) -> int:
    """Delete a draft; its sample goes once the deletion is certain."""
    audit.record("profile.dropped", actor, draft, before={"sample_bytes": draft.size})
    upload = draft.upload
    for step in STEPS:
        desk.discard_draft(owner=draft.owner, key=form_key(draft, step))
    draft.delete()
    transaction.on_commit(lambda: _vault().delete(upload))
    return 1


def _saved(base: MappingProfile | None) -> MappingProfile | None:
    """The version as a stored row: one that ships is stored when somebody begins to change it."""
    if base is None or base.pk is not None:
        return base
    from samkoll.imports import filing

    return filing.profile_row(profiles_store.content_of(base))


def _vault() -> Vault:
    return Vault.from_key_file(settings.UPLOADS, settings.KEY_FILE)


def _day(now: datetime) -> date:
    return timezone.localtime(now).date()
