"""Build samkoll/documents/data/{report,short}.docx: the look of Word documents, as named styles.

HR may replace the result with a template of their own (logo, fonts, cover) as long as the styles
keep their names; ``docs/adr/0040-content-tree-and-writers.md`` lists the «fields» it may use.
Run: python scripts/build_word_template.py
"""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt, RGBColor

from samkoll.documents.writers.archive import repack

FOLDER = Path(__file__).parents[1] / "samkoll/documents/data"
INK, MUTED, ACCENT, WARN = "1C2530", "55616D", "0F5468", "8A5A00"
RULE, SOFT = "C9D2D9", "EEF3F5"
FONT = "Calibri"
PAPER = (210, 297)
MARGINS = {"report": (25, 27), "short": (18, 20)}
"""Millimetres beside and above the text, by template."""

# name: (based on, size, bold, colour, space before, space after, line spacing)
PARAGRAPHS = {
    "Normal": (None, 10.5, False, INK, 0, 7, 1.2),
    "Title": ("Normal", 30, True, INK, 54, 4, 1.0),
    "Subtitle": ("Normal", 16, False, MUTED, 0, 24, 1.0),
    "Heading 1": ("Normal", 18, True, INK, 28, 8, 1.0),
    "Heading 2": ("Normal", 14, True, INK, 20, 6, 1.0),
    "Heading 3": ("Normal", 11.5, True, INK, 14, 4, 1.0),
    "Heading 4": ("Normal", 10.5, True, INK, 12, 4, 1.0),
    "Caption": ("Normal", 9.5, True, INK, 10, 4, 1.0),
    "Diagramtext": ("Normal", 9.5, True, INK, 0, 14, 1.0),
    "List Bullet": ("Normal", 10.5, False, INK, 0, 3, 1.2),
    "TOC Heading": ("Normal", 16, True, INK, 18, 8, 1.0),
    "TOC 1": ("Normal", 10.5, True, INK, 6, 2, 1.0),
    "TOC 2": ("Normal", 10.5, False, INK, 0, 2, 1.0),
    "TOC 3": ("Normal", 10.5, False, INK, 0, 2, 1.0),
    "Header": ("Normal", 9, False, MUTED, 0, 0, 1.0),
    "Footer": ("Normal", 9, False, MUTED, 0, 0, 1.0),
    "Omslag organisation": ("Normal", 11.5, True, ACCENT, 0, 0, 1.0),
    "Omslag uppgift": ("Normal", 10.5, False, INK, 0, 3, 1.0),
    "Tabelltext": ("Normal", 9.5, False, INK, 2.5, 2.5, 1.0),
    "Tabelltal": ("Tabelltext", 9.5, False, INK, 2.5, 2.5, 1.0),
    "Tabellhuvud": ("Tabelltext", 9.5, True, ACCENT, 2.5, 2.5, 1.0),
    "Tabellhuvud tal": ("Tabelltal", 9.5, True, ACCENT, 2.5, 2.5, 1.0),
    "Tabellunderrubrik": ("Tabelltext", 9.5, True, INK, 2.5, 2.5, 1.0),
    "Tabelletikett": ("Tabelltext", 8.5, False, MUTED, 0, 0, 1.0),
    "Tabellnot": ("Normal", 8.5, False, MUTED, 2, 2, 1.0),
    "Diagram": ("Normal", 10.5, False, INK, 12, 4, 1.0),
    "Anmärkning": ("Normal", 10, False, INK, 8, 10, 1.1),
    "Anmärkning ändrad": ("Anmärkning", 10, False, INK, 8, 10, 1.1),
}
# What differs in the template of a list or a few pages: a title block in place of a cover.
SHORT = {
    "Title": ("Normal", 20, True, INK, 8, 2, 1.0),
    "Subtitle": ("Normal", 13, False, MUTED, 0, 8, 1.0),
    "Heading 1": ("Normal", 14, True, INK, 16, 5, 1.0),
    "Heading 2": ("Normal", 12, True, INK, 14, 4, 1.0),
    "Heading 3": ("Normal", 11, True, INK, 12, 4, 1.0),
    "Omslag organisation": ("Normal", 10, True, ACCENT, 0, 0, 1.0),
    "Omslag uppgift": ("Normal", 9.5, False, INK, 0, 2, 1.0),
}
KEPT_WITH_NEXT = ("Heading 1", "Heading 2", "Heading 3", "Heading 4", "Caption", "Diagram")
CHARACTERS = {"Etikett": MUTED, "Märkning": WARN, "Rubriknummer": ACCENT}


def main() -> None:
    """Build both templates and write them where the writer looks for them."""
    FOLDER.mkdir(exist_ok=True)
    _build("report", PARAGRAPHS)
    _build("short", PARAGRAPHS | SHORT)


def _build(template, looks) -> None:
    document = Document()
    side, end = MARGINS[template]
    _page(document, side, end)
    _language(document)
    for name, look in looks.items():
        _paragraph_style(document, name, look)
    for name, colour in CHARACTERS.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
        style.font.color.rgb = RGBColor.from_string(colour)
    _details(document, Mm(PAPER[0] - 2 * side))
    document.styles.element.append(_table_style())
    _body(document)
    _running(document)
    document.core_properties.title = "Dokumentmall"
    document.core_properties.author = "Samkoll"
    document.core_properties.comments = ""
    out = BytesIO()
    document.save(out)
    (FOLDER / f"{template}.docx").write_bytes(repack(out.getvalue()))


def _page(document, side, end) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = map(Mm, PAPER)
    section.left_margin = section.right_margin = Mm(side)
    section.top_margin = section.bottom_margin = Mm(end)
    section.header_distance = section.footer_distance = Mm(end // 2)
    section.different_first_page_header_footer = True


def _language(document) -> None:
    """Swedish as the language of everything, and today's layout rules of Word."""
    defaults = document.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault"))
    properties = defaults.find(qn("w:rPr"))
    for old in properties:
        properties.remove(old)
    properties.append(_fonts())
    properties.append(
        parse_xml(f'<w:lang {nsdecls("w")} w:val="sv-SE" w:eastAsia="sv-SE" w:bidi="ar-SA"/>')
    )
    settings = document.settings.element
    for tag in ("w:themeFontLang", "w:compat"):
        for old in settings.findall(qn(tag)):
            settings.remove(old)
    mode = (
        f'<w:compat {nsdecls("w")}><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat>'
    )
    language = parse_xml(f'<w:themeFontLang {nsdecls("w")} w:val="sv-SE"/>')
    settings.find(qn("w:rsids")).addprevious(parse_xml(mode))
    settings.find(qn("w:clrSchemeMapping")).addprevious(language)
    settings.find(qn("w:decimalSymbol")).set(qn("w:val"), ",")
    settings.find(qn("w:listSeparator")).set(qn("w:val"), ";")


def _fonts():
    names = " ".join(f'w:{part}="{FONT}"' for part in ("ascii", "hAnsi", "cs", "eastAsia"))
    return parse_xml(f"<w:rFonts {nsdecls('w')} {names}/>")


def _paragraph_style(document, name, look) -> None:
    base, size, bold, colour, before, after, spacing = look
    styles = document.styles
    known = {style.name for style in styles}
    style = styles[name] if name in known else styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    for part in ("w:rPr", "w:pPr"):
        old = style.element.find(qn(part))
        if old is not None:
            numbering = old.find(qn("w:numPr"))
            style.element.remove(old)
            if numbering is not None:
                style.element.get_or_add_pPr().append(numbering)
    style.base_style = styles[base] if base else None
    style.quick_style, style.hidden = True, False
    style.element.get_or_add_rPr().append(_fonts())
    font, layout = style.font, style.paragraph_format
    font.size, font.bold, font.italic = Pt(size), bold, False
    font.color.rgb = RGBColor.from_string(colour)
    layout.space_before, layout.space_after = Pt(before), Pt(after)
    layout.line_spacing = spacing
    layout.keep_with_next = name in KEPT_WITH_NEXT
    layout.widow_control = True


def _details(document, width) -> None:
    styles = document.styles
    for level in (1, 2, 3, 4):
        outline = parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="{level - 1}"/>')
        styles[f"Heading {level}"].element.get_or_add_pPr().append(outline)
    for level, indent in ((1, 0), (2, 6), (3, 12)):
        layout = styles[f"TOC {level}"].paragraph_format
        layout.left_indent = Mm(indent)
        layout.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    for name in ("Header", "Footer"):
        styles[name].paragraph_format.tab_stops.add_tab_stop(width, WD_TAB_ALIGNMENT.RIGHT)
    styles["Omslag uppgift"].paragraph_format.tab_stops.add_tab_stop(Mm(45))
    for name in ("Tabelltal", "Tabellhuvud tal"):
        styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _border(styles["Footer"], "top", RULE, 4, 6)
    for name, colour in (("Anmärkning", ACCENT), ("Anmärkning ändrad", WARN)):
        _border(styles[name], "left", colour, 24, 8)
        styles[name].paragraph_format.left_indent = Mm(3)
        shade = parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:color="auto" w:fill="{SOFT}"/>')
        layout = styles[name].element.get_or_add_pPr()
        layout.find(qn("w:pBdr")).addnext(shade)


def _border(style, side, colour, eighths, space) -> None:
    border = parse_xml(
        f'<w:pBdr {nsdecls("w")}><w:{side} w:val="single" w:sz="{eighths}" '
        f'w:space="{space}" w:color="{colour}"/></w:pBdr>'
    )
    layout = style.element.get_or_add_pPr()
    layout.insert_element_before(
        border, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl"
    )


def _table_style():
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{RULE}"'
    return parse_xml(f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="Samkolltabell">
  <w:name w:val="Samkoll tabell"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="40"/>
  <w:qFormat/>
  <w:tblPr><w:tblBorders><w:bottom {line}/><w:insideH {line}/></w:tblBorders>
  <w:tblCellMar><w:left w:w="90" w:type="dxa"/><w:right w:w="90" w:type="dxa"/></w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:tcPr><w:tcBorders>
    <w:bottom w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"/>
  </w:tcBorders></w:tcPr></w:tblStylePr>
</w:style>""")


def _body(document) -> None:
    """The cover: the places of logo, «fields» that the writer fills, and content."""
    for style, text in (
        ("Omslag organisation", "«Logotyp»"),
        ("Omslag organisation", "«Organisation»"),
        ("Title", "«Titel»"),
        ("Subtitle", "«Undertitel»"),
        ("Omslag uppgift", "«Uppgifter»"),
        ("Normal", "«Innehåll»"),
    ):
        document.add_paragraph(text, style)


def _running(document) -> None:
    section = document.sections[0]
    head = section.header.paragraphs[0]
    head.add_run("«Sidhuvud»\t")
    head.add_run("«Märkning»", "Märkning").bold = True
    for footer in (section.footer, section.first_page_footer):
        foot = footer.paragraphs[0]
        foot.style = document.styles["Footer"]
        foot.add_run("«Sidfot»\tSida ")
        _field(foot, "PAGE", "1")
        foot.add_run(" av ")
        _field(foot, "NUMPAGES", "1")


def _field(paragraph, code, shown) -> None:
    field = parse_xml(
        f'<w:fldSimple {nsdecls("w")} w:instr=" {code} ">'
        f"<w:r><w:t>{shown}</w:t></w:r></w:fldSimple>"
    )
    paragraph._p.append(field)


if __name__ == "__main__":
    main()
