"""What happened, in words: the actions and fields of the change log and the read log."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from samkoll.audit import words as vocabulary
from samkoll.audit.queries import Entry
from samkoll.audit.words import words
from samkoll.core.text import sort_key
from samkoll.reports import queries as reports
from samkoll.web.page import Words

CHANGES: dict[str, Words] = {
    "board.opened": _("Nämnd tillagd"),
    "demo.loaded": _("Demodata inlästa"),
    "import.received": _("Lönefil mottagen"),
    "import.preview_asked": _("Granskning av lönefil beställd"),
    "import.previewed": _("Lönefil granskad"),
    "import.commit_asked": _("Inläsning beställd"),
    "import.committed": _("Lönefil inläst"),
    "import.refused": _("Lönefil avvisad"),
    "import.undone": _("Inläsning ångrad"),
    "import.quarantine_purged": _("Rader i karantän borttagna"),
    "job.opened": _("Arbete startat"),
    "organisation.imported": _("Organisation inläst"),
    "organisation_file.stored": _("Organisationsfil mottagen"),
    "organisation_file.confirmed": _("Organisationsfil bekräftad"),
    "person.added": _("Person tillagd"),
    "person.left": _("Person slutar"),
    "person.user": _("Person kopplad till inloggning"),
    "position.opened": _("Befattning tillagd"),
    "report.opened": _("Rapport öppnad"),
    "report.year_opened": _("Årets rapporter öppnade"),
    "report.parts_opened": _("Enheternas delar öppnade"),
    "report.year_started": _("Årets rapporter startade"),
    "report.edited": _("Rapport ändrad"),
    "report.facts": _("Underlag till rapport uttaget"),
    "report.diary_number": _("Diarienummer satt"),
    "report.override": _("Sammanvägt svar ändrat"),
    "report.override_ended": _("Ändring av sammanvägt svar återtagen"),
    "report.file_built": _("Rapportfil skapad"),
    "role.assigned": _("Roll given"),
    "role.ended": _("Roll avslutad"),
    "safety_area.added": _("Skyddsområde tillagt"),
    "stats.published": _("Underlag till statistiken börjar gälla"),
    "stats.retracted": _("Underlag till statistiken gäller inte längre"),
    "template.stored": _("Rapportmall sparad"),
    "unit.opened": _("Enhet tillagd"),
    "unit.renamed": _("Enhet bytte namn"),
    "unit.closed": _("Enhet avslutad"),
    "unit.succeeded": _("Enhet efterträder en annan"),
    "unit.board": _("Enhet fick nämnd"),
    "user.added": _("Användare tillagd"),
    "user.language": _("Språk valt"),
}
READINGS: dict[str, Words] = {
    "figures.internal": _("Siffror om en liten grupp"),
    "import.quarantine": _("Rader med fel i en import, för att rättas"),
}

FIELDS: dict[str, Words] = {
    "actions": _("åtgärder"),
    "action": _("åtgärd"),
    "at": _("tid"),
    "batch": _("import"),
    "board": _("nämnd"),
    "changes": _("ändringar"),
    "code": _("kod"),
    "consequence": _("konsekvens"),
    "diary_number": _("diarienummer"),
    "email": _("e-postadress"),
    "ended": _("avslutade befattningar och roller"),
    "facts": _("underlag"),
    "file": _("fil"),
    "format": _("format"),
    "from": _("gäller från"),
    "is_demo": _("demoanvändare"),
    "is_manager": _("är chef"),
    "kind": _("typ"),
    "label": _("beskrivning"),
    "language": _("språk"),
    "last_day": _("sista dag"),
    "level": _("nivå"),
    "matrix": _("riskmatris"),
    "metrics": _("mått"),
    "month": _("månad"),
    "months": _("månader"),
    "name": _("namn"),
    "opened": _("öppnade"),
    "person": _("person"),
    "predecessor": _("föregångare"),
    "probability": _("sannolikhet"),
    "profile": _("profil"),
    "protected": _("skyddad identitet"),
    "quarantined": _("i karantän"),
    "question": _("fråga"),
    "reason": _("skäl"),
    "replaced": _("ersätter"),
    "reports": _("rapporter"),
    "role": _("roll"),
    "rows": _("rader"),
    "safety_area": _("skyddsområde"),
    "section": _("avsnitt"),
    "seed": _("frö"),
    "serious": _("allvarlig"),
    "sha256": _("kontrollsumma"),
    "size": _("storlek"),
    "state": _("läge"),
    "status": _("status"),
    "template": _("rapportmall"),
    "title": _("rubrik"),
    "unit": _("enhet"),
    "units": _("enheter"),
    "user": _("användare"),
    "valid_from": _("gäller från"),
    "valid_to": _("gäller till"),
    "value": _("svar"),
    "version": _("version"),
    "year": _("år"),
}


def register() -> None:
    """Tell the words of the packages that have not told their own."""
    words.add(changes=CHANGES, readings=READINGS, fields=FIELDS, values={"sha256": _start})


def _start(check_sum: str) -> str:
    """Check sums by their first signs: enough to tell two apart."""
    return check_sum[:12]


def in_words(entries: Iterable[Entry]) -> list[Entry]:
    """The entries in words, also for the fields that a report's form names."""
    rows = list(entries)
    asked = any(entry.what.startswith("report.") for entry in rows)
    return vocabulary.in_words(rows, reports.field_words() if asked else None)


def choices() -> list[tuple[str, Words]]:
    """Every action of the change log, in the order of their words."""
    return sorted(words.changes.items(), key=lambda pair: sort_key(str(pair[1])))


def reading_choices() -> list[tuple[str, Words]]:
    """Every kind of reading."""
    return list(words.readings.items())
