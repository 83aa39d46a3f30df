"""Uploads are looked at in a process of its own; names tell the truth; refusals are sentences."""

from __future__ import annotations

import sys

import pytest
from django import forms
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import settings as hypothesis
from hypothesis import strategies as st

from samkoll.files import checking, child, kinds
from samkoll.files.checking import Refused, check
from samkoll.files.forms import AttachmentField
from samkoll.files.tests import uploads
from samkoll.files.tests.uploads import upload


class Form(forms.Form):
    attachments = AttachmentField(required=False, label="Bilagor")


class Required(forms.Form):
    attachments = AttachmentField(most=2)


def sent(*files, form=Form):
    return form(QueryDict(), MultiValueDict({"attachments": list(files)}))


def test_a_child_process_hands_back_the_kind_and_the_clean_content():
    found = check(upload("Bild från förrådet.JPG", uploads.photo()))
    assert (found.name, found.content_type) == ("Bild från förrådet.JPG", "image/jpeg")
    assert found.content.startswith(b"\xff\xd8\xff") and b"Exif" not in found.content


def test_the_refusal_names_the_file_and_says_what_to_do():
    with pytest.raises(Refused, match=r"Bilden foto\.heic är i formatet HEIC.* Spara den som JPEG"):
        check(upload("foto.heic", bytes(4) + b"ftypheic" + bytes(9)))


@pytest.mark.parametrize("reason", kinds.Reason)
def test_every_reason_has_a_sentence(reason):
    text = checking._sentence(reason, "x.pdf")
    assert "x.pdf" in text and text.endswith(".")


def test_too_large_is_refused_before_it_is_looked_at(settings):
    settings.MAX_FILE_MEGABYTES = 1
    with pytest.raises(Refused, match=r"stor\.txt är större än 1 MB"):
        check(upload("stor.txt", b"x" * 1_000_001))


@pytest.mark.parametrize("code", ["import os; os.abort()", "while True: pass", "x = 'x' * 10**10"])
def test_a_file_that_kills_or_holds_the_child_is_refused(monkeypatch, code):
    monkeypatch.setattr(checking, "SECONDS", 1)
    limits = f"import resource; resource.setrlimit(resource.RLIMIT_AS, ({child.MEMORY},) * 2)\n"
    monkeypatch.setattr(checking, "_COMMAND", [sys.executable, "-c", limits + code])
    with pytest.raises(Refused, match="för komplicerad"):
        check(upload("elak.pdf", uploads.pdf()))


def test_the_child_knows_no_secret_of_ours(monkeypatch):
    monkeypatch.setenv("SAMKOLL_SECRET_KEY", "hemligt")
    told = "import os, sys; sys.stdout.write('type text/plain\\n' + repr(dict(os.environ)))"
    monkeypatch.setattr(checking, "_COMMAND", [sys.executable, "-c", told])
    assert b"hemligt" not in check(upload("a.txt", b"x")).content


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Protokoll 2024-05-15.pdf", "Protokoll 2024-05-15.pdf"),
        ("rapport.doc", "rapport.doc.pdf"),
        ("faktura.pdf.exe", "faktura.pdf.exe.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        (r"C:\Users\Test\Å.pdf", "Å.pdf"),
        ("fin\u202efdp.exe", "finfdp.exe.pdf"),
        ("rad\r\nSet-Cookie: x.pdf", "radSet-Cookie: x.pdf"),
        ("\0", "bilaga.pdf"),
        ("x" * 400 + ".PDF", "x" * 150 + ".PDF"),
    ],
)
def test_a_name_is_shown_as_typed_and_ends_with_the_truth(typed, shown):
    assert checking.named_for(checking.plain_name(typed), kinds.PDF) == shown


@given(st.text(max_size=300))
def test_any_name_fits_and_is_visible(typed):
    name = checking.named_for(checking.plain_name(typed), kinds.DOCX)
    assert 0 < len(name) <= 200
    assert name.isprintable() and "/" not in name


@hypothesis(max_examples=15, deadline=None)
@given(st.binary(max_size=500))
def test_arbitrary_uploads_are_checked_or_refused(content):
    try:
        assert check(upload("vad som helst.csv", content)).content == content
    except Refused as refusal:
        assert str(refusal).endswith(".")


def test_the_field_takes_several_files_and_checks_each():
    form = sent(upload("a.txt", b"ett"), upload("b.pdf", uploads.pdf()))
    assert form.is_valid(), form.errors
    assert [file.name for file in form.cleaned_data["attachments"]] == ["a.txt", "b.pdf"]
    assert "multiple" in str(form["attachments"]) and ".docx" in str(form["attachments"])
    assert "högst 20 MB" in form["attachments"].help_text


def test_the_field_says_of_each_file_why_it_is_refused():
    form = sent(upload("a.exe", b"MZ\0"), upload("b.txt", b"bra"), upload("tom.txt", b""))
    errors = form.errors["attachments"]
    assert len(errors) == 2
    assert "a.exe är av ett slag" in errors[0] and "tom.txt är tom" in errors[1]


def test_no_file_is_an_empty_list_or_a_question_for_one():
    form = sent()
    assert form.is_valid() and form.cleaned_data["attachments"] == []
    assert not sent(form=Required).is_valid()


def test_too_many_files_at_a_time_are_refused():
    form = sent(*[upload(f"{n}.txt", b"x") for n in range(3)], form=Required)
    assert form.errors["attachments"] == ["Välj högst 2 filer åt gången."]
