"""Reading a column by its distinct texts: every text goes once through a plain function.

A payroll file of millions of rows has few distinct hours, units, words and persons. So the rules
can be ordinary Python, tested one value at a time, and the rows only take an index into a table.
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

    ``read`` returns one value per column of ``schema``, the first never None, or raises Rejected.
    """

    def __init__(
        self, schema: Mapping[str, pl.DataType | type[pl.DataType]], read: Callable[[str], Values]
    ) -> None:
        self._schema, self._read = dict(schema), read
        self._forget()

    def __call__(self, texts: pl.Series) -> pl.DataFrame:
        """One row per text in order: the values, all null where the text was rejected."""
        if self._known.height > REMEMBERED:
            self._forget()
        if texts.is_empty():
            return self._known.clear()
        codes = texts.cast(self._seen.dtype).to_physical()
        self._learn(int(codes.to_numpy().max()))
        return self._known[codes]

    def fault(self, text: str) -> Rejected:
        """Why a text of the latest call was rejected."""
        return self._faults[text]

    def _forget(self) -> None:
        """Number the texts from 0 again. Polars keeps the numbers while ``_seen`` lives."""
        self._texts = pl.Categories.random()
        self._seen = pl.Series([], dtype=pl.Categorical(self._texts))
        self._known = pl.DataFrame(schema=self._schema)
        self._faults: dict[str, Rejected] = {}

    def _learn(self, last: int) -> None:
        """Read the texts that have got a number up to ``last`` since the latest call."""
        new = range(self._known.height, last + 1)
        rows = [self._tried(str(self._texts[code])) for code in new]
        if rows:
            found = pl.DataFrame(rows, schema=self._schema, orient="row")
            self._known = pl.concat([self._known, found], rechunk=True)

    def _tried(self, text: str) -> Values:
        try:
            return self._read(text)
        except Rejected as fault:
            self._faults[text] = fault
            return (None,) * len(self._schema)
