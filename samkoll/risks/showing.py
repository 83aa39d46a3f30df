"""Risks as states, words and pictures: what the pages share."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.utils.translation import gettext as _

from samkoll.actions.queries import severity_state
from samkoll.risks.matrix import Matrix
from samkoll.risks.models import AssessmentStatus, Risk, RiskStatus
from samkoll.web.picture import Picture, PictureCell, PictureRow
from samkoll.web.tables import State, Tone

TONES = {1: Tone.NEUTRAL, 2: Tone.INFO, 3: Tone.WARNING, 4: Tone.DANGER}
_STATUS = {
    RiskStatus.PROPOSED: Tone.WARNING,
    RiskStatus.OPEN: Tone.INFO,
    RiskStatus.CLOSED: Tone.SUCCESS,
    RiskStatus.REJECTED: Tone.NEUTRAL,
}
_ASSESSMENT = {
    AssessmentStatus.DRAFT: Tone.INFO,
    AssessmentStatus.DECIDED: Tone.WARNING,
    AssessmentStatus.FOLLOWED_UP: Tone.SUCCESS,
    AssessmentStatus.WITHDRAWN: Tone.NEUTRAL,
}


def level_state(matrix: Matrix | None, level: int | None, severity: int | None) -> State | None:
    """The level with the word of the risk's own matrix: "Hög (9)". None for none."""
    if level is None or matrix is None:
        return severity_state(severity, level)
    return State(f"{matrix.band(level)}\u00a0({level})", TONES[matrix.severity(level)])


def risk_state(status: str) -> State:
    """A risk's status as word, icon and colour."""
    return State(RiskStatus(status).label, _STATUS[RiskStatus(status)])


def assessment_state(status: str) -> State:
    """An assessment's status as word, icon and colour."""
    return State(AssessmentStatus(status).label, _ASSESSMENT[AssessmentStatus(status)])


def serious_word(serious: bool | None) -> str:
    """The answer that the law asks for: yes, no, or not judged."""
    if serious is None:
        return _("Inte bedömd")
    return _("Ja") if serious else _("Nej")


def lifted_words(years: tuple[int, ...]) -> str:
    """How often a risk, or those gathered with it, was reported onward: "lyft tredje året"."""
    if not years:
        return ""
    if len(years) == 1:
        return _("lyft %(year)s") % {"year": years[0]}
    return _("lyft %(ordinal)s året (%(years)s)") % {
        "ordinal": _ordinal(len(years)),
        "years": ", ".join(map(str, years)),
    }


def _ordinal(number: int) -> str:
    names = [
        _("andra"), _("tredje"), _("fjärde"), _("femte"), _("sjätte"),
        _("sjunde"), _("åttonde"), _("nionde"), _("tionde"),
    ]  # fmt: skip
    return names[number - 2] if number - 2 < len(names) else _("%(n)s:e") % {"n": number}


Link = Callable[[int, int], str]


def counted(
    matrix: Matrix, counts: Mapping[tuple[str, int, int], int], link: Link, caption: str
) -> Picture:
    """The matrix with the number of risks in each cell, each number a link to them."""

    def cell(probability: int, consequence: int) -> PictureCell:
        count = counts.get((matrix.name, probability, consequence), 0)
        blank = _cell(matrix, probability, consequence)
        url = link(probability, consequence) if count else ""
        return PictureCell(blank.level, blank.state, count, url, label=blank.label)

    return _picture(matrix, cell, caption)


def marked(matrix: Matrix, risk: Risk) -> Picture:
    """The matrix with one risk's values: before measures, wanted, and after."""
    places: dict[tuple[int, int], list[str]] = {}
    for prefix, word in (("", _("Före")), ("wanted_", _("Önskad")), ("after_", _("Efter"))):
        probability = getattr(risk, f"{prefix}probability")
        if probability is not None:
            place = probability, getattr(risk, f"{prefix}consequence")
            places.setdefault(place, []).append(word)

    def cell(probability: int, consequence: int) -> PictureCell:
        blank = _cell(matrix, probability, consequence)
        marks = tuple(places.get((probability, consequence), ()))
        return PictureCell(blank.level, blank.state, marks=marks, label=blank.label)

    return _picture(matrix, cell, _("Riskens plats i riskmatrisen"))


def plain(matrix: Matrix, caption: str) -> Picture:
    """The matrix with its levels only."""
    return _picture(matrix, lambda p, c: _cell(matrix, p, c), caption)


def _picture(matrix: Matrix, cell: Callable[[int, int], PictureCell], caption: str) -> Picture:
    rows = tuple(
        PictureRow(step, tuple(cell(step.value, other.value) for other in matrix.consequence))
        for step in reversed(matrix.probability)
    )
    bands = tuple(State(band.label, TONES[band.severity]) for band in matrix.bands)
    return Picture(caption, matrix.consequence, rows, matrix.probability, bands)


def _cell(matrix: Matrix, probability: int, consequence: int) -> PictureCell:
    level = matrix.level(probability, consequence)
    state = State(matrix.band(level), TONES[matrix.severity(level)])
    label = _("nivå %(level)s, %(band)s") % {"level": level, "band": matrix.band(level).lower()}
    return PictureCell(level, state, label=label)
