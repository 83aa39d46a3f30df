"""DOCX: the content tree in the named styles of a Word template.

The template owns the look, the cover, header and footer. «Fields» in it are filled as plain
text; the blocks take the place of the paragraph «Innehåll».
"""

from __future__ import annotations

import re
from datetime import datetime, time
from functools import cache
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml.xmlchemy import BaseOxmlElement as Element
from docx.shared import Emu, Mm, Pt

from samkoll.documents.content import (
    Block,
    Bullets,
    Document,
    Heading,
    Note,
    Paragraph,
    Table,
    TableOfContents,
)
from samkoll.documents.writers.archive import repack
from samkoll.documents.writers.docx_table import word_table
from samkoll.documents.writers.docx_xml import (
    bookmark,
    field,
    field_end,
    field_start,
    link,
    paragraph,
    run,
    w,
)
from samkoll.documents.writers.look import PLAIN, Look, logo_words
from samkoll.stats.charts import Chart, draw
from samkoll.stats.charts.characters import clean

TEMPLATES = Path(__file__).parents[1] / "data"
_CONTENT, _FACTS, _LOGO = "«Innehåll»", "«Uppgifter»", "«Logotyp»"
_LOGO_HEIGHT = Mm(18)
STYLES = (
    "Normal", "Heading 1", "Heading 2", "Heading 3", "Heading 4", "Caption", "List Bullet",
    "TOC Heading", "TOC 1", "TOC 2", "TOC 3", "Header", "Footer", "Omslag uppgift", "Etikett",
    "Rubriknummer", "Diagram", "Diagramtext", "Anmärkning", "Anmärkning ändrad", "Tabellnot",
    "Samkoll tabell", "Tabelltext", "Tabelltal", "Tabellhuvud", "Tabellhuvud tal",
    "Tabellunderrubrik", "Tabelletikett",
)  # fmt: skip
"""Every style that a template has to have."""
_FIELD = re.compile("«[^»]*»")
_POINTS_PER_PIXEL = 0.75
_WIDEST = 453.0
_TABBED = ("Header", "Footer", "TOC 1", "TOC 2", "TOC 3")


def write(document: Document, *, pages: tuple[int, ...], look: Look = PLAIN) -> bytes:
    """The document as DOCX, the same bytes for the same document and look.

    ``pages``: the page of each heading, printed in the table of contents until Word counts its
    own; the PDF's are used. Raises: KeyError when a template lacks one of the named styles.
    """
    shipped = _template("short" if document.short else "report")
    word = docx.Document(BytesIO(look.template or shipped))
    if document.landscape:
        _turn(word)
    _Writer(document, word, pages, look.logo).write()
    _properties(document, word.core_properties)
    out = BytesIO()
    word.save(out)
    return repack(out.getvalue())


@cache
def _template(name: str) -> bytes:
    return (TEMPLATES / f"{name}.docx").read_bytes()


def _turn(word: Any) -> None:
    """Turn the paper; what stands at the right edge follows."""
    section = word.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    wider = section.page_width - section.page_height
    for name in _TABBED:
        for stop in word.styles[name].paragraph_format.tab_stops:
            if stop.alignment == WD_TAB_ALIGNMENT.RIGHT:
                stop.position += wider


def _text_width(section: Any) -> int:
    """Width of the text column in twentieths of a point."""
    width = Emu(section.page_width - section.left_margin - section.right_margin)
    return round(float(width.pt) * 20)


def _properties(document: Document, properties: Any) -> None:
    """Title, language and author; the only time is the day of the document."""
    noon = datetime.combine(document.produced_on, time(12))
    properties.title = clean(document.name)[:255]
    properties.author = properties.last_modified_by = clean(document.organisation)[:255]
    properties.language = document.language
    properties.identifier = clean(document.diary_number)[:255]
    properties.content_status = clean(document.status)[:255]
    properties.created = properties.modified = noon
    properties.revision = 1


class _Writer:
    """One pass over one document into one opened template."""

    def __init__(
        self, document: Document, word: Any, pages: tuple[int, ...], logo: bytes | None
    ) -> None:
        self.document, self.word, self.logo = document, word, logo
        self.styles = {style.name: style.style_id for style in word.styles}
        self.captions = document.captions()
        self.places = {h.anchor: i for i, h in enumerate(document.headings())}
        self.pages = pages
        self.twips = _text_width(word.sections[0])
        self.pictures = 0
        self.new_page = False

    def write(self) -> None:
        fields = self._fields()
        body = self.word.element.body
        marks = {p.text.strip(): p._p for p in self.word.paragraphs}
        logos = [p for p in self.word.paragraphs if p.text.strip() == _LOGO]
        content = marks.get(_CONTENT)
        parts = [part for i, b in enumerate(self.document.blocks) for part in self._block(i, b)]
        parts += [self._paragraph("Tabellnot", note) for note in self.document.footer_notes]
        for part in parts:
            content.addprevious(part) if content is not None else body[-1].addprevious(part)
        if content is not None:
            body.remove(content)
        if (facts := marks.get(_FACTS)) is not None:
            self._cover(facts)
        for item in logos:
            self._logo(item)
        for name, story in product(("header", "footer"), ("", "first_page_", "even_page_")):
            part = getattr(self.word.sections[0], f"{story}{name}")
            if not part.is_linked_to_previous:
                for item in [p for p in part.paragraphs if p.text.strip() == _LOGO]:
                    self._logo(item)
                _fill(part.paragraphs, fields)
        _fill([p for p in self.word.paragraphs if p._p in marks.values()], fields)

    def _fields(self) -> dict[str, str]:
        document = self.document
        facts = {
            "«Titel»": document.title,
            "«Undertitel»": document.subtitle,
            "«Organisation»": document.organisation,
            "«Diarienummer»": document.diary_number,
            "«Sidhuvud»": document.running_head,
            "«Sidfot»": " · ".join(filter(None, (document.organisation, document.name))),
            "«Märkning»": document.status,
            "«Framtagen»": document.produced_on.isoformat(),
        }
        return {name: clean(text) for name, text in facts.items()}

    def _cover(self, place: Element) -> None:
        style = self.styles["Omslag uppgift"]
        for name, text in self.document.cover():
            label = run(f"{clean(name)}\t", style=self.styles["Etikett"])
            place.addprevious(paragraph(style, label, run(clean(text), bold=True)))
        place.getparent().remove(place)

    def _logo(self, place: Any) -> None:
        """The logo where the template has its mark; without a logo the mark goes."""
        if self.logo is None:
            place._p.getparent().remove(place._p)
            return
        place.clear()
        self.pictures += 1
        picture = place.add_run().add_picture(BytesIO(self.logo), height=_LOGO_HEIGHT)
        self._describe(picture._inline, "Logotyp", logo_words(self.document))

    def _describe(self, inline: Element, name: str, alt: str) -> None:
        for properties in inline.iter("{*}docPr", "{*}cNvPr"):
            properties.set("id", str(self.pictures))
            properties.set("name", f"{name} {self.pictures}")
            properties.set("descr", clean(alt))

    def _paragraph(self, style: str, text: str) -> Element:
        return paragraph(self.styles[style], run(clean(text)))

    def _block(self, index: int, block: Block) -> list[Element]:
        parts: list[Element] = []
        match block:
            case Heading():
                parts = [self._heading(block)]
            case Paragraph(text):
                parts = [self._paragraph("Normal", text)]
            case Bullets(items):
                parts = [self._paragraph("List Bullet", item) for item in items]
            case Note():
                parts = [self._note(block)]
            case Table():
                parts = word_table(block, clean(self.captions[index]), self.styles, self.twips)
            case Chart():
                parts = self._chart(block, clean(self.captions[index]))
            case TableOfContents():
                parts = [self._contents(block)]
        return parts

    def _heading(self, heading: Heading) -> Element:
        place = self.places[heading.anchor]
        runs = [run(clean(heading.text))]
        if heading.number:
            runs.insert(0, run(f"{clean(heading.number)} ", style=self.styles["Rubriknummer"]))
        marked = bookmark(_anchor(place), place + 1, *runs)
        style = self.styles[f"Heading {heading.level}"]
        new_page, self.new_page = self.new_page, False
        return paragraph(style, *marked, new_page=new_page)

    def _note(self, note: Note) -> Element:
        changed = note.kind in ("given", "override")
        style = self.styles["Anmärkning ändrad" if changed else "Anmärkning"]
        lead = [run(f"{clean(note.lead).rstrip('.')}. ", bold=True)] if note.lead else []
        return paragraph(style, *lead, run(clean(note.text)))

    def _chart(self, chart: Chart, caption: str) -> list[Element]:
        picture = draw(chart)
        self.pictures += 1
        width = Pt(min(picture.width * _POINTS_PER_PIXEL, _WIDEST))
        inline = self.word.part.new_pic_inline(BytesIO(picture.png()), width, None)
        self._describe(inline, "Diagram", chart.alt)
        drawing = w("r", w("drawing", inline))
        return [
            paragraph(self.styles["Diagram"], drawing, keep=True),
            self._paragraph("Diagramtext", caption),
        ]

    def _contents(self, contents: TableOfContents) -> Element:
        """A filled table of contents: links and page numbers, before Word ever counts."""
        self.new_page = True
        headings = self.document.headings(contents.depth)
        entries = [self._entry(heading) for heading in headings]
        if entries:
            start = field_start(rf'TOC \o "1-{contents.depth}" \h \z \u')
            for place, part in enumerate(start):
                entries[0].insert(1 + place, part)
            entries[-1].append(field_end())
        gallery = w("docPartGallery", val="Table of Contents")
        kind = w("sdtPr", w("docPartObj", gallery, w("docPartUnique")))
        title = self._paragraph("TOC Heading", contents.title)
        return w("sdt", kind, w("sdtContent", title, *entries))

    def _entry(self, heading: Heading) -> Element:
        place = self.places[heading.anchor]
        anchor = _anchor(place)
        text = run(f"{clean(heading.label)}\t")
        page = field(rf"PAGEREF {anchor} \h", str(self.pages[place]))
        return paragraph(self.styles[f"TOC {heading.level}"], link(anchor, text, *page))


def _anchor(place: int) -> str:
    return f"_Toc{place + 1:06d}"


def _fill(paragraphs: list[Any], fields: dict[str, str]) -> None:
    """Fill «fields» once each; a value that looks like a field is not filled again."""
    for item in paragraphs:
        for part in item.runs:
            if "«" in part.text:
                part.text = _FIELD.sub(lambda m: fields.get(m[0], m[0]), part.text)
