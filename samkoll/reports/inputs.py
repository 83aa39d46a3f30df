"""What a form of one section holds, and what saving it may answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from samkoll.core.errors import DomainError

Changes = dict[str, tuple[object, object]]
"""Before and after of everything that a save changed, by its key."""


@dataclass(frozen=True, slots=True)
class AnswerInput:
    """A chosen answer, or "" to take it back."""

    value: str
    comment: str = ""


@dataclass(frozen=True, slots=True)
class GivenInput:
    """A typed number for this period and for the one before; None where nothing was typed."""

    current: Decimal | None
    previous: Decimal | None = None
    source: str = ""


@dataclass(frozen=True, slots=True)
class SectionInput:
    """What a form of one section holds. What it leaves out stays as it is."""

    texts: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, AnswerInput] = field(default_factory=dict)
    given: Mapping[str, GivenInput] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved section. ``merged_with``: who else had saved it meanwhile; empty for nobody."""

    version: int
    merged_with: str = ""


class EditConflict(DomainError):
    """Somebody else changed the same place first. ``version`` is theirs; ``merged`` is what can
    be kept of both, with one's own content in the ``places`` that both changed."""

    def __init__(
        self, version: int, changed_by: str, merged: SectionInput, places: frozenset[str]
    ) -> None:
        self.version, self.changed_by = version, changed_by
        self.merged, self.places = merged, places
        super().__init__(
            _("%(name)s sparade avsnittet medan du skrev. Jämför texterna och spara igen.")
            % {"name": changed_by}
        )


class NotInSection(DomainError):
    """A field that the section does not have, or an answer that the question does not allow."""


class TooLong(DomainError):
    """A text with more characters than its form allows."""


class AnswerMissing(DomainError):
    """A comment on a question without an answer."""


class ReasonMissing(DomainError):
    """An answer other than the parts' answers propose, without saying why. ``question``: which."""

    def __init__(self, question: str, proposed: str) -> None:
        self.question = question
        said = _(
            "Delarnas svar ger %(proposed)s. Skriv i kommentaren varför du svarar något annat."
        )
        super().__init__(said % {"proposed": proposed})


def plain(text: str) -> str:
    """A text as it is stored: one kind of line ends, nothing around it."""
    return text.replace("\r\n", "\n").strip()
