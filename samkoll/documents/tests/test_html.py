"""The HTML works under a strict Content-Security-Policy and reads well without eyes."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from samkoll.documents.content import Bullets, Heading, Paragraph
from samkoll.documents.tests import sample
from samkoll.documents.writers.html import fragment, page
from samkoll.stats.charts.tests import examples

VOID = {"meta", "br"}


class Tags(HTMLParser):
    """Every tag with its attributes, and whether all of them are closed in order."""

    def __init__(self, text):
        super().__init__()
        self.found, self.open = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def of(self, *names):
        return [attributes for tag, attributes in self.found if tag in names]


@pytest.fixture(scope="module")
def tags():
    return Tags(str(fragment(sample.sample())))


def test_every_tag_is_closed_in_order(tags):
    assert tags.open == []
    assert Tags(page(sample.sample()).decode()).open == []


def test_nothing_that_a_strict_policy_forbids(tags):
    assert not tags.of("script", "style", "link", "iframe", "object", "base", "form")
    for tag, attributes in tags.found:
        assert "style" not in attributes, tag
        assert not any(name.startswith("on") for name in attributes), tag
        assert not str(attributes.get("href", "#")).startswith(("javascript", "data"))


def test_every_head_cell_has_a_scope(tags):
    scopes = {attributes.get("scope") for attributes in tags.of("th")}
    assert scopes == {"col", "row", "rowgroup", "colgroup"}


def test_every_table_has_a_caption_and_every_picture_a_name(tags):
    assert len(tags.of("caption")) == len(tags.of("table"))
    names = [a["aria-label"] for _, a in tags.found if a.get("role") == "img"]
    assert names == [examples.over_time().alt, examples.turnover().alt]
    assert all(attributes["aria-hidden"] == "true" for attributes in tags.of("svg"))


def test_ids_are_unique(tags):
    ids = [attributes["id"] for _, attributes in tags.found if "id" in attributes]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("top", [1, 2])
def test_headings_follow_the_pages_own(top):
    levels = [int(tag[1]) for tag, _ in Tags(str(fragment(sample.sample(), top=top))).found
              if re.fullmatch(r"h\d", tag)]  # fmt: skip
    assert levels[0] == top + 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_a_figure_links_to_its_birth_certificate():
    text = str(fragment(sample.document(sample.SICK), figure_link=lambda key: f"/siffra/{key}?a&b"))
    assert 'href="/siffra/kvinnor-0?a&amp;b">5,8</a>' in text


def test_without_an_address_a_figure_is_no_link(tags):
    assert all(attributes["href"].startswith("#") for attributes in tags.of("a"))


def test_the_page_stands_alone():
    text = page(sample.sample()).decode()
    assert '<html lang="sv-SE">' in text
    assert "<title>Arbetsmiljörapport 2024 – Kommunstyrelsen</title>" in text
    assert text.count("<h1>") == 1
    assert not re.search(r'(src|href)="(?!#)', text)


def test_a_protected_gap_is_two_dots_in_the_table_of_a_chart():
    assert str(fragment(sample.document(examples.over_time()))).count(">..</td>") == 4


def test_attacks_are_escaped():
    text = str(fragment(sample.document(*map(Paragraph, sample.HOSTILE), Bullets(sample.HOSTILE))))
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert "\x00" not in text


def test_no_heading_is_deeper_than_html_has():
    deep = (Heading(n, "x", f"a{n}") for n in (1, 2, 3, 4))
    assert "<h6" in str(fragment(sample.document(*deep), top=3))
