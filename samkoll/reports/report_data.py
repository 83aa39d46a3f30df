"""What stands beside the document in a report's JSON: whose it is, and what its figures are made
of. See ``docs/developers/report-json.md``. Pure: no database here."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from samkoll.documents.content import Cell, Document, Row, Table
from samkoll.reports.composition import Context
from samkoll.reports.composition.given import of as given_of
from samkoll.reports.figures import Certificate, FigureKey, GroupKey, digest
from samkoll.reports.template_data import Sex
from samkoll.stats import metrics
from samkoll.stats.engine.hierarchy import Scope

Plain = dict[str, Any]


def of(context: Context, document: Document) -> Plain:
    """The report's own facts, its figures, answers, definitions and sources, as plain JSON."""
    form = context.report.form
    return {
        "report": _report(context),
        "figures": [each for each in _figures(context, document) if each],
        "answers": [
            {"question": q.key, "text": context.say(q.text), **_answer(context, q.key)}
            for _section, q in form.questions()
        ],
        "definitions": [
            {"metrics": list(d.metrics), "text": context.say(d.text)} for d in form.definitions
        ],
        "sources": [{"sha256": ref["sha256"]} for ref in context.report.facts],
    }


def _report(context: Context) -> Plain:
    report, form = context.report, context.report.form
    taken = report.extracted_at
    return {
        "kind": form.kind,
        "year": report.year,
        "version": report.version,
        "unit": {"code": report.unit_code, "name": report.unit_name},
        "board": {"code": report.board_code, "name": report.board_name}
        if report.board_id
        else None,
        "first_month": str(report.window.first),
        "last_month": str(report.window.last),
        "previous_last_month": str(report.previous_month),
        "extracted_at": taken.isoformat() if taken else None,
        "form": {"year": form.year, "version": form.version},
    }


def _answer(context: Context, key: str) -> Plain:
    """The report's own answer; the municipality's rolled-up ones stand in the document."""
    answer = context.report.answers.get(key)
    if answer is None:
        return {"value": None}
    return {"value": answer.value, "comment": answer.comment, "basis": answer.basis}


def _figures(context: Context, document: Document) -> Iterator[Plain | None]:
    """Every figure of the document that has a name, once, in reading order."""
    seen = set[str]()
    for block in document.blocks:
        for row in block.rows if isinstance(block, Table) else ():
            for cell in row.cells:
                if cell.figure_id and cell.value is not None and cell.figure_id not in seen:
                    seen.add(cell.figure_id)
                    yield _figure(context, row, cell)


def _figure(context: Context, row: Row, cell: Cell) -> Plain | None:
    kind, _dot, rest = cell.figure_id.partition(".")
    if kind == "given":
        return _given(context, cell, rest)
    if kind == "group":
        return _group(context, row, cell)
    whole = kind == "whole"
    try:
        key = FigureKey.parse(rest if whole else cell.figure_id)
    except ValueError:
        return {"id": cell.figure_id, "value": str(cell.value), "origin": "register"}
    scope = Scope(unit=context.report.whole_id) if whole else context.report.scope
    shown = context.figures.shown(scope, key.metric, key.sex, key.month).value
    made = context.figures.certificate(scope, key.metric, key.sex, key.month)
    return _computed(
        cell, key.metric, key.sex, str(key.month), made if shown == cell.value else None
    )


def _group(context: Context, row: Row, cell: Cell) -> Plain:
    """A staff group's figure: its name stands first in the row."""
    _group, metric, month, code = cell.figure_id.split(".")
    last, name = context.report.month, row.cells[0].text
    asked = str(last) == month and digest(name) == code
    key = GroupKey(metric, last, name)
    made = context.figures.group_certificate(context.report.scope, key.metric, last, name)
    found = _computed(cell, metric, "total", month, made if asked else None)
    return found | {"staff_group": name}


def _computed(cell: Cell, metric: str, sex: Sex, month: str, made: Certificate | None) -> Plain:
    """``made`` is None when the figure as it stands in the document can no longer be shown so."""
    known = metrics.lookup(metric)
    return {
        "id": cell.figure_id,
        "value": str(cell.value),
        "origin": "computed",
        "metric": metric,
        "label": known.label,
        "unit": known.terms.unit,
        "definition_version": known.terms.version,
        "sex": sex,
        "month": month,
        "numerator": made.numerator if made else None,
        "denominator": made.denominator if made else None,
    }


def _given(context: Context, cell: Cell, key: str) -> Plain | None:
    """A typed number, now and for the period before, and who said so."""
    field = context.report.form.given().get(key)
    found = given_of(context, field) if field else None
    if field is None or found is None:
        return {"id": cell.figure_id, "value": str(cell.value), "origin": "given"}
    return {
        "id": cell.figure_id,
        "value": _text(found.current),
        "previous": _text(found.previous),
        "origin": "given",
        "label": context.say(field.label),
        "unit": field.unit,
        "source": found.source,
    }


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)
