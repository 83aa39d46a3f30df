"""What the frame needs to know about a page: its title, its one sentence, the way back."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

Words = str | Promise
"""Text for people, translated at once or when it is shown."""


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the way back."""

    label: Words
    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """The head of a page. ``title`` is both the h1 and the browser's title.

    ``notice`` is one sentence about what the page is for; ``help_url`` makes a "Läs mer" after it.
    ``crumbs`` are the pages above this one, the start page excepted.
    """

    title: Words
    notice: Words = ""
    crumbs: tuple[Crumb, ...] = ()
    help_url: str = ""
    wide: bool = False
