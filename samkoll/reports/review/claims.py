"""What running text says about a metric: levels, changes and directions, by cautious patterns.

A sentence about anybody else (other boards, the county, a group) makes no claim about the figures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal

from samkoll.reports.review.document import Document, Passage
from samkoll.reports.review.figures import About, Number, number
from samkoll.reports.review.finding import Quotation

Kind = Literal["level", "change", "direction", "still"]
Unit = Literal["procent", "procentenheter", "timmar", ""]

_FOREIGN = re.compile(
    r"nämnd|förvaltningar|\blänet|Sverige|\briket|kommuner\b|grupp|[Ss]killnad|yrke|[Ff]örskol|"
    r"[Gg]rundskol|[Gg]ymnasi|\bandra\b|\benhet|avdelning|sektion|\bmål\b|prognos|"
    r"kommunens?,? (totalt|som helhet|totala|samlade)|\bvård",
)
_CLAUSES = re.compile(
    r",?\s+(?=vilket\b)|,\s+|;\s+|\s+medan\s+|\s+men\s+|\s+(?:och|samt)\s+(?=(?:ökat|minskat|sjunkit|stigit)\b)|"
    r"\s+och\s+(?=(?:för\s+)?(?:kvinnor|män)\w*\s+\d)|\s+och\s+(?=sjönk|steg|minskade|ökade)"
)
_UNSURE = re.compile(
    r"\b(ska|skulle|kan|kunde|kommer|inte|risk\w*|förvänt\w*|om|bidra\w*|sedan|pandemi\w*|tidigare|"
    r"senaste|sikt|trend\w*|vissa|några|flera|hittills|våren|hösten|månad\w*|halvår\w*|tertial\w*|"
    r"utom|varannan|att)\b"
)
_N = r"(?P<n>\d+(?: \d{3})*(?:[,.]\d+)?)"
_UNIT = r"(?P<unit>\s?(?:procentenhet(?:er)?|procent|%|timmar))?(?![\w%])"
_LEVEL = re.compile(
    r"\b(?:uppgår|uppgick|var|är|låg|ligger|blev)\b(?P<between>[^.,;()\d]{0,60}?(?:20\d\d\s)?)\s?"
    + _N
    + _UNIT
)
_LEVEL_SEX = re.compile(r"^(?:för )?(?:kvinnor|män)\w*\s+" + _N + _UNIT)
_MOVED = r"(?P<verb>ök|minsk|sjunk|sjönk|stig|steg|nedgång|uppgång|gått upp|gått ne[dr])\w*"
_CHANGE = re.compile(
    _MOVED + r"(?:\s+(?:marginellt|något|kraftigt|markant|väsentligt|betydligt))?"
    r"(?:[^.,;()\d]{0,60}?\s(?:med|på|om)\s(?:totalt |cirka )?|\s\()" + _N + _UNIT
)
_DIRECTION = re.compile(
    r"\b(?:ökat|ökade|minskat|minskade|sjunkit|sjönk|stigit|steg|gått upp|gått ne[dr]|"
    r"en (?:\w+ )?(?:ökning|minskning))\b"
)
_STILL = re.compile(r"oförändra|samma nivå som|ligger stilla|står stilla")
_DOWN = ("minsk", "sjunk", "sjönk", "nedgång", "gått ne", "en minsk")
_NOT_LEVEL = re.compile(r"\b(högre|lägre|över|under|mer|minst|cirka|ungefär|runt|mellan)\b|procent")
YEAR = re.compile(r"\b(?:20[012]\d)\b")


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a clause says. ``up``: which way it moved; None for levels."""

    kind: Kind
    about: About
    clause: str
    quote: Quotation
    value: Number | None = None
    unit: Unit = ""
    up: bool | None = None

    @property
    def years(self) -> tuple[int, ...]:
        """The years that the clause names, in order."""
        return tuple(int(year) for year in YEAR.findall(self.clause))

    @property
    def unsure(self) -> bool:
        """Whether the clause is about plans, parts or other times."""
        return bool(_UNSURE.search(self.clause))


def claims(document: Document) -> Iterator[Claim]:
    """All claims about the document's own figures, in reading order."""
    for passage in document.passages:
        if passage.heading:
            continue
        for sentence in passage.sentences():
            if not _FOREIGN.search(sentence):
                yield from _of_sentence(passage, sentence)


def _of_sentence(passage: Passage, sentence: str) -> Iterator[Claim]:
    metrics: tuple[str, ...] = ()
    sexes: tuple[str, ...] = ()
    before = ""
    for clause in _CLAUSES.split(sentence):
        metrics = _metrics(clause, passage.topic) or metrics
        own = _sexes(clause)
        sexes = own or (sexes if clause.startswith(("vilket", "som ")) else ())
        if not metrics or len(sexes) > 1:
            continue
        whole = f"{before}, {clause}" if before and clause.startswith("vilket") else clause
        before = clause
        for metric in metrics:
            about = About(metric, sexes[0] if sexes else "total")
            for claim in _of_clause(clause, about, passage.quote(sentence)):
                yield replace(claim, clause=whole if claim.kind != "level" else clause)


def _metrics(clause: str, topic: str) -> tuple[str, ...]:  # noqa: PLR0911
    text = clause.casefold()
    if re.search(r"personalomsättning|\bomsättningen", text):
        return ("omsattning",)
    if re.search(r"mertid|övertid|\btimmarna\b", text):
        extra, over = "mertid" in text, "övertid" in text
        if extra and over and "både" in text:
            return ("mertid", "overtid")
        return ("timmar",) if extra == over else ("mertid",) if extra else ("overtid",)
    absence = re.search(r"frånvaron?\b|frånvaro ", text) and "ärende" not in text
    if absence or (topic == "sjuk" and re.match(r"(för )?(kvinnor|män)", text)):
        short = re.search(r"\bkort(?:a|are|tids)?\s?(?:totala )?(?:sjuk)?frånvaro", text)
        long = re.search(r"\b(?:långa?|längre|långtids)\s?(?:totala )?(?:sjuk)?frånvaro", text)
        if short and long:
            return ()
        return ("sjuk_kort",) if short else ("sjuk_lang",) if long else ("sjuk",)
    if topic == "omsattning" and re.match(r"(för )?(kvinnor|män)", text):
        return ("omsattning",)
    return ()


def _sexes(clause: str) -> tuple[str, ...]:
    words = (("women", r"\bkvinno"), ("men", r"\bmän(s|nen|nens|nens)?\b"))
    return tuple(sex for sex, word in words if re.search(word, clause.casefold()))


def _of_clause(clause: str, about: About, quote: Quotation) -> Iterator[Claim]:
    found = _CHANGE.search(clause)
    if found and (value := number(found["n"])):
        up = not found["verb"].startswith(_DOWN)
        yield Claim("change", about, clause, quote, value, _unit(found["unit"]), up)
        return
    level = _LEVEL.search(clause) or _LEVEL_SEX.search(clause)
    if level and (value := number(level["n"])) and not _is_year(level["n"], level["unit"]):
        if not _NOT_LEVEL.search(level.groupdict().get("between") or ""):
            yield Claim("level", about, clause, quote, value, _unit(level["unit"]))
        return
    if moved := _DIRECTION.search(clause):
        up = not any(word in moved[0] for word in _DOWN)
        yield Claim("direction", about, clause, quote, up=up)
    elif _STILL.search(clause):
        yield Claim("still", about, clause, quote)


def _is_year(text: str, unit: str | None) -> bool:
    return not unit and bool(YEAR.fullmatch(text))


def _unit(text: str | None) -> Unit:
    word = (text or "").strip()
    if word.startswith("procentenhet"):
        return "procentenheter"
    if word in ("procent", "%"):
        return "procent"
    return "timmar" if word == "timmar" else ""
