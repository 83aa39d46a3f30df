"""What tables say against themselves: differences, sums, shares, closed events."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from samkoll.reports.review.document import TableRow
from samkoll.reports.review.figures import RATES, About, Compared, Number, Reviewed, number, swedish
from samkoll.reports.review.finding import Finding, Quotation

SMALL = 10  # persons; the same limit as for published figures (docs/rules/small-groups.md)


def differences(paper: Reviewed) -> Iterator[Finding]:
    """A difference that is not the difference of the two shown values."""
    for row in paper.rows:
        if row.change is None or row.change.value == row.shown_change:
            continue
        right = swedish(row.shown_change, row.change.decimals)
        why = (
            f"Skillnaden är {swedish(row.change.value)}, men {swedish(row.now.value)} minus "
            f"{swedish(row.before.value)} är {right}."
        )
        if row.change.value == -row.shown_change:
            why += " Tecknet är omvänt."
        yield Finding("skillnad", why, (row.quote, _head(paper, row)))


def _head(paper: Reviewed, row: Compared) -> Quotation:
    table = next(t for t in paper.document.tables if row.row in t.rows)
    return Quotation(" | ".join(cell for cell in table.head if cell), table.place)


def sums(paper: Reviewed) -> Iterator[Finding]:
    """Parts that do not add up to their total, beyond what rounding allows."""
    for total, parts in (
        (About("timmar"), (About("mertid"), About("overtid"))),
        *(
            (About("sjuk", sex), (About("sjuk_kort", sex), About("sjuk_lang", sex)))
            for sex in ("total", "women", "men")
        ),
    ):
        whole = paper.by_about.get(total)
        found = [paper.by_about[part] for part in parts if part in paper.by_about]
        if whole and len(found) == len(parts):
            yield from _sums(whole, found)


def _sums(whole: Compared, parts: Sequence[Compared]) -> Iterator[Finding]:
    for now in (True, False):
        total = whole.now if now else whole.before
        shown = [part.now if now else part.before for part in parts]
        added = sum((each.value for each in shown), Decimal(0))
        if adds_up(total, shown):
            continue
        terms = " + ".join(swedish(each.value) for each in shown)
        why = (
            f"Delarna {terms} blir {swedish(added)}, men {whole.about.words} är "
            f"{swedish(total.value)} för {whole.months[0 if now else 1]}. "
            "Avrundning förklarar inte det."
        )
        yield Finding("delar", why, (whole.quote, *(part.quote for part in parts)))


def adds_up(total: Number, parts: Sequence[Number]) -> bool:
    """Whether rounding can explain the difference: half a step for the total and each part."""
    step = max(number.step for number in (total, *parts))
    away = abs(total.value - sum((part.value for part in parts), Decimal(0)))
    return away < step * (len(parts) + 1) / 2


def between(paper: Reviewed) -> Iterator[Finding]:
    """A rate of all that is not between the women's and the men's."""
    for metric in RATES:
        rows = [paper.by_about.get(About(metric, sex)) for sex in ("total", "women", "men")]
        total, women, men = rows
        if total is None or women is None or men is None:
            continue
        for now in (True, False):
            whole, *parts = (row.now if now else row.before for row in (total, women, men))
            values = [part.value for part in parts]
            if min(values) - whole.step <= whole.value <= max(values) + whole.step:
                continue
            low, high = sorted(values)
            why = (
                f"Totalen {swedish(whole.value)} ligger inte mellan kvinnors och mäns värden, "
                f"{swedish(low)} och {swedish(high)}, för {total.months[0 if now else 1]}."
            )
            yield Finding("mellan", why, (total.quote, women.quote, men.quote))


def closed(paper: Reviewed) -> Iterator[Finding]:
    """More closed events than events."""
    events = {word: _event(paper, word) for word in ("arbetsskador", "tillbud", "klarmarkerade")}
    injuries, near, done = events.values()
    if injuries and near and done and done[1] > injuries[1] + near[1]:
        why = (
            f"{done[1]} händelser är klarmarkerade, men bara {injuries[1] + near[1]} "
            "arbetsskador och tillbud är rapporterade."
        )
        yield Finding("klarmarkerade", why, (done[0].quote(), injuries[0].quote(), near[0].quote()))


def _event(paper: Reviewed, word: str) -> tuple[TableRow, int] | None:
    for table in paper.document.tables:
        for row in table.rows:
            if table.topic == "skador" and row.label.startswith("Antal") and word in row.label:
                value = number(row.cells[1])
                return (row, int(value.value)) if value else None
    return None


def events(paper: Reviewed) -> tuple[TableRow, int, int] | None:
    """The row of closed events, how many they are, and how many there were to close."""
    found = [_event(paper, word) for word in ("arbetsskador", "tillbud", "klarmarkerade")]
    injuries, near, done = found
    if injuries is None or near is None or done is None:
        return None
    return done[0], done[1], injuries[1] + near[1]


def groups(paper: Reviewed) -> Iterator[Finding]:
    """Rates published about a group of ten persons or fewer."""
    for table in paper.document.tables:
        counts = [n for n, head in enumerate(table.head) if head in _COUNTS]
        rates = any("frånvaro" in head.casefold() for head in table.head)
        if not counts or not rates:
            continue
        for row in table.rows:
            size = number(row.cells[counts[0]]) if counts[0] < len(row.cells) else None
            if size is not None and 0 < size.value <= SMALL:
                why = (
                    f"Gruppen har {size.value} personer. Uppgifter om {SMALL} personer eller "
                    "färre kan avslöja enskilda och bör inte visas."
                )
                head = Quotation(" | ".join(table.head), table.place)
                yield Finding("smagrupper", why, (row.quote(), head))


_COUNTS = ("Antal medarbetare", "Antal anställda", "Antal personer", "Antal tillsvidareanställda")


def rows_add_up(paper: Reviewed) -> Iterator[Finding]:
    """Columns of short and long sick leave beside their total: each row adds up."""
    for table in paper.document.tables:
        places = _columns(table.head)
        for row in table.rows if places else ():
            shown = [number(row.cells[n]) for n in places if n < len(row.cells)]
            values = [each for each in shown if each is not None]
            if len(values) == 3 and not adds_up(values[0], values[1:]):
                total, short, long = (swedish(each.value) for each in values)
                why = f"{short} + {long} blir inte {total}. Avrundning förklarar inte det."
                head = Quotation(" | ".join(table.head), table.place)
                yield Finding("delar", why, (row.quote(), head))


def _columns(head: Sequence[str]) -> tuple[int, ...]:
    """Where the total, the short and the long sick leave stand."""
    words = [cell.casefold().replace(" ", "").replace("–", "-") for cell in head]
    total = [n for n, word in enumerate(words) if word.startswith("totalsjukfrånvaro")]
    short = [n for n, word in enumerate(words) if word.startswith(("0-14", "1-14", "kort"))]
    long = [n for n, word in enumerate(words) if word.startswith(("15-", "lång"))]
    return (total[0], short[0], long[0]) if total and short and long else ()


def part_over_whole(paper: Reviewed) -> Iterator[Finding]:
    """Short or long sick leave above all sick leave in the same column of a table."""
    for table in paper.document.tables:
        whole = next((r for r in table.rows if r.label.startswith("Sjukfrånvaro")), None)
        for row in table.rows if whole else ():
            if whole is None or not row.label.startswith(("Korttidssjuk", "Långtidssjuk")):
                continue
            for n, (part, total) in enumerate(zip(row.cells, whole.cells, strict=False)):
                shown, all_ = number(part), number(total)
                if n and shown and all_ and shown.value > all_.value + all_.step:
                    why = (
                        f"Delen {swedish(shown.value)} är större än hela sjukfrånvaron, "
                        f"{swedish(all_.value)}. Raderna har troligen olika enheter: skriv ut "
                        "enheten."
                    )
                    yield Finding("del-storre", why, (row.quote(), whole.quote()))
                    break


RULES = (differences, sums, between, closed, groups, rows_add_up, part_over_whole)
