"""What in a table is no data: sums, footers, heads that come again, cells that mean "as above".

Everything that is left out or filled in is counted, so that a preview can show it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

import polars as pl

from samkoll.imports.layout import Layout, said
from samkoll.imports.profiles import Profile
from samkoll.imports.tables import Uneven

SUMS, HEADS, GROUPS, AS_ABOVE = "sums", "heads", "groups", "as_above"


class Sieve:
    """Sifts the chunks of one file in order; ``counts`` grows by what is left out or filled in."""

    def __init__(self, profile: Profile, layout: Layout, counts: Counter[str]) -> None:
        self._profile, self._layout, self.counts = profile, layout, counts
        self._names = [f"f{at}" for at in range(len(layout.heads))]
        self._columns = {name: self._names[at] for name, at in layout.positions.items()}
        words = "|".join(re.escape(word) for word in profile.skip_words if word)
        self._skip = re.compile(rf"\s*(?:{words})\b", re.IGNORECASE) if words else None
        self._above = dict.fromkeys(profile.as_above, "")

    def __call__(self, frame: pl.DataFrame, uneven: Uneven) -> tuple[pl.DataFrame, Uneven]:
        """The data among even rows (as logical columns with ``row``) and among uneven ones."""
        frame = self._without_extra(frame)
        frame = frame.select(
            pl.col("row").cast(pl.Int64),
            *(pl.col(place).alias(name) for name, place in self._columns.items()),
        )
        frame = _without_empty(self._without_null_words(frame))
        kept = [(row, cells) for row, cells in uneven if not self._is_extra(cells)]
        return (self._filled(frame) if self._above else frame), kept

    def _without_extra(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Only rows whose person does not begin with a digit are looked at; they are few."""
        odd = frame.filter(~pl.col(self._columns["person"]).is_between(pl.lit("0"), pl.lit(":")))
        if odd.is_empty():
            return frame
        extra = [
            number
            for number, *cells in odd.select("row", *self._names).iter_rows()
            if self._is_extra(cells)
        ]
        return frame.filter(~pl.col("row").is_in(extra)) if extra else frame

    def _is_extra(self, cells: Sequence[str]) -> bool:
        """Whether a row is a sum, a footer, or what stands above the data once more."""
        first = next((cell for cell in cells if cell.strip()), "")
        if self._skip is not None and self._skip.match(first):
            self.counts[SUMS] += 1
            return True
        if first and said(cells) in self._layout.above:
            self.counts[HEADS] += 1
            return True
        return False

    def _without_null_words(self, frame: pl.DataFrame) -> pl.DataFrame:
        words = [word.casefold() for word in self._profile.null_words]
        if not words:
            return frame
        text = pl.exclude("row")
        null = text.str.strip_chars().str.to_lowercase().is_in(words)
        return frame.with_columns(pl.when(null).then(pl.lit("")).otherwise(text).name.keep())

    def _filled(self, frame: pl.DataFrame) -> pl.DataFrame:
        """Blank cells of the columns ``as_above`` filled; rows with nothing else are groups."""
        names, others = list(self._above), [n for n in self._columns if n not in self._above]
        blank = {name: frame[name].str.strip_chars() == "" for name in names}
        filled = frame.with_columns(
            pl.when(pl.col(name).str.strip_chars() != "")
            .then(name)
            .forward_fill()
            .fill_null(self._above[name])
            for name in names
        )
        if frame.height:
            self._above = {name: str(filled[name][-1]) for name in names}
        group = filled.select(pl.all_horizontal(pl.col(others).str.strip_chars() == ""))
        alone = group.to_series() if others else pl.repeat(False, frame.height, eager=True)
        self.counts[GROUPS] += int(alone.sum())
        self.counts[AS_ABOVE] += sum(int((empty & ~alone).sum()) for empty in blank.values())
        return filled.filter(~alone)


def _without_empty(frame: pl.DataFrame) -> pl.DataFrame:
    """Without rows where every column that we read is empty; they are no data and no fault."""
    first = pl.col(frame.columns[1]).str.strip_chars() == ""
    if not frame.select(first.any()).item():
        return frame
    return frame.filter(~pl.all_horizontal(pl.exclude("row").str.strip_chars() == ""))
