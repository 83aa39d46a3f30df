"""Fills one Word template in a process of its own: a loop without end or a bomb ends only this.

Standard input: our parent's pickled template, fields and, when the template is being tried, a
document to write in its styles. Standard output: one line, ``file`` or a reason with its details,
and after ``file`` the filled template. Knows no Django and no secrets.
"""

from __future__ import annotations

import io
import pickle
import resource
import sys
from collections.abc import Mapping
from typing import Any

import docx
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from samkoll.documents.content import Document
from samkoll.documents.writers import docx as writer
from samkoll.documents.writers.look import Look

MEMORY = 700_000_000  # bytes of address space
SECONDS = 4  # of work; a real template takes a tenth of one
LARGEST = 30_000_000  # bytes of the filled template
CONTENT = "«Innehåll»"


class Refused(Exception):
    """Why the template cannot be used: a reason and what it is about."""

    def __init__(self, reason: str, details: str = "") -> None:
        self.reason, self.details = reason, details
        super().__init__(reason)


def filled(template: bytes, fields: Mapping[str, Any]) -> bytes:
    """The template with its fields filled. Raises: Refused."""
    environment = ImmutableSandboxedEnvironment(autoescape=True, undefined=StrictUndefined)
    environment.globals.clear()
    environment.filters = {name: environment.filters[name] for name in ("upper", "lower", "title")}
    word = DocxTemplate(io.BytesIO(template))
    try:
        word.render(dict(fields), jinja_env=environment, autoescape=True)
    except SecurityError as error:
        raise Refused("forbidden", str(error)) from None
    except UndefinedError as error:
        raise Refused("unknown", str(error.message).partition("'")[2].partition("'")[0]) from None
    except TemplateSyntaxError as error:
        raise Refused("syntax", str(error.message)) from None
    except (TemplateError, TypeError) as error:
        raise Refused("syntax", str(error)) from None
    out = io.BytesIO()
    word.save(out)
    if out.tell() > LARGEST:
        raise Refused("too_much")
    return out.getvalue()


def tried(template: bytes, document: Document) -> None:
    """Write a document in the template's styles. Raises: Refused."""
    word = docx.Document(io.BytesIO(template))
    if CONTENT not in {paragraph.text.strip() for paragraph in word.paragraphs}:
        raise Refused("no_content")
    names = {str(style.name) for style in word.styles}
    if missing := [name for name in writer.STYLES if name not in names]:
        raise Refused("styles", ", ".join(missing))
    pages = tuple(1 for _heading in document.headings())
    writer.write(document, pages=pages, look=Look(template=template))


def main() -> None:
    """Fill, try, answer."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    template, fields, document = pickle.load(sys.stdin.buffer)
    out = sys.stdout.buffer
    try:
        made = filled(template, fields)
        if document is not None:
            tried(made, document)
    except Refused as refusal:
        out.write(f"{refusal.reason} {refusal.details}\n".encode())
    except MemoryError:
        out.write(b"too_much \n")
    except Exception:  # libraries raise anything at bytes that somebody has twisted
        out.write(b"damaged \n")
    else:
        out.write(b"file \n" + made)


if __name__ == "__main__":
    main()
