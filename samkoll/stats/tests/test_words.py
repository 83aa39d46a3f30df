"""A metric's name follows the reader's language."""

from __future__ import annotations

import pytest
from django.utils import translation

from samkoll.stats import words
from samkoll.stats.metrics.sick_leave import sick_leave


@pytest.mark.parametrize(
    ("language", "name"), [("sv", "Total sjukfrånvaro"), ("en", "Sick leave, total")]
)
def test_a_metric_is_named_in_the_readers_language(language, name):
    with translation.override(language):
        assert words.label(sick_leave) == name
