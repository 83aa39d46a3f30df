"""Profiles as YAML text, written for people and read without trusting who wrote them.

Less of YAML than usual is read: plain values are texts, whole numbers, true, false or nothing.
So ``007``, ``7:30``, ``No`` and ``2024-01-01`` stay the words that they are in a file of pay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import yaml

LARGEST: Final = 64_000
"""Characters. Shipped profiles have about two thousand."""
DEEPEST: Final = 5
_RESOLVED: Final = {
    "tag:yaml.org,2002:bool": (re.compile(r"(?:true|false)$"), "tf"),
    "tag:yaml.org,2002:int": (re.compile(r"-?(?:0|[1-9]\d{0,8})$"), "-0123456789"),
    "tag:yaml.org,2002:null": (re.compile(r"(?:~|null|)$"), ["~", "n", ""]),
}


class Unreadable(ValueError):
    """The text is no YAML that a profile can be written in; ``str()`` says why in Swedish."""


class _Loader(yaml.SafeLoader):
    """Refuses references (which can unfold to gigabytes), depth, and a name that stands twice."""

    yaml_implicit_resolvers: Any = {}

    def __init__(self, stream: str) -> None:
        super().__init__(stream)
        self._depth = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise Unreadable("Profilen har hänvisningar (*), som inte läses.")
        self._depth += 1
        if self._depth > DEEPEST:
            raise Unreadable("Profilen har för många nivåer.")
        node = super().compose_node(parent, index)
        self._depth -= 1
        return node

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:
        names = [key.value for key, _value in node.value if isinstance(key, yaml.ScalarNode)]
        double = next((name for name in names if names.count(name) > 1), None)
        if double is not None:
            raise Unreadable(f"Profilen har ”{double[:60]}” två gånger på samma nivå.")
        return super().construct_mapping(node, deep)


for _tag, (_pattern, _first) in _RESOLVED.items():
    _Loader.add_implicit_resolver(_tag, _pattern, list(_first))


def loaded(text: str) -> Any:
    """The plain data of a text. Raises: Unreadable."""
    if len(text) > LARGEST:
        raise Unreadable("Filen är för stor för att vara en profil.")
    try:
        return yaml.load(text, _Loader)  # a narrowed SafeLoader
    except Unreadable:
        raise
    except (yaml.YAMLError, RecursionError, TypeError, ValueError) as error:
        raise Unreadable("Profilen är inte läsbar YAML.") from error


def written(content: Mapping[str, Any]) -> str:
    """Plain data as YAML text in the order that it has; ``loaded`` gives the same data again."""
    return yaml.safe_dump(
        dict(content), allow_unicode=True, sort_keys=False, width=100, default_flow_style=None
    )
