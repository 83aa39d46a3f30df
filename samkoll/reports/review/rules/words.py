"""Text against text: strength, references, boards, statuses, notes, decisions."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator

from samkoll.reports.review.document import Passage
from samkoll.reports.review.figures import Reviewed, number
from samkoll.reports.review.finding import Finding

_WEAK = r"något|marginellt|svagt|knappt|obetydligt"
_STRONG = r"markant|kraftigt|väsentligt|betydligt|avsevärt|dramatiskt"
_MOVED = re.compile(rf"\bhar (?P<verb>ökat|minskat) (?:(?P<weak>{_WEAK})|(?P<strong>{_STRONG}))\b")
_SUBJECTS = {
    "klarmarkerade händelser": r"klarmarkerade händelser",
    "sjukfrånvaron": r"(?<!korta )(?<!långa )\bsjukfrånvaron\b",
    "den korta sjukfrånvaron": r"korta sjukfrånvaron",
    "den långa sjukfrånvaron": r"långa sjukfrånvaron",
    "personalomsättningen": r"personalomsättningen",
    "övertiden": r"\bövertiden\b",
}
_ABOUT_OTHERS = re.compile(r"nämnden|\blänet|Sverige|[Ss]killnad|\bkvinno|\bmän\b|\bmänne|20\d\d")
_REFERENCE = re.compile(
    r"\bavsnitt(?:et|en)?\s+(?P<first>\d+\.\d+)(?:\s+och\s+(?P<then>\d+\.\d+))?"
)
_NUMBERED = re.compile(r"^(\d+(?:\.\d+)*)\.?\s")
_BOARD = re.compile(
    r"\b([A-ZÅÄÖa-zåäö]{3,}-(?:,\s[a-zåäö]+-)*\s(?:och|samt)\s[a-zåäö]+nämnden|[A-ZÅÄÖa-zåäö]{3,}nämnden)\b"
)
_ELSEWHERE = ("val", "överförmyndar", "hyres", "arrende", "patient", "revisions", "ansvars",
              "program", "krislednings", "facknämnden", "undernämnden")  # fmt: skip
_REPORTS_FOR = re.compile(
    r"(?P<stem>[A-ZÅÄÖ][a-zåäö]+(?:-\s(?:och|samt)\s[a-zåäö]+?)?)s?förvaltningen\s\([A-ZÅÄÖ]+\)\s"
    r"som\s(?:rapporterar för två nämnder|består av två rapporter),?\s"
    r"(?P<boards>(?:[^()]|\n){5,120}?nämnd(?:en)?\s+(?:och|samt)\s+(?:[A-ZÅÄÖ][^()\n]*?nämnd(?:en)?))"
)
_ITEMS = re.compile(r"bedöms bli genomfört", re.IGNORECASE)
_NOT_BEGUN = re.compile(r"\bhar inte (?:på)?börjat|\binte påbörjats|\bär inte påbörja")
_DECISION = re.compile(
    r"\b(?P<body>[Kk]ommunfullmäktige|[Kk]ommunstyrelsen)\b[^.]{0,30}?\b(?:beslutade|godkände)\b"
    r"[^.]{0,40}?(?P<day>\d{4}-\d\d-\d\d|\d{1,2} [a-z]+ \d{4})[^.]{0,40}"
)
_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


def strengths(paper: Reviewed) -> Iterator[Finding]:
    """One thing that moved a little and a lot in the same section."""
    seen: dict[tuple[str, str, str], dict[str, tuple[Passage, str]]] = {}
    for passage in paper.document.passages:
        for sentence in passage.sentences():
            found = _MOVED.search(sentence)
            if found is None or _ABOUT_OTHERS.search(sentence):
                continue
            before = sentence[: found.start()]
            strength = "weak" if found["weak"] else "strong"
            for name, pattern in _SUBJECTS.items():
                if re.search(pattern, before):
                    key = (passage.topic, name, found["verb"])
                    seen.setdefault(key, {}).setdefault(strength, (passage, sentence))
    for (_topic, name, verb), kinds in seen.items():
        if len(kinds) == 2:
            weak, strong = (kinds[kind][0].quote(kinds[kind][1]) for kind in ("weak", "strong"))
            why = f"Avsnittet säger både att {name} har {verb} lite och att det har {verb} mycket."
            yield Finding("ord", why, (strong, weak))


def references(paper: Reviewed) -> Iterator[Finding]:
    """A section that the text refers to and that the report does not have."""
    headings = [p for p in paper.document.passages if p.heading]
    numbers = {found[1]: p for p in headings if (found := _NUMBERED.match(p.text))}
    if len(numbers) < 5:
        return
    for passage in paper.document.passages:
        for found in _REFERENCE.finditer(passage.text):
            for asked in filter(None, (found["first"], found["then"])):
                near = numbers.get(asked.partition(".")[0])
                begins = re.compile(rf"^\s*{re.escape(asked)}\.?\s", re.MULTILINE)
                exists = any(begins.search(p.text) for p in paper.document.passages)
                if not exists and near is not None and "i detta" in passage.text:
                    why = f"Rapporten har inget avsnitt {asked}."
                    yield Finding("hanvisning", why, (passage.quote(found[0]), near.quote()))


def boards(paper: Reviewed) -> Iterator[Finding]:
    """A board that does not exist, by the known boards or by the report's own list."""
    yield from _unlisted(paper) if paper.boards else _misnamed(paper)


def _unlisted(paper: Reviewed) -> Iterator[Finding]:
    known = {name.casefold() for name in paper.boards}
    seen: set[str] = set()
    for passage in paper.document.passages:
        for name in _BOARD.findall(passage.text.replace("\n", " ")):
            low = name.casefold()
            if low in seen or low.startswith(_ELSEWHERE) or low == "nämnden":
                continue
            seen.add(low)
            if low in known or difflib.get_close_matches(low, known, 1, 0.92):
                continue
            near = difflib.get_close_matches(low, known, 1, 0.6)
            why = f"Det finns ingen nämnd som heter {name}."
            why += f" Menas {_cased(near[0], paper.boards)}?" if near else ""
            yield Finding("namnd", why, (passage.quote(_around(passage, name)),))


def _cased(name: str, boards: frozenset[str]) -> str:
    return next(board for board in boards if board.casefold() == name)


def _misnamed(paper: Reviewed) -> Iterator[Finding]:
    """The report says for which boards an administration reports, then names another after it."""
    for passage in paper.document.passages:
        text = re.sub(r"\s+", " ", passage.text)
        for found in _REPORTS_FOR.finditer(text):
            name = f"{found['stem']}snämnden".replace("ssnämnden", "snämnden").casefold()
            if name.removesuffix("en") in found["boards"].casefold():
                continue
            for other in paper.document.passages:
                if other is not passage and name in re.sub(r"\s+", " ", other.text).casefold():
                    why = (
                        f"Rapporten räknar upp nämnderna, och {name} är inte en av dem: "
                        f"förvaltningen rapporterar för {found['boards'].strip()}."
                    )
                    quoted = (other.quote(_around(other, name)), passage.quote(found[0]))
                    yield Finding("namnd", why, quoted)
                    break


def _around(passage: Passage, words: str) -> str:
    """The sentence with the words."""
    return next((s for s in passage.sentences() if words.casefold() in s.casefold()), words)


def statuses(paper: Reviewed) -> Iterator[Finding]:
    """An assignment said to be done this year, whose comment says that work has not begun."""
    status: Passage | None = None
    for passage in paper.document.passages:
        if passage.text.strip() == "." or passage.heading:
            status = None
        if _ITEMS.search(passage.text):
            status = passage
        elif status and (found := _NOT_BEGUN.search(passage.text)):
            why = (
                "Uppdraget bedöms bli genomfört, men kommentaren säger att arbetet inte har börjat."
            )
            quoted = passage.quote(_around(passage, found[0]))
            yield Finding("status", why, (status.quote(), quoted))


def notes(paper: Reviewed) -> Iterator[Finding]:
    """A row marked as new, without history, that has a figure for an earlier year."""
    marked = [p for p in paper.document.passages if re.match(r"\*\*[^*].*historik saknas", p.text)]
    for table in paper.document.tables if marked else ():
        for row in table.rows:
            if row.label.endswith("**") and any(number(cell) for cell in row.cells[1:]):
                why = "Noten säger att mätthistorik saknas, men raden har ett utfall."
                yield Finding("not", why, (row.quote(), marked[0].quote()))


def decisions(paper: Reviewed) -> Iterator[Finding]:
    """Two bodies that took the same decision on the same day."""
    seen: dict[str, tuple[str, Passage, str]] = {}
    for passage in paper.document.passages:
        for sentence in passage.sentences():
            found = _DECISION.search(sentence)
            if found is None or "utredning" not in sentence:
                continue
            body, day = found["body"].casefold(), _day(found["day"])
            other, at, said = seen.setdefault(day, (body, passage, sentence))
            if other != body:
                why = (
                    f"Beslutet {day} är fattat av {other} på ett ställe och av {body} på ett annat."
                )
                yield Finding("beslut", why, (at.quote(said), passage.quote(sentence)))


def _day(text: str) -> str:
    if "-" in text:
        return text
    day, month, year = text.split()
    place = _MONTHS.index(month) + 1 if month in _MONTHS else 0
    return f"{year}-{place:02}-{int(day):02}"


RULES = (strengths, references, boards, statuses, notes, decisions)
