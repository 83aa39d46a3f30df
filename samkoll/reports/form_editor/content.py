"""Changing a form's content: pure steps from one stored content to the next. No database here.

Sections keep their keys whatever happens to their headings and places, so that what people have
written follows them from one version to the next. Numbers follow from order and level.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from samkoll.core.errors import DomainError

Content = dict[str, Any]
Raw = dict[str, Any]
Change = Callable[[Content], None]
DEEPEST = 3


class CannotChange(DomainError):
    """A step that the form's shape does not allow."""


def changed(content: Content, *changes: Change) -> Content:
    """A copy with the changes made in order, and sections numbered anew."""
    made = copy.deepcopy(content)
    for change in changes:
        change(made)
    _number(made["sections"])
    return made


def level(section: Mapping[str, Any]) -> int:
    """1 for a chapter, 2 and 3 for what lies below one."""
    return str(section["number"]).count(".") + 1


def section_of(content: Content, key: str) -> Raw:
    """Raises: KeyError."""
    found: Raw = {section["key"]: section for section in content["sections"]}[key]
    return found


def part_of(content: Content, key: str, place: int) -> Raw:
    """A section's part by place, from 0. Raises: KeyError, IndexError."""
    if place < 0:
        raise IndexError(place)
    found: Raw = section_of(content, key)["parts"][place]
    return found


def add_section(heading: str, after: str = "") -> Change:
    """A section with one text, after another one and what lies below it, else last."""

    def change(content: Content) -> None:
        sections = content["sections"]
        start, end = _block(sections, after) if after else (len(sections) - 1, len(sections))
        number = sections[start]["number"] if after else "1"
        key = free_key(heading, {s["key"] for s in sections}, 40)
        text = {"kind": "text", "key": "main"}
        made = {"key": key, "number": number, "heading": heading, "instruction": ""}
        sections.insert(end, {**made, "parts": [text]})

    return change


def set_section(key: str, values: Mapping[str, Any]) -> Change:
    """Heading, instruction and conditions; an empty list of conditions takes them away."""

    def change(content: Content) -> None:
        section = section_of(content, key)
        section.update(values)
        if not section.get("only_when"):
            section.pop("only_when", None)

    return change


def remove_section(key: str) -> Change:
    """Raises when run: CannotChange for the only section, and while others lie below it."""

    def change(content: Content) -> None:
        sections = content["sections"]
        start, end = _block(sections, key)
        if end - start > 1:
            raise CannotChange(_("Avsnittet har underavsnitt. Flytta eller ta bort dem först."))
        if len(sections) == 1:
            raise CannotChange(_("Mallen behöver minst ett avsnitt."))
        del sections[start]

    return change


def move_section(key: str, *, up: bool) -> Change:
    """Past its neighbour of the same level, with all that lies below both; else it stays."""

    def change(content: Content) -> None:
        sections = content["sections"]
        start, end = _block(sections, key)
        if up:
            above = _sibling_above(sections, start)
            if above is not None:
                sections[above:end] = sections[start:end] + sections[above:start]
        elif end < len(sections) and level(sections[end]) == level(sections[start]):
            below_end = _block(sections, sections[end]["key"])[1]
            sections[start:below_end] = sections[end:below_end] + sections[start:end]

    return change


def nest_section(key: str, *, deeper: bool) -> Change:
    """Below the section before it, or out of the one that it lies below, with what lies below it.

    Raises when run: CannotChange.
    """

    def change(content: Content) -> None:
        sections = content["sections"]
        start, end = _block(sections, key)
        block = sections[start:end]
        now = level(sections[start])
        if deeper and _sibling_above(sections, start) is None:
            raise CannotChange(_("Det finns inget avsnitt ovanför att lägga det under."))
        if deeper and max(map(level, block)) == DEEPEST:
            raise CannotChange(_("Avsnitt kan ha högst tre nivåer."))
        if not deeper and now == 1:
            raise CannotChange(_("Avsnittet ligger redan överst."))
        for section in block:
            number = section["number"]
            section["number"] = f"1.{number}" if deeper else number.partition(".")[2]

    return change


def add_part(key: str, part: Raw) -> Change:
    """A part last in a section; what has a key gets one that is free."""

    def change(content: Content) -> None:
        section = section_of(content, key)
        made = copy.deepcopy(part)
        if made["kind"] == "text":
            taken = {p["key"] for p in section["parts"] if p["kind"] == "text"}
            made["key"] = "main" if "main" not in taken else free_key("text", taken, 40)
        section["parts"].append(made)

    return change


def set_part(key: str, place: int, values: Mapping[str, Any]) -> Change:
    """New values of a part; those that are None are taken away."""

    def change(content: Content) -> None:
        part = part_of(content, key, place)
        part.update(values)
        for name in [name for name, value in part.items() if value is None]:
            del part[name]

    return change


def remove_part(key: str, place: int) -> Change:
    """What was written in it stays in the reports, without a place."""

    def change(content: Content) -> None:
        part_of(content, key, place)
        del section_of(content, key)["parts"][place]

    return change


def move_part(key: str, place: int, *, up: bool) -> Change:
    """Change places with the part above or below; the first and the last stay."""

    def change(content: Content) -> None:
        parts = section_of(content, key)["parts"]
        other = place - 1 if up else place + 1
        if 0 <= place < len(parts) and 0 <= other < len(parts):
            parts[place], parts[other] = parts[other], parts[place]

    return change


def items(content: Content, name: str) -> Iterator[Raw]:
    """Every question (``questions``) or given figure (``fields``) of a form."""
    for section in content["sections"]:
        for part in section["parts"]:
            yield from part.get(name, ())


def free_key(text: str, taken: set[str], longest: int) -> str:
    """A key out of words: ``Företagshälsovård 2`` gives ``foretagshalsovard_2``; numbered if taken.

    >>> free_key("Ny fråga?", {"ny_fraga"}, 40)
    'ny_fraga_2'
    """
    plain = text.lower().translate(str.maketrans("åäöéü", "aaoeu"))
    stem = re.sub(r"[^a-z0-9]+", "_", plain).strip("_").lstrip("0123456789_")[: longest - 4]
    stem = stem.rstrip("_") or "del"
    key, number = stem, 2
    while key in taken:
        key, number = f"{stem}_{number}", number + 1
    return key


def _block(sections: list[Raw], key: str) -> tuple[int, int]:
    """Where a section begins, and where what lies below it ends. Raises: KeyError."""
    start = next((i for i, section in enumerate(sections) if section["key"] == key), None)
    if start is None:
        raise KeyError(key)
    end = start + 1
    while end < len(sections) and level(sections[end]) > level(sections[start]):
        end += 1
    return start, end


def _sibling_above(sections: list[Raw], start: int) -> int | None:
    for place in range(start - 1, -1, -1):
        if level(sections[place]) <= level(sections[start]):
            return place if level(sections[place]) == level(sections[start]) else None
    return None


def _number(sections: list[Raw]) -> None:
    """1, 2, 2.1 … by order and level; nothing lies two levels below the one before it."""
    counts: list[int] = []
    for section in sections:
        depth = min(level(section), len(counts) + 1)
        counts = [*counts[:depth], *([0] if len(counts) < depth else [])]
        counts[-1] += 1
        section["number"] = ".".join(map(str, counts))
