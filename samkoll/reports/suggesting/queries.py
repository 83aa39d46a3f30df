"""Suggestions and checks of one report: what its figures say now, and what was accepted."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from samkoll.reports.composition import Context
from samkoll.reports.models import AcceptedSentence, DismissedSentence
from samkoll.reports.published import PublishedFigures
from samkoll.reports.suggesting import gathering, suggesting
from samkoll.reports.suggesting.checking import Check, Kept, check
from samkoll.reports.suggesting.sentence import Sentence
from samkoll.reports.template_data import Section
from samkoll.stats import queries as stats


@dataclass(frozen=True, slots=True)
class Checked:
    """An accepted sentence whose figures have changed. ``id`` is the accepted row's."""

    id: int
    section: Section
    part: str
    check: Check


def suggested(context: Context, section: Section) -> tuple[Sentence, ...]:
    """Every sentence that the section's figures allow. No query of its own.

    Raises: MixedConventions.
    """
    return suggesting.suggest(gathering.seen(context, section, _chance(context)))


def _chance(context: Context) -> gathering.Chance:
    """Held against chance by the persons behind published figures; one pass over the facts."""
    figures, report = context.figures, context.report
    if not isinstance(figures, PublishedFigures):
        return gathering.nothing_known
    facts = figures.facts

    def verdicts(metric: str) -> tuple[bool | None, bool | None]:
        compared = stats.comparison(report.scope, metric, "total", report.month, facts)
        year = stats.against_last_year(compared, facts)
        whole = stats.against_whole(compared.current, facts)
        return year.certain if year else None, whole.certain if whole else None

    return verdicts


def dismissed(report_id: int, section: str) -> frozenset[str]:
    """The rules of a section whose suggestions are not wanted."""
    rows = DismissedSentence.objects.filter(report=report_id, section=section)
    return frozenset(rows.values_list("rule", flat=True))


def accepted(report_id: int, section: str | None = None) -> list[AcceptedSentence]:
    """The accepted sentences of a report or of one section of it, in order of acceptance."""
    rows = AcceptedSentence.objects.filter(report=report_id).order_by("pk")
    return list(rows if section is None else rows.filter(section=section))


def changed(context: Context, rows: Collection[AcceptedSentence]) -> list[Checked]:
    """Those of the accepted sentences that stand in the texts and rest on figures that have
    changed, in the order of the form. No query of its own. Raises: MixedConventions."""
    return [found for found in _checked(context, rows) if found.check.changed]


def _checked(context: Context, rows: Collection[AcceptedSentence]) -> Iterator[Checked]:
    for section in context.report.form.sections:
        own = [row for row in rows if row.section == section.key]
        sentences = suggested(context, section) if own else ()
        for row in own:
            text = context.report.texts.get((row.section, row.part), "")
            kept = Kept(row.rule, row.text, row.figures)
            if found := check(kept, text, sentences):
                yield Checked(row.pk, section, row.part, found)
