"""What differs between two versions of a profile, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from samkoll.imports import profiles_words as words
from samkoll.imports.profiles import Profile

_PLAIN: Final = (
    "title", "kind", "convention", "layout", "encoding", "separator", "sheet", "skip_rows",
    "head_rows", "decimal", "hours_unit", "extent_unit", "month_format", "date_format",
    "corrections", "null_words", "skip_words", "source",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is written in another way. ``group`` is the name of the profile's field."""

    group: str
    what: str
    before: str
    after: str


def differences(old: Profile, new: Profile) -> tuple[Difference, ...]:
    """Everything but the version's number, in the order in which a profile is read."""
    return tuple([*_settings(old, new), *_columns(old, new), *_words(old, new)])


def sides(found: Sequence[Difference]) -> tuple[dict[str, object], dict[str, object]]:
    """Differences as before and after of the change log, one line for each field."""

    def side(name: str) -> dict[str, object]:
        lines: dict[str, list[str]] = {}
        for each in found:
            lines.setdefault(f"profile_{each.group}", []).append(
                f"{each.what}: {getattr(each, name) or '–'}"
            )
        return {group: "; ".join(said) for group, said in lines.items()}

    return side("before"), side("after")


def _settings(old: Profile, new: Profile) -> Iterator[Difference]:
    for name in _PLAIN:
        before, after = getattr(old, name), getattr(new, name)
        if tuple(before) != tuple(after) if isinstance(after, Sequence) else before != after:
            yield Difference(
                "settings", str(words.FIELDS[name]), _shown(name, before), _shown(name, after)
            )


def _shown(name: str, value: object) -> str:
    if isinstance(value, str | int):
        return words.choice(name, value)
    return ", ".join(map(str, value)) if isinstance(value, Sequence) else str(value)


def _columns(old: Profile, new: Profile) -> Iterator[Difference]:
    for name in dict.fromkeys((*old.columns, *new.columns)):
        before, after = _place(old, name), _place(new, name)
        if before != after:
            yield Difference("columns", words.column(new.kind, name), before, after)


def _place(profile: Profile, name: str) -> str:
    """The head of a column, where it stands and what a blank cell means."""
    head = profile.columns.get(name, "")
    first, last = profile.positions.get(name) or (0, 0)
    place = _("%(head)s, tecken %(first)s till %(last)s") if first else "%(head)s"
    said = place % {"head": head, "first": first, "last": last}
    if name in profile.as_above:
        return _("%(head)s (tom: som ovanför)") % {"head": said}
    return said


def _words(old: Profile, new: Profile) -> Iterator[Difference]:
    for name in dict.fromkeys((*old.values, *new.values)):
        known: tuple[Mapping[str, int], ...] = (old.values.get(name, {}), new.values.get(name, {}))
        for word in dict.fromkeys((*known[0], *known[1])):
            before, after = (_meaning(name, side.get(word)) for side in known)
            if before != after:
                label = f"{words.LISTS[name]}: {word}"
                yield Difference("words", label, before, after)
        before, after = (_meaning(name, p.fallback.get(name)) for p in (old, new))
        if before != after:
            label = _("%(list)s: andra ord") % {"list": words.LISTS[name]}
            yield Difference("words", label, before, after)


def _meaning(name: str, code: int | None) -> str:
    return "" if code is None else str(words.MEANINGS[name][code])
