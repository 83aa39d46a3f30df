"""Running text against the tables: levels, changes, directions, years, units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal

from samkoll.reports.review.claims import Claim, claims
from samkoll.reports.review.figures import RATES, Compared, Number, Reviewed, swedish
from samkoll.reports.review.finding import Finding, Quotation

_COMPARED_WITH = re.compile(
    r"(?:samma nivå som|jämfört med|\bän|\bmot|\bsedan)\s+(?:år |året )?(20\d\d)"
)
_STILL_ENOUGH = Decimal("0.5")  # a change from here on is not "unchanged"


def against_tables(paper: Reviewed) -> Iterator[Finding]:
    """Every claim against the row of its table; at most one finding for each."""
    for claim in claims(paper.document):
        row = paper.by_about.get(claim.about)
        if row is None:
            continue
        check = {"level": _level, "change": _change, "direction": _direction, "still": _still}
        if found := _year(claim, row) or check[claim.kind](claim, row):
            rule, why = found
            yield Finding(rule, why, (claim.quote, row.quote))


def _year(claim: Claim, row: Compared) -> tuple[str, str] | None:
    """The figures' own year as the year to compare with."""
    found = _COMPARED_WITH.search(claim.clause)
    if found is None or claim.unsure or int(found[1]) != row.years[0]:
        return None
    if max(claim.years) > row.years[0] or row.years[0] == row.years[1]:
        return None
    return "fel-ar", (
        f"Texten jämför med {found[1]}, men {found[1]} är året som siffrorna gäller. Tabellen "
        f"jämför med {row.years[1]}."
    )


def _level(claim: Claim, row: Compared) -> tuple[str, str] | None:
    if claim.value is None or len(set(claim.years)) > 1 or claim.unsure:
        return None
    if (claim.about.metric in RATES) == (claim.unit == "timmar"):
        return None
    year = claim.years[0] if claim.years else row.years[0]
    if year not in row.years:
        if year > row.years[0] and same(claim.value, row.now):
            return "fel-ar", (f"Texten anger {year}, men talet är tabellens för {row.months[0]}.")
        return None
    shown = row.now if year == row.years[0] else row.before
    return _level_words(claim, claim.value, shown, row.months[row.years.index(year)])


def _level_words(claim: Claim, said: Number, shown: Number, month: str) -> tuple[str, str] | None:
    equal = same(said, shown)
    if not claim.unit:
        if equal and said.decimals and claim.about.metric in RATES:
            return "enhet", f"Enheten saknas efter {swedish(said.value)}: skriv procent."
        return None
    if claim.unit == "procentenheter":
        if equal:
            return "procentenheter", (
                f"{swedish(said.value)} är en nivå och ska anges i procent, inte procentenheter."
            )
        return None
    if equal:
        return None
    return "text-tabell", (
        f"Texten säger {swedish(said.value)} för {claim.about.words}, men tabellen visar "
        f"{swedish(shown.value)} för {month}."
    )


def _change(claim: Claim, row: Compared) -> tuple[str, str] | None:
    if claim.value is None or claim.unsure:
        return None
    equal = same(claim.value, Number(abs(row.shown_change), row.now.decimals))
    if not _is_about(claim, row):
        other = _other_year(claim, row) if equal else ""
        return ("fel-ar", other) if other else None
    if found := _change_unit(claim, claim.value, equal, row):
        return found
    expected = "procentenheter" if claim.about.metric in RATES else "timmar"
    if claim.unit != expected:
        return None
    return _direction(claim, row) if equal else _change_words(claim, claim.value, row)


def _change_words(claim: Claim, said: Number, row: Compared) -> tuple[str, str]:
    return "text-tabell", (
        f"Texten säger en förändring med {swedish(said.value)}, men tabellens två värden för "
        f"{claim.about.words} skiljer sig med {swedish(row.shown_change)}."
    )


def _is_about(claim: Claim, row: Compared) -> bool:
    """Whether the years that the clause names are the table's, the later one first or alone."""
    named = set(claim.years)
    if named == {row.years[1]}:
        return bool(re.search(r"(jämfört med|från|än|sedan) (år )?20", claim.clause))
    return named <= set(row.years)


def _other_year(claim: Claim, row: Compared) -> str:
    found = _COMPARED_WITH.search(claim.clause)
    if found is None or int(found[1]) in row.years or max(claim.years) > row.years[0]:
        return ""
    return (
        f"Texten jämför med {found[1]}, men förändringen är tabellens mellan {row.months[1]} och "
        f"{row.months[0]}."
    )


def _change_unit(claim: Claim, said: Number, equal: bool, row: Compared) -> tuple[str, str] | None:
    """A difference of percentages that is called per cent, or has no unit."""
    if claim.about.metric not in RATES or not equal or not said.value:
        return None
    if not claim.unit and said.decimals:
        return "enhet", f"Enheten saknas efter {swedish(said.value)}: skriv procentenheter."
    if claim.unit == "procent" and not same(said, _relative(row)):
        return "procentenheter", (
            f"Skillnaden mellan två procenttal är {swedish(said.value)} procentenheter, inte "
            "procent."
        )
    return None


def _relative(row: Compared) -> Number:
    if not row.before.value:
        return Number(Decimal(0), 6)
    return Number(abs(row.shown_change) / row.before.value * 100, 6)


def _direction(claim: Claim, row: Compared) -> tuple[str, str] | None:
    if claim.unsure or not _is_about(claim, row) or not row.shown_change:
        return None
    rose = row.shown_change > 0
    if claim.up == rose:
        return None
    words = ("ökat", "minskat") if claim.up else ("minskat", "ökat")
    return "riktning", (
        f"Texten säger att {claim.about.words} har {words[0]}, men tabellen visar att det har "
        f"{words[1]} med {swedish(abs(row.shown_change))}."
    )


def _still(claim: Claim, row: Compared) -> tuple[str, str] | None:
    if claim.unsure or not _is_about(claim, row) or claim.about.metric not in RATES:
        return None
    if abs(row.shown_change) < _STILL_ENOUGH:
        return None
    return "riktning", (
        f"Texten säger att {claim.about.words} är oförändrad, men tabellens förändring är "
        f"{swedish(row.shown_change)}."
    )


def same(said: Number, shown: Number) -> bool:
    """Whether the text's number is the shown one, with fewer decimals perhaps."""
    if said.decimals > shown.decimals:
        return said.value == shown.value
    return said.value in (
        shown.value.quantize(said.step, ROUND_HALF_UP),
        shown.value.quantize(said.step),
    )


def windows(paper: Reviewed) -> Iterator[Finding]:
    """Tables of one report that end with different months, or compare other than twelve apart."""
    seen = {row.months: row for row in reversed(paper.rows)}
    for months, row in seen.items():
        head = Quotation(" | ".join(months), row.row.place)
        if months[0] == months[1]:
            yield Finding("fel-ar", f"Båda kolumnerna avser {months[0]}.", (head, row.quote))
    usual = max(
        seen, key=lambda months: sum(row.months == months for row in paper.rows), default=None
    )
    for months, row in seen.items():
        if usual and months != usual and months[0] != months[1]:
            why = (
                f"Tabellen jämför {months[0]} med {months[1]}, men rapportens övriga tabeller "
                f"{usual[0]} med {usual[1]}."
            )
            yield Finding("fel-ar", why, (row.quote, seen[usual].quote))


def percent_signs(paper: Reviewed) -> Iterator[Finding]:
    """Values with a percent sign beside a difference without any unit."""
    for row in paper.rows:
        if row.about.metric in RATES and row.now.percent and row.change and not row.change.percent:
            why = (
                "Värdena står i procent men skillnaden saknar enhet. Skillnaden mellan två "
                "procenttal anges i procentenheter."
            )
            table = next(t for t in paper.document.tables if row.row in t.rows)
            head = Quotation(" | ".join(cell for cell in table.head if cell), table.place)
            yield Finding("enhet", why, (row.quote, head))
            return


RULES = (against_tables, windows, percent_signs)
