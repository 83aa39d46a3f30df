"""Profiles for the browser's walk: one with two versions, and one that is being made."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.utils import timezone

from samkoll.imports import profiles_drafts, profiles_store
from samkoll.imports.models import ProfileDraft
from samkoll.imports.tests.payroll import identity
from samkoll.imports.vault import Vault
from tests.town import ACTOR, Town

NAME = "exempel-flex-franvaro"
_HEADS = "Personnr;Namn;Fr.o.m.;T.o.m.;Orsak;Omf %;Tim;Enhet"
_CAUSES = ("Sjuk", "VAB", "Sjuk", "Kurs", "Sjuk", "Sjuk", "Semester", "Sjuk", "VAB", "Sjuk", "Sjuk")


def sample() -> bytes:
    """A list of absence with a title row, in Windows-1252; one identity number is wrong."""
    rows = [
        f"{identity(n)};Kim Öst;2024-01-{n + 1:02d};2024-01-{n + 8:02d};{cause};100;16,50;BUF-SOL"
        for n, cause in enumerate(_CAUSES)
    ]
    rows.append("19800101-0000;Bo Ek;2024-01-02;2024-01-03;Sjuk;50;8,00;BUF-SOL")
    return "\r\n".join(["Frånvarolista januari", _HEADS, *rows, ""]).encode("cp1252")


def two_versions(town: Town) -> dict[str, object]:
    """A shipped profile that somebody has changed."""
    if len(profiles_store.versions(NAME)) == 1:
        text = profiles_store.written(profiles_store.current(NAME))
        profiles_store.bring_in(
            text=text.replace("Till datum", "T.o.m."), actor=ACTOR, now=timezone.now()
        )
    return {"name": NAME}


def step(name: str) -> Callable[[Town], dict[str, object]]:
    """A step of a profile that the HR strategist is making."""

    def made(town: Town) -> dict[str, object]:
        owner = town.user("hr_strategist")
        draft = ProfileDraft.objects.filter(owner=owner).first()
        if draft is None:
            vault = Vault.from_key_file(settings.UPLOADS, settings.KEY_FILE)
            stored = vault.store([sample()])
            draft = profiles_drafts.begin(
                owner=owner, file_name="frånvaro januari.csv", stored=stored.name,
                size=stored.size, now=timezone.now(),
            )  # fmt: skip
            vault.delete(stored.name)
        return {"pk": draft.pk, "step": name}

    return made
