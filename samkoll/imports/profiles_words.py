"""What the parts of a profile are called on the pages: kinds, columns, choices, word lists."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from samkoll.imports.profiles_proposing import Confidence, Why
from samkoll.imports.profiles_shapes import Shape

Words = str | Promise

KINDS: Final[Mapping[str, Words]] = {
    "months": _("Färdiga månadsrader"),
    "absence": _("Frånvaroposter"),
    "employment": _("Anställningar"),
    "time": _("Arbetad tid per månad"),
    "departure": _("Avgångar"),
}

COLUMNS: Final[Mapping[str, Words]] = {
    "additional": _("Mertid"),
    "birth_year": _("Födelseår"),
    "cause": _("Orsak"),
    "day_number": _("Dag i sjukperioden"),
    "departure": _("Avgångsorsak"),
    "employment": _("Anställningsnummer"),
    "end_date": _("Anställningens slutdatum"),
    "extent": _("Sysselsättningsgrad"),
    "first": _("Första dag"),
    "form": _("Anställningsform"),
    "full_time_week": _("Heltidens timmar per vecka"),
    "hours": _("Timmar"),
    "last": _("Sista dag"),
    "main": _("Huvudanställning"),
    "manager": _("Närmaste chefs personnummer"),
    "month": _("Månad"),
    "occasions": _("Nya sjuktillfällen"),
    "ordinary": _("Ordinarie timmar"),
    "overtime": _("Övertid"),
    "person": _("Personnummer"),
    "protected": _("Skyddad identitet"),
    "reversal": _("Rättelse"),
    "sex": _("Kön"),
    "sick_60": _("Sjuktimmar i perioder från 60 dagar"),
    "sick_days": _("Sjukdagar"),
    "sick_long": _("Sjuktimmar från dag 15"),
    "sick_short": _("Sjuktimmar dag 1 till 14"),
    "staff_group": _("Personalgrupp"),
    "started": _("Sjukperiodens första dag"),
    "unit": _("Enhetens kod"),
    "valid_from": _("Gäller från"),
    "valid_to": _("Gäller till"),
    "year": _("År"),
}
OF_ABSENCE: Final[Mapping[str, Words]] = {"extent": _("Omfattning")}
"""Columns that are called something else in a file of absence."""

LISTS: Final[Mapping[str, Words]] = {
    "sex": _("Kön"),
    "form": _("Anställningsform"),
    "yes_no": _("Ja och nej"),
    "departure": _("Avgångsorsak"),
    "cause": _("Frånvaroorsak"),
}
MEANINGS: Final[Mapping[str, Mapping[int, Words]]] = {
    "sex": {1: _("kvinna"), 2: _("man")},
    "form": {1: _("tillsvidare"), 2: _("visstid"), 3: _("timavlönad")},
    "yes_no": {0: _("nej"), 1: _("ja")},
    "departure": {
        1: _("pension"), 2: _("egen begäran"), 3: _("arbetsbrist"), 4: _("sjukersättning"),
        5: _("avliden"), 6: _("visstid slut"), 7: _("annan orsak"),
    },
    "cause": {1: _("egen sjukdom"), 2: _("annan frånvaro")},
}  # fmt: skip
FIELDS: Final[Mapping[str, Words]] = {
    "title": _("Namn"),
    "kind": _("Sort"),
    "convention": _("Hur sjuktimmar är delade"),
    "layout": _("Uppställning"),
    "encoding": _("Teckenkodning"),
    "separator": _("Tecken mellan fälten"),
    "sheet": _("Blad"),
    "skip_rows": _("Rader att hoppa över först"),
    "head_rows": _("Rader med rubriker"),
    "decimal": _("Decimaltecken"),
    "hours_unit": _("Hur timmar är skrivna"),
    "extent_unit": _("Hur grad och omfattning är skrivna"),
    "month_format": _("Hur månaden är skriven"),
    "date_format": _("Hur datum är skrivna"),
    "corrections": _("När samma rad kommer igen"),
    "null_words": _("Ord som betyder tom cell"),
    "skip_words": _("Ord som börjar en summarad"),
    "as_above": _("Tom cell betyder samma som ovanför"),
    "source": _("Källa"),
}
CHOICES: Final[Mapping[str, Mapping[str, Words]]] = {
    "kind": KINDS,
    "convention": {
        "day_split": _("delade vid dag 14 i perioden"),
        "whole_spell": _("hela perioden räknas som kort eller lång"),
    },
    "layout": {
        "table": _("tabell med tecken mellan fälten, eller Excel"),
        "fixed": _("fasta positioner på raden"),
    },
    "encoding": {
        "auto": _("känns igen av sig själv"),
        "utf-8": "UTF-8",
        "windows-1252": "Windows-1252",
        "iso-8859-1": "ISO-8859-1",
        "cp850": "CP850 (DOS)",
        "cp437": "CP437 (DOS)",
        "utf-16": "UTF-16",
    },
    "separator": {
        ";": _("semikolon"), ",": _("komma"), "\t": _("tabb"), "|": _("lodstreck"),
    },
    "decimal": {",": _("komma"), ".": _("punkt"), "both": _("både komma och punkt")},
    "hours_unit": {
        "hours": _("timmar, 7,50"), "clock": _("timmar och minuter, 7:30"),
        "minutes": _("minuter, 450"), "hundredths": _("hundradels timmar, 750"),
    },
    "extent_unit": {"percent": _("procent, 75"), "share": _("andel, 0,75")},
    "month_format": {
        "ÅÅÅÅ-MM": "2024-01", "ÅÅÅÅMM": "202401", "ÅÅÅÅ-MM-DD": "2024-01-01",
        "ÅÅÅÅ-MMM": "2024-JAN", "MMM ÅÅÅÅ": "jan 2024", "MM/ÅÅÅÅ": "01/2024",
        "MM": _("01, med året i en egen kolumn"), "MMM": _("jan, med året i en egen kolumn"),
        "1900": _("dagnummer i Excel, 45292"), "1904": _("dagnummer i Excel för Mac, 43830"),
    },
    "date_format": {
        "ÅÅÅÅ-MM-DD": "2024-01-31", "ÅÅÅÅMMDD": "20240131", "ÅÅMMDD": "240131",
        "DD/MM/ÅÅÅÅ": "31/01/2024", "DD.MM.ÅÅÅÅ": "31.01.2024", "MM/DD/ÅÅÅÅ": "01/31/2024",
        "1900": _("dagnummer i Excel, 45322"), "1904": _("dagnummer i Excel för Mac, 43860"),
    },
    "corrections": {
        "refuse": _("raderna är fel"), "add": _("den senare läggs till den första"),
    },
}  # fmt: skip

CONFIDENCE: Final[Mapping[Confidence, Words]] = {
    Confidence.SURE: _("Säkert förslag"),
    Confidence.LIKELY: _("Troligt förslag"),
    Confidence.GUESS: _("Osäkert förslag"),
}
WHY: Final[Mapping[Why, Words]] = {
    Why.KNOWN: _("rubriken är en känd skrivning"),
    Why.PART: _("rubriken innehåller en känd skrivning"),
    Why.NEAR: _("rubriken liknar en känd skrivning"),
    Why.CONTENT: _("innehållet ser ut så, rubriken säger inget"),
}
DOUBT: Final[Words] = _("men innehållet ser inte ut så")
SHAPES: Final[Mapping[Shape, Words]] = {
    Shape.IDENTITY: _("personnummer"),
    Shape.SEX: _("kön"),
    Shape.FORM: _("anställningsform"),
    Shape.YES_NO: _("ja och nej"),
    Shape.DEPARTURE: _("avgångsorsak"),
    Shape.CAUSE: _("frånvaroorsak"),
    Shape.MONTH: _("månad"),
    Shape.DATE: _("datum"),
    Shape.YEAR: _("år"),
    Shape.CLOCK: _("timmar och minuter"),
    Shape.PERCENT: _("procent"),
    Shape.INTEGER: _("heltal"),
    Shape.NUMBER: _("tal"),
    Shape.CODE: _("kod"),
    Shape.TEXT: _("text"),
}
"""Shapes in the order in which the most telling is named."""


def column(kind: str, name: str) -> str:
    """What a logical column of a kind of file is called."""
    return str((OF_ABSENCE if kind == "absence" else {}).get(name) or COLUMNS[name])


def choice(field: str, value: object) -> str:
    """A setting's value in words."""
    known = CHOICES.get(field, {})
    return str(known.get(str(value), value))


def encoding(name: str) -> str:
    """The encoding that a sample was found to be in."""
    return {"xlsx": "XLSX", "xls": "XLS"}.get(name) or choice("encoding", name)
