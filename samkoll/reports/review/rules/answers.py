"""Answers (Ja, Delvis, Nej) against the text and the counts of their own section."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from samkoll.reports.review.document import Passage, TableRow
from samkoll.reports.review.figures import Reviewed
from samkoll.reports.review.finding import Finding
from samkoll.reports.review.rules.arithmetic import events

ANSWERS = ("Ja", "Nej", "Delvis", "Ej aktuellt")
_FEW = 4  # one in so many closed, or fewer: too little to have fed the rest back
_FED_BACK = re.compile(r"återrapporter|återkoppl|återförts|informerats", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Against:
    """A pattern that contradicts an answer when a sentence of the section has it."""

    question: str
    answer: str
    topic: str
    pattern: str
    why: str


_RULES = (
    Against("kartläggning av arbetsmiljön", "Ja", "ronder",
            r"[Öö]vriga \w*ronder\b[^.]*\bdelvis|ronder\w* (?:har )?inte (?:har )?genomförts|"
            r"ronder\w* har delvis genomförts",
            "Svaret är Ja, men texten säger att ronder bara delvis är genomförda."),
    Against("kartläggning av arbetsmiljön", "Nej", "ronder",
            r"(?:Alla|Samtliga) [^.]*har genomfört[^.]*ronder",
            "Svaret är Nej, men texten säger att alla har genomfört ronder."),
    Against("skyddsombud medverkat", "Ja", "ronder",
            r"\binte\b[^.]{0,60}tillsammans med skyddsombud|utan (?:medverkan av )?skyddsombud|"
            r"[Ss]kyddsombud\w* (?:har )?(?:inte|aldrig) (?:har )?(?:medverka|delta)",
            "Svaret är Ja, men texten säger att ronder har skett utan skyddsombud."),
    Against("skyddsombud medverkat", "Nej", "ronder",
            r"[Ss]kyddsombud\w*[^.]{0,30} (?:har medverkat|medverkade|deltog|har deltagit)|"
            r"ronden gjordes [^.]*med skyddsombud",
            "Svaret är Nej, men texten säger att skyddsombud har medverkat."),
    Against("inspektion av Arbetsmiljöverket", "Ja", "inspektion",
            r"\b[Ii]ng(?:a|en) inspektion|inte (?:gjort|haft) någon inspektion|inte inspekterats",
            "Svaret är Ja, men texten säger att ingen inspektion har skett."),
    Against("inspektion av Arbetsmiljöverket", "Nej", "inspektion",
            r"har (?:gjort|haft) (?!inga|ingen|inte)\w+ inspektion|Inspektionerna (?:har|gäll)",
            "Svaret är Nej, men texten berättar om inspektioner."),
    Against("alla med ansvar för arbetsmiljöuppgifter", "Ja", "fordelning",
            r"(?:[Dd]e flesta|[Nn]ågra|[Ff]lera)\b[^.]* (?:saknar|har fått en) [^.]*skriftlig",
            "Svaret är Ja för alla, men texten säger att några saknar skriftlig fördelning."),
    Against("alla med ansvar för arbetsmiljöuppgifter", "Nej", "fordelning",
            r"^(?:Alla|Samtliga) (?:chefer|med ansvar)[^.]*har fått en skriftlig",
            "Svaret är Nej, men texten säger att alla har fått en skriftlig fördelning."),
    Against("samtliga chefer", "Ja", "fordelning",
            r"inte alla chefer är certifierade|alla chefer inte är certifierade|"
            r"[Ff]lera chefer[^.]*väntar på kurs",
            "Svaret är Ja för samtliga, men texten säger att inte alla chefer är certifierade."),
    Against("samtliga chefer", "Nej", "fordelning",
            r"^(?:Alla|Samtliga) chefer är certifierade",
            "Svaret är Nej, men texten säger att alla chefer är certifierade."),
    Against("avropat tjänster", "Nej", "halsovard",
            r"har (?:använt|avropat) (?:hjälp från )?företagshälsovård",
            "Svaret är Nej, men texten säger att företagshälsovården har använts."),
)  # fmt: skip


def against_text(paper: Reviewed) -> Iterator[Finding]:
    """An answer that a sentence of its section contradicts."""
    for row in _answers(paper):
        for rule in _RULES:
            if rule.answer != row.cells[1] or rule.question not in row.label:
                continue
            if found := _sentence(paper, rule.topic, rule.pattern):
                passage, sentence = found
                yield Finding("svar", rule.why, (row.quote(), passage.quote(sentence)))


def _answers(paper: Reviewed) -> Iterator[TableRow]:
    for table in paper.document.tables:
        for row in table.rows:
            if len(row.cells) == 2 and row.cells[1] in ANSWERS:
                yield row


def _sentence(paper: Reviewed, topic: str, pattern: str) -> tuple[Passage, str] | None:
    """The first sentence of the section with the pattern; answers' own comments count too."""
    for passage in paper.document.passages:
        if passage.topic == topic and not passage.heading:
            for sentence in passage.sentences():
                if re.search(pattern, sentence) and not sentence.startswith("Motivering"):
                    return passage, sentence
    return None


def all_and_some(paper: Reviewed) -> Iterator[Finding]:
    """All boards have made their rounds, and one has made them partly."""
    whole = _sentence(
        paper, "ronder", r"^(?:Alla|Samtliga) (?:nämnder|förvaltningar)[^.]* har genomfört"
    )
    part = _sentence(paper, "ronder", r"[Öö]vriga \w*ronder\b[^.]*\bdelvis")
    if whole and part:
        why = "Texten säger att alla har genomfört ronder, och att några bara delvis har gjort det."
        yield Finding("ord", why, (whole[0].quote(whole[1]), part[0].quote(part[1])))


def against_counts(paper: Reviewed) -> Iterator[Finding]:
    """Measures are said to be fed back, though few events are closed and no text says how."""
    found = events(paper)
    row = next((r for r in _answers(paper) if r.label.startswith("Har anmälda")), None)
    if found is None or row is None or row.cells[1] != "Ja":
        return
    line, done, all_ = found
    told = any(
        p.topic == "skador" and not p.heading and _FED_BACK.search(p.text)
        for p in paper.document.passages
    )
    if all_ and done * _FEW <= all_ and not told:
        why = (
            f"Svaret är att åtgärderna har återrapporterats, men bara {done} av {all_} händelser "
            "är klarmarkerade och texten säger inget om återkoppling."
        )
        yield Finding("svar", why, (row.quote(), line.quote()))


RULES = (against_text, all_and_some, against_counts)
