"""All rules over a section, in the order in which the sentences read well."""

from __future__ import annotations

from samkoll.reports.suggesting.rules import boards, changes, extremes, typed
from samkoll.reports.suggesting.seen import Seen
from samkoll.reports.suggesting.sentence import Sentence

RULES = (*typed.RULES, *changes.RULES, *extremes.RULES, *boards.RULES)


def suggest(seen: Seen) -> tuple[Sentence, ...]:
    """Every sentence that the section's figures allow; each rule key once."""
    found = {sentence.rule: sentence for rule in RULES for sentence in rule(seen)}
    return tuple(found.values())
