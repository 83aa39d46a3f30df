"""The same figure, different in two documents given together."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from samkoll.reports.review.claims import claims
from samkoll.reports.review.figures import RATES, SEXES, WORDS, Number, Reviewed, number, swedish
from samkoll.reports.review.finding import Finding, Quotation
from samkoll.reports.review.rules.against_tables import same

_MUNICIPALITY = re.compile(r"\b([A-ZÅÄÖ][a-zåäö]+)s? kommuns?\b")
_WHOLE = re.compile(r"kommunen? (?:totalt|som helhet)[^.()]{0,30}\((?P<n>\d+[.,]\d+) procent\)")
_EXPLICIT = re.compile(r"kommunövergripande|[A-ZÅÄÖ][a-zåäö]+ kommun\b|i kommunen|kommunens")
_AGGREGATED = re.compile(r"samla(?:d|de) (?:arbetsmiljö)?rapport|samlade arbetsmiljörapport", re.I)
_BOARD = re.compile(r"[A-ZÅÄÖ][A-Za-zåäö\- ]*(?:nämnden|styrelsen)")
_INFORMED = re.compile(r"nämnder\w* har (?:informerats|fått information)")
_DECIDED = re.compile(r"beslut(?:ade|ats) i nämnderna")

Key = tuple[str, str, str, str, str]  # whose, metric, sex, year, level or change


@dataclass(frozen=True, slots=True)
class Said:
    """A figure with its place."""

    value: Number
    quote: Quotation


def figures(papers: Sequence[Reviewed]) -> Iterator[Finding]:
    """Every figure that two documents have, and that is not the same."""
    found = [(paper, _said(paper)) for paper in papers]
    for (_first, one), (_second, other) in combinations(found, 2):
        for key in sorted(one.keys() & other.keys()):
            mine, theirs = one[key], other[key]
            if same(mine.value, theirs.value) or same(theirs.value, mine.value):
                continue
            _whose, metric, sex, year, kind = key
            what = "förändringen av " if kind == "change" else ""
            why = (
                f"{what}{WORDS[metric]}, {SEXES[sex]}, {year} är {swedish(mine.value.value)} i "
                f"det ena dokumentet och {swedish(theirs.value.value)} i det andra."
            )
            yield Finding("dokument", why[:1].upper() + why[1:], (mine.quote, theirs.quote))


def _said(paper: Reviewed) -> dict[Key, Said]:
    """First by tables, then by text."""
    whose, town = _owner(paper), _town(paper)
    found: dict[Key, Said] = {}
    for row in paper.rows:
        subject = row.about.subject.casefold() or whose
        if not subject:
            continue
        for place, value in enumerate((row.now, row.before)):
            key = (subject, row.about.metric, row.about.sex, row.months[place], "level")
            found.setdefault(key, Said(value, row.quote))
        change = Number(abs(row.shown_change), row.now.decimals)
        key = (subject, row.about.metric, row.about.sex, row.months[0], "change")
        found.setdefault(key, Said(change, row.quote))
    for key, said in _texts(paper, town):
        found.setdefault(key, said)
    return found


def _texts(paper: Reviewed, town: str) -> Iterator[tuple[Key, Said]]:
    """What the text says about the whole municipality, with an end of December for years."""
    for passage in paper.document.passages:
        text = re.sub(r"\s+", " ", passage.text)
        if (found := _WHOLE.search(text)) and passage.topic == "sjuk" and paper.year:
            value = number(found["n"])
            if value:
                yield (
                    (town, "sjuk", "total", f"{paper.year}-12", "level"),
                    Said(value, passage.quote(found[0])),
                )
    year = ""
    for claim in claims(paper.document):
        if claim.about.metric not in RATES or claim.value is None or not claim.years:
            continue
        if not (paper.rows or _EXPLICIT.search(claim.quote.text)) or _owner(paper) != town:
            continue
        year = f"{max(claim.years)}-12"
        if claim.kind == "level" and claim.unit == "procent":
            key = (town, claim.about.metric, claim.about.sex, year, "level")
            yield key, Said(claim.value, claim.quote)
        if claim.kind == "change" and claim.unit == "procentenheter":
            key = (town, claim.about.metric, claim.about.sex, year, "change")
            yield key, Said(Number(abs(claim.value.value), claim.value.decimals), claim.quote)


def _town(paper: Reviewed) -> str:
    names = [name.removesuffix("s") for name in _MUNICIPALITY.findall(paper.document.text)]
    return max(set(names), key=names.count).casefold() if names else "kommunen"


def _owner(paper: Reviewed) -> str:
    """The board of a board's report, the municipality of any other."""
    for passage in paper.document.passages[:12]:
        for line in passage.text.split("\n"):
            if _BOARD.fullmatch(line.strip()):
                return line.strip().casefold()
    text = " ".join(passage.text for passage in paper.document.passages[:12])
    return _town(paper) if _AGGREGATED.search(text) or not paper.rows else ""


def treatment(papers: Sequence[Reviewed]) -> Iterator[Finding]:
    """The boards were informed of their reports in one document, and decide them in another."""
    for one, other in combinations(papers, 2):
        for first, second in ((one, other), (other, one)):
            told, decided = _first(first, _INFORMED), _first(second, _DECIDED)
            if told and decided and _town(one) == _town(other):
                why = (
                    "Nämnderna har informerats om rapporterna enligt det ena dokumentet, men "
                    "beslutar dem enligt det andra."
                )
                yield Finding("dokument", why, (told, decided))


def _first(paper: Reviewed, pattern: re.Pattern[str]) -> Quotation | None:
    for passage in paper.document.passages:
        for sentence in passage.sentences():
            if pattern.search(sentence):
                return passage.quote(sentence)
    return None


RULES = (figures, treatment)
