"""Two people, one text: docs/rules/report-parts.md."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samkoll.reports.merging import merge, paragraphs

BASE = "Ett.\n\nTvå.\n\nTre."


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        ("Ett!\n\nTvå.\n\nTre.", "Ett.\n\nTvå.\n\nTre!", "Ett!\n\nTvå.\n\nTre!"),
        ("Ett.\n\nTre.", "Ett.\n\nTvå.\n\nTre.\n\nFyra.", "Ett.\n\nTre.\n\nFyra."),
        (BASE, "Helt annat.", "Helt annat."),
        ("Helt annat.", BASE, "Helt annat."),
        ("Ett!\n\nTvå.\n\nTre.", "Ett!\n\nTvå.\n\nTre!", "Ett!\n\nTvå.\n\nTre!"),
        ("Ett!\n\nTvå.\n\nTre.", "Ett?\n\nTvå.\n\nTre.", None),
        (BASE + "\n\nMitt.", BASE + "\n\nDeras.", None),
        ("Noll.\n\n" + BASE, "Ett?\n\nTvå.\n\nTre.", None),
        ("", "Ett.\n\nTvå.\n\nTre!", None),
    ],
)
def test_different_paragraphs_are_merged_and_the_same_one_is_not(mine, theirs, merged):
    assert merge(BASE, mine, theirs) == merged


TEXTS = st.lists(st.sampled_from(["a", "b", "c", "d"]), max_size=5).map("\n\n".join)


@settings(max_examples=50)
@given(TEXTS, TEXTS, TEXTS)
def test_a_merge_does_not_depend_on_who_saves_first(base, mine, theirs):
    assert merge(base, mine, theirs) == merge(base, theirs, mine)


@settings(max_examples=50)
@given(TEXTS, TEXTS, TEXTS)
def test_a_merge_makes_up_no_paragraph(base, mine, theirs):
    merged = merge(base, mine, theirs)
    if merged is not None:
        assert set(paragraphs(merged)) <= set(paragraphs(mine)) | set(paragraphs(theirs))
