"""What a profile in the making says: proposed from its sample, and again when a choice changes.

Pure functions of plain data. Keys are those of a profile, and ``starts``: where the columns of a
text with fixed positions begin.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from samkoll.imports import profiles_formats as formats
from samkoll.imports import profiles_proposing as proposing
from samkoll.imports import profiles_sample, profiles_shapes
from samkoll.imports.kinds import COMPLETE, KINDS, MEANINGS
from samkoll.imports.profiles import SKIP_WORDS
from samkoll.imports.profiles_known import WORDS
from samkoll.imports.profiles_sample import Sample, spelled

Content = dict[str, Any]

READS: Final = (
    "kind", "layout", "encoding", "separator", "sheet", "skip_rows", "head_rows", "starts",
)  # fmt: skip
"""Choices after which the sample has other heads, so that columns are proposed anew."""
MOST_WORDS: Final = 60
_LONGEST: Final = 60


def first(sample: bytes, name: str, base: Mapping[str, Any], kind: str) -> Content:
    """Everything proposed for a sample; what ``base`` says goes before. Raises: FileFault."""
    settings = {**profiles_sample.detected(sample, name), **base}
    found = profiles_sample.looked_at(sample, name, settings)
    kind = kind or str(base.get("kind") or "") or proposing.propose_kind(found.heads, found.cells)
    content = {"skip_words": list(SKIP_WORDS), **settings, "kind": kind}
    return _filled(content, found, base)


def followed(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    sample: Sample | None,
    base: Mapping[str, Any],
) -> Content:
    """The content after a choice: columns that the sample no longer has are proposed anew."""
    content = dict(after)
    form = KINDS[content["kind"]]
    if any(before.get(name) != content.get(name) for name in READS) and sample is not None:
        known = {spelled(head) for head in sample.heads}
        content["columns"] = {
            name: head
            for name, head in (content.get("columns") or {}).items()
            if name in form.columns and spelled(head) in known
        }
        return _filled(content, sample, base)
    content["columns"] = {
        name: head for name, head in content.get("columns", {}).items() if name in form.columns
    }
    return _settled(content, sample, base)


def list_of(kind: str, column: str) -> str:
    """The word list that a column is read with; "" for a column without words."""
    if column in ("main", "protected", "reversal"):
        return "yes_no"
    if column == "cause":
        return "departure" if kind == "departure" else "cause"
    return column if column in ("sex", "form", "departure") else ""


def words_of(content: Mapping[str, Any], sample: Sample | None) -> dict[str, tuple[str, ...]]:
    """The different words of the sample under each list's columns, the most common first.

    None of a column that seems to name persons, or that has more than sixty different words.
    """
    words: dict[str, dict[str, int]] = {name: {} for name in KINDS[content["kind"]].words}
    if sample is None:
        return {name: () for name in words}
    for column, head in (content.get("columns") or {}).items():
        name = list_of(content["kind"], column)
        if name in words:
            for word, count in _counted(head, sample.of(head), content).items():
                words[name][word] = words[name].get(word, 0) + count
    return {
        name: tuple(sorted(found, key=lambda word: (-found[word], word)))
        for name, found in words.items()
    }


def hides_words(head: str, cells: Sequence[str]) -> bool:
    """Whether a column's words are not listed: they may name persons, or there are too many."""
    different = {" ".join(cell.split()) for cell in cells if cell.strip()}
    return len(different) > MOST_WORDS or profiles_shapes.names_persons(head, cells)


def _counted(head: str, cells: Sequence[str], content: Mapping[str, Any]) -> dict[str, int]:
    if hides_words(head, cells):
        return {}
    null = {str(word).casefold() for word in content.get("null_words") or ()}
    counts: dict[str, int] = {}
    for cell in cells:
        word = " ".join(cell.split())
        if word and word.casefold() not in null and not _odd(word):
            counts[word] = counts.get(word, 0) + 1
    return counts


def _personal(head: str) -> bool:
    """Whether a head is a row of data: a file without heads has a person in its first row."""
    return profiles_shapes.holds_number(head)


def _odd(word: str) -> bool:
    return len(word) > _LONGEST or profiles_shapes.holds_number(word)


def _filled(content: Content, sample: Sample, base: Mapping[str, Any]) -> Content:
    """Columns without a head get the proposed one, as far as its head is not taken."""
    columns = dict(content.get("columns") or {})
    taken = {spelled(head) for head in columns.values()}
    proposals = proposing.propose(sample.heads, sample.cells, content["kind"])
    for name, each in proposals.items():
        head = sample.heads[each.position]
        if name not in columns and spelled(head) not in taken and not _personal(head):
            columns[name] = head
            taken.add(spelled(head))
    content["columns"] = {n: columns[n] for n in KINDS[content["kind"]].columns if n in columns}
    cells = {name: sample.of(head) for name, head in content["columns"].items()}
    content |= {
        name: value
        for name, value in formats.written(content["kind"], cells).items()
        if name not in base
    }
    return _settled(content, sample, base)


def _settled(content: Content, sample: Sample | None, base: Mapping[str, Any]) -> Content:
    """Words and positions that follow from the columns."""
    content["values"] = _values(content, sample, base.get("values") or {})
    content["fallback"] = {
        name: code
        for name, code in (content.get("fallback") or {}).items()
        if name in content["values"]
    }
    content["as_above"] = [n for n in content.get("as_above") or () if n in content["columns"]]
    if sample is not None and sample.positions:
        places = dict(zip(map(spelled, sample.heads), sample.positions, strict=False))
        content["positions"] = {
            name: list(places[spelled(head)])
            for name, head in content["columns"].items()
            if spelled(head) in places
        }
    elif content.get("layout") != "fixed":
        content["positions"] = {}
    return content


def _values(
    content: Content, sample: Sample | None, base: Mapping[str, Mapping[str, int]]
) -> dict[str, dict[str, int]]:
    """What has been chosen for words, then what is proposed for those of the sample."""
    chosen = content.get("values") or {}
    values = {}
    for name, found in words_of(content, sample).items():
        words = {**base.get(name, {}), **chosen.get(name, {})}
        proposed = proposing.propose_words(name, [word for word in found if word not in words])
        words |= {word: code for word, code in proposed.items() if code is not None}
        values[name] = _completed(name, words)
    return values


def _completed(name: str, words: dict[str, int]) -> dict[str, int]:
    """A list that needs a word for every code gets a likely one where the sample has none."""
    if name in COMPLETE:
        for code, meaning in MEANINGS[name].items():
            if code not in words.values():
                words[_partner(name, code, words) or meaning.capitalize()] = code
    return words


def _partner(name: str, code: int, words: Mapping[str, int]) -> str:
    """The known word of a code that goes with the sample's: M with K, J with N, 1 with 0."""
    single = next((word for word in words if len(word) == 1), "")
    known = (each for each in WORDS[name][code] if len(each) == 1)
    found = next((each for each in known if single and each.isdigit() == single.isdigit()), "")
    return found.upper() if single.isupper() else found
