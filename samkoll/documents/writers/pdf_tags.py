"""The last step of a PDF: row heads become row heads, and bytes become repeatable.

Typst's wheel cannot tag a row head (its feature is switched off there), so the cells that the
content tree calls heads are turned from TD into TH with a scope, in the order of the tree.
Typst names the column heads of every cell explicitly, and readers then look no further: the
row head and the sub-head above are added to those names.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from samkoll.documents.content import Cell, Document, Row, Table


@dataclass(frozen=True, slots=True)
class Finished:
    """A PDF and the page (from 1) of each heading, by its place in ``document.headings()``."""

    pdf: bytes
    pages: tuple[int, ...]


def finish(pdf: bytes, document: Document) -> Finished:
    """Mark the row heads, read where the headings stand, save with a repeatable id."""
    with pikepdf.open(BytesIO(pdf)) as file:
        tables = [block for block in document.blocks if isinstance(block, Table)]
        root = file.Root.StructTreeRoot
        ids: list[tuple[str, Any]] = []
        for place, (tag, table) in enumerate(zip(_tables(root), tables, strict=True)):
            ids.extend(_mark(tag, table, f"R{place}"))
        if ids:
            _register(root, ids)
        pages = _heading_pages(file, len(document.headings()))
        out = BytesIO()
        file.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.preserve)
    return Finished(out.getvalue(), pages)


def kids(element: Any) -> Iterator[Any]:
    """The structure elements directly below ``element``."""
    below = element.get(Name.K)
    for kid in below if isinstance(below, Array) else [below]:
        if isinstance(kid, Dictionary) and Name.S in kid:
            yield kid


def walk(element: Any) -> Iterator[Any]:
    """All structure elements below ``element``, in reading order."""
    for kid in kids(element):
        yield kid
        yield from walk(kid)


def _is(element: Any, name: Name) -> bool:
    found: Name = element.S
    return found == name


def _tables(root: Any) -> Iterator[Any]:
    return (element for element in walk(root) if _is(element, Name.Table))


def _mark(element: Any, table: Table, key: str) -> Iterator[tuple[str, Any]]:
    """Turn the heads of one table; gives each head's new id and tag."""
    rows = [row for part in kids(element) if _is(part, Name.TBody) for row in kids(part)]
    covering: list[tuple[int, str]] = []
    group: list[str] = []
    for place, (tags, row) in enumerate(zip(rows, table.rows, strict=True)):
        pairs = list(zip(kids(tags), row.cells, strict=True))
        new = [(f"{key}y{place}x{i}", tag, c) for i, (tag, c) in enumerate(pairs) if c.head]
        covering = [(rest - 1, name) for rest, name in covering if rest > 1]
        covering += [(cell.rows, name) for name, _, cell in new]
        if row.kind == "group":
            group, covering = [name for name, _, _ in new], []
        for name, tag, _ in new:
            _make_head(tag, name)
            yield name, tag
        for tag, cell in pairs:
            _extend_headers(tag, cell, row, group + [name for _, name in covering])


def _attributes(tag: Any) -> Any:
    """The tag's table attributes, made when there are none."""
    found = tag.get(Name.A)
    for each in found if isinstance(found, Array) else [found]:
        if each is not None and each.get(Name.O) == Name.Table:
            return each
    made = Dictionary(O=Name.Table)
    tag.A = Array([made, *([] if found is None else found)])
    return tag.A[0]


def _make_head(tag: Any, name: str) -> None:
    tag.S = Name.TH
    tag.ID = String(name)
    _attributes(tag).Scope = Name.Row


def _extend_headers(tag: Any, cell: Cell, row: Row, names: list[str]) -> None:
    """Add the heads beside and above a data cell to the column head that Typst named."""
    if cell.head or row.kind == "group":
        return
    attributes = _attributes(tag)
    attributes.Headers = Array([*attributes.get(Name.Headers, []), *map(String, names)])


def _register(root: Any, ids: list[tuple[str, Any]]) -> None:
    """Write the tree of ids anew, as one sorted leaf: Typst's ids and ours."""
    tree: dict[str, Any] = dict(ids)
    if Name.IDTree in root:
        tree.update((str(name), tag) for name, tag in pikepdf.NameTree(root.IDTree).items())
    known = sorted(tree.items(), key=lambda item: item[0].encode())
    names = Array([part for name, tag in known for part in (String(name), tag)])
    limits = Array([String(known[0][0]), String(known[-1][0])])
    root.IDTree = Dictionary(Kids=Array([Dictionary(Names=names, Limits=limits)]))


def _heading_pages(file: pikepdf.Pdf, count: int) -> tuple[int, ...]:
    """Pages of the bookmarks in order; the bookmarks are the headings, all of them, in order."""
    places = {page.objgen: place for place, page in enumerate(file.pages, 1)}
    found: list[int] = []

    def visit(items: Any) -> None:
        for item in items:
            found.append(places[item.destination[0].objgen])
            visit(item.children)

    with file.open_outline() as outline:
        visit(outline.root)
    return tuple(found[-count:]) if count else ()
