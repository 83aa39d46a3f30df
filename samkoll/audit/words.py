"""What happened, in words. Each package tells its own in ``AppConfig.ready()``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.utils.functional import Promise

from samkoll.audit.queries import Entry

Words = str | Promise
Value = Callable[[str], Words]


@dataclass(slots=True)
class Vocabulary:
    """Words for actions ("risk.added"), readings, fields, and for values of fields."""

    changes: dict[str, Words] = field(default_factory=dict)
    readings: dict[str, Words] = field(default_factory=dict)
    fields: dict[str, Words] = field(default_factory=dict)
    values: dict[str, Value] = field(default_factory=dict)

    def add(
        self,
        *,
        changes: Mapping[str, Words] | None = None,
        readings: Mapping[str, Words] | None = None,
        fields: Mapping[str, Words] | None = None,
        values: Mapping[str, Value] | None = None,
    ) -> None:
        """Tell the words of a package. ``values``: a field's stored text to what people read."""
        self.changes |= changes or {}
        self.readings |= readings or {}
        self.fields |= fields or {}
        self.values |= values or {}


words = Vocabulary()
"""The one registry of the process."""


def in_words(
    entries: Iterable[Entry], more_fields: Mapping[str, Words] | None = None
) -> list[Entry]:
    """The entries with words for what was done, for the fields that changed and their values.

    ``more_fields`` are words that only the caller knows. What nobody has put in words is at least
    readable.
    """
    fields = {**words.fields, **(more_fields or {})}
    return [_worded(entry, fields) for entry in entries]


def _worded(entry: Entry, fields: Mapping[str, Words]) -> Entry:
    known = words.changes | words.readings
    return replace(
        entry,
        what=str(known.get(entry.what, entry.what)),
        changes=tuple(
            (_field(name, fields), _value(name, old), _value(name, new))
            for name, old, new in entry.changes
        ),
        details=tuple((_field(name, fields), _value(name, text)) for name, text in entry.details),
    )


def _value(name: str, text: str) -> str:
    shown = words.values.get(name)
    return str(shown(text)) if shown and text else text


def _field(name: str, fields: Mapping[str, Words]) -> str:
    return str(fields.get(name, name.replace("_", " ")))
