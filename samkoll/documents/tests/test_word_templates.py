"""Word templates that others have written: what they may, and what stops them."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from PIL import Image
from pypdf import PdfReader

import samkoll.documents
from samkoll.documents.word import child, filling
from samkoll.documents.word.fields import fields_of
from samkoll.documents.word.sample import sample
from samkoll.documents.writers import render
from samkoll.documents.writers.look import Look

SHIPPED = Path(samkoll.documents.__file__).parent / "data" / "report.docx"
SAMPLE = sample("Exempelkommunen", date(2026, 3, 1))


def template(*lines, header="", without=""):
    """The shipped template with more lines on its cover."""
    word = docx.Document(str(SHIPPED))
    for paragraph in list(word.paragraphs):
        if without and without in paragraph.text:
            paragraph._p.getparent().remove(paragraph._p)
    first = word.paragraphs[0]
    for line in lines:
        first.insert_paragraph_before(line)
    if header:
        word.sections[0].header.paragraphs[0].text = header
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def texts(data):
    return [p.text for p in docx.Document(BytesIO(data)).paragraphs]


def refused(data):
    with pytest.raises(child.Refused) as refusal:
        child.tried(child.filled(data, fields_of(SAMPLE)), SAMPLE)
    return refusal.value


def test_fields_are_filled_as_text():
    lines = (
        "{{ titel }} för {{ organisation }}",
        "{% if diarienummer %}Dnr {{ diarienummer }}{% endif %}",
    )
    made = child.filled(template(*lines, header="{{ sidhuvud|upper }}"), fields_of(SAMPLE))
    assert texts(made)[0] == "Så här ser mallen ut för Exempelkommunen"
    assert texts(made)[1] == "Dnr KS-2024/1"
    header = docx.Document(BytesIO(made)).sections[0].header
    assert header.paragraphs[0].text == SAMPLE.running_head.upper()


def test_facts_can_be_listed():
    line = "{% for rad in uppgifter %}{{ rad.namn }}: {{ rad.text }}. {% endfor %}"
    made = child.filled(template(line), fields_of(SAMPLE))
    assert "Förvaltning: Exempelförvaltningen." in texts(made)[0]


@pytest.mark.parametrize(
    "line",
    [
        "{{ titel.__class__.__mro__ }}",
        "{{ ''.__class__ }}",
        "{{ uppgifter.append(1) }}",
        "{{ titel.format.__globals__ }}",
    ],
)
def test_what_reaches_out_of_the_sandbox_is_forbidden(line):
    assert refused(template(line)).reason == "forbidden"


def test_there_is_nothing_but_the_fields_to_name():
    for name in ("range", "cycler", "lipsum", "namespace", "self", "request"):
        refusal = refused(template(f"{{{{ {name}() }}}}"))
        assert refusal.reason in ("unknown", "forbidden", "syntax")


def test_an_unknown_field_is_named():
    refusal = refused(template("{{ dairenummer }}"))
    assert (refusal.reason, refusal.details) == ("unknown", "dairenummer")


def test_a_field_that_does_not_end_is_explained():
    assert refused(template("{% if titel %}Hej")).reason == "syntax"


def test_a_template_without_a_place_for_the_text_or_a_style_is_refused():
    assert refused(template(without="Innehåll")).reason == "no_content"
    word = docx.Document(str(SHIPPED))
    style = word.styles["Tabellnot"]
    style.element.getparent().remove(style.element)
    out = BytesIO()
    word.save(out)
    assert (refused(out.getvalue()).reason, refused(out.getvalue()).details) == (
        "styles",
        "Tabellnot",
    )


def test_a_loop_without_end_ends_and_says_so():
    nested = "{% for a in titel * 9999 %}" * 3 + "x" + "{% endfor %}" * 3
    with pytest.raises(filling.BadWordTemplate, match="för lång tid"):
        filling.check(template(nested), SAMPLE)


def test_a_good_template_is_taken_and_used():
    own = template("{{ organisation|upper }}")
    filling.check(own, SAMPLE)
    look = Look(template=filling.filled(own, SAMPLE))
    made = render(SAMPLE, formats=("docx",), look=look)["docx"]
    assert texts(made)[0] == "EXEMPELKOMMUNEN"
    assert "Rubrik på nivå 1" in " ".join(texts(made))


def test_what_is_no_word_file_is_refused():
    with pytest.raises(filling.BadWordTemplate, match="skadad"):
        filling.check(b"PK\x03\x04 inget", SAMPLE)


@pytest.fixture(scope="module")
def logo():
    out = BytesIO()
    Image.new("RGB", (80, 40), "navy").save(out, "PNG")
    return out.getvalue()


def test_a_logo_stands_first_with_its_words(logo):
    files = render(SAMPLE, formats=("docx", "pdf"), look=Look(logo=logo))
    word = docx.Document(BytesIO(files["docx"]))
    (described,) = word.element.body.xpath(".//wp:docPr/@descr")
    assert described == "Logotyp för Exempelkommunen"
    (picture,) = PdfReader(BytesIO(files["pdf"])).pages[0].images
    assert picture.image is not None
    assert picture.image.size == (80, 40)


def test_without_a_logo_its_mark_is_gone():
    assert not any("«" in text for text in texts(render(SAMPLE, formats=("docx",))["docx"]))
