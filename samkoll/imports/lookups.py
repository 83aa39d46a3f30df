"""Reading a column by its distinct texts: every text goes once through a plain function.

A payroll file of millions of rows has few distinct hours, units, words and persons. So the rules
can be ordinary Python, tested one value at a time, and the rows only take a hash join.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final

import polars as pl

from samkoll.imports.faults import Rejected

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
        self._schema = {"text": pl.String, **schema, "kind": pl.String, "reason": pl.String}
        self._read = read
        self._width = len(schema)
        self._known = pl.DataFrame(schema=self._schema)

    def __call__(self, texts: pl.Series) -> pl.DataFrame:
        """One row per text in order: the values (null where rejected), ``kind`` and ``reason``."""
        wanted = texts.to_frame("text")
        self._learn(wanted)
        return wanted.join(self._known, on="text", how="left", maintain_order="left").drop("text")

    def _learn(self, wanted: pl.DataFrame) -> None:
        if self._known.height > REMEMBERED:
            self._known = self._known.clear()
        new = wanted.unique().join(self._known, on="text", how="anti")
        if new.height:
            rows = [(text, *self._tried(text)) for text in new["text"]]
            found = pl.DataFrame(rows, schema=self._schema, orient="row")
            self._known = pl.concat([self._known, found])

    def _tried(self, text: str) -> Values:
        try:
            return (*self._read(text), None, None)
        except Rejected as fault:
            return (*[None] * self._width, fault.kind, str(fault))
