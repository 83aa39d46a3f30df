"""From the boards' answers to the municipality's: one rule per question. No Django here.

``docs/rules/roll-up-of-answers.md`` explains the rules with worked examples.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from samkoll.reports.template_data import AnswerValue, Question, Rule

ORDER: tuple[AnswerValue, ...] = ("yes", "partly", "no", "not_applicable")


@dataclass(frozen=True, slots=True)
class RollUp:
    """What the boards' answers to one question come to.

    ``proposal`` is None while the rule cannot decide: boards have not answered, or it is a
    question that a person decides. ``distribution``: answer -> the boards that gave it, in the
    order of the form's answers. ``deviating``: the same without the expected answer and "not
    applicable". ``missing``: boards without an answer. ``override`` wins over the proposal.
    """

    question: Question
    proposal: AnswerValue | None
    distribution: tuple[tuple[AnswerValue, tuple[str, ...]], ...]
    missing: tuple[str, ...]
    override: AnswerValue | None = None
    reason: str = ""

    @property
    def value(self) -> AnswerValue | None:
        """The municipality's answer."""
        return self.override or self.proposal

    @property
    def deviating(self) -> tuple[tuple[AnswerValue, tuple[str, ...]], ...]:
        usual = (self.question.expected, "not_applicable")
        return tuple((v, boards) for v, boards in self.distribution if v not in usual)


def roll_up(
    question: Question,
    answers: Mapping[str, AnswerValue | None],
    *,
    override: AnswerValue | None = None,
    reason: str = "",
) -> RollUp:
    """Roll up one question. ``answers``: name of each board, in order, and its answer or None.

    Source: docs/sources.md#answers
    """
    given = [(board, value) for board, value in answers.items() if value is not None]
    missing = tuple(board for board, value in answers.items() if value is None)
    distribution = tuple(
        (answer, boards)
        for answer in ORDER
        if (boards := tuple(board for board, value in given if value == answer))
    )
    counted: set[AnswerValue] = {value for _board, value in given if value != "not_applicable"}
    if given and not counted and not missing and question.roll_up != "manual":
        proposal: AnswerValue | None = "not_applicable"
    else:
        proposal = _RULES[question.roll_up](counted, bool(missing))
    return RollUp(question, proposal, distribution, missing, override, reason)


def of_parts(question: Question, parts: Mapping[str, Mapping[str, AnswerValue] | None]) -> RollUp:
    """Roll up the parts below a report. ``parts``: name of each, in order, and its answers by
    question, None until it is handed in: what is not handed in is missing."""
    answers = {name: (given or {}).get(question.key) for name, given in parts.items()}
    return roll_up(question, answers)


def _all_strict(counted: set[AnswerValue], missing: bool) -> AnswerValue | None:
    """Yes only when all say yes. One other answer decides, whoever has yet to answer."""
    if counted - {"yes"}:
        return "no"
    return None if missing or not counted else "yes"


def _all_graded(counted: set[AnswerValue], missing: bool) -> AnswerValue | None:
    """Yes when all say yes, no when all say no, else partly. Mixed answers decide at once."""
    if len(counted) > 1 or "partly" in counted:
        return "partly"
    return None if missing or not counted else next(iter(counted))


def _any(counted: set[AnswerValue], missing: bool) -> AnswerValue | None:
    """Yes as soon as one says yes; then partly as soon as one says partly."""
    if "yes" in counted:
        return "yes"
    if missing or not counted:
        return None
    return "partly" if "partly" in counted else "no"


def _manual(counted: set[AnswerValue], missing: bool) -> AnswerValue | None:
    """A person decides."""
    return None


_RULES: dict[Rule, Callable[[set[AnswerValue], bool], AnswerValue | None]] = {
    "all_strict": _all_strict,
    "all_graded": _all_graded,
    "any": _any,
    "manual": _manual,
}
