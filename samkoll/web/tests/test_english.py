"""The English catalogue holds every text of the code, and pages show it to who has chosen it."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.urls import reverse
from django.utils import translation
from django.utils.translation import trans_real

ROOT = Path(__file__).resolve().parents[3]
PLACE = re.compile(r"%\(\w+\)[sd]|\{\w+\}")


@pytest.fixture(scope="module")
def catalogue():
    path = ROOT / "samkoll" / "locale" / "en" / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        found = read_po(file, locale="en")
    compiled = path.with_suffix(".mo")
    if not compiled.exists() or compiled.stat().st_mtime < path.stat().st_mtime:
        with compiled.open("wb") as file:
            write_mo(file, found)
    return found


def words(message):
    """Singular and plural, or the one text, of the original and of the translation."""
    both = [t if isinstance(t, tuple) else (t,) for t in (message.id, message.string)]
    return both[0], both[1]


def test_every_text_of_the_code_is_in_the_catalogue_and_no_other(catalogue):
    texts = runpy.run_path(str(ROOT / "scripts" / "collect_messages.py"))["texts"]()
    known = {
        (m.context or "", words(m)[0][0], words(m)[0][1] if m.pluralizable else "")
        for m in catalogue
        if m.id
    }
    assert sorted(texts - known) == [], "run scripts/messages and translate what is new"
    assert sorted(known - texts) == [], "run scripts/messages: these texts are gone"


def test_every_text_is_translated(catalogue):
    empty = [m.id for m in catalogue if m.id and (m.fuzzy or not all(words(m)[1]))]
    assert empty == []


def test_a_translation_names_the_same_values(catalogue):
    wrong = [
        m.id
        for m in catalogue
        if m.id and {*PLACE.findall(" ".join(words(m)[0]))} != {*PLACE.findall(str(words(m)[1]))}
    ]
    assert wrong == []


def test_a_user_who_has_chosen_english_reads_english(client, town, catalogue):
    user = town.user("hr_strategist")
    client.force_login(user)
    assert "Att göra" in client.get("/").content.decode()
    client.post(reverse("web:language"), {"language": "en", "next": "/"})
    page = client.get("/", headers={"Accept-Language": "sv"}).content.decode()
    assert "To do" in page
    assert "Main menu" in page
    assert '<html lang="en"' in page
    user.refresh_from_db()
    assert user.language == "en"


def test_a_visitor_reads_the_browsers_language(client, db, catalogue):
    page = client.get(reverse("account_login"), headers={"Accept-Language": "en"})
    assert "Sign in" in page.content.decode()


@pytest.fixture(autouse=True)
def fresh_translations():
    """A catalogue that was compiled a moment ago is read again; the language is put back."""
    trans_real._translations.clear()  # type: ignore[attr-defined]
    yield
    translation.activate("sv")
