"""Mapping profiles (mappningsprofiler): how one HR system writes what we need to know.

A profile is versioned data. It names the kind of file, how the file is laid out, the head of every
logical column, how numbers, hours and dates are written, and the words for what is counted.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, field, fields
from functools import cache
from pathlib import Path
from typing import Any, Final

from samkoll.core.errors import DomainError
from samkoll.core.text import listing, nearest
from samkoll.imports import profiles_yaml
from samkoll.imports.kinds import COMPLETE, KINDS, MEANINGS, MONTHS, YES_NO, Kind

FOLDER: Final = Path(__file__).parent / "data" / "profiles"
DEFAULT: Final = "lon-manad"
COLUMNS: Final = MONTHS.required
ALWAYS_TOLD: Final = ("additional", "overtime", "departure")
"""Columns of months that records may lack, but no profile of months."""
OPTIONAL: Final = ("sick_60", "sick_days", "occasions", "manager")
"""Columns of months that a profile may leave out; figures that need them are then missing."""

CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "kind": tuple(KINDS),
    "convention": ("day_split", "whole_spell"),
    "layout": ("table", "fixed"),
    "encoding": (
        "auto", "utf-8", "windows-1252", "iso-8859-1", "cp850", "cp437", "utf-16",
    ),
    "separator": (";", ",", "\t", "|"),
    "decimal": (",", ".", "both"),
    "hours_unit": ("hours", "clock", "minutes", "hundredths"),
    "extent_unit": ("percent", "share"),
    "month_format": (
        "ÅÅÅÅ-MM", "ÅÅÅÅMM", "ÅÅÅÅ-MM-DD", "ÅÅÅÅ-MMM", "MMM ÅÅÅÅ", "MM/ÅÅÅÅ", "MM", "MMM", "1900",
        "1904",
    ),
    "date_format": (
        "ÅÅÅÅ-MM-DD", "ÅÅÅÅMMDD", "ÅÅMMDD", "DD/MM/ÅÅÅÅ", "DD.MM.ÅÅÅÅ", "MM/DD/ÅÅÅÅ", "1900",
        "1904",
    ),
    "corrections": ("refuse", "add"),
}  # fmt: skip
"""What each choice may be. ``1900`` and ``1904`` are the day numbers of a spreadsheet that counts
from that year; ``MM`` and ``MMM`` need the year in a column of its own."""

SKIP_WORDS: Final = (
    "Summa", "Totalt", "Total", "Delsumma", "Totalsumma", "Utskriven", "Utskrivet",
    "Utskriftsdatum", "Sida",
)  # fmt: skip
MOST_HEAD_ROWS: Final = 5
MOST_SKIPPED: Final = 100
LONGEST_LINE: Final = 10_000
LONGEST_TEXT: Final = 300
LONGEST_TITLE: Final = 200
MOST_ITEMS: Final = 500
_UNSHOWN: Final = re.compile(
    r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]*")
_SHARED: Final = ({"first", "last"},)  # one row a day: the same date is both


class UnusableProfile(DomainError):
    """The profile does not exist, or something in it is missing or not understood."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One version of a mapping profile. What has a default need not be said.

    ``columns`` maps logical columns (see ``kinds``) to heads; of a head that stands several times
    in the file "Timmar (2)" is the second. ``values`` maps the words of the file to codes,
    ``fallback`` gives the code of words that are not listed (without it they are faults).
    ``convention`` tells how the hours of ready months are split.

    **Layout**: a ``table`` is text with a ``separator`` or a workbook (``sheet``: its sheet; blank:
    the only visible one that has the heads). Its heads are ``head_rows`` rows deep and are looked
    for below ``skip_rows`` rows. A ``fixed`` text has no heads: ``positions`` are the first and
    last character of each column, from 1, below ``skip_rows + head_rows`` lines.

    **Cells**: ``null_words`` mean the same as a blank cell; in the columns ``as_above`` a blank
    cell means the one above. A row without a person whose first cell begins with one of
    ``skip_words`` is a sum or a footer. ``corrections``: whether a second post of the same key is
    added to the first (months only; time and absence always know corrections).
    """

    name: str
    version: int
    title: str
    source: str = "payroll"
    kind: str = "months"
    convention: str = "day_split"
    layout: str = "table"
    encoding: str = "auto"
    separator: str = ";"
    sheet: str = ""
    skip_rows: int = 0
    head_rows: int = 1
    decimal: str = ","
    hours_unit: str = "hours"
    extent_unit: str = "percent"
    month_format: str = "ÅÅÅÅ-MM"
    date_format: str = "ÅÅÅÅ-MM-DD"
    corrections: str = "refuse"
    null_words: Sequence[str] = ()
    skip_words: Sequence[str] = SKIP_WORDS
    as_above: Sequence[str] = ()
    columns: Mapping[str, str]
    positions: Mapping[str, Sequence[int]] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, int]]
    fallback: Mapping[str, int] = field(default_factory=dict)

    def head(self, column: str) -> str:
        """The head of a logical column, as the user knows it."""
        return self.columns[column]

    @property
    def form(self) -> Kind:
        """What a file of this kind holds."""
        return KINDS[self.kind]

    @property
    def knows(self) -> str:
        """The columns that not every system has but its files do, as ``SnapshotWriter`` wants."""
        return ",".join(name for name in (*ALWAYS_TOLD, *OPTIONAL) if name in self.columns)

    @property
    def label(self) -> str:
        return f"{self.name} version {self.version}"

    @property
    def sha256(self) -> str:
        """Hash of everything that the profile says; a file is the same only under one profile."""
        content = {name: getattr(self, name) for name in self.__slots__}
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def available() -> dict[str, Path]:
    """The shipped profiles: name to file."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.yaml"))}


@cache
def load(name: str = DEFAULT) -> Profile:
    """The shipped profile of that name. Raises: UnusableProfile."""
    known = available()
    if name not in known:
        near = nearest(name, known) or list(known)
        raise UnusableProfile(f"Profilen ”{name}” finns inte. Välj {listing(near)}.")
    return parse(known[name].read_text(encoding="utf-8"))


def parse(text: str) -> Profile:
    """A profile from its YAML text, or UnusableProfile with the first thing that is wrong."""
    try:
        data = profiles_yaml.loaded(text)
    except profiles_yaml.Unreadable as error:
        raise UnusableProfile(str(error)) from error
    if not isinstance(data, dict):
        raise UnusableProfile("Profilen är tom eller inte en lista av namn och värden.")
    return from_dict(data)


def from_dict(data: Mapping[str, Any]) -> Profile:
    """A profile from plain data (YAML, JSON, a form, or as stored). Raises: UnusableProfile."""
    _known("Profilen", data, {each.name for each in fields(Profile)}, _REQUIRED)
    _check_plain("", data)
    _check_version(data["version"])
    _check_names(data)
    for name, allowed in CHOICES.items():
        if data.get(name, allowed[0]) not in allowed:
            raise UnusableProfile(
                f"Profilens ”{name}” är ”{data[name]}”. Den ska vara en av: {', '.join(allowed)}."
            )
    kind = KINDS[data.get("kind", "months")]
    profile = Profile(
        **{
            **data,
            "columns": _columns(data["columns"], kind),
            "positions": _positions(data.get("positions") or {}),
            "values": _values(data["values"], kind),
            "fallback": _fallback(data.get("fallback") or {}, kind),
            **{name: _texts(name, data[name]) for name in _TEXTS if name in data},
        }
    )
    _check_together(profile)
    return profile


_REQUIRED: Final = {each.name for each in fields(Profile) if each.default is MISSING} - {
    "positions", "fallback",
}  # fmt: skip
_TEXTS: Final = ("null_words", "skip_words", "as_above")


def _check_version(version: object) -> None:
    if not isinstance(version, int) or isinstance(version, bool) or not 1 <= version <= 1_000_000:
        raise UnusableProfile("Profilens ”version” ska vara ett heltal från 1.")


def _check_names(data: Mapping[str, Any]) -> None:
    """The short names are such that stand in an address and in a command; the title has text."""
    for name, most in {"name": 60, "source": 40}.items():
        found = data.get(name, "payroll")
        if not isinstance(found, str) or len(found) > most or not _NAME.fullmatch(found):
            raise UnusableProfile(
                f"Profilens ”{name}” ska bestå av små bokstäver a till z, siffror och bindestreck, "
                f"högst {most} tecken."
            )
    if not isinstance(data.get("sheet", ""), str):
        raise UnusableProfile("Profilens ”sheet” ska vara en text.")
    title, most = data["title"], LONGEST_TITLE
    if not isinstance(title, str) or not 0 < len(title.strip()) <= most:
        raise UnusableProfile(f"Profilens ”title” ska vara en text på högst {most} tecken.")


def _check_plain(where: str, found: object) -> None:
    """Texts that can be stored and shown: short, without control characters."""
    if isinstance(found, Mapping):
        if len(found) > MOST_ITEMS:
            raise UnusableProfile(f"Profilens ”{where}” har fler än {MOST_ITEMS} namn.")
        for name, value in found.items():
            _check_plain(where, str(name))
            _check_plain(where or str(name), value)
    elif isinstance(found, list | tuple):
        for value in found:
            _check_plain(where, value)
    elif isinstance(found, str) and (len(found) > LONGEST_TEXT or _UNSHOWN.search(found)):
        raise UnusableProfile(
            f"Profilens ”{where or 'namn'}” har ett tecken som inte kan visas, eller är för långt."
        )


def _check_together(profile: Profile) -> None:
    """What has to fit between the fields."""
    for name, most in {"skip_rows": MOST_SKIPPED, "head_rows": MOST_HEAD_ROWS}.items():
        count = getattr(profile, name)
        if not isinstance(count, int) or not 0 <= count <= most:
            raise UnusableProfile(f"Profilens ”{name}” ska vara ett heltal från 0 till {most}.")
    if profile.separator == profile.decimal:
        raise UnusableProfile("Profilens ”separator” och ”decimal” kan inte vara samma tecken.")
    if profile.layout == "table" and not profile.head_rows:
        raise UnusableProfile("Profilens ”head_rows” ska vara minst 1 när filen är en tabell.")
    if profile.layout == "fixed":
        _known("Profilens ”positions”", profile.positions, set(profile.columns), profile.columns)
    if profile.month_format in ("MM", "MMM") and "year" not in profile.columns:
        raise UnusableProfile("Profilen behöver kolumnen ”year” när månaden står utan år.")
    _known("Profilens ”as_above”", profile.as_above, set(profile.columns), ())


def _columns(found: Mapping[str, str], kind: Kind) -> dict[str, str]:
    """The heads of the kind's columns, no head twice (but for one day that is first and last)."""
    _mapping("columns", found)
    _known("Profilens ”columns”", found, set(kind.columns), kind.required)
    by_head: dict[str, set[str]] = {}
    for column, head in found.items():
        if not isinstance(head, str | int):
            raise UnusableProfile(f"Profilens ”columns.{column}” ska vara en rubrik.")
        by_head.setdefault(" ".join(str(head).split()).casefold(), set()).add(column)
    if "" in by_head:
        raise UnusableProfile(f"Kolumnen ”{min(by_head[''])}” har ingen rubrik i profilen.")
    for head, columns in by_head.items():
        if len(columns) > 1 and columns not in _SHARED:
            raise UnusableProfile(f"Rubriken ”{head}” står för två kolumner i profilen.")
    if kind.name == "time" and not set(found) & set(kind.hours):
        raise UnusableProfile(f"Profilen behöver minst en av kolumnerna {listing(kind.hours)}.")
    return {name: str(found[name]).strip() for name in kind.columns if name in found}


def _positions(found: Mapping[str, Any]) -> dict[str, list[int]]:
    """First and last character of each column, from 1."""
    _mapping("positions", found)
    for column, place in found.items():
        right = isinstance(place, Sequence) and len(place) == 2
        if not right or not all(isinstance(at, int) for at in place):
            right = False
        if not right or not 1 <= place[0] <= place[1] <= LONGEST_LINE:
            raise UnusableProfile(
                f"Profilens ”positions.{column}” ska vara första och sista tecknet, till exempel "
                "[1, 12]."
            )
    return {column: list(place) for column, place in found.items()}


def _values(found: Mapping[str, Mapping[str, Any]], kind: Kind) -> dict[str, dict[str, int]]:
    """The words for each code; the lists that are complete need a word for every code."""
    _mapping("values", found)
    found = {"yes_no": YES_NO, **found}
    _known("Profilens ”values”", found, set(kind.words), kind.words)
    values = {}
    for name in kind.words:
        _mapping(f"values.{name}", found[name])
        words = {str(word).strip(): _code(name, code) for word, code in found[name].items()}
        wrong = sorted(set(words.values()) - set(MEANINGS[name]))
        missing = sorted(set(MEANINGS[name]) - set(words.values())) if name in COMPLETE else []
        if wrong or missing:
            what = f"okänd kod {wrong[0]}" if wrong else f"inget ord för koden {missing[0]}"
            raise UnusableProfile(f"Profilens ”values.{name}” har {what}.")
        values[name] = words
    return values


def _code(name: str, code: object) -> int:
    if not isinstance(code, int):
        raise UnusableProfile(f"Profilens ”values.{name}” ska ge varje ord ett heltal.")
    return int(code)


def _fallback(found: Mapping[str, Any], kind: Kind) -> dict[str, int]:
    """The code of words that no list has; never of yes and no, or of sex."""
    _mapping("fallback", found)
    _known("Profilens ”fallback”", found, set(kind.words) & {"cause", "departure", "form"}, ())
    for name, code in found.items():
        if not isinstance(code, int) or code not in MEANINGS[name]:
            raise UnusableProfile(f"Profilens ”fallback.{name}” har okänd kod {code}.")
    return dict(found)


def _texts(name: str, found: object) -> tuple[str, ...]:
    if isinstance(found, str) or not isinstance(found, Sequence):
        raise UnusableProfile(f"Profilens ”{name}” ska vara en lista.")
    return tuple(str(text).strip() for text in found)


def _mapping(name: str, found: object) -> None:
    if not isinstance(found, Mapping) or not all(
        isinstance(value, str | int | Mapping | Sequence) for value in found.values()
    ):
        raise UnusableProfile(f"Profilens ”{name}” ska vara en lista av namn och värden.")


def _known(what: str, found: Any, known: set[str], wanted: Any) -> None:
    """Nothing wanted is missing, and nothing is there that is not known."""
    if not isinstance(found, Mapping | Sequence) or isinstance(found, str):
        raise UnusableProfile(f"{what} ska vara en lista av namn.")
    missing, unknown = sorted(set(wanted) - set(found)), sorted(set(map(str, found)) - known)
    if missing:
        raise UnusableProfile(f"{what} saknar ”{missing[0]}”.")
    if unknown:
        near = nearest(unknown[0], known)
        hint = f" Menade du ”{near[0]}”?" if near else ""
        raise UnusableProfile(f"{what} har det okända namnet ”{unknown[0]}”.{hint}")
