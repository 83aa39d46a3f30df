"""WordprocessingML in small pieces: paragraphs, runs, fields, bookmarks, tables.

Built as elements, not through python-docx's cell objects: those search the grid anew for every
cell, which takes seconds in a table of a hundred rows.
"""

from __future__ import annotations

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def w(tag: str, *children: Element, **attributes: str | int) -> Element:
    """One element of the ``w`` namespace; attributes are in it too."""
    names = {qn(f"w:{name}"): str(value) for name, value in attributes.items()}
    element = OxmlElement(f"w:{tag}", attrs=names)
    element.extend(children)
    return element


def run(text: str, *, style: str = "", bold: bool = False, raised: bool = False) -> Element:
    """A run of text. Line feeds become breaks, tabs become tabs."""
    properties = w("rPr")
    if style:
        properties.append(w("rStyle", val=style))
    if bold:
        properties.append(w("b"))
    if raised:
        properties.append(w("vertAlign", val="superscript"))
    element = w("r", *([properties] if len(properties) else []))
    for place, line in enumerate(text.split("\n")):
        if place:
            element.append(w("br"))
        for stop, part in enumerate(line.split("\t")):
            if stop:
                element.append(w("tab"))
            if part:
                piece = w("t")
                piece.text = part
                piece.set(_XML_SPACE, "preserve")
                element.append(piece)
    return element


def paragraph(style: str, *content: Element, keep: bool = False, new_page: bool = False) -> Element:
    """A paragraph in a named style. ``keep``: on the same page as what follows."""
    properties = w("pPr", w("pStyle", val=style))
    if keep:
        properties.append(w("keepNext"))
    if new_page:
        properties.append(w("pageBreakBefore"))
    return w("p", properties, *content)


def field(code: str, shown: str) -> list[Element]:
    """A field with the result that readers show until somebody updates it."""
    return [*field_start(code), run(shown), field_end()]


def field_start(code: str) -> list[Element]:
    """The runs before a field's result."""
    instruction = w("instrText")
    instruction.text = f" {code} "
    instruction.set(_XML_SPACE, "preserve")
    return [
        w("r", w("fldChar", fldCharType="begin")),
        w("r", instruction),
        w("r", w("fldChar", fldCharType="separate")),
    ]


def field_end() -> Element:
    return w("r", w("fldChar", fldCharType="end"))


def bookmark(name: str, number: int, *content: Element) -> list[Element]:
    """``content`` under a name that fields and links can point at."""
    return [
        w("bookmarkStart", id=number, name=name),
        *content,
        w("bookmarkEnd", id=number),
    ]


def link(anchor: str, *content: Element) -> Element:
    """A link to a bookmark of the same document."""
    return w("hyperlink", *content, anchor=anchor, history=1)
