"""Collect the Swedish texts of code and templates into the English catalogue. No GNU gettext.

New texts get an empty translation, texts that are gone are dropped, and no translation is guessed.
A test fails while any translation is missing (``samkoll/web/tests/test_english.py``).
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "samkoll"
CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"

KEYWORDS = {
    **dict.fromkeys(("_", "gettext", "gettext_lazy"), (1,)),
    **dict.fromkeys(("ngettext", "ngettext_lazy"), (1, 2)),
    **dict.fromkeys(("pgettext", "pgettext_lazy"), ((1, "c"), 2)),
}
_STRING = r"""(u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"))"""
_CALL = re.compile(rf"\b(_|n?p?gettext)\(\s*{_STRING}(?:\s*,\s*{_STRING})?(?:\s*,\s*{_STRING})?")

HEADER = r"""# English texts of Samkoll, by scripts/messages.
msgid ""
msgstr ""
"Language: en\n"
"Content-Type: text/plain; charset=utf-8\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\n"

"""

Text = tuple[str, str, str]
"""Context, singular, plural; "" where there is none."""


def texts() -> set[Text]:
    """Every text that the code asks to have translated."""
    found: set[Text] = set()
    for path in PACKAGE.rglob("*"):
        if path.suffix == ".py" and not {"tests", "migrations"} & set(path.parts):
            found.update(_of_python(path))
        elif path.suffix == ".html":
            found.update(_of_template(path))
    return found


def _of_python(path: Path) -> Iterator[Text]:
    with path.open("rb") as file:
        for _line, message, _comments, context in extract("python", file, keywords=KEYWORDS):
            words = message if isinstance(message, tuple) else (message, "")
            yield context or "", words[0], words[1]


def _of_template(path: Path) -> Iterator[Text]:
    """Django turns a template into calls of gettext; their arguments are Python's strings."""
    for call in _CALL.finditer(templatize(path.read_text(encoding="utf-8"), origin=str(path))):
        words = [ast.literal_eval(word) for word in call.groups()[1:] if word is not None]
        context = words.pop(0) if "p" in call[1] else ""
        plural = words[1] if call[1].startswith("n") else ""
        yield context, words[0], plural


def write(catalogue: Catalog) -> None:
    """Write the catalogue sorted, without dates, so that a change shows what has changed."""
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        file.write(HEADER.encode())
        write_po(file, catalogue, width=0, omit_header=True)


def main() -> None:
    known, fresh = Catalog(locale="en"), Catalog(locale="en")
    if CATALOGUE.exists():
        with CATALOGUE.open("rb") as file:
            known = read_po(file, locale="en")
    for context, single, plural in sorted(texts()):
        old = known.get(single, context or None)
        words = old.string if old else ("", "") if plural else ""
        fresh.add((single, plural) if plural else single, words, context=context or None)
    write(fresh)


if __name__ == "__main__":
    main()
