"""The content tree as JSON and back: what a decided report is stored as, and what others read.

Every dataclass becomes an object with the names of its fields; fields at their default are left
out. A block carries its ``type``. A ``Decimal`` is a string, so that no digit is lost; dates are
ISO. ``docs/developers/report-json.md`` describes the schema for readers outside Samkoll.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from hashlib import sha256
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from samkoll.documents.content import (
    Bullets,
    Document,
    Heading,
    Note,
    Paragraph,
    Table,
    TableOfContents,
)
from samkoll.stats.charts import Chart

SCHEMA = 1
"""Grows when a stored tree of an earlier version could no longer be read as it stands."""

TYPES: dict[str, type] = {
    "heading": Heading,
    "paragraph": Paragraph,
    "bullets": Bullets,
    "note": Note,
    "table": Table,
    "chart": Chart,
    "contents": TableOfContents,
}
"""The ``type`` of each block."""
_NAMES = {kind: name for name, kind in TYPES.items()}
Plain = dict[str, Any]


class NotADocument(ValueError):
    """The JSON is no stored document, or of a schema that this version does not know."""


def to_json(document: Document) -> Plain:
    """The whole content tree as plain JSON values. ``from_json`` gives an equal document back."""
    return {"schema": SCHEMA, "document": _plain(document)}


def from_json(stored: Mapping[str, Any]) -> Document:
    """The document of ``to_json``. Raises: NotADocument."""
    if not isinstance(stored, Mapping) or stored.get("schema") != SCHEMA:
        raise NotADocument("no stored document of a known schema")
    try:
        document: Document = _object(Document, stored["document"])
    except NotADocument:
        raise
    except (KeyError, TypeError, ValueError) as error:
        raise NotADocument(str(error)) from error
    return document


def canonical(stored: Mapping[str, Any]) -> bytes:
    """The one way to write a stored document as bytes: equal content gives equal bytes."""
    text = json.dumps(stored, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


def digest(stored: Mapping[str, Any]) -> str:
    """SHA-256 over ``canonical``, as 64 hexadecimal digits."""
    return sha256(canonical(stored)).hexdigest()


def _plain(value: Any) -> Any:
    """A value of the tree as JSON."""
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if not is_dataclass(value):
        return value
    kind = type(value)
    named = {"type": _NAMES[kind]} if kind in _NAMES else {}
    shown = ((f.name, getattr(value, f.name), f) for f in fields(value))
    return named | {name: _plain(held) for name, held, f in shown if not _default(f, held)}


def _default(field: Field[Any], held: Any) -> bool:
    """Whether a field holds its default, and therefore need not be written."""
    known = field.default is not MISSING and type(held) is type(field.default)
    return known and bool(held == field.default)


def _object(kind: type, stored: Any) -> Any:
    """An instance of a dataclass. Raises: NotADocument, KeyError, TypeError, ValueError."""
    if not isinstance(stored, dict):
        raise NotADocument(f"{kind.__name__} is no object")
    readers = _readers(kind)
    given = {name: held for name, held in stored.items() if name != "type"}
    if unknown := given.keys() - readers.keys():
        raise NotADocument(f"{kind.__name__} has no {', '.join(sorted(unknown))}")
    return kind(**{name: readers[name](held) for name, held in given.items()})


@cache
def _readers(kind: type) -> dict[str, Callable[[Any], Any]]:
    """The name of each field and what reads its value."""
    return {name: _reader(hint) for name, hint in get_type_hints(kind).items()}


def _reader(hint: Any) -> Callable[[Any], Any]:
    """What reads a value of one annotated type."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin is tuple:
        return _tuple_reader(parts)
    if origin is Literal:
        return lambda value: _one_of(parts, value)
    if origin in (Union, UnionType):
        return _block if Heading in parts else lambda value: _number(parts, value)
    if isinstance(hint, type) and is_dataclass(hint):
        return lambda value: _object(hint, value)
    return date.fromisoformat if hint is date else lambda value: _exactly(hint, value)


def _tuple_reader(parts: tuple[Any, ...]) -> Callable[[Any], Any]:
    readers = [_reader(part) for part in parts if part is not Ellipsis]

    def any_length(value: Any) -> Any:
        return tuple(map(readers[0], _exactly(list, value)))

    def fixed(value: Any) -> Any:
        pairs = zip(readers, _exactly(list, value), strict=True)
        return tuple(read(item) for read, item in pairs)

    return any_length if Ellipsis in parts else fixed


def _block(value: Any) -> Any:
    if not isinstance(value, dict) or value.get("type") not in TYPES:
        raise NotADocument("a block of an unknown type")
    return _object(TYPES[value["type"]], value)


def _number(parts: tuple[Any, ...], value: Any) -> Decimal | int | None:
    """A decimal as text, a whole number as it is, or nothing, where the type allows it."""
    if value is None and type(None) in parts:
        return None
    if int in parts and type(value) is int:
        return value
    try:
        return Decimal(_exactly(str, value))
    except InvalidOperation:
        raise NotADocument(f"{value!r} is no number") from None


def _one_of(allowed: tuple[Any, ...], value: Any) -> Any:
    if value not in allowed:
        raise NotADocument(f"{value!r} is none of {allowed}")
    return value


def _exactly(kind: type, value: Any) -> Any:
    """The value, when it is of the type; a whole number may stand for a fraction."""
    if type(value) is kind or (kind is float and type(value) is int):
        return value
    raise NotADocument(f"{value!r} is no {kind.__name__}")
