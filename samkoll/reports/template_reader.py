"""Reading forms: from the files of ``data/forms`` to checked, frozen values.

A wrong key, a metric that does not exist or a question without a roll-up rule stops the reading
with a sentence, never a half-made report.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import yaml

from samkoll.reports import template_conditions as conditions
from samkoll.reports import template_data as data
from samkoll.reports.template_checks import BadForm, check

__all__ = ["BadForm", "Source", "form_of", "parse", "shipped", "source", "stored"]

FOLDER = Path(__file__).parent / "data" / "forms"
Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """A form as it is stored: canonical JSON and its hash."""

    content: dict[str, Any]
    sha256: str


def shipped() -> tuple[Path, ...]:
    """The form files that come with Samkoll, board forms before the municipality's."""
    return tuple(sorted(FOLDER.glob("*.yaml")))


def source(path: Path) -> Source:
    """One file as it is stored, checked. What a municipality's form takes over from the boards'
    form is written out, so that the stored form stands alone. Raises: BadForm."""
    content = _raw(path)
    if "rolls_up" in content:
        base = path.parent / "{kind}-{year}.yaml".format(**content["rolls_up"])
        content = _written_out(content, _raw(base))
    return stored(content)


def stored(content: dict[str, Any]) -> Source:
    """A whole form as it is stored, checked. Raises: BadForm."""
    canonical = json.dumps(content, ensure_ascii=False, sort_keys=True)
    parse(canonical)
    return Source(content, sha256(canonical.encode()).hexdigest())


def _raw(path: Path) -> dict[str, Any]:
    """A form file as it stands. libyaml reads it in a sixth of the time."""
    content: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return content


def _written_out(content: dict[str, Any], base: Raw) -> dict[str, Any]:
    parts = [part for section in base["sections"] for part in section["parts"]]
    known = {
        name: {item["key"]: item for part in parts for item in part.get(name, ())}
        for name in ("questions", "fields")
    }
    for section in content["sections"]:
        for part in section["parts"]:
            if "from_boards" in part:
                name = "questions" if part["kind"] == "questions" else "fields"
                try:
                    part[name] = [known[name][key] for key in part.pop("from_boards")]
                except KeyError as error:
                    raise BadForm(f"Nämndernas formulär saknar {error}.") from error
    return content


@lru_cache(maxsize=32)
def parse(canonical: str) -> data.Form:
    """A form from its canonical JSON; the same text gives the same value. Raises: BadForm."""
    raw = json.loads(canonical)
    try:
        form = data.Form(
            kind=raw["kind"],
            year=raw["year"],
            version=raw["version"],
            title=raw["title"],
            last_month=raw["last_month"],
            numbered=raw["numbered"],
            words=tuple(raw["answers"].items()),
            definitions=tuple(
                data.Definition(tuple(d["metrics"]), d["text"]) for d in raw["definitions"]
            ),
            sections=tuple(_section(item) for item in raw["sections"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BadForm(f"Rapportmallen går inte att läsa: {error!r}.") from error
    check(form)
    return form


def form_of(content: Raw) -> data.Form:
    """The form of a stored content."""
    return parse(json.dumps(content, ensure_ascii=False, sort_keys=True))


def _section(raw: Raw) -> data.Section:
    parts = tuple(_PARTS[part["kind"]](part) for part in raw["parts"])
    only_when = tuple(map(_condition, raw.get("only_when", ())))
    return data.Section(
        raw["key"], raw["number"], raw["heading"], raw["instruction"], parts, only_when
    )


def _condition(raw: Raw) -> conditions.Condition:
    match raw:
        case {"answer": question, "is": [*values]}:
            return conditions.AnswerIs(question, tuple(values))
        case {"boards": [*codes]}:
            return conditions.BoardIs(tuple(codes))
        case {"units": [*codes]}:
            return conditions.UnitIs(tuple(codes))
        case {"figure": str(metric)}:
            return conditions.FigureExists(metric)
    raise ValueError(f"only_when: {raw}")


def _question(raw: Raw) -> data.Question:
    return data.Question(
        raw["key"], raw["text"], tuple(raw["answers"]), raw["expected"], raw["roll_up"]
    )


def _questions(raw: Raw) -> data.QuestionsPart:
    questions = tuple(map(_question, raw["questions"]))
    return data.QuestionsPart(raw["caption"], raw["head"], raw["column"], questions)


def _fields(raw: Raw) -> tuple[data.GivenField, ...]:
    return tuple(data.GivenField(**field) for field in raw["fields"])


def _given_table(raw: Raw) -> data.GivenTablePart:
    previous = raw.get("previous_column", "")
    return data.GivenTablePart(raw["caption"], raw["head"], raw["column"], previous, _fields(raw))


def _figure_row(raw: Raw) -> data.FigureRow:
    return data.FigureRow(raw["group"]) if "group" in raw else data.FigureRow(**raw)


def _figures(raw: Raw) -> data.FiguresPart:
    whole = tuple(raw.get("parts_of_whole", ()))
    return data.FiguresPart(
        raw["caption"], raw["head"], tuple(map(_figure_row, raw["rows"])), whole
    )


def _headlines(raw: Raw) -> data.HeadlinesPart:
    return data.HeadlinesPart(raw["caption"], raw["head"], tuple(map(_figure_row, raw["rows"])))


def _plain(kind: Callable[..., data.Part]) -> Callable[[Raw], data.Part]:
    def make(raw: Raw) -> data.Part:
        values = {k: tuple(v) if isinstance(v, list) else v for k, v in raw.items() if k != "kind"}
        return kind(**values)

    return make


_PARTS: dict[str, Callable[[Raw], data.Part]] = {
    "figures": _figures,
    "given_table": _given_table,
    "given": lambda raw: data.GivenPart(_fields(raw)),
    "questions": _questions,
    "chart": _plain(data.ChartPart),
    "board_figures": _plain(data.BoardFiguresPart),
    "boards_with_more": _plain(data.BoardsWithMorePart),
    "boards_without_ended_actions": _plain(data.BoardsWithoutEndedPart),
    "included_reports": _plain(data.IncludedReportsPart),
    "board_risks": _plain(data.BoardRisksPart),
    "risks": _plain(data.RisksPart),
    "risk_comments": _plain(data.RiskCommentsPart),
    "text": _plain(data.TextPart),
    "measures": _plain(data.MeasuresPart),
    "staff_groups": _plain(data.StaffGroupsPart),
    "headlines": _headlines,
    "overdue_actions": _plain(data.OverdueActionsPart),
    "high_risks": _plain(data.HighRisksPart),
}
