"""What the address of the exploring page asks for, as words: everything on the page follows.

Every part is tried against what exists; an unknown word falls back to the default, so that an old
address gives a page. Only the unit and the month are answered with a sentence when they are wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, Self, cast, get_args
from urllib.parse import urlencode

from django.http import QueryDict

from samkoll.explore.measures import SETS
from samkoll.explore.windows import Frame
from samkoll.stats import metrics

By = Literal["", "enheter", "namnder", "kon", "personalgrupp", "alder", "anstallning"]
"""How the figures are broken down: not at all, units below, boards, sex, staff group, age, form."""
Against = Literal["fjol", "kommunen", "kommuner", "inget"]
"""What the figures stand beside: a year earlier, the whole municipality, others, nothing."""

UNIT, BOARD, WHAT, BY, MONTH, FRAME, AGAINST = (
    "enhet",
    "namnd",
    "matt",
    "dela",
    "manad",
    "fonster",
    "jamfor",
)
NAMES = (UNIT, BOARD, WHAT, BY, MONTH, FRAME, AGAINST)
DEFAULTS = {WHAT: "sick_leave", FRAME: "r12", AGAINST: "fjol"}


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of the address. ``unit``, ``board`` and ``month`` as written; empty: the whole
    municipality, no board, the latest month."""

    unit: str = ""
    board: str = ""
    what: str = DEFAULTS[WHAT]
    by: By = ""
    month: str = ""
    frame: Frame = "r12"
    against: Against = "fjol"
    order: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> Self:
        """What the part after the question mark asks for."""
        return cls(
            unit=query.get(UNIT, "").strip(),
            board=query.get(BOARD, "").strip(),
            what=_among(query.get(WHAT, ""), _measures(), DEFAULTS[WHAT]),
            by=cast(By, _among(query.get(BY, ""), get_args(By), "")),
            month=query.get(MONTH, "").strip(),
            frame=cast(Frame, _among(query.get(FRAME, ""), get_args(Frame), "r12")),
            against=cast(Against, _among(query.get(AGAINST, ""), get_args(Against), "fjol")),
            order=query.get("ordning", ""),
        )

    @property
    def words(self) -> dict[str, str]:
        """The parts that say something: what a short address needs."""
        given = (self.unit, self.board, self.what, self.by, self.month, self.frame, self.against)
        named = zip(NAMES, given, strict=True)
        return {name: word for name, word in named if word and word != DEFAULTS.get(name)}

    def url(self, **more: str) -> str:
        """The address of the same page, or of a part of it as a file."""
        order = {"ordning": self.order} if self.order else {}
        return f"?{urlencode({**self.words, **order, **more})}"

    def with_(self, **changed: str) -> Self:
        """Another address with some parts changed; the order starts over."""
        return replace(self, **{"order": "", **changed})  # type: ignore[arg-type]


def _measures() -> Iterable[str]:
    return (*SETS, *(metric.key for metric in metrics.catalogue()))


def _among(word: str, known: Iterable[str], default: str) -> str:
    return word if word in known else default


def is_short(query: Mapping[str, str], address: Address) -> bool:
    """Whether the query says just what the address says: no empty parts, defaults or old words."""
    asked = {name: query[name] for name in query if name in NAMES}
    return asked == address.words
