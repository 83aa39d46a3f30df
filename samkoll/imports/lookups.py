"""Reading a column by its distinct texts: every text goes once through a plain function.

A payroll file of millions of rows has few distinct hours, units, words and persons. So the rules
can be ordinary Python, tested one value at a time, and the rows only take a hash join.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import polars as pl

from samkoll.imports.faults import Rejected

_SEEN: Final = "seen"
REMEMBERED: Final = 250_000
"""Distinct texts kept per column. Beyond it we start again: memory has a ceiling."""

Values = tuple[Any, ...]


class Lookup:
    """Turns texts into values of a schema; remembers every text, its values and its fault.

    ``read`` returns one value per column of ``schema`` or raises Rejected.
    """

    def __init__(
        self, schema: Mapping[str, pl.DataType | type[pl.DataType]], read: Callable[[str], Values]
    ) -> None:
        self._schema = {
            "text": pl.String,
            **schema,
            "kind": pl.String,
            "reason": pl.String,
            _SEEN: pl.Boolean,
        }
        self._read = read
        self._width = len(schema)
        self._known = pl.DataFrame(schema=self._schema)

    def __call__(self, texts: pl.Series) -> pl.DataFrame:
        """One row per text in order: the values (null where rejected), ``kind`` and ``reason``."""
        if texts.len() and (texts == texts[0]).all():
            one = self._looked_up(texts.head(1))
            return pl.DataFrame([column.new_from_index(0, texts.len()) for column in one])
        return self._looked_up(texts)

    def _looked_up(self, texts: pl.Series) -> pl.DataFrame:
        if self._known.height > REMEMBERED:
            self._known = self._known.clear()
        wanted = texts.to_frame("text")
        found = self._joined(wanted)
        if found[_SEEN].null_count():
            self._learn(found.filter(pl.col(_SEEN).is_null())["text"].unique())
            found = self._joined(wanted)
        return found.drop("text", _SEEN)

    def _joined(self, wanted: pl.DataFrame) -> pl.DataFrame:
        return wanted.join(self._known, on="text", how="left", maintain_order="left")

    def _learn(self, new: pl.Series) -> None:
        rows = [(text, *self._tried(text), True) for text in new]
        found = pl.DataFrame(rows, schema=self._schema, orient="row")
        self._known = pl.concat([self._known, found])

    def _tried(self, text: str) -> Values:
        try:
            return (*self._read(text), None, None)
        except Rejected as fault:
            return (*[None] * self._width, fault.kind, str(fault))
