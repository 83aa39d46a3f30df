"""Forms as YAML files, out and in: for another municipality, or a text editor."""

from __future__ import annotations

import json
from typing import Any

import yaml
from django.utils.translation import gettext as _

from samkoll.reports import template_reader
from samkoll.reports.template_checks import BadForm

LARGEST = 1_000_000
"""Characters of a file; a long form has twenty thousand."""
DEEPEST = 20
"""Levels of lists in lists; a form has nine."""
ORDER = (
    "kind", "year", "version", "title", "last_month", "numbered", "answers", "rolls_up",
    "definitions", "sections", "key", "number", "heading", "instruction", "only_when", "parts",
)  # fmt: skip


def written(content: dict[str, Any]) -> str:
    """A form's content as a file that ``read`` takes back unchanged."""
    text: str = yaml.dump(
        _ordered(content), Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=100
    )
    return text


def read(text: str) -> dict[str, Any]:
    """A form's content out of a file, checked. Raises: BadForm."""
    if len(text) > LARGEST:
        raise BadForm(_("Filen är för stor för att vara en rapportmall."))
    try:
        _check_shape(text)
        content = yaml.load(text, yaml.CSafeLoader)
        plain = json.dumps(content, ensure_ascii=False, sort_keys=True)
    except (yaml.YAMLError, TypeError, ValueError, RecursionError) as error:
        raise BadForm(_("Filen är inte YAML som går att läsa: %(why)s") % {"why": error}) from error
    if not isinstance(content, dict):
        raise BadForm(_("Filen är inte en rapportmall."))
    if any("from_boards" in part for part in _parts(content)):
        raise BadForm(
            _("Filen hänvisar till nämndernas mall. Exportera mallen hel och försök igen.")
        )
    template_reader.parse(plain)
    return content


def _check_shape(text: str) -> None:
    """Read event by event, so that no file can make the reader go too deep or repeat itself."""
    depth = 0
    for event in yaml.parse(text, yaml.CSafeLoader):
        if isinstance(event, yaml.AliasEvent):
            raise BadForm(_("Filen använder alias (*), som en rapportmall inte får ha."))
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > DEEPEST:
            raise BadForm(_("Filen har listor i för många nivåer."))


def _parts(content: dict[str, Any]) -> list[dict[str, Any]]:
    sections = content.get("sections") or []
    try:
        return [part for section in sections for part in section["parts"]]
    except (TypeError, KeyError) as error:
        raise BadForm(_("Filen är inte en rapportmall.")) from error


def _ordered(value: Any) -> Any:
    """Names in the order that people read a form in, others after them."""
    if isinstance(value, dict):
        known = [name for name in ORDER if name in value]
        names = [*known, *(name for name in value if name not in known)]
        return {name: _ordered(value[name]) for name in names}
    return [_ordered(each) for each in value] if isinstance(value, list) else value
