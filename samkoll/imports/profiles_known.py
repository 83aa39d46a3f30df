"""Heads and words that HR systems are known to write, by what they mean.

Collected from public descriptions of exports (Visma and Personec, Flex HRM, Hogia, Stratsys) and
from common municipal usage. Only spelling counts: case, spaces, signs and å ä ö do not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Final

_CAMEL = re.compile(r"(?<=[a-zåäö])(?=[A-ZÅÄÖ])")
_NOT_WORD = re.compile(r"[\W_]+")

_PERSON: Final = (
    "personnummer", "personnr", "pnr", "persnr", "person nr", "personid", "person-id", "persid",
    "personbeteckning", "identitetsbeteckning", "pers nr", "social security number", "ssn",
)  # fmt: skip
_EMPLOYMENT: Final = (
    "anställningsnummer", "anställningsnr", "anst nr", "anställnings-id", "anst id", "anställning",
    "anst", "löpnummer", "löpnr", "anställning nr", "employment id", "anställningslöpnummer",
    "anställnings löpnr",
)  # fmt: skip
_UNIT: Final = (
    "enhetskod", "enhet", "organisationskod", "orgkod", "org kod", "org", "orgenhet",
    "organisationsenhet", "avdelning", "avdelningskod", "avd", "arbetsplatskod", "arbetsplats",
    "verksamhetskod", "resultatenhet", "ansvarskod", "ansvar", "kostnadsställe", "kst", "unit",
    "arbetsställe", "arbetsställenr",
)  # fmt: skip
_SEX: Final = ("kön", "juridiskt kön", "könskod", "k/m", "sex", "gender")
_FORM: Final = (
    "anställningsform", "anst form", "anstform", "anställningstyp", "anställningsformskod",
    "anst typ", "form av anställning", "employment form",
)  # fmt: skip
_MAIN: Final = ("huvudanställning", "huvudanst", "primär anställning", "primäranställning", "huvud")
_GROUP: Final = (
    "personalgrupp", "befattning", "befattningsbenämning", "befattningstext", "yrkesgrupp", "yrke",
    "personalkategori", "aid", "aid-grupp", "aid text", "etikett", "benämning", "titel",
    "befattning text", "staff group",
)  # fmt: skip
_EXTENT: Final = (
    "sysselsättningsgrad", "sysselsättningsgrad %", "sysselsättning", "syssgrad", "ssg", "sys grad",
    "tjänstgöringsgrad", "tjg-grad", "tjänstgrad", "anställningsgrad", "arbetstid %",
)  # fmt: skip
_PROTECTED: Final = (
    "skyddad identitet", "skyddade personuppgifter", "sekretess", "sekretessmarkering",
    "sekretessmarkerad", "skyddad", "skyddad folkbokföring", "skyddad person", "skyddad id",
)  # fmt: skip
_MANAGER: Final = (
    "närmaste chef", "chef", "chefens personnummer", "chef personnummer", "chef-id", "chefid",
    "chef pnr", "ansvarig chef", "överordnad", "manager",
)  # fmt: skip
_MONTH: Final = (
    "månad", "period", "avser månad", "år-månad", "årmånad", "löneperiod", "avser period",
    "redovisningsmånad", "utfallsmånad", "mån", "år och månad", "month", "perioden",
)  # fmt: skip
_YEAR: Final = ("år", "kalenderår", "utfallsår", "year")
_ORDINARY: Final = (
    "ordinarie timmar", "ordinarie arbetstid", "ordinarie tid", "ord tim", "ord timmar",
    "schematimmar", "schemalagd tid", "schemalagda timmar", "arbetstid timmar", "avtalad tid",
    "ordinarie arbetstid timmar", "scheduled hours", "normaltid", "schematid",
)  # fmt: skip
_ADDITIONAL: Final = (
    "mertid", "fyllnadstid", "fyllnad", "mertid timmar", "fyllnadstid timmar",
    "mertid/fyllnadstid", "fyllnadstimmar", "mertidstimmar",
)  # fmt: skip
_OVERTIME: Final = (
    "övertid", "övertidstimmar", "övertid timmar", "övertid totalt", "ö-tid", "ötid", "overtime",
)  # fmt: skip
_ENDS: Final = (
    "slutdatum", "anställd till", "anställd t.o.m.", "anst tom", "anst t.o.m.", "avgångsdatum",
    "anställningens slut", "sista anställningsdag", "avslutsdatum", "slutade", "anställning till",
    "avgång datum", "anställning upphör", "sista dag", "upphör",
)  # fmt: skip
_DEPARTURE: Final = (
    "avgångsorsak", "avgångsorsakskod", "orsak till avgång", "avslutsorsak", "slutorsak",
    "avgångskod", "orsak avslut", "avgång orsak", "orsak", "avgångsskäl", "anledning",
)  # fmt: skip
_FROM: Final = (
    "from", "fr.o.m.", "från och med", "from datum", "fr o m datum", "från datum", "från",
    "startdatum", "start", "giltig från", "gäller från", "begynnelsedatum", "datum from",
)  # fmt: skip
_TO: Final = (
    "tom", "t.o.m.", "till och med", "tom datum", "t o m datum", "till datum", "till", "slutdatum",
    "slut", "giltig till", "gäller till", "datum tom",
)  # fmt: skip

HEADS: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "months": {
        "month": _MONTH, "person": _PERSON, "employment": _EMPLOYMENT, "unit": _UNIT, "sex": _SEX,
        "form": _FORM, "main": _MAIN, "staff_group": _GROUP, "extent": _EXTENT,
        "ordinary": _ORDINARY,
        "sick_short": (
            "sjuk dag 1-14", "sjuk 1-14", "kort sjukfrånvaro", "sjukfrånvaro kort", "sjuklön",
            "sjuk tim 1-14", "sjukfrånvaro dag 1-14", "korttidssjukfrånvaro", "sjuk korttid",
            "sjuktimmar 1-14", "sjuk 0-14", "sjuk kort",
        ),
        "sick_long": (
            "sjuk dag 15-", "sjuk 15-", "lång sjukfrånvaro", "sjukfrånvaro lång",
            "sjukfrånvaro dag 15-", "långtidssjukfrånvaro", "sjuk långtid", "sjuk tim 15-",
            "sjuktimmar 15-", "sjuk från dag 15", "sjuk dag 15 och framåt", "sjuk lång",
        ),
        "additional": _ADDITIONAL, "overtime": _OVERTIME, "end_date": _ENDS,
        "departure": _DEPARTURE, "protected": _PROTECTED, "year": _YEAR,
        "sick_60": (
            "sjuk i perioder från 60 dagar", "sjuk 60-", "sjuk dag 60-", "sjuk 60 dagar eller mer",
            "sjukfrånvaro 60 dagar", "sjuktimmar 60-",
        ),
        "sick_days": ("sjukdagar", "antal sjukdagar", "sjuk kalenderdagar", "sjukfrånvarodagar"),
        "occasions": (
            "nya sjuktillfällen", "sjuktillfällen", "antal tillfällen", "tillfällen",
            "sjukfrånvarotillfällen",
        ),
        "manager": _MANAGER,
    },
    "absence": {
        "person": _PERSON,
        "first": (*_FROM, "frånvaro from", "frånvaro fr.o.m.", "första dag", "frånvaro start",
                  "frånvarostart", "första frånvarodag", "frånvaro från"),
        "last": (*_TO, "frånvaro tom", "frånvaro t.o.m.", "sista dag", "frånvaro slut",
                 "frånvaroslut", "sista frånvarodag", "frånvaro till"),
        "cause": ("frånvaroorsak", "orsak", "orsakskod", "frånvarokod", "frånvarotyp", "frånvaro",
                  "orsak text", "frånvaroorsak text", "absence cause"),
        "employment": _EMPLOYMENT,
        "extent": ("omfattning", "omfattning %", "frånvarograd", "frånvaro %", "grad", "procent",
                   "omf", "omf %", "frånvaroomfattning"),
        "hours": ("timmar", "frånvarotimmar", "antal timmar", "tim", "tid i timmar", "frånvarotid",
                  "timmar frånvaro", "hours"),
        "started": ("första dag i perioden", "periodens första dag", "sjukperiod start",
                    "insjuknad", "insjuknandedag", "sjukperiodens början", "period from",
                    "periodstart", "första sjukdag"),
        "day_number": ("dag nr", "dagnummer", "dagnr", "dag i perioden", "sjukdag nr", "dag nummer",
                       "kalenderdag nr"),
        "reversal": ("rättelse", "makulerad", "korrigering", "återtagen", "borttagen", "negativ",
                     "annullerad", "backad"),
        "protected": _PROTECTED,
    },
    "employment": {
        "person": _PERSON, "employment": _EMPLOYMENT, "unit": _UNIT,
        "valid_from": (*_FROM, "anställd från", "anställd from", "anställd fr.o.m.", "anst from",
                       "anst fr.o.m.", "anställningsdatum", "anställning från", "anst datum",
                       "anställning from", "datum anställd"),
        "valid_to": (*_TO, *_ENDS, "anställning tom"),
        "form": _FORM, "extent": _EXTENT, "sex": _SEX, "protected": _PROTECTED,
        "staff_group": _GROUP, "main": _MAIN, "manager": _MANAGER,
        "full_time_week": ("heltidsmått", "veckoarbetstid", "heltid tim/vecka", "heltidstimmar",
                           "arbetstidsmått", "timmar per vecka", "heltid", "veckotimmar heltid"),
        "birth_year": ("födelseår", "född", "född år", "födelsedatum", "födelsedag"),
    },
    "time": {
        "month": _MONTH, "person": _PERSON, "employment": _EMPLOYMENT, "year": _YEAR,
        "unit": _UNIT, "ordinary": _ORDINARY, "additional": _ADDITIONAL, "overtime": _OVERTIME,
        "protected": _PROTECTED,
    },
    "departure": {
        "person": _PERSON, "employment": _EMPLOYMENT,
        "last": (*_ENDS, *_TO, "datum"),
        "cause": _DEPARTURE, "protected": _PROTECTED,
    },
}  # fmt: skip
"""Known heads by kind of file and logical column, the surest first."""

WORDS: Final[Mapping[str, Mapping[int, tuple[str, ...]]]] = {
    "sex": {
        1: ("kvinna", "kvinnor", "k", "kv", "kvinnligt", "f", "female", "woman"),
        2: ("man", "män", "m", "manligt", "male"),
    },
    "form": {
        1: ("tillsvidare", "tillsvidareanställd", "tv", "tills vidare", "tillsvidareanställning",
            "fast", "tillsv", "tillsvidare månadslön", "prov", "provanställning"),
        2: ("visstid", "vik", "vikarie", "vikariat", "allmän visstid", "säva", "ava",
            "särskild visstid", "särskild visstidsanställning", "tidsbegränsad", "visstidsanställd",
            "bea", "pan", "visstidsanställning", "säsong", "säsongsanställning", "projekt",
            "projektanställning", "tidsbegränsad anställning"),
        3: ("timavlönad", "timanställd", "tim", "timlön", "timvikarie", "timavl", "intermittent"),
    },
    "yes_no": {
        0: ("nej", "n", "0", "no", "false", "falskt", "nej."),
        1: ("ja", "j", "1", "yes", "y", "true", "sant", "x", "sekretess", "skyddad"),
    },
    "departure": {
        1: ("pension", "ålderspension", "pensionerad", "pensionsavgång", "särskild avtalspension",
            "avtalspension"),
        2: ("egen begäran", "egen uppsägning", "på egen begäran", "sagt upp sig", "eget önskemål",
            "uppsägning egen", "begärd avgång"),
        3: ("arbetsbrist", "uppsägning arbetsbrist", "uppsagd arbetsbrist", "övertalighet"),
        4: ("sjukersättning", "hel sjukersättning", "sjukpension", "varaktig sjukersättning"),
        5: ("avliden", "död", "dödsfall"),
        6: ("visstid slut", "vikariat slut", "tidsbegränsning slut", "visstidsanställning slut",
            "slut på visstid", "anställningstid slut", "tidsbegränsad anställning upphör",
            "vikariatet upphör"),
        7: ("annan", "annan orsak", "övrigt", "övriga", "personliga skäl",
            "uppsägning personliga skäl", "avsked", "okänd", "okänt", "byte av arbetsgivare"),
    },
    "cause": {
        1: ("sjuk", "sjukdom", "sjukfrånvaro", "egen sjukdom", "sjuklön", "sjuk med lön",
            "sjukledig", "sjukskriven", "sjukpenning", "karens", "sjk", "sju", "sjuk dag 1-14",
            "sjuk dag 15-", "sjuk dag 2-14", "rehabiliteringspenning", "förebyggande sjukpenning",
            "sjuk utan lön", "sjuk rehabilitering"),
        2: ("vab", "vård av barn", "tillfällig föräldrapenning", "föräldraledig", "fpl",
            "föräldraledighet", "semester", "sem", "tjänstledig", "tjl", "tjänstledighet",
            "ledighet", "komp", "kompledighet", "kompensationsledighet", "studieledig", "studier",
            "facklig tid", "fackligt", "fackligt uppdrag", "enskild angelägenhet", "permission",
            "närståendevård", "vård av närstående", "smittbärare", "arbetsskada", "havandeskap",
            "graviditetspenning", "havandeskapspenning", "militärtjänst", "uppdrag", "utbildning",
            "flextid", "atk", "ferie", "uppehåll", "delledig", "tjänstledig utan lön"),
    },
}  # fmt: skip
"""Known words by list and code (the codes of ``kinds.MEANINGS``)."""

PERSONAL: Final = (
    "namn", "förnamn", "efternamn", "tilltalsnamn", "mellannamn", "chef", "chefsnamn", "närmaste",
    "handläggare", "anhörig", "adress", "gatuadress", "postadress", "bostadsadress", "ort",
    "telefon", "mobil", "mobilnummer", "tel", "epost", "mejl", "mail", "email", "post",
    "bankkonto", "konto", "kontonummer", "födelsedatum", "född", "födelsedag", "signatur",
    "användare", "användarnamn", "kommentar", "notering", "anteckning", "attestant", "fritext",
)  # fmt: skip
"""Words in a head after which the cells name somebody, or may hold anything."""


def folded(text: str) -> str:
    """Lower case, without accents and rings: how heads and words are compared."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def tokens(text: str) -> tuple[str, ...]:
    """The words of a head, as in ``AnstFrom (datum)``: ``anst from datum``."""
    split = _CAMEL.sub(" ", unicodedata.normalize("NFC", text))
    return tuple(_NOT_WORD.sub(" ", folded(split)).split())


def key(text: str) -> str:
    """A head or word as one run of letters and digits; equal keys are the same spelling."""
    return "".join(tokens(text))


@cache
def heads_of(kind: str, column: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The known heads of a column as (key, words)."""
    known = HEADS[kind].get(column, ())
    return tuple(dict.fromkeys((key(head), tokens(head)) for head in known))


@cache
def codes_of(words: str) -> Mapping[str, int]:
    """Every known word of a list, by key, with its code."""
    return {key(word): code for code, known in WORDS[words].items() for word in known}


@cache
def parts_of(words: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Every known word of a list as (key, the words that it is made of)."""
    return tuple(
        (key(word), frozenset(tokens(word))) for known in WORDS[words].values() for word in known
    )


@cache
def personal() -> frozenset[str]:
    """``PERSONAL`` as words of a head."""
    return frozenset(folded(word) for word in PERSONAL)
