"""Metadata for the archive: what the package is about, and every file in it with its checksum.

METS with the elements and attributes that FGS Paketstruktur builds on, and the matter in a schema
of our own; ``docs/developers/archive-metadata.md`` says what is sourced. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote
from xml.etree import ElementTree as ET

from samkoll.reports.material import Material
from samkoll.stats.charts.characters import clean

METS = "http://www.loc.gov/METS/"
XLINK = "http://www.w3.org/1999/xlink"
MATTER = "urn:samkoll:arende:1"
SCHEMAS = ("mets-samkoll.xsd", "xlink.xsd", "arende.xsd")
"""Read from ``data``; they lie in the package beside the metadata."""
_DATA = Path(__file__).parent / "data"
_PREFIXES = {"mets": METS, "xlink": XLINK, "arende": MATTER}


@dataclass(frozen=True, slots=True)
class Packed:
    """One file of the package. ``title``: in words; ``use``: what it is for (Huvuddokument …)."""

    path: str
    title: str
    use: str
    content_type: str
    data: bytes

    @property
    def sha256(self) -> str:
        return sha256(self.data).hexdigest()


def schemas() -> list[Packed]:
    """The schemas that the metadata follows."""
    return [
        Packed(f"metadata/{name}", name, "Schema", "application/xml", (_DATA / name).read_bytes())
        for name in SCHEMAS
    ]


def metadata(report: Material, title: str, files: Sequence[Packed], *, now: datetime) -> bytes:
    """The METS file: header with agents, the matter, the files, and in which order they lie."""
    for prefix, address in _PREFIXES.items():
        ET.register_namespace(prefix, address)
    name = clean(f"{title}, {report.name}")
    key = f"samkoll-{report.pk}-{report.version}"
    root = ET.Element(f"{{{METS}}}mets", {"OBJID": key, "LABEL": name, "TYPE": "SIP"})
    _header(root, report, now)
    _matter(root, report, title)
    _files(root, files, now)
    _structure(root, name, files)
    ET.indent(root)
    text: str = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _header(root: ET.Element, report: Material, now: datetime) -> None:
    header = _add(root, METS, "metsHdr", {"CREATEDATE": now.isoformat(timespec="seconds")})
    agents = (
        ({"ROLE": "ARCHIVIST", "TYPE": "ORGANIZATION"}, report.words.municipality),
        ({"ROLE": "CREATOR", "TYPE": "ORGANIZATION"}, report.unit_name),
        ({"ROLE": "ARCHIVIST", "TYPE": "OTHER", "OTHERTYPE": "SOFTWARE"}, "Samkoll"),
    )
    for attributes, name in agents:
        _add(_add(header, METS, "agent", attributes), METS, "name", text=name)


def _matter(root: ET.Element, report: Material, title: str) -> None:
    section = _add(root, METS, "dmdSec", {"ID": "arende"})
    wrap = _add(section, METS, "mdWrap", {"MDTYPE": "OTHER", "OTHERMDTYPE": "SAMKOLL-ARENDE"})
    matter = _add(_add(wrap, METS, "xmlData"), MATTER, "arende")
    taken = report.extracted_at
    for name, text in (
        ("diarienummer", report.diary_number),
        ("rubrik", title),
        ("handlingstyp", report.form.kind),
        ("ar", str(report.year)),
        ("version", str(report.version)),
        ("status", report.status),
        ("organ", report.board_name),
        ("forvaltning", report.unit_name),
        ("forstaManad", str(report.window.first)),
        ("sistaManad", str(report.window.last)),
        ("underlagUttaget", f"{taken:%Y-%m-%d}" if taken else ""),
        ("rattelse", report.correction),
    ):
        if text:
            _add(matter, MATTER, name, text=text)
    if decided := report.decision:
        day = {"datum": decided.decided_on.isoformat(), "paragraf": clean(decided.paragraph)}
        _add(matter, MATTER, "beslut", day, text=f"{decided.nature}. {decided.text}")
    for ref in report.facts:
        _add(matter, MATTER, "underlag", {"sha256": ref["sha256"]})


def _files(root: ET.Element, files: Iterable[Packed], now: datetime) -> None:
    group = _add(_add(root, METS, "fileSec"), METS, "fileGrp")
    for place, file in enumerate(files, start=1):
        attributes = {
            "ID": f"fil-{place}",
            "MIMETYPE": file.content_type,
            "SIZE": str(len(file.data)),
            "CREATED": now.isoformat(timespec="seconds"),
            "CHECKSUM": file.sha256,
            "CHECKSUMTYPE": "SHA-256",
            "USE": file.use,
        }
        where = {
            "LOCTYPE": "URL",
            f"{{{XLINK}}}type": "simple",
            f"{{{XLINK}}}href": quote(file.path),
        }
        _add(_add(group, METS, "file", attributes), METS, "FLocat", where)


def _structure(root: ET.Element, name: str, files: Iterable[Packed]) -> None:
    whole = _add(
        _add(root, METS, "structMap", {"TYPE": "physical"}),
        METS, "div", {"LABEL": name, "DMDID": "arende"},
    )  # fmt: skip
    for place, file in enumerate(files, start=1):
        part = _add(whole, METS, "div", {"LABEL": clean(file.title)})
        _add(part, METS, "fptr", {"FILEID": f"fil-{place}"})


def _add(
    parent: ET.Element,
    space: str,
    name: str,
    attributes: dict[str, str] | None = None,
    *,
    text: str = "",
) -> ET.Element:
    made = ET.SubElement(parent, f"{{{space}}}{name}", attributes or {})
    made.text = clean(text) or None
    return made
