"""What types cannot say about a form: keys, numbers, metrics, rules, conditions and variables.

Every refusal is a sentence that names the place, because forms are edited in the web too.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any, get_args

from django.utils.translation import gettext as _

from samkoll.core.errors import DomainError
from samkoll.core.text import listing
from samkoll.reports import template_conditions as conditions
from samkoll.reports import template_data as data
from samkoll.stats import metrics

_KEY = re.compile(r"[a-z][a-z0-9_]*")
_NUMBER = re.compile(r"[1-9][0-9]?(\.[1-9][0-9]?){0,2}")
_LONGEST = {"section": 40, "text": 40, "question": 60, "given": 60}
VARIABLES = (
    "municipality", "municipality_genitive", "year", "data_year", "previous_year",
)  # fmt: skip
ONLY_IN: dict[str, tuple[type, ...]] = {
    "municipality": (
        data.BoardFiguresPart,
        data.BoardsWithMorePart,
        data.BoardsWithoutEndedPart,
        data.IncludedReportsPart,
        data.BoardRisksPart,
    ),
    "plan": (data.MeasuresPart,),
    "brief": (data.OverdueActionsPart, data.HighRisksPart, data.HeadlinesPart),
}
"""Parts that have their material in one kind of report only."""


class BadForm(DomainError):
    """A form that cannot be used; the sentence says where and why."""


def check(form: data.Form) -> None:
    """Raises: BadForm, UnknownMetric."""
    if form.kind not in get_args(data.FormKind):
        raise BadForm(_("Rapportmallen har typen %(kind)s, som inte finns.") % {"kind": form.kind})
    if not form.sections:
        raise BadForm(_("Rapportmallen har inga avsnitt. Lägg till minst ett."))
    if {value for value, _word in form.words} != {*get_args(data.AnswerValue)}:
        raise BadForm(_("Rapportmallen saknar ord för något svar."))
    _check_keys(form)
    _check_numbers(form)
    for section, question in form.questions():
        _check_question(section, question)
    for section in form.sections:
        for part in section.parts:
            _check_part(form, section, part)
        for condition in section.only_when:
            _check_condition(form, section, condition)
    for definition in form.definitions:
        any(map(metrics.lookup, definition.metrics))
    _check_texts(form)


def _check_keys(form: data.Form) -> None:
    """Keys are what texts, answers and figures hang on from one version to the next."""
    named = (
        ("section", _("avsnittet"), [s.key for s in form.sections]),
        ("question", _("frågan"), [q.key for _place, q in form.questions()]),
        ("given", _("uppgiften"), [f.key for s in form.sections for f in s.given]),
        *(("text", _("texten"), [t.key for t in s.texts]) for s in form.sections),
    )
    for kind, word, keys in named:
        if twice := next((key for key in keys if keys.count(key) > 1), None):
            raise BadForm(
                _("Rapportmallen har %(what)s %(key)s två gånger.") % {"what": word, "key": twice}
            )
        longest = _LONGEST[kind]
        for key in keys:
            if not _KEY.fullmatch(key) or len(key) > longest or key.startswith("risk-"):
                raise BadForm(
                    _(
                        "Nyckeln ”%(key)s” duger inte. Den ska börja med en bokstav a–z, bara ha "
                        "a–z, siffror och understreck, och ha högst %(longest)s tecken."
                    )
                    % {"key": key, "longest": longest}
                )


def _check_numbers(form: data.Form) -> None:
    """Sections are numbered in order, none is below one that is not there."""
    before: tuple[int, ...] = (0,)
    for section in form.sections:
        if not _NUMBER.fullmatch(section.number):
            raise BadForm(_numbered(section, _("Skriv numret som 2, 2.1 eller 2.1.1.")))
        now = tuple(map(int, section.number.split(".")))
        if now <= before:
            raise BadForm(_numbered(section, _("Avsnitten ska stå i nummerordning.")))
        if len(now) > 1 and now[:-1] != before[: len(now) - 1]:
            raise BadForm(_numbered(section, _("Avsnittet ovanför det saknas.")))
        before = now


def _numbered(section: data.Section, why: str) -> str:
    said = _("Avsnittet ”%(heading)s” har numret %(number)s.")
    return f"{said % {'heading': section.heading, 'number': section.number}} {why}"


def _check_question(section: data.Section, question: data.Question) -> None:
    place = {"key": question.key, "section": section.number}
    values = {*get_args(data.AnswerValue)}
    if not {*question.answers, question.expected} <= values:
        raise BadForm(
            _("Frågan %(key)s i avsnitt %(section)s har ett svar som inte finns.") % place
        )
    if len(question.answers) < 2:
        raise BadForm(
            _("Frågan %(key)s i avsnitt %(section)s behöver minst två tillåtna svar.") % place
        )
    if question.expected not in question.answers:
        raise BadForm(
            _("Frågan %(key)s i avsnitt %(section)s väntar ett svar som inte är tillåtet.") % place
        )
    if question.roll_up not in get_args(data.Rule):
        raise BadForm(
            _("Frågan %(key)s har regeln %(rule)s, som inte finns.")
            % {"key": question.key, "rule": question.roll_up}
        )


def _check_part(form: data.Form, section: data.Section, part: data.Part) -> None:
    for kind, types in ONLY_IN.items():
        if isinstance(part, types) and form.kind != kind:
            raise BadForm(
                _("Avsnitt %(section)s har en del som bara finns i mallar av en annan typ.")
                % {"section": section.number}
            )
    for key in metrics_of(part):
        metrics.lookup(key)
    for row in getattr(part, "rows", ()):
        if row.sex not in get_args(data.Sex):
            raise BadForm(
                _("Raden ”%(row)s” i avsnitt %(section)s ska gälla total, women eller men.")
                % {"row": row.label, "section": section.number}
            )
    if getattr(part, "max_characters", 0) < 0:
        raise BadForm(
            _("Avsnitt %(section)s har en text med färre än 0 tecken.")
            % {"section": section.number}
        )


def metrics_of(part: data.Part) -> tuple[str, ...]:
    """Every metric that a part is bound to."""
    rows = tuple(row.metric for row in getattr(part, "rows", ()))
    found = (*rows, *getattr(part, "metrics", ()), getattr(part, "metric", ""))
    return tuple(filter(None, (*found, *getattr(part, "parts_of_whole", ()))))


def _check_condition(
    form: data.Form, section: data.Section, condition: conditions.Condition
) -> None:
    place = {"section": section.number}
    match condition:
        case conditions.AnswerIs(key, values):
            if form.sums_up:
                raise BadForm(
                    _(
                        "Avsnitt %(section)s villkoras av ett svar. Kommunens svar vägs samman av "
                        "nämndernas och kan inte styra vilka avsnitt som finns."
                    )
                    % place
                )
            asked = {q.key: s for s, q in form.questions()}
            if key not in asked or not {*values} <= {*form.question(key).answers}:
                raise BadForm(
                    _("Avsnitt %(section)s villkoras av en fråga eller ett svar som inte finns.")
                    % place
                )
            if f"{asked[key].number}.".startswith(f"{section.number}."):
                raise BadForm(
                    _("Avsnitt %(section)s villkoras av en fråga som bara ställs i avsnittet.")
                    % place
                )
        case conditions.FigureExists(metric):
            metrics.lookup(metric)
        case conditions.BoardIs(codes) | conditions.UnitIs(codes):
            if not codes:
                raise BadForm(_("Avsnitt %(section)s har ett villkor utan koder.") % place)


def _check_texts(form: data.Form) -> None:
    """Texts may only have variables that can be filled."""
    words = data.Words("Exempelkommunen", form.year)
    for text in _texts(form):
        try:
            words.fill(text)
        except (KeyError, IndexError, ValueError, AttributeError) as error:
            raise BadForm(
                _("Texten ”%(text)s” har en variabel som inte finns. Använd %(known)s.")
                % {"text": text[:80], "known": listing(f"{{{name}}}" for name in VARIABLES)}
            ) from error


def _texts(value: Any) -> Iterator[str]:
    """Every text in a form, keys included: they have no braces."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        yield from _all(getattr(value, field.name) for field in fields(value))
    elif isinstance(value, tuple):
        yield from _all(value)


def _all(values: Iterable[Any]) -> Iterator[str]:
    for value in values:
        yield from _texts(value)
