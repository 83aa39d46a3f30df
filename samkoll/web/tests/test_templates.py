"""Rules that every template and script of the project keeps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
TEMPLATES = sorted(ROOT.glob("samkoll/*/templates/**/*.html"))
KIT = ROOT / "samkoll" / "web" / "templates" / "web"
PAGES = {"base", "fragment", "row_shell", "problem", "broken", "kit", "accessibility", "confirm"}

FORBIDDEN = {
    r"\sstyle=": "an inline style",
    r"<style": "an inline style sheet",
    r"<script(?![^>]*\ssrc=)": "an inline script",
    r"\son[a-z]+=": "an inline event handler",
    r"hx-on": "hx-on needs eval",
    r"""hx-[a-z]+=["']js:""": "js: values need eval",
    r"hx-trigger=\"[^\"]*\[": "trigger filters need eval",
    r"(?:src|href)=[\"']https?://": "a file from elsewhere",
    r"_\([\"'][^\"']*%[^(\"']": "a per cent sign in _(): Django doubles it",
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: "/".join(path.parts[-3:]))
def test_a_template_is_short_and_keeps_to_the_policy(path):
    text = path.read_text()
    assert len(text.splitlines()) <= 120
    broken = [why for pattern, why in FORBIDDEN.items() if re.search(pattern, text)]
    assert broken == []


def test_every_part_is_shown_on_the_kit_page():
    parts = {p.stem for p in KIT.glob("*.html") if not p.stem.startswith("_")} - PAGES
    shown = "".join(p.read_text() for p in [KIT / "kit.html", *KIT.glob("kit/*.html")])
    inside = "".join(p.read_text() for p in KIT.glob("*.html"))
    missing = {part for part in parts if f"web/{part}.html" not in shown}
    assert {part for part in missing if f"web/{part}.html" not in inside} == set()


def test_our_script_makes_no_markup_and_evaluates_nothing():
    for script in ROOT.glob("samkoll/*/static/*/*.js"):
        assert not re.search(
            r"innerHTML|insertAdjacentHTML|eval\(|new Function", script.read_text()
        )
