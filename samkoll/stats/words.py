"""What the metrics mean, in words that users read: definitions, groups, caveats, versions.

The metrics themselves (``samkoll.stats.metrics``) know no Django; everything here is by their keys.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language, gettext_lazy

from samkoll.stats.metrics import Metric
from samkoll.web.page import Words

FAMILIES: dict[str, Words] = {
    "sick_leave": gettext_lazy("Sjukfrånvaro"),
    "turnover": gettext_lazy("Personalomsättning och rörlighet"),
    "time": gettext_lazy("Mertid och övertid"),
    "headcount": gettext_lazy("Anställda"),
    "leadership": gettext_lazy("Chefer"),
    "cost": gettext_lazy("Kostnader (uppskattningar)"),
}

MEASURES: dict[str, Words] = {
    "ordinary": gettext_lazy("ordinarie arbetstid"),
    "sick_short": gettext_lazy("kort sjukfrånvaro"),
    "sick_long": gettext_lazy("lång sjukfrånvaro"),
    "additional": gettext_lazy("mertid"),
    "overtime": gettext_lazy("övertid"),
    "sick_60": gettext_lazy("sjukfrånvaro i perioder på minst 60 dagar"),
    "sick_days": gettext_lazy("sjukdagar"),
    "occasions": gettext_lazy("sjukfrånvarotillfällen"),
    "persons": gettext_lazy("anställda"),
    "permanent": gettext_lazy("tillsvidareanställda"),
    "departures": gettext_lazy("avgångar"),
    "retirements": gettext_lazy("pensionsavgångar"),
    "full_time": gettext_lazy("heltidsanställda"),
    "manager": gettext_lazy("närmaste chef"),
    "departure": gettext_lazy("avgångar"),
    "permanent@opening": gettext_lazy("tillsvidareanställda månaden före perioden"),
    "permanent@closing": gettext_lazy("tillsvidareanställda i periodens sista månad"),
    "permanent@november": gettext_lazy("tillsvidareanställda i november"),
    "hired": gettext_lazy("nya tillsvidareanställda"),
    "moved": gettext_lazy("byten till en annan enhet"),
    "counted": gettext_lazy("anställda i periodens sista månad"),
    "steady": gettext_lazy("anställda under hela perioden"),
    "well": gettext_lazy("anställda utan sjukfrånvaro"),
    "frequent": gettext_lazy("anställda med minst sex tillfällen"),
    "over_overtime_year": gettext_lazy("anställda över årets gräns"),
    "over_overtime_month": gettext_lazy("anställda över månadens gräns"),
    "over_additional_year": gettext_lazy("anställda över årets gräns"),
    "managers": gettext_lazy("chefer"),
    "led": gettext_lazy("anställda med känd chef"),
    "managers_in_span": gettext_lazy("chefer med 10–30 medarbetare"),
    "cost_short": gettext_lazy("kostnad för dag 1–14"),
    "cost_long": gettext_lazy("kostnad från dag 15"),
    "cost_replacement": gettext_lazy("kostnad för ersättare"),
}
"""What each sum is of, and what the columns are about that are no sums."""

POPULATIONS: dict[str, Words] = {
    "persons": gettext_lazy(
        "Alla som hade ordinarie arbetstid i månaden, var och en räknad en gång, i enheten för "
        "sin huvudanställning."
    ),
    "permanent": gettext_lazy(
        "Alla som var tillsvidareanställda i månaden, var och en räknad en gång, i enheten för "
        "sin huvudanställning."
    ),
    "steady": gettext_lazy(
        "Alla som hade ordinarie arbetstid i var och en av periodens tolv månader, räknade i "
        "enheten där de hade sin huvudanställning i den sista."
    ),
    "managers": gettext_lazy(
        "Alla anställda som är närmaste chef för någon annan, räknade i enheten för sin egen "
        "huvudanställning."
    ),
}

LACKS: dict[str, Words] = {
    "": "",
    "months": gettext_lazy("Minst en månad i perioden saknar underlag."),
    "limits": gettext_lazy("Det finns ingen gräns som gällde i hela perioden."),
    "group": gettext_lazy("Måttet delas inte upp på grupper."),
    "window": gettext_lazy("Måttet räknas bara på sin egen period."),
    "rates": gettext_lazy("Kostnader saknas för minst ett år i perioden."),
    "place": gettext_lazy("Grupper visas för kommunen, förvaltningar och nämnder."),
}
"""Why there is no figure."""

TITLES: dict[str, Words] = {
    "retirements": gettext_lazy("Avgångar med pension"),
    "extra_hours": gettext_lazy("Mertid och övertid tillsammans"),
}
"""Names for where a metric stands alone, if its name in a table needs its neighbours."""

DEFINITIONS: dict[str, Words] = {
    "sick_leave": gettext_lazy(
        "Timmar med egen sjukdom som andel av den ordinarie arbetstiden före frånvaro."
    ),
    "sick_leave_short": gettext_lazy(
        "Timmar med kort sjukfrånvaro som andel av hela den ordinarie arbetstiden."
    ),
    "sick_leave_long": gettext_lazy(
        "Timmar med lång sjukfrånvaro som andel av hela den ordinarie arbetstiden."
    ),
    "sick_leave_60": gettext_lazy(
        "Timmar i sjukperioder på minst 60 kalenderdagar som andel av alla timmar med "
        "sjukfrånvaro, inte av arbetstiden."
    ),
    "sick_hours": gettext_lazy("Alla timmar med egen sjukdom."),
    "sick_days": gettext_lazy(
        "Kalenderdagar med egen sjukdom, hela eller delar av dagen, per anställd i medeltal."
    ),
    "sick_occasions": gettext_lazy(
        "Sjukperioder som började under perioden, per anställd i medeltal. Den som blir sjuk igen "
        "inom fem dagar har ett tillfälle."
    ),
    "without_sick_leave": gettext_lazy(
        "Andel av dem som hade arbetstid i alla tolv månader som inte hade en enda timme "
        "sjukfrånvaro."
    ),
    "repeated_short": gettext_lazy(
        "Anställda i periodens sista månad som fick minst sex sjukperioder under tolv månader, "
        "oavsett i vilken enhet de arbetade då."
    ),
    "repeated_share": gettext_lazy(
        "Andel av de anställda i periodens sista månad som fick minst sex sjukperioder under "
        "tolv månader."
    ),
    "turnover": gettext_lazy(
        "Tillsvidareanställda som lämnade kommunen, pension inräknad, per tillsvidareanställd i "
        "medeltal. Den som byter enhet inom kommunen räknas inte."
    ),
    "departures": gettext_lazy("Tillsvidareanställda som lämnade kommunen, var och en en gång."),
    "retirements": gettext_lazy("De av avgångarna som gällde pension."),
    "turnover_without_retirement": gettext_lazy(
        "Tillsvidareanställda som lämnade kommunen av annat skäl än pension, per "
        "tillsvidareanställd i medeltal."
    ),
    "turnover_opening": gettext_lazy(
        "Tillsvidareanställda som lämnade kommunen, pension inräknad, per tillsvidareanställd "
        "månaden före perioden."
    ),
    "turnover_november": gettext_lazy(
        "Tillsvidareanställda som lämnade kommunen, pension inräknad, per tillsvidareanställd i "
        "november. Liknar Koladas mått N00216, men är räknat på det egna underlaget."
    ),
    "turnover_least": gettext_lazy(
        "Det minsta av antalet som började och antalet som slutade, per tillsvidareanställd i "
        "medeltal: det som både gick förlorat och ersattes."
    ),
    "turnover_state": gettext_lazy(
        "De som slutade, om antalet tillsvidareanställda har ökat på ett år, annars de som "
        "började; per tillsvidareanställd i medeltal av de två åren. Så räknar "
        "Arbetsgivarverket."
    ),
    "hired": gettext_lazy(
        "De som var tillsvidareanställda i en månad men inte i månaden före. Den som går från "
        "visstid till tillsvidare räknas också."
    ),
    "internal_turnover": gettext_lazy(
        "Tillsvidareanställda som gick till en annan enhet i kommunen, per tillsvidareanställd i "
        "medeltal. När en enhet läggs ner eller startas har ingen bytt enhet."
    ),
    "moves": gettext_lazy("Tillsvidareanställda som gick till en annan enhet i kommunen."),
    "employees": gettext_lazy("Personer med ordinarie arbetstid, i medeltal per månad."),
    "permanent": gettext_lazy("Tillsvidareanställda, i medeltal per månad."),
    "full_time_share": gettext_lazy(
        "Andel av de anställda som har en anställning på heltid, i medeltal över periodens månader."
    ),
    "additional_hours": gettext_lazy(
        "En deltidsanställds timmar utöver den egna arbetstiden, upp till heltid."
    ),
    "overtime_hours": gettext_lazy("Timmar utöver heltid."),
    "extra_hours": gettext_lazy("Mertid och övertid tillsammans."),
    "over_overtime_year": gettext_lazy(
        "Anställda som under kalenderåret hittills har mer övertid än gränsen för ett år."
    ),
    "over_overtime_month": gettext_lazy(
        "Anställda som i minst en av de tolv månaderna hade mer övertid än gränsen för en månad."
    ),
    "over_additional_year": gettext_lazy(
        "Anställda som under kalenderåret hittills har mer mertid än gränsen för ett år."
    ),
    "span_of_control": gettext_lazy("Anställda med känd närmaste chef, per chef, i månaden."),
    "managers_in_span": gettext_lazy(
        "Andel av cheferna som är närmaste chef för minst 10 och högst 30 anställda i månaden."
    ),
    "cost_short": gettext_lazy(
        "Sjuklön för dag 1–14 efter karensavdrag, med semesterlön och arbetsgivaravgift."
    ),
    "cost_long": gettext_lazy(
        "Det arbetsgivaren betalar utöver sjukpenningen från dag 15, med semesterlön och "
        "arbetsgivaravgift."
    ),
    "cost_direct": gettext_lazy("Kostnaden för dag 1–14 och från dag 15 tillsammans."),
    "cost_replacement": gettext_lazy(
        "Lön och avgifter för dem som arbetar i stället, om en så stor del av timmarna ersätts "
        "som kommunen har angett."
    ),
}

SOURCES: dict[str, Words] = {
    "sick-leave-statement": gettext_lazy(
        "Regeln om sjukfrånvaro i kommunens årsredovisning, från 2003, och SKR:s faktablad om de "
        "sju nyckeltalen. Var regeln står i dag är inte kontrollerat."
    ),
    "sick-leave-practice": gettext_lazy(
        "Praxis hos offentliga arbetsgivare. Sex tillfällen på tolv månader är den vanligaste "
        "gränsen för upprepad sjukfrånvaro."
    ),
    "external-turnover": gettext_lazy(
        "Kommunens rapporter. Det finns ingen nationell standard, därför skrivs definitionen ut."
    ),
    "turnover-variants": gettext_lazy(
        "Nyckeltalsinstitutet, Arbetsgivarverket och Kolada: minst tio definitioner används."
    ),
    "internal-turnover": gettext_lazy("Praxis. Definitionen skrivs ut."),
    "working-time": gettext_lazy("SKR:s lista över begrepp och termer, och arbetstidslagen."),
    "working-time-limits": gettext_lazy(
        "Gränserna är kommunens egna uppgifter, med källa och datum. Utgångsvärdena kommer från "
        "SKR:s lista över begrepp och är inte kontrollerade mot dagens lydelse."
    ),
    "headcount": gettext_lazy("Praxis."),
    "full-time": gettext_lazy("Praxis, som Koladas mått N00206."),
    "span-of-control": gettext_lazy("Indikatorer i kommuners planer: 10–30 medarbetare."),
    "cost-of-sick-leave": gettext_lazy(
        "Försäkringskassans kalkyl över sjukfrånvaro. Satserna är kommunens egna uppgifter för "
        "varje år, med källa."
    ),
}
"""Where a definition comes from, by its anchor in ``docs/sources.md``."""

LAST_MONTH = gettext_lazy(
    "Var och en räknas en gång, i enheten där huvudanställningen var i periodens sista månad. Den "
    "som har slutat tidigare räknas inte."
)
ESTIMATE = gettext_lazy(
    "En uppskattning med kommunens egna antaganden, aldrig en exakt kostnad. Produktionsbortfall "
    "ingår inte."
)
CAVEATS: dict[str, tuple[Words, ...]] = {
    "sick_leave_60": (
        gettext_lazy(
            "Långtidssjukfrånvaro är här minst 60 dagar, inte 15. När en sjukperiod når 60 dagar "
            "räknas alla dess timmar, så siffror för tidigare månader kan ändras."
        ),
    ),
    "without_sick_leave": (LAST_MONTH,),
    "repeated_short": (LAST_MONTH,),
    "repeated_share": (LAST_MONTH,),
    "internal_turnover": (
        gettext_lazy(
            "Enheternas tal summerar inte till förvaltningens: ett byte inom förvaltningen räknas "
            "hos enheten men inte hos förvaltningen. I hela kommunen är det alltid 0."
        ),
    ),
    "moves": (
        gettext_lazy(
            "Enheternas tal summerar inte till förvaltningens. I hela kommunen är det alltid 0."
        ),
    ),
    "over_overtime_year": (LAST_MONTH,),
    "over_overtime_month": (
        LAST_MONTH,
        gettext_lazy(
            "Gränsen för fyra veckor kan inte prövas: underlaget har en rad för varje månad."
        ),
    ),
    "over_additional_year": (LAST_MONTH,),
    "span_of_control": (
        gettext_lazy("En chef som inte själv är anställd i kommunen räknas inte."),
    ),
    "managers_in_span": (
        gettext_lazy("En chef som inte själv är anställd i kommunen räknas inte."),
    ),
    "cost_short": (ESTIMATE,),
    "cost_long": (ESTIMATE,),
    "cost_direct": (ESTIMATE,),
    "cost_replacement": (ESTIMATE,),
}
"""What a reader of the figure must know besides."""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a definition: since when, and what changed."""

    number: int
    since: date
    change: Words


FIRST = gettext_lazy("Måttet infördes.")
INTRODUCED = date(2026, 11, 22)
VERSIONS: dict[str, tuple[Version, ...]] = {}
"""Versions after the first by the metric's key, oldest first; those of ``Terms.version`` > 1."""


def history(metric: Metric) -> tuple[Version, ...]:
    """The versions of the metric's definition, oldest first."""
    return (Version(1, INTRODUCED, FIRST), *VERSIONS.get(metric.key, ()))


def label(metric: Metric) -> str:
    """The metric's name in the reader's language; the metrics themselves know no Django."""
    return metric.label_en if get_language() == "en" else metric.label


def title(metric: Metric) -> str:
    """The metric's name where it stands alone."""
    return str(TITLES.get(metric.key) or label(metric))


UNITS: dict[str, Words] = {
    "%": gettext_lazy("procent"),
    "timmar": gettext_lazy("timmar"),
    "personer": gettext_lazy("personer"),
    "dagar per anställd": gettext_lazy("dagar per anställd"),
    "tillfällen per anställd": gettext_lazy("tillfällen per anställd"),
    "anställda per chef": gettext_lazy("anställda per chef"),
    "tkr": gettext_lazy("tusen kronor"),
}


def unit_word(metric: Metric) -> str:
    """The metric's unit in words."""
    return str(UNITS[metric.terms.unit])


def source(metric: Metric) -> str:
    """Where the metric's definition comes from."""
    return str(SOURCES[metric.terms.source.partition("#")[2]])


def definition(metric: Metric) -> str:
    """The metric's definition in one sentence."""
    return str(DEFINITIONS.get(metric.key, label(metric)))
