"""A file with what the Kolada API gives: its JSON, or a table of values as CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from samkoll.core.text import MINUS
from samkoll.opendata.bundle import Bundle, MunicipalityRow, NotKolada, replies_of

NEEDED = ("kpi", "municipality", "period", "gender", "value")
"""The columns that a CSV file must have; ``status`` and ``municipality_title`` may be there."""
LARGEST = 20_000_000
"""Bytes of a file at most: some 150,000 values."""


def read(content: bytes, *, name: str) -> Bundle:
    """The file's content, checked as a whole. Raises: NotKolada."""
    check_size(content, name=name)
    text = _decoded(content)
    bundle = Bundle()
    if text.lstrip()[:1] in ("{", "["):
        _read_json(bundle, text, name)
    else:
        _read_csv(bundle, text, name)
    return bundle.checked()


def check_size(content: bytes, *, name: str) -> None:
    """Refuse at once what need not be read. Raises: NotKolada."""
    if len(content) > LARGEST:
        raise NotKolada(_("Filen %(name)s är för stor. Dela den i flera.") % {"name": name})
    if not content.strip():
        raise NotKolada(_("Filen %(name)s är tom.") % {"name": name})


def _decoded(content: bytes) -> str:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return text.replace("\0", "")


def _read_json(bundle: Bundle, text: str, name: str) -> None:
    try:
        content = json.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        said = _("Filen %(name)s är inte hel JSON. Hämta den från Kolada igen.")
        raise NotKolada(said % {"name": name}) from error
    for number, reply in enumerate(replies_of(content), start=1):
        bundle.add(reply, _("svar %(number)d") % {"number": number})


def _read_csv(bundle: Bundle, text: str, name: str) -> None:
    lines = text.splitlines()
    head = lines[0] if lines else ""
    separator = max(";\t,", key=head.count)
    reader = csv.DictReader(io.StringIO(text), delimiter=separator)
    names = {column.strip().lower(): column for column in reader.fieldnames or ()}
    missing = [column for column in NEEDED if column not in names]
    if missing:
        said = _(
            "Filen %(name)s saknar kolumnerna %(columns)s. Rubrikerna ska stå på första raden."
        )
        raise NotKolada(said % {"name": name, "columns": ", ".join(missing)})
    for row in _rows(reader, name):
        cells = {key: (row.get(column) or "").strip() for key, column in names.items()}
        if not any(cells.values()):
            continue
        code, title = cells["municipality"].zfill(4), cells.get("municipality_title", "")
        if title:
            bundle.municipalities[code] = MunicipalityRow(code, title[:120])
        bundle.add_value(
            kpi=cells["kpi"].upper(),
            municipality=code,
            year=cells["period"],
            sex=cells["gender"].upper(),
            value=_plain(cells["value"]),
            status=cells.get("status", ""),
            place=_("rad %(number)d") % {"number": reader.line_num},
        )


def _rows(reader: csv.DictReader[str], name: str) -> Iterator[dict[str, str | None]]:
    """Raises: NotKolada for a line that no spreadsheet writes."""
    try:
        yield from reader
    except csv.Error as error:
        said = _("Filen %(name)s går inte att läsa som CSV vid rad %(number)d.")
        raise NotKolada(said % {"name": name, "number": reader.line_num}) from error


def _plain(text: str) -> str | None:
    """A number as ``Decimal`` reads it: decimal comma or point, any space, any minus."""
    plain = "".join(text.split()).replace(MINUS, "-").replace(",", ".")
    return plain or None
